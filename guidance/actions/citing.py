"""What the paragraphs of an edition cite: provisions, and paragraphs and sections of the edition.

Used at publication, by the checks and for previews. Nothing is guessed: what could be two things, or
is none in the register or the edition, comes back without a target.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from guidance.content import plain_text
from guidance.crossrefs import CrossReference, find_cross_references
from guidance.edition_text import EditionText, Line, SectionSource
from guidance.models import Instrument
from guidance.numbering import reference_slug
from guidance.statute import (
    Citation,
    Names,
    Register,
    bare_name,
    find_citations,
    find_definitions,
    names_place,
)

_TO_PARTS = frozenset({"section", "chapter", "part", "annex", "appendix"})
_LEAD = re.compile(r"(section|chapter|part|annex|appendix)\s+([\w.]+)", re.IGNORECASE)
_MAY_CITE = re.compile(r"\d|[Aa](?:nnex|ppendi)|ANNEX|APPENDI|\bActs?\b|Regulations|Order|Rules")
_DEFINES = re.compile(
    r"(?:Act|Regulations|Order|Rules|Measure)\b[^()]{0,60}[(\[]"
    r"|[”’\"'](?:</\w+>)*,?\s+(?:means|refers\s+to|is\s+a\s+reference|denotes)\b"
)


@dataclass(frozen=True, slots=True)
class Cited:
    """Characters `start` to `end` of `plain_text` of a line's content cite something.

    At most one of `provision` (a path), `paragraph` (an identity) and `section` (its position from
    1) is given; none where it could not be resolved. `named` is what the words name, as printed.
    """

    line: Line
    start: int
    end: int
    words: str
    kind: Literal["provision", "paragraph", "section"]
    named: str
    provision: str | None = None
    paragraph: str | None = None
    section: int | None = None

    @property
    def resolved(self) -> bool:
        return bool(self.provision or self.paragraph or self.section)


@dataclass(slots=True)
class Statutes:
    """The register of instruments as citations are looked up in it; `paths` are those it has."""

    register: Register
    paths: frozenset[str]

    @classmethod
    def load(cls) -> Statutes:
        """The register as it is now, in one query."""
        rows = list(Instrument.objects.values_list("path", "title", "short_title"))
        titles = {title: path for path, title, _ in rows}
        titles |= {short: path for path, _, short in rows if short}
        return cls(Register(titles), frozenset(path for path, _, _ in rows))


class Places:
    """The paragraphs and sections of an edition by what they are called in its own words."""

    def __init__(self, text: EditionText) -> None:
        self.paragraphs = {n.reference: n.identity for n in text.lines if n.reference}
        self._folded: dict[str, str] = {}
        for reference in self.paragraphs:
            folded = reference.casefold()
            self._folded[folded] = "" if folded in self._folded else reference
        self.sections: dict[tuple[str, str], int] = {}
        for position, section in enumerate(text.sections, 1):
            for name in _names(section):
                self.sections[name] = 0 if name in self.sections else position

    def paragraph(self, number: str, prefix: str = "", where: str = "") -> str | None:
        """The identity of paragraph `number`: in the annex `where`, else under the prefix of the
        section that names it, else anywhere. A sub-paragraph is found at its paragraph."""
        whole = re.sub(r"\s*\([^()]*\)", "", number)
        for lead in dict.fromkeys((where,) if where else (prefix, "")):
            for form in dict.fromkeys((number, whole)):
                try:
                    reference = reference_slug(form, lead)
                except ValueError:
                    continue
                found = self.paragraphs.get(reference) or self.paragraphs.get(
                    self._folded.get(reference.casefold(), "")
                )
                if found:
                    return found
        return None

    def section(self, kind: str, number: str) -> int | None:
        """The position of the one section of that name; chapters and sections are one series."""
        kinds = ("section", "chapter", "") if kind in ("section", "chapter") else (kind,)
        found = {self.sections.get((k, number.casefold())) for k in kinds} - {None}
        return (found.pop() or None) if len(found) == 1 else None


def _names(section: SectionSource) -> Iterator[tuple[str, str]]:
    """A section's number with the kind of part that it is, "" where its number is bare."""
    names: dict[tuple[str, str], None] = {}
    for words in (section.number, section.prefix, f"{section.number} {section.title}".strip()):
        if lead := _LEAD.match(words):
            names[lead[1].lower(), lead[2].rstrip(".").casefold()] = None
    if section.number and not names:
        names["", section.number.rstrip(".").casefold()] = None
    yield from names


