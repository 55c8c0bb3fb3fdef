"""The addresses of the search; `search.asking` builds the page's own."""

from django.urls import path

from search.views.page import search_page
from search.views.suggest import suggest

app_name = "search"
urlpatterns = [
    path("", search_page, name="search"),
    path("suggest/", suggest, name="suggest"),
]
