"""The search page, what completes a search as it is typed, and results as files."""
