"""The admin's addresses of the search."""

from django.urls import URLPattern, path

from search.admin.index import Index
from search.admin.promotions import Promotions, PromotionsOfSearch
from search.admin.searches import Searches
from search.admin.synonyms import (
    AddSynonym,
    DeleteSynonym,
    EditSynonym,
    LookAtSynonym,
    Synonyms,
)

urlpatterns: list[URLPattern] = [
    path("searches/", Searches.as_view(), name="search_searches"),
    path("searches/synonyms/", Synonyms.as_view(), name="search_synonyms"),
    path("searches/synonyms/add/", AddSynonym.as_view(), name="search_synonym_add"),
    path("searches/synonyms/look/", LookAtSynonym.as_view(), name="search_synonym_look"),
    path("searches/synonyms/<int:pk>/", EditSynonym.as_view(), name="search_synonym"),
    path(
        "searches/synonyms/<int:pk>/delete/", DeleteSynonym.as_view(), name="search_synonym_delete"
    ),
    path("searches/first/", Promotions.as_view(), name="search_promotions"),
    path("searches/first/for/", PromotionsOfSearch.as_view(), name="search_promotion"),
    path("searches/index/", Index.as_view(), name="search_index"),
]
