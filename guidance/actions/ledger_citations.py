"""Finds what the paragraphs of an edition cite, and writes it into the ledger.

What an unchanged paragraph cited in the edition before is taken over, unless something else in the
edition changed what its words mean. That changes nothing but the time: a test compares the two.
Citations are derived from the words, like the HTML, and may be found again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guidance.actions.citing import Cited, Citing, defines
from guidance.actions.earlier import Earlier, Key
from guidance.actions.ledger_provisions import provision_rows
from guidance.edition_text import EditionText, Line
from guidance.models import Citation, Edition, Section

BATCH = 1000
Stored = tuple[str, int, int, str, str | None, str | None, int | None]
"""A citation apart from its primary key: paragraph, start, end, words, and its target."""

_PARTS = re.compile(r"[Ss]ection|[Cc]hapter|[Aa]nnex|[Aa]ppendi|\bPart|ANNEX|SECTION|CHAPTER")


def find_cited(text: EditionText, before: Earlier, html: Mapping[Key, str]) -> list[Cited]:
    """What the edition cites and can be resolved, in order. `html` are its versions rendered."""
    citing = Citing(text, html)
    if before.edition is None:
        return [c for c in citing.cited() if c.resolved]
    standing = _Standing(citing, before)
    again = standing.to_read()
    found = defaultdict(list, standing.kept)
    for line in again:
        found.pop(line.identity, None)
    for cited in citing.cited(again):
        if cited.resolved:
            found[cited.line.identity].append(cited)
    return [c for line in text.lines for c in found.get(line.identity, ())]


def write_citations(
    edition: Edition,
    cited: Iterable[Cited],
    sections: Mapping[int, int],
    versions: Mapping[Key, int],
) -> None:
    """Write a row for each citation. `sections` are primary keys by position, `versions` by
    paragraph and digest; provisions that have no row yet get one."""
    Citation.objects.bulk_create(
        citation_rows(edition, list(cited), sections, versions), batch_size=BATCH
    )


def stored_as(cited: Iterable[Cited]) -> Counter[Stored]:
    """Citations as `stored_citations` gives them."""
    return Counter(
        (c.line.identity, c.start, c.end, c.words[:500], c.provision, c.paragraph, c.section)
        for c in cited
    )


def stored_citations(edition: Edition) -> Counter[Stored]:
    """The citations that the ledger has of an edition, in one query."""
    rows = Citation.objects.filter(edition=edition).values_list(
        "paragraph_id", "start", "end", "words", "provision__instrument__path",
        "provision__place", "to_paragraph_id", "to_section__position",
    )  # fmt: skip
    return Counter(
        (str(paragraph), start, end, words, f"{path}/{place}".rstrip("/") if path else None,
         str(target) if target else None, section)
        for paragraph, start, end, words, path, place, target, section in rows
    )  # fmt: skip


def citation_rows(
    edition: Edition,
    cited: Sequence[Cited],
    sections: Mapping[int, int],
    versions: Mapping[Key, int],
) -> list[Citation]:
    """The rows of `write_citations`, unsaved."""
    provisions = provision_rows({c.provision for c in cited if c.provision})
    positions: defaultdict[str, int] = defaultdict(int)
    rows: list[Citation] = []
    for c in cited:
        line = c.line
        positions[line.identity] += 1
        rows.append(
            Citation(
                edition=edition,
                paragraph_id=line.identity,
                version_id=versions[line.identity, line.digest],
                position=positions[line.identity],
                start=c.start,
                end=c.end,
                words=c.words[:500],
                provision_id=provisions[c.provision] if c.provision else None,
                to_paragraph_id=c.paragraph,
                to_section_id=sections[c.section] if c.section else None,
            )
        )
    return rows


@dataclass
class _Standing:
    """What stands as it stood in the edition before, and what it cited there."""

    citing: Citing
    before: Earlier
    kept: dict[str, list[Cited]] = field(default_factory=dict)

    def to_read(self) -> list[Line]:
        """The lines whose citations have to be found anew; `kept` has those of the others."""
        lines = self.citing.text.lines
        new = [n for n in lines if (n.identity, n.digest) not in self.before.versions]
        sections = self._sections()
        if self._names_changed(new):
            return lines
        again = {n.identity for n in new} | self._keep(sections)
        added = self._added(new)
        moved = {i for i, names in enumerate(self._now(), 1) if sections.get(i) != names}
        for line in lines:
            if line.identity not in again and (
                (added and added.search(self._html(line)))
                or (moved and _PARTS.search(self._html(line)))
                or self._prefix(line) != self.citing.text.sections[line.section - 1].prefix
            ):
                again.add(line.identity)
        return [n for n in lines if n.identity in again]

    def _html(self, line: Line) -> str:
        return self.citing.html.get((line.identity, line.digest), "")

    def _now(self) -> list[tuple[str, str, str]]:
        return [(s.number, s.prefix, s.title) for s in self.citing.text.sections]

    def _sections(self) -> dict[int, tuple[str, str, str]]:
        rows = Section.objects.filter(edition=self.before.edition)
        return {
            p: (n, x, t) for p, n, x, t in rows.values_list("position", "number", "prefix", "title")
        }

    def _prefix(self, line: Line) -> str | None:
        known = self.before.entries.get(line.identity)
        return known.prefix if known else None

    def _names_changed(self, new: Sequence[Line]) -> bool:
        """Whether "the Act" and the like may mean something else than in the edition before."""
        assert self.before.edition is not None
        text = self.citing.text
        if list(text.facts.definitions) != self.before.edition.definitions:
            return True
        present = {(n.identity, n.digest) for n in text.lines}
        gone = (html for key, html in self.before.html.items() if key not in present)
        return (
            any(n.block.kind == "glossary" for n in new)
            or any(
                known.raw["type"] == "glossary"
                for identity, known in self.before.entries.items()
                if (identity, known.digest) not in present
            )
            or any(defines(html) for html in (*gone, *map(self._html, new)))
        )

    def _added(self, new: Sequence[Line]) -> re.Pattern[str] | None:
        """The numbers of paragraphs that the edition before had not."""
        stood = {place[0] for place in self.before.places}
        numbers = {
            re.escape(line.block.number)
            for line in self.citing.text.lines
            if line.block.number and line.reference not in stood
        }
        return (
            re.compile(rf"(?<![\w.])(?:{'|'.join(sorted(numbers))})(?!\w)", re.I)
            if numbers
            else None
        )

    def _keep(self, sections: Mapping[int, tuple[str, str, str]]) -> set[str]:
        """Take over what unchanged paragraphs cited; gives those where a target is gone."""
        lines = {(n.identity, n.digest): n for n in self.citing.text.lines}
        references = {
            s.identity: p[0] for s, p in zip(self.before.stood, self.before.places, strict=True)
        }
        lost: set[str] = set()
        for row in _cited_before(self.before):
            line = lines.get((str(row[0]), row[1]))
            if line is None:
                continue
            cited = self._still(line, row, references)
            if cited is None:
                lost.add(line.identity)
            else:
                self.kept.setdefault(line.identity, []).append(cited)
        return lost

    def _still(
        self, line: Line, row: tuple[Any, ...], references: Mapping[str, str]
    ) -> Cited | None:
        """A paragraph is found where its number stands now, a section at the same position."""
        _, _, start, end, words, instrument, place, to_paragraph, to_section = row
        at = (line, start, end, words)
        if instrument:
            path = f"{instrument}/{place}".rstrip("/")
            return Cited(*at, "provision", "", provision=path)
        if to_paragraph:
            reference = references.get(str(to_paragraph), "")
            identity = self.citing.places.paragraphs.get(reference)
            if identity is None or identity == line.identity:
                return None
            return Cited(*at, "paragraph", "", paragraph=identity)
        return Cited(*at, "section", "", section=to_section)


def _cited_before(before: Earlier) -> list[tuple[Any, ...]]:
    rows = Citation.objects.filter(edition=before.edition).order_by("paragraph", "position")
    return list(
        rows.values_list(
            "paragraph_id",
            "version__digest",
            "start",
            "end",
            "words",
            "provision__instrument__path",
            "provision__place",
            "to_paragraph_id",
            "to_section__position",
        )
    )
