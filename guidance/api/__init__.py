"""The guidance part of the JSON API; the routers hold no rules."""
