"""The editors' part of the search, in Wagtail's admin."""
