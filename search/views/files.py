"""Results as files: CSV for a spreadsheet, JSON for a program, Atom to follow a search.

The same rows in each. A cell is words and never a formula, whatever it begins with.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from io import StringIO
from uuid import UUID

from django.db.models import Max
from lxml import etree

from guidance.models import Edition
from search.asking import address_of
from search.results import LARGEST_PAGE, PAGE_SIZE, Piece, Result, Results, Wanted
from search.views.words import found_words

MOST_ROWS = 300
"""Rows of a file; more than that nobody reads, and the file says how many there are."""

ATOM = "http://www.w3.org/2005/Atom"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Row:
    """A result as a line of a file; `address` is absolute, `id` that of the indexed unit."""

    id: str
    document: str
    edition: str
    number: str
    heading: str
    section: str
    extract: str
    status: str
    basis: str
    standing: str
    address: str


def gathered(first: Results, search: Callable[[Wanted], Results]) -> tuple[list[Result], Results]:
    """Up to `MOST_ROWS` results of a search from its first page on, and the answer they are of."""
    wanted = replace(first.wanted, page=1, size=LARGEST_PAGE)
    answer = search(wanted)
    found = list(answer.results)
    while len(found) < min(answer.total, MOST_ROWS):
        wanted = replace(wanted, page=wanted.page + 1)
        following = search(wanted).results
        if not following:
            break
        found += following
    return found[:MOST_ROWS], answer


def rows(results: Iterable[Result], site: str) -> list[Row]:
    """`site` goes before paths, as in "https://example.org"."""
    return [_row(result, site) for result in results]


def _row(result: Result, site: str) -> Row:
    unit = result.unit
    return Row(
        id=unit.id,
        document=unit.document_title,
        edition=unit.edition_title,
        number=unit.number,
        heading=": ".join(filter(None, (result.heading, _plain(result.title)))),
        section=f"{unit.section_number} {unit.section_title}".strip(),
        extract=_plain(result.extract),
        status=unit.status,
        basis=result.basis,
        standing=result.standing,
        address=f"{site}{result.address}",
    )


def as_csv(found: Sequence[Row]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it."""
    text = StringIO()
    writer = csv.writer(text)
    names = [name for name in Row.__slots__ if name != "id"]
    writer.writerow([name.capitalize() for name in names])
    writer.writerows([_unarmed(getattr(row, name)) for name in names] for row in found)
    return text.getvalue().encode("utf-8-sig")


def as_json(found: Sequence[Row], answer: Results, site: str) -> bytes:
    said = {
        "search": f"{site}{address_of(answer.wanted, page=1, size=PAGE_SIZE)}",
        "as_at": answer.day.isoformat(),
        "count": answer.total,
        "shown": len(found),
        "results": [asdict(row) for row in found],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def as_atom(found: Sequence[Row], results: Sequence[Result], answer: Results, site: str) -> bytes:
    """A feed (RFC 4287): an entry for each row, updated when its edition was published here."""
    issued = _issued(results)
    search = address_of(answer.wanted, page=1, size=PAGE_SIZE)
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _add(feed, "id", f"{site}{search}")
    _add(feed, "title", f"Statutory guidance: {found_words(answer)}")
    _add(feed, "updated", _instant(max(issued.values(), default=_last_issued())))
    _add(_add(feed, "author"), "name", "Statutory guidance")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{site}{search}")
    own = address_of(answer.wanted, page=1, size=PAGE_SIZE, format="atom")
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{site}{own}")
    for row, result in zip(found, results, strict=True):
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:uuid:{UUID(row.id)}")
        _add(entry, "title", f"{row.document}: {row.heading}")
        _add(entry, "updated", _instant(issued[_edition(result)]))
        _add(entry, "link", rel="alternate", type="text/html", href=row.address)
        _add(entry, "summary", row.extract)
        _add(entry, "category", term=row.status, label=row.basis)
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8")


def _issued(results: Sequence[Result]) -> Mapping[tuple[str, str], datetime]:
    """When each edition was published here, in one query."""
    asked = {_edition(result) for result in results}
    rows = Edition.objects.filter(
        document__slug__in={document for document, _ in asked},
        slug__in={edition for _, edition in asked},
    ).values_list("document__slug", "slug", "issued_at")
    return {(document, slug): at for document, slug, at in rows if (document, slug) in asked}


def _edition(result: Result) -> tuple[str, str]:
    return result.unit.document, result.unit.edition


def _last_issued() -> datetime:
    return Edition.objects.aggregate(at=Max("issued_at"))["at"] or datetime(2000, 1, 1, tzinfo=UTC)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: etree._Element, name: str, words: str = "", **more: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", {k: _xml(v) for k, v in more.items()})
    element.text = _xml(words) or None
    return element


def _xml(words: str) -> str:
    return _NOT_XML.sub("", words)


def _plain(pieces: Iterable[Piece]) -> str:
    return "".join(piece.words for piece in pieces)


def _unarmed(words: str) -> str:
    return f"'{words}" if words.startswith(_FORMULA) else words
