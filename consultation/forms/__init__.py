"""Forms of respondents and officials."""
