"""The review of changes as its page shows it: what of it, in which sections, and its sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator

from guidance.actions.review_proposals import propose_joins
from guidance.actions.reviewing import Reviewed
from guidance.actions.statement_fit import Fit, misfits
from guidance.admin.change_parts import SHOW, Chapter, Filters, Link, Unchanged
from guidance.admin.change_rows import Answer, ChangeRow, label
from guidance.comparison import CHANGES, Row, in_order
from guidance.edition_text import EditionText, SectionSource
from guidance.models import Change, Strength

PER_PAGE = 100


class ChangeList:
    """What the template asks. `answers` and `problems` are what was typed and refused, by
    paragraph."""

    def __init__(
        self,
        reviewed: Reviewed,
        query: Mapping[str, str],
        answers: Mapping[str, Answer] | None = None,
        problems: Mapping[str, str] | None = None,
    ) -> None:
        assert reviewed.comparison is not None
        assert reviewed.examined.text is not None
        self.comparison = reviewed.comparison
        self.text: EditionText = reviewed.examined.text
        self._reviewed = reviewed
        self._answers, self._problems = answers or {}, problems or {}
        self.filters = Filters.asked(query, {s.slug for s in self.text.sections})
        self._number = query.get("p", "1")

    @cached_property
    def rows(self) -> dict[str, ChangeRow]:
        """Everything that changed, by identity."""
        joins = propose_joins(self.comparison.rows)
        names = {key: name for name, key in self.old_references.items()}
        new_names = {key: name for name, key in self.new_references.items()}
        found = {}
        for row in self.comparison.rows:
            if row.changes:
                key = row.side.identity
                references = names if row.before is None else new_names
                shown = ChangeRow(row, self._reviewed.decisions, references, joins.get(key, ""))
                shown.typed, shown.error = self._answers.get(key), self._problems.get(key, "")
                shown.page = self.text.sections[row.after.section - 1].page if row.after else None
                found[key] = shown
        return found

    @cached_property
    def old_references(self) -> dict[str, str]:
        return self._reviewed.old_references

    @cached_property
    def new_references(self) -> dict[str, str]:
        return self._reviewed.new_references

    @property
    def old_names(self) -> list[str]:
        """What can be split, where anything was inserted at all."""
        asked = any(row.row.before is None for row in self.rows.values())
        return list(self.old_references) if asked else []

    @property
    def new_names(self) -> list[str]:
        asked = any(row.row.after is None for row in self.rows.values())
        return list(self.new_references) if asked else []

    @property
    def show_links(self) -> list[Link]:
        counts = {"changes": len(self.rows), "undecided": self.undecided, "all": 0}
        return [
            Link(show, words, counts[show], self._address(show=show), show == self.filters.show)
            for show, words in SHOW.items()
        ]

    @property
    def kind_links(self) -> list[Link]:
        """How many paragraphs changed in which way; a paragraph may be in two."""
        counts, chosen = self.comparison.counts, self.filters.kind
        return [
            Link(c, c, counts[c], self._other(c == chosen, kind=c), c == chosen)
            for c in CHANGES
            if counts.get(c) or c == chosen
        ]

    @property
    def section_links(self) -> list[Link]:
        """The sections in which anything changed."""
        changed = Counter(section for identity, section in self._order if identity in self.rows)
        chosen = self.filters.section
        return [
            Link(
                s.slug,
                _title(s),
                count,
                self._other(s.slug == chosen, section=s.slug),
                s.slug == chosen,
            )
            for at, s in enumerate(self.text.sections, 1)
            if (count := changed[at]) or s.slug == chosen
        ]

    @property
    def previous_page(self) -> str:
        return self._address(p=str(self.page.number - 1))

    @property
    def next_page(self) -> str:
        return self._address(p=str(self.page.number + 1))

    def _address(self, **other: str) -> str:
        return self.filters.address(**other)

    def _other(self, chosen: bool, **other: str) -> str:
        """With a filter; or, where it is chosen already, without it."""
        return self._address(**(dict.fromkeys(other, "") if chosen else other))

    @property
    def unchanged(self) -> int:
        return self.comparison.counts.get("unchanged", 0)

    @cached_property
    def undecided(self) -> int:
        return sum(row.undecided for row in self.rows.values())

    @cached_property
    def _order(self) -> list[tuple[str, int]]:
        """Every identity in reading order, with the position of the section that it is read in; one
        that is gone is read where most of its section went."""
        moved = {key for key, row in self.rows.items() if "moved" in row.row.changes}
        was = {stood.identity: stood.section for stood in self._reviewed.before.stood}
        place = {line.identity: line.section for line in self.text.lines}
        shared = Counter((was[key], now) for key, now in place.items() if key in was)
        heir = {old: new for (old, new), _ in reversed(shared.most_common())}
        found, section = [], 1
        for identity in in_order(was, [*place], moved):
            section = place.get(identity) or heir.get(was[identity], section)
            found.append((identity, section))
        return found

    @cached_property
    def page(self) -> Page[tuple[str, int]]:
        """The identities that are shown."""
        return Paginator([*self._asked()], PER_PAGE).get_page(self._number)

    def _asked(self) -> Iterator[tuple[str, int]]:
        filters = self.filters
        for identity, section in self._order:
            row = self.rows.get(identity)
            if filters.section and self.text.sections[section - 1].slug != filters.section:
                continue
            if filters.kind and (row is None or filters.kind not in row.row.changes):
                continue
            if filters.show == "all" or (row and (filters.show == "changes" or row.undecided)):
                yield identity, section

    @cached_property
    def chapters(self) -> list[Chapter]:
        """What is shown, section by section; runs of what is unchanged are one item."""
        lines = {line.identity: line for line in self.text.lines}
        chapters: dict[int, Chapter] = {}
        for identity, at in self.page.object_list:
            section = self.text.sections[at - 1]
            items = chapters.setdefault(at, Chapter(section.slug, _title(section))).items
            if identity in self.rows:
                items.append(self.rows[identity])
                continue
            if not items or not isinstance(items[-1], Unchanged):
                items.append(Unchanged())
            run = items[-1]
            assert isinstance(run, Unchanged)
            run.lines.append(lines[identity])
        return list(chapters.values())

    @property
    def origins(self) -> list[tuple[str, str, str]]:
        """Where paragraphs came from and went to, where it is another number: old, how, new."""
        rows = (row.row for row in self.rows.values() if row.row.side.reference)
        return [line for row in rows for line in _origins(row)]

    @cached_property
    def fits(self) -> list[Fit]:
        return misfits(self._reviewed.before, self.text)

    @property
    def demands(self) -> list[tuple[str, int, int]]:
        """How many sentences were confirmed as demands, by strength: before, and now."""
        edition = self._reviewed.before.edition
        before = _strengths(edition.obligations if edition else ())
        now = _strengths(self.text.facts.obligations)
        return [(f"{s.value}s", before[s], now[s]) for s in Strength if before[s] or now[s]]

    @property
    def lost(self) -> list[str]:
        """Refusals about paragraphs that are no longer among the changes."""
        return [words for key, words in self._problems.items() if key not in self.rows]

    @property
    def refused(self) -> list[ChangeRow]:
        return [row for row in self.rows.values() if row.error]


def _title(section: SectionSource) -> str:
    return f"{section.number} {section.title}".strip()


def _origins(row: Row) -> Iterator[tuple[str, str, str]]:
    old, new = row.before, row.after
    how = ", ".join(str(Change(change).label).lower() for change in row.changes)
    if old is None and new is not None and not row.origins:
        yield "", how, label(new)
    if new is None and old is not None and not row.destinations:
        yield label(old), how, ""
    if new is not None:
        for origin in row.origins:
            yield label(origin), "split" if old is None else "merged", label(new)
    if old is not None and new is not None and {"renumbered", "moved"} & {*row.changes}:
        yield label(old), how, label(new)


def _strengths(rows: Any) -> Counter[str]:
    return Counter(str(row.get("strength", "")) for row in rows)
