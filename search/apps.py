"""Officers' search: one query language, two engines."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        from search.actions import following

        following.connect()
