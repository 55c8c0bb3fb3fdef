"""What the admin's pages about the search share: who may open them, their heading and their way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from search.actions.teaching import may_teach

TABS = (
    ("search_searches", "Searches"),
    ("search_synonyms", "Synonyms"),
    ("search_promotions", "Shown first"),
    ("search_index", "Index"),
)


class SearchAdminView(WagtailAdminTemplateMixin, View):
    """A page for those who may teach the search, kept by no cache. `tab` is where it belongs."""

    _show_breadcrumbs = True
    header_icon = "search"
    tab = ""

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_teach(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        parents = [(reverse(name), label) for name, label in TABS if name == self.tab]
        here = [{"url": "", "label": self.page_title}]
        way = [{"url": url, "label": label} for url, label in parents if label != self.page_title]
        return [*self.breadcrumbs_items, *way, *here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tabs=list(self._tabs()), **kwargs)

    def _tabs(self) -> Iterator[tuple[str, str, bool]]:
        for name, label in TABS:
            yield reverse(name), label, name == self.tab


def sentences(error: ValidationError) -> str:
    return " ".join(error.messages)
