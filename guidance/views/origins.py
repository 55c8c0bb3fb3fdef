"""Where each paragraph of an edition came from, and where those of the earlier one went."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guidance.actions.comparing import compare_issued
from guidance.comparison import Row, Side
from guidance.rendering.addresses import (
    INDEX,
    compare_path,
    document_path,
    edition_path,
    origins_path,
)
from guidance.standing import day_words, shown_on, standing
from guidance.views.changes import Link, address_of, change_words, name_of
from guidance.views.compare import issued_before
from guidance.views.ledger import DocumentFacts, EditionFacts, find_document
from guidance.views.not_found import document_not_found, edition_not_found
from guidance.views.responses import issued_page

HEADER = ("Old number", "New number", "What happened", "Reason", "Old section", "New section")
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Origin:
    """One line of the table. `old` and `new` are numbers or titles with addresses; several where it
    was split or merged, none where it is new or gone."""

    old: Sequence[Link]
    new: Sequence[Link]
    happened: str
    reasons: Sequence[str]
    old_section: str
    new_section: str
    changed: bool


@require_safe
def latest_origins(request: HttpRequest, document: str) -> HttpResponseBase:
    """`origins/` leads to those of the edition that the document shows today."""
    facts = find_document(document)
    shown = facts and shown_on(facts.editions, timezone.localdate())
    if facts is None or shown is None:
        return document_not_found(request, document)
    return redirect(origins_path(document, shown.slug))


@require_safe
def origins(request: HttpRequest, document: str, edition: str) -> HttpResponseBase:
    """Against the edition issued before, or `?from=` any other; `?format=csv` for a spreadsheet."""
    facts = find_document(document)
    if facts is None:
        return document_not_found(request, document)
    new = facts.edition(edition)
    since = request.GET.get("from", "")
    old = facts.edition(since) if since else new and issued_before(facts, new)
    if new is None or (since and old is None):
        return edition_not_found(request, facts, edition if new is None else since)
    if old is not None and old.pk == new.pk:
        return redirect(origins_path(document, edition))
    table = _table(facts, old, new) if old else []
    if old and request.GET.get("format") == "csv":
        return _csv(request, facts, old, new, table)
    page = render(request, "guidance/origins.html", _context(request, facts, old, new, table))
    return issued_page(request, page.content, facts, digest=_pair(old, new))


def _pair(old: EditionFacts | None, new: EditionFacts) -> str:
    return (old.digest[:8] if old else "") + new.digest[:8]


def _table(facts: DocumentFacts, old: EditionFacts, new: EditionFacts) -> list[Origin]:
    """A line for every paragraph that can be cited, in the new order."""
    rows = compare_issued(old.pk, new.pk).rows
    return [_origin(row, facts.slug, old.slug, new.slug) for row in rows if row.side.reference]


def _origin(row: Row, document: str, old: str, new: str) -> Origin:
    came = [*([row.before] if row.before else []), *row.origins]
    went = [*([row.after] if row.after else []), *row.destinations]
    return Origin(
        _links(came, document, old),
        _links(went, document, new),
        ", ".join(map(change_words, row.changes)) or "Unchanged",
        row.reasons,
        row.before.section_words if row.before else "",
        row.after.section_words if row.after else "",
        bool(row.changes or row.destinations),
    )


def _links(sides: Iterable[Side], document: str, edition: str) -> list[Link]:
    return [(name_of(side), address_of(side, document, edition)) for side in sides]


def _csv(
    request: HttpRequest,
    facts: DocumentFacts,
    old: EditionFacts,
    new: EditionFacts,
    table: Iterable[Origin],
) -> HttpResponseBase:
    """With the byte order mark by which spreadsheets know UTF-8."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows([_cell(words) for words in _cells(line)] for line in table)
    body = text.getvalue().encode("utf-8-sig")
    response = issued_page(request, body, facts, digest=_pair(old, new))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    name = f"{facts.slug}-origins-{old.slug}-to-{new.slug}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cells(line: Origin) -> Iterable[str]:
    yield "; ".join(words for words, _ in line.old)
    yield "; ".join(words for words, _ in line.new)
    yield line.happened
    yield " ".join(line.reasons)
    yield line.old_section
    yield line.new_section


def _cell(words: str) -> str:
    """A spreadsheet would run what begins like a formula; an apostrophe makes it text again."""
    return f"'{words}" if words.startswith(_BEGINS_A_FORMULA) else words


def _context(
    request: HttpRequest,
    facts: DocumentFacts,
    old: EditionFacts | None,
    new: EditionFacts,
    table: Sequence[Origin],
) -> dict[str, object]:
    day = timezone.localdate()
    short = request.GET.get("show") == "changes"
    since = old.slug if old else ""
    here = origins_path(facts.slug, new.slug, since=since)
    return {
        "document": facts,
        "new": new,
        "old": old,
        "crumbs": [
            ("All guidance", INDEX),
            (facts.title, document_path(facts.slug)),
            (new.title, edition_path(facts.slug, new.slug)),
        ],
        "editions": [
            (words, e, edition_path(facts.slug, e.slug), standing(e, facts.editions, day))
            for words, e in (("From", old), ("To", new))
            if e is not None
        ],
        "print_line": f"{facts.title}: origins and destinations, {new.title} · as at {day_words(day)}",
        "table": [line for line in table if line.changed or not short],
        "changed": sum(line.changed for line in table),
        "total": len(table),
        "short": short,
        "here": here,
        "csv": f"{here}&format=csv",
        "only_changes": f"{here}&show=changes",
        "compare": compare_path(facts.slug, since, new.slug),
        "address": origins_path(facts.slug, new.slug),
        "others": [(e.slug, e.title) for e in facts.editions if e.pk != new.pk],
    }
