"""A site of nothing but Wagtail's search and a model that it finds."""
