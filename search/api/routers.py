"""The routers of the search, with the prefix that each is mounted at."""

from ninja import Router

from search.api import search

ROUTERS: tuple[tuple[str, Router], ...] = (("/search", search.router),)
