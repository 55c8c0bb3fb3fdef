"""The search's part of the JSON API; it holds no rules."""
