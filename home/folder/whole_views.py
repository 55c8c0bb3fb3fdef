"""The pages of the folder read as one: contents, glossary, index of provisions and duties."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from home.folder.addresses import FOLDER
from home.folder.kept import kept, page
from home.folder.whole import contents, glossary, law


@require_safe
def contents_page(request: HttpRequest) -> HttpResponseBase:
    return _kept(request, "contents", lambda: {"parts": contents()})


@require_safe
def glossary_page(request: HttpRequest) -> HttpResponseBase:
    return _kept(request, "glossary", lambda: {"letters": glossary()})


@require_safe
def law_page(request: HttpRequest) -> HttpResponseBase:
    return _kept(request, "law", lambda: {"law": law()})


def _kept(request: HttpRequest, name: str, found: Callable[[], dict[str, Any]]) -> HttpResponseBase:
    crumbs = [("Folder", FOLDER)]
    return kept(
        request,
        (name,),
        lambda: page(f"home/folder/{name}.html", {**found(), "crumbs": crumbs}),
    )
