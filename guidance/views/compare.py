"""Two editions compared: the page where they are chosen, and the page of what changed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guidance.actions.comparing import Show, compare_issued
from guidance.comparison import Comparison
from guidance.rendering.addresses import (
    INDEX,
    compare_path,
    document_path,
    edition_path,
    origins_path,
)
from guidance.standing import day_words, standing
from guidance.views.changes import COUNTED
from guidance.views.compared_rows import Places, fill, grouped, of_kind
from guidance.views.ledger import DocumentFacts, EditionFacts, find_document
from guidance.views.not_found import document_not_found, edition_not_found
from guidance.views.responses import issued_page


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a comparison is shown; anything that is not known asks for nothing."""

    show: Show
    kind: str
    section: str

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        kind = request.GET.get("kind", "")
        return cls(
            "all" if request.GET.get("show") == "all" else "changes",
            kind if kind in COUNTED else "",
            request.GET.get("section", ""),
        )

    def address(
        self, *, show: str = "", kind: str | None = None, section: str | None = None
    ) -> str:
        """The same page with some of this changed."""
        asked = {
            "show": "all" if (show or self.show) == "all" else "",
            "kind": self.kind if kind is None else kind,
            "section": self.section if section is None else section,
        }
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"


@require_safe
def compare(request: HttpRequest, document: str) -> HttpResponseBase:
    """Where two editions are chosen; `?from=` and `?to=` lead to their comparison."""
    facts = find_document(document)
    if facts is None:
        return document_not_found(request, document)
    chosen = {name: request.GET.get(name, "") for name in ("from", "to")}
    errors = _errors(facts, chosen) if any(chosen.values()) else {}
    if any(chosen.values()) and not errors:
        return redirect(compare_path(document, chosen["from"], chosen["to"]))
    return _choose(request, facts, chosen, errors)


@require_safe
def compare_with_the_one_before(
    request: HttpRequest, document: str, edition: str
) -> HttpResponseBase:
    """`compare/final-2008/` leads to the comparison with the edition issued before it."""
    facts = find_document(document)
    issued = facts and facts.edition(edition)
    if not (facts and issued):
        return _missing(request, document, edition, facts)
    before = issued_before(facts, issued)
    return redirect(compare_path(document, before.slug if before else "", edition))


@require_safe
def comparison(request: HttpRequest, document: str, before: str, after: str) -> HttpResponseBase:
    """What changed: `?show=all` shows the rest too, `?kind=` and `?section=` a part of it."""
    facts = find_document(document)
    old = facts and facts.edition(before)
    new = facts and facts.edition(after)
    if not (facts and old and new):
        return _missing(request, document, after if old else before, facts)
    if old.pk == new.pk:
        return _choose(request, facts, {"from": before, "to": after}, {"to": _SAME})
    asked = Asked.of(request)
    found = compare_issued(old.pk, new.pk, show=asked.show)
    context = _context(facts, old, new, found, asked)
    page = render(request, "guidance/comparison.html", context)
    return issued_page(request, page.content, facts, digest=old.digest[:8] + new.digest[:8])


def issued_before(facts: DocumentFacts, edition: EditionFacts) -> EditionFacts | None:
    """The edition that was issued last before this one."""
    earlier = [e for e in facts.editions if (e.issued_at, e.pk) < (edition.issued_at, edition.pk)]
    return max(earlier, key=lambda e: (e.issued_at, e.pk), default=None)


def _missing(
    request: HttpRequest, document: str, edition: str, facts: DocumentFacts | None
) -> HttpResponseBase:
    if facts is None:
        return document_not_found(request, document)
    return edition_not_found(request, facts, edition)


_SAME = "Choose another edition: this one is the same as the first"


def _errors(facts: DocumentFacts, chosen: dict[str, str]) -> dict[str, str]:
    errors: dict[str, str] = {}
    for name, slug in chosen.items():
        if not slug:
            errors[name] = "Choose an edition"
        elif facts.edition(slug) is None:
            errors[name] = "Choose an edition from the list: there is none at that address"
    if not errors and chosen["from"] == chosen["to"]:
        errors["to"] = _SAME
    return errors


def _choose(
    request: HttpRequest, facts: DocumentFacts, chosen: dict[str, str], errors: dict[str, str]
) -> HttpResponseBase:
    """The two pickers; by default what is issued last, and the one before it."""
    newest = max(facts.editions, key=lambda e: (e.issued_at, e.pk))
    before = issued_before(facts, newest)
    shown = {
        "from": chosen["from"] or (before.slug if before else ""),
        "to": chosen["to"] or newest.slug,
    }
    context = {
        "document": facts,
        "crumbs": _crumbs(facts),
        "address": compare_path(facts.slug),
        "pickers": [
            (name, words, hint, shown[name], errors.get(name, ""))
            for name, words, hint in (
                ("from", "Compare", "The earlier of the two, as a rule"),
                ("to", "with", "What changed is shown as it reads here"),
            )
        ],
        "editions": [
            (e.slug, f"{e.title} (published {day_words(e.published)})") for e in facts.editions
        ],
        "errors": [(f"pick-{name}", words) for name, words in errors.items()],
    }
    status = 400 if errors else 200
    return render(request, "guidance/compare.html", context, status=status)


def _crumbs(facts: DocumentFacts) -> list[tuple[str, str]]:
    return [("All guidance", INDEX), (facts.title, document_path(facts.slug))]


def _context(
    facts: DocumentFacts, old: EditionFacts, new: EditionFacts, found: Comparison, asked: Asked
) -> dict[str, object]:
    day = timezone.localdate()
    every = grouped(of_kind(found.rows, asked.kind))
    groups = [g for g in every if asked.section in ("", g.slug)]
    fill(groups, Places(facts.slug, old.slug, new.slug))
    title = f"{facts.title}: {old.title} compared with {new.title}"
    return {
        "document": facts,
        "crumbs": [*_crumbs(facts), (new.title, edition_path(facts.slug, new.slug))],
        "editions": [
            (words, e, edition_path(facts.slug, e.slug), standing(e, facts.editions, day))
            for words, e in (("From", old), ("To", new))
        ],
        "print_line": f"{title} · as at {day_words(day)}",
        "identical": old.digest == new.digest or not _any_change(found),
        "counts": [
            (f"{found.counts[kind]:,} {words}", asked.address(kind=kind), kind == asked.kind)
            for kind, words in COUNTED.items()
            if found.counts[kind]
        ],
        "uncited": found.counts["uncited"],
        "unchanged": found.counts["unchanged"],
        "asked": asked,
        "everything": asked.address(show="all"),
        "changes_only": asked.address(show="changes"),
        "any_kind": asked.address(kind=""),
        "any_section": asked.address(section=""),
        "nothing_asked": compare_path(facts.slug, old.slug, new.slug),
        "sections": [
            (g.words, len(g.rows), asked.address(section=g.slug), g.slug == asked.section)
            for g in every
        ],
        "groups": groups,
        "swapped": compare_path(facts.slug, new.slug, old.slug),
        "origins": origins_path(facts.slug, new.slug, since=old.slug),
        "choose": compare_path(facts.slug),
    }


def _any_change(found: Comparison) -> bool:
    return any(n for name, n in found.counts.items() if name != "unchanged")
