"""Shown first: for which searches editors chose results, and the choice for one search."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from guidance.models import Edition, Entry, GuidancePage, Kind, Paragraph, ParagraphVersion
from search.actions.searching import search
from search.actions.teaching import MOST_PROMOTED, arrange, promote, promotions_of, unpromote
from search.admin.page import SearchAdminView, sentences
from search.asking import address_of
from search.engines import When
from search.models import Promotion
from search.promotions import key_of
from search.results import Result, Results, Wanted

SHOWN = 50
CHOICES = 20
LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """A promotion in words, and why readers do not see it now, if they do not."""

    promotion: Promotion
    heading: str
    document: str
    unseen: str


class Promotions(SearchAdminView):
    """Every search for which something was chosen, by its words."""

    template_name = "search/admin/promotions.html"
    page_title = "Shown first"
    tab = "search_promotions"

    def get(self, request: HttpRequest) -> HttpResponse:
        q = " ".join(request.GET.get("q", "").split())[:LONGEST_SEARCH]
        rows = Promotion.objects.select_related("document", "made_by")
        if q:
            rows = rows.filter(search__icontains=q)
        searches = [list(group) for _, group in groupby(rows, key=lambda one: one.key)]
        page = Paginator(searches, SHOWN).get_page(request.GET.get("p"))
        shown = {one.promotion.pk: one for one in described(one for group in page for one in group)}
        lines = [
            (group[0], [shown[one.pk] for one in group], _here(group[0].search)) for group in page
        ]
        return self.render_to_response(
            self.get_context_data(lines=lines, page_obj=page, q=q, one=reverse("search_promotion"))
        )


class PromotionsOfSearch(SearchAdminView):
    """What is shown first for one search, and what could be: its results, or those of another."""

    template_name = "search/admin/promotion.html"
    page_title = "Shown first for a search"
    tab = "search_promotions"

    def get(self, request: HttpRequest) -> HttpResponse:
        q = _search(request.GET)
        if not key_of(q):
            return redirect("search_promotions")
        other = " ".join(request.GET.get("from", "").split())[:LONGEST_SEARCH]
        everything = request.GET.get("when") == When.EVERYTHING
        found = search(
            Wanted(other or q, When.EVERYTHING if everything else When.IN_FORCE, size=CHOICES)
        )
        shown = described(promotions_of(q))
        taken = {(one.promotion.document.slug, _identity(one.promotion)) for one in shown}
        return self.render_to_response(
            self.get_context_data(
                q=q,
                other=other,
                everything=everything,
                found=found,
                shown=shown,
                choices=[r for r in _results(found) if _place(r) not in taken],
                documents=[
                    g
                    for g in found.groups
                    if g.kind == "document" and (g.document, "") not in taken
                ],
                full=len(shown) >= MOST_PROMOTED,
                most=MOST_PROMOTED,
                everywhere=_here(q, **({"from": other} if other else {}), when="everything"),
                results=address_of(Wanted(q)),
            )
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        q = _search(request.POST)
        acts: dict[str, Callable[[str], str]] = {
            "promote": self._promote,
            "remove": self._remove,
            "up": self._move,
            "down": self._move,
        }
        act = acts.get(request.POST.get("act", ""))
        if act is None:
            raise Http404("There is no such act.")
        try:
            messages.success(request, act(q))
        except ValidationError as error:
            messages.error(request, sentences(error))
        kept = {name: request.GET[name] for name in ("from", "when") if name in request.GET}
        return redirect(_here(q, **kept))

    def _promote(self, q: str) -> str:
        given = self.request.POST
        document = get_object_or_404(GuidancePage, slug=given.get("document", ""))
        identity = given.get("paragraph", "")
        paragraph = get_object_or_404(Paragraph, pk=_uuid(identity)) if identity else None
        promote(user=self.request.user, search=q, document=document, paragraph=paragraph)
        return f"It is shown first for “{q}” from now on."

    def _remove(self, q: str) -> str:
        unpromote(user=self.request.user, promotion=self._chosen(q))
        return f"It stands where the search for “{q}” itself puts it."

    def _move(self, q: str) -> str:
        one = self._chosen(q)
        order = list(promotions_of(q).values_list("pk", flat=True))
        place = order.index(one.pk)
        other = place + (1 if self.request.POST["act"] == "down" else -1)
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
        arrange(user=self.request.user, search=q, order=order)
        return "The order is kept."

    def _chosen(self, q: str) -> Promotion:
        given = self.request.POST.get("promotion", "")
        return get_object_or_404(promotions_of(q), pk=given if given.isdecimal() else 0)


def described(promotions: Iterable[Promotion]) -> list[Shown]:
    """In words, in four queries for any number."""
    rows = list(promotions)
    named = _named(one.paragraph_id for one in rows)
    today = Edition.objects.in_force_on(timezone.localdate())
    in_force = set(
        Entry.objects.filter(
            edition__in=today.order_by().values("pk"), version__paragraph__in=named
        )
        .order_by()
        .values_list("version__paragraph_id", flat=True)
    )
    return [
        Shown(
            one,
            (one.paragraph_id and named.get(one.paragraph_id)) or one.document.title,
            one.document.title if one.paragraph_id else "",
            "" if not one.paragraph_id or one.paragraph_id in in_force else
            "It is not in force today, so it is shown only to those who look at other text.",
        )
        for one in rows
    ]  # fmt: skip


def _named(paragraphs: Iterable[UUID | None]) -> dict[UUID, str]:
    """What paragraphs are called, as their newest version has it."""
    rows = (
        ParagraphVersion.objects.filter(paragraph__in=[one for one in paragraphs if one])
        .order_by("pk")
        .values_list("paragraph_id", "kind", "number", "title")
    )
    return {
        identity: ": ".join(filter(None, (f"{Kind(kind).label} {number}".strip(), title)))
        for identity, kind, number, title in rows
    }


def _results(found: Results) -> list[Result]:
    """Those that have an identity in the ledger that can be chosen, each once."""
    return list(
        {_place(result): result for result in found.results if result.unit.paragraph}.values()
    )


def _place(result: Result) -> tuple[str, str]:
    return result.unit.document, result.unit.paragraph


def _identity(promotion: Promotion) -> str:
    return str(promotion.paragraph_id or "")


def _search(given: Any) -> str:
    return " ".join(given.get("q", "").split())[:LONGEST_SEARCH]


def _here(q: str, **more: str) -> str:
    return f"{reverse('search_promotion')}?{urlencode({'q': q, **more})}"


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404("There is no such paragraph.") from error
