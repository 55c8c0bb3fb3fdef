"""One open consultation with eight questions, and respondents who have written and not sent yet."""
