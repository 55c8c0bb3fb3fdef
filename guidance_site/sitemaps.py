"""What search engines are told: every page that stays, when it last changed, and what not to follow.

Documents, editions, consultations, and the sections and paragraphs of what is in force; nothing that
was not issued, and no page for a date, of which there is one for every day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_views
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from guidance.consultations import consultations
from guidance.models import AuthorityType, Edition, Entry, Section
from guidance.rendering.addresses import (
    INDEX,
    LEGISLATION,
    document_path,
    edition_path,
    paragraph_path,
    section_path,
)

ONE_FILE = 5000
"""Addresses; what is more is parted into several files, with an index."""

Row = tuple[Any, ...]


class _Rows(Sitemap[Row]):
    """Rows whose last column is when they last changed; `path` builds the address of the others."""

    limit = ONE_FILE

    def rows(self) -> QuerySet[Any, Row]:
        raise NotImplementedError

    def path(self, *columns: Any) -> str:
        raise NotImplementedError

    def items(self) -> QuerySet[Any, Row]:
        return self.rows()

    def location(self, item: Row) -> str:
        return self.path(*item[:-1])

    def lastmod(self, item: Row) -> datetime:
        return item[-1]

    def get_latest_lastmod(self) -> datetime | None:
        """In one query, not by looking at every row."""
        return _latest()

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.WAGTAILADMIN_BASE_URL).scheme


class Documents(_Rows):
    def rows(self) -> QuerySet[Any, Row]:
        by_document = Edition.objects.order_by("document__slug").values_list("document__slug")
        return by_document.annotate(Max("issued_at"))

    def path(self, *columns: Any) -> str:
        return document_path(*columns)


class Editions(_Rows):
    def rows(self) -> QuerySet[Any, Row]:
        return Edition.objects.order_by("pk").values_list("document__slug", "slug", "issued_at")

    def path(self, *columns: Any) -> str:
        return edition_path(*columns)


class Sections(_Rows):
    def rows(self) -> QuerySet[Any, Row]:
        rows = Section.objects.filter(edition__in=_in_force()).order_by("edition_id", "position")
        return rows.values_list(
            "edition__document__slug", "edition__slug", "slug", "edition__issued_at"
        )

    def path(self, *columns: Any) -> str:
        return section_path(*columns)


class Paragraphs(_Rows):
    def rows(self) -> QuerySet[Any, Row]:
        rows = Entry.objects.citable().filter(edition__in=_in_force()).exclude(reference="")
        return rows.order_by("edition_id", "position").values_list(
            "edition__document__slug", "reference", "edition__issued_at"
        )

    def path(self, *columns: Any) -> str:
        return paragraph_path(*columns)


class Duties(_Rows):
    """What each kind of authority must do, which is as new as what was published last."""

    def items(self) -> Sequence[Row]:  # type: ignore[override]
        latest = _latest()
        slugs = AuthorityType.objects.order_by("slug").values_list("slug", flat=True)
        return [(slug, latest) for slug in slugs] if latest else []

    def path(self, *columns: Any) -> str:
        return reverse("duties_of", args=columns)


class Consultations(Sitemap[str]):
    """What each consultation is about, its questions and its draft with them."""

    get_domain = _Rows.get_domain
    get_protocol = _Rows.get_protocol

    def items(self) -> list[str]:
        return [
            f"{found.address}{page}"
            for found in consultations()
            for page in ("", "questions/", "draft/")
        ]

    def location(self, item: str) -> str:
        return item


class Pages(Sitemap[str]):
    """The pages of the site itself, which do not say when they changed."""

    get_domain = _Rows.get_domain
    get_protocol = _Rows.get_protocol
    names: ClassVar[Sequence[str]] = (
        "home", "folder", "timetable", "duties", "consultations:index", "accessibility", "privacy",
        "cookies", "licence",
    )  # fmt: skip

    def items(self) -> list[str]:
        return [INDEX, LEGISLATION, *map(reverse, self.names)]

    def location(self, item: str) -> str:
        return item


SITEMAPS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "pages": Pages,
    "documents": Documents,
    "editions": Editions,
    "sections": Sections,
    "paragraphs": Paragraphs,
    "duties": Duties,
    "consultations": Consultations,
}


@require_safe
def sitemap(request: HttpRequest, section: str | None = None) -> HttpResponseBase:
    """All addresses in one file, or an index of files where there are too many for one."""
    if section is None and _many():
        return django_views.index(request, SITEMAPS, sitemap_url_name="sitemap_of")
    return django_views.sitemap(request, SITEMAPS, section)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in _UNFOLLOWED),
        "",
        f"Sitemap: {settings.WAGTAILADMIN_BASE_URL}{reverse('sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


_UNFOLLOWED = (
    "/admin/",
    "/api/",
    "/search/",
    "/guidance/*/compare/",
    "/consultations/*/respond/",
    "/guidance/*/as-at/",
    "/*as_at=",
    "/*known_on=",
)
"""Nothing that is secret (that is never served): what would be asked for without end."""


def _in_force() -> QuerySet[Any, Any]:
    return Edition.objects.in_force_on().values("pk")


def _latest() -> datetime | None:
    found: datetime | None = Edition.objects.aggregate(latest=Max("issued_at"))["latest"]
    return found


def _many() -> bool:
    """Whether the paragraphs alone, which are most of it, are too many for one file."""
    return bool(Paragraphs().rows()[ONE_FILE : ONE_FILE + 1].count())