@dataclass
class Citing:
    """Finds citations in the lines of one edition. `html` are rendered versions, where they are at
    hand: looking through them first saves most lines from being read at all."""

    text: EditionText
    html: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def statutes(self) -> Statutes:
        return Statutes.load()

    @cached_property
    def places(self) -> Places:
        return Places(self.text)

    @cached_property
    def names(self) -> Names:
        """The edition's own names of instruments ("the Act"): its definitions, its glossary, and
        what its paragraphs define in brackets; a name that means two things is left out."""
        meanings: dict[str, str | None] = {}
        for name, meaning in self._defined():
            known = meanings.setdefault(bare_name(name), meaning)
            if known != meaning:
                meanings[bare_name(name)] = None
        for row in self.text.facts.definitions:
            meanings[bare_name(row.get("term", ""))] = row.get("meaning", "")
        found = {name: meaning for name, meaning in meanings.items() if name and meaning}
        return Names(found, self.statutes.register)

    def _defined(self) -> Iterator[tuple[str, str]]:
        for line in self.text.lines:
            if line.block.kind == "glossary":
                yield line.block.title, plain_text(line.content).partition("\n")[2]
            elif defines(self.html.get((line.identity, line.digest)) or plain_text(line.content)):
                for name, mention in find_definitions(
                    plain_text(line.content), self.statutes.register
                ):
                    yield name, str(mention.instrument or mention.words)

    def cited(self, lines: Iterable[Line] | None = None) -> Iterator[Cited]:
        """What each of `lines` cites (default: all), in order."""
        for line in self.text.lines if lines is None else lines:
            if line.block.kind == "heading":
                continue
            html = self.html.get((line.identity, line.digest))
            if html is None or line.block.title or _MAY_CITE.search(html):
                yield from self._cited(line)

    def _cited(self, line: Line) -> list[Cited]:
        words = plain_text(line.content)
        if not _MAY_CITE.search(words):
            return []
        names = self.names if names_place(words) else None
        citations = find_citations(words, self.statutes.register, names)
        found = [cited for c in citations for cited in self._provisions(line, words, c)]
        for reference in find_cross_references(words, citations):
            found += self._parts(line, words, reference)
        return sorted(found, key=lambda cited: (cited.start, cited.end))

    def _provisions(self, line: Line, words: str, citation: Citation) -> Iterator[Cited]:
        if citation.provisions is None:
            named = citation.instrument or citation.words
            yield Cited(line, citation.start, citation.end, citation.words, "provision", named)
        for provision, (start, end) in zip(citation.provisions or (), citation.spans, strict=False):
            known = provision.instrument.path in self.statutes.paths
            yield Cited(
                line, start, end, " ".join(words[start:end].split()), "provision",
                citation.instrument, provision=provision.path if known else None,
            )  # fmt: skip

    def _parts(self, line: Line, words: str, reference: CrossReference) -> Iterator[Cited]:
        own = self.text.sections[line.section - 1]
        for named, (start, end) in zip(reference.targets, reference.spans, strict=True):
            said = " ".join(words[start:end].split())
            if reference.kind in _TO_PARTS:
                section = self.places.section(reference.kind, named)
                yield Cited(line, start, end, said, "section", named, section=section)
                continue
            identity = self.places.paragraph(named, own.prefix, reference.where)
            if identity != line.identity:
                yield Cited(line, start, end, said, "paragraph", named, paragraph=identity)


def defines(words: str) -> bool:
    """Whether words or their HTML may define a short name of an instrument; quick, since every
    paragraph is asked."""
    return _DEFINES.search(words) is not None


def cited_in(text: EditionText) -> list[Cited]:
    """Everything that an edition cites, in the order of its text, resolved where it can be; one
    query."""
    return list(Citing(text).cited())
