"""The rows of a comparison as its page shows them, under the sections that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe

from guidance.comparison import Row, Side
from guidance.models import Kind
from guidance.rendering.redline import redline_html
from guidance.views.changes import (
    Link,
    Restated,
    address_of,
    change_words,
    destinations_words,
    name_of,
    origins_words,
    provisions_named,
    restated,
)
from guidance.views.provisions import Named, in_words

_FOLDED = frozenset({"editorial", "renumbered", "moved"})
_WORDLESS = frozenset({"renumbered", "moved"})


@dataclass(frozen=True, slots=True)
class Compared:
    """One row. `words` are marked `ins` and `del`; empty where only number or place changed.

    `whole` says that all of them were inserted or removed, `folded` that they wait behind a click,
    `marking` that the words are the same and only their marking (bold, a list) is another.
    """

    anchor: str
    name: str
    address: str
    was: str
    was_address: str
    kind: str
    changes: list[tuple[str, str]]
    words: SafeString
    whole: bool
    folded: bool
    marking: bool
    moved_from: str
    restated: Restated | None
    origins_words: str
    origins: list[Link]
    destinations_words: str
    destinations: list[Link]
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Group:
    """A section with its rows, and what the page shows of them once `fill` has made it."""

    slug: str
    words: str
    rows: list[Row] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Places:
    """The document and the two editions, by their slugs, for the addresses of rows."""

    document: str
    before: str
    after: str


def grouped(rows: Sequence[Row]) -> list[Group]:
    """Rows under the sections of the new edition; what was removed stands under the section that
    its own has become, or under its own where none is left of that."""
    heirs: dict[int, Side] = {}
    for row in rows:
        if row.before and row.after and "moved" not in row.changes:
            heirs.setdefault(row.before.section, row.after)
    groups: list[Group] = []
    for row in rows:
        side = row.side if row.after else heirs.get(row.side.section, row.side)
        if not groups or groups[-1].slug != side.section_slug:
            groups.append(Group(side.section_slug, side.section_words))
        groups[-1].rows.append(row)
    return groups


def fill(groups: Iterable[Group], places: Places) -> None:
    """Make what the page shows of the rows of these groups; one query where a status changed."""
    groups = list(groups)
    named = in_words(provisions_named(row for group in groups for row in group.rows))
    for group in groups:
        group.compared = [_compared(row, group, places, named) for row in group.rows]


def _compared(row: Row, group: Group, places: Places, provisions: Mapping[str, Named]) -> Compared:
    before, after, side = row.before, row.after, row.side
    words, marking = _words(row)
    was = name_of(before) if before and after else ""
    name, label = name_of(side), str(Kind(side.kind).label)
    return Compared(
        anchor=side.reference if after else f"was-{side.reference}" if side.reference else "",
        name=name,
        address=_address(side, places, new=after is not None),
        was=was if was != name else "",
        was_address=_address(before, places, new=False) if before and was != name else "",
        kind="" if side.kind == Kind.PARAGRAPH or name.startswith(label) else label,
        changes=[(change, change_words(change)) for change in row.changes],
        words=words,
        whole=before is None or after is None,
        folded=bool(row.changes) and _FOLDED.issuperset(row.changes) and not row.restated,
        marking=marking,
        moved_from=_moved_from(row, group),
        restated=restated(row, provisions),
        origins_words=origins_words(row.changes),
        origins=[(name_of(s), _address(s, places, new=False)) for s in row.origins],
        destinations_words=destinations_words(row.changes, present=after is not None),
        destinations=[(name_of(s), _address(s, places, new=True)) for s in row.destinations],
        reasons=row.reasons,
    )


def _address(side: Side, places: Places, *, new: bool) -> str:
    return address_of(side, places.document, places.after if new else places.before)


def _words(row: Row) -> tuple[SafeString, bool]:
    """The words with their differences, none where they are not what changed; and whether their
    marking alone is another."""
    same = row.before is not None and row.after is not None and row.before.text == row.after.text
    if not same:
        return redline_html(row.pieces), False
    if row.changes and (_WORDLESS.issuperset(row.changes) or row.restated):
        return mark_safe(""), False
    text = escape(row.side.text, quote=False)
    return mark_safe(text), bool({"editorial", "substantive"} & {*row.changes})  # noqa: S308


def _moved_from(row: Row, group: Group) -> str:
    """The section that it stood in, where that is not the one it is shown under."""
    if row.before is None or (row.after and "moved" not in row.changes):
        return ""
    if row.before.section_slug == group.slug or row.before.section_words == group.words:
        return ""
    return row.before.section_words


def of_kind(rows: Iterable[Row], kind: str) -> list[Row]:
    """Rows that changed in that way; all where none is asked for."""
    return [row for row in rows if not kind or kind in row.changes]
