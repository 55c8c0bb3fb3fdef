"""An edition as the ledger holds it, composed from what its pages say: entries, bases and digests.

The digest of a paragraph version covers its kind, number, title, content, status and provisions; the
digest of an edition covers its own facts, its sections, and for each entry the identity, reference
and version digest. Anybody can compute them again from what is published. Pure: knows no Django.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from guidance.content import Content, Images, content_of, head_of
from guidance.digests import digest
from guidance.numbering import parse_ranges
from guidance.outline.model import Statement
from guidance.references import Addresses, Place
from guidance.status import Basis, basis

CITED = frozenset({"paragraph", "box", "table", "figure", "glossary"})
"""The kinds of block that have a status and are cited; the others stand between them."""

UNSTATED = Basis("unstated", (), ())


class Block:
    """One block of a section: its raw data, and what is made of it when it is needed."""

    __slots__ = ("_content", "_images", "identity", "kind", "number", "raw", "title")

    def __init__(self, raw: Mapping[str, Any], images: Images | None = None) -> None:
        self.raw = raw
        self.identity = str(raw.get("id") or "")
        self.kind, self.number, self.title = head_of(raw)
        self._images = images
        self._content: Content | None = None

    @property
    def content(self) -> Content:
        if self._content is None:
            self._content = content_of(self.raw, self._images)
        return self._content


@dataclass(frozen=True, slots=True)
class SectionSource:
    """A section as its page holds it; `page` is the page's primary key."""

    page: int
    number: str
    prefix: str
    title: str
    slug: str
    blocks: Sequence[Block]
    places: Sequence[Place] = ()


def placed(sections: Iterable[SectionSource]) -> list[SectionSource]:
    """The sections of an edition in order, with the places of their blocks."""
    addresses = Addresses()
    return [
        replace(
            s, places=addresses.section(((b.kind, b.number, b.title) for b in s.blocks), s.prefix)
        )
        for s in sections
    ]


@dataclass(frozen=True, slots=True)
class Facts:
    """What an edition says of itself, apart from its text. `document` is the document's slug.

    `statements`, `duties` and `definitions` are as issued: provisions resolved to their paths where
    they can be, duties told in full, so that no register has to be asked again.

    `corrects` is the slug of the edition that a corrigendum corrects. `changes` are what an editor
    decided: {"before", "after" (identities or ""), "change", "reason"}. `obligations` are confirmed
    sentences in the order of the text: {"paragraph" (identity), "sentence", "strength", "binds",
    "excepts" (names of authority types)}.
    """

    document: str
    slug: str
    title: str
    stage: str
    published: date | None
    in_force_from: date | None
    product_code: str = ""
    isbn: str = ""
    statements: Sequence[Mapping[str, Any]] = ()
    duties: Sequence[Mapping[str, Any]] = ()
    definitions: Sequence[Mapping[str, Any]] = ()
    corrects: str = ""
    correction: str = ""
    changes: Sequence[Mapping[str, Any]] = ()
    obligations: Sequence[Mapping[str, Any]] = ()


@dataclass(slots=True)
class Line:
    """One entry: a block in its place, with its basis. `section` is its section's position and
    `identity` a UUID as text, as it is everywhere outside the database (it hashes much faster)."""

    position: int
    section: int
    identity: str
    reference: str
    after: str
    block: Block
    basis: Basis
    digest: str

    @property
    def content(self) -> Content:
        return self.block.content

    @property
    def provisions(self) -> tuple[str, ...]:
        return resolved(self.basis.provisions)


@dataclass(slots=True)
class Known:
    """An entry of an earlier edition with the same statements of status: where its block's raw data
    and place are the same, so are its basis and digest, and neither is worked out again."""

    raw: Mapping[str, Any]
    after: str
    section_number: str
    prefix: str
    basis: Basis
    digest: str


@dataclass(slots=True)
class EditionText:
    """A whole edition; positions of sections and entries count from 1."""

    facts: Facts
    sections: list[SectionSource]
    lines: list[Line] = field(default_factory=list)

    @property
    def digest(self) -> str:
        sections = [
            {
                "position": i,
                "number": s.number,
                "prefix": s.prefix,
                "title": s.title,
                "slug": s.slug,
            }
            for i, s in enumerate(self.sections, 1)
        ]
        entries = [(n.position, n.section, n.identity, n.reference, n.digest) for n in self.lines]
        return edition_digest(self.facts, sections, entries)


def compose(
    facts: Facts, sections: Sequence[SectionSource], known: Mapping[str, Known] | None = None
) -> EditionText:
    """The edition that these pages make; its sections are `placed`. ValueError where the id of a
    block is no UUID, or where the ranges of a statement cannot be read. `known` saves work and
    changes nothing."""
    statements = [statement_of(s) for s in facts.statements]
    for statement in statements:
        parse_ranges(statement.paragraphs)
    text = EditionText(facts, list(sections))
    for order, section in enumerate(text.sections, 1):
        for block, place in zip(section.blocks, section.places, strict=True):
            identity = block.identity
            before = known.get(identity) if known else None
            if before is not None and _unchanged(before, section, block, place):
                given, found = before.basis, before.digest
            else:
                identity = str(UUID(identity))
                given = basis_in(section, block, place.after, statements)
                found = version_digest(block.content, given.status, resolved(given.provisions))
            position = len(text.lines) + 1
            text.lines.append(
                Line(position, order, identity, place.reference, place.after, block, given, found)
            )
    return text


def _unchanged(known: Known, section: SectionSource, block: Block, place: Place) -> bool:
    """Pictures are looked at again, since they are not in the raw data."""
    return (
        known.after == place.after
        and known.section_number == section.number
        and known.prefix == section.prefix
        and block.kind != "figure"
        and known.raw == block.raw
    )


def basis_in(
    section: SectionSource, block: Block, after: str, statements: Sequence[Statement]
) -> Basis:
    """What the statements say of a block: by its own number, or by the one that it follows."""
    if block.kind not in CITED or not statements:
        return UNSTATED
    title = "" if block.kind == "paragraph" else block.title
    number = f"{section.prefix} {after}".strip() if after else ""
    return basis(number, statements, title, section.number)


def version_digest(content: Mapping[str, Any], status: str, provisions: Iterable[str]) -> str:
    """The digest of a paragraph version; `provisions` are paths, in the order stated."""
    return digest(
        {
            "kind": content.get("kind", ""),
            "number": content.get("number", ""),
            "title": content.get("title", ""),
            "content": content,
            "status": status,
            "provisions": list(provisions),
        }
    )


def edition_digest(
    facts: Facts,
    sections: Sequence[Mapping[str, Any]],
    entries: Iterable[tuple[int, int, str, str, str]],
) -> str:
    """The digest of an edition; entries are (position, section position, identity, reference,
    version digest), in order."""
    return digest(
        {
            "document": facts.document,
            "slug": facts.slug,
            "title": facts.title,
            "stage": facts.stage,
            "published": facts.published,
            "in_force_from": facts.in_force_from,
            "product_code": facts.product_code,
            "isbn": facts.isbn,
            "statements": list(facts.statements),
            "duties": list(facts.duties),
            "definitions": list(facts.definitions),
            "corrects": facts.corrects,
            "correction": facts.correction,
            "changes": list(facts.changes),
            "obligations": list(facts.obligations),
            "sections": list(sections),
            "entries": [list(entry) for entry in entries],
        }
    )


def statement_of(row: Mapping[str, Any]) -> Statement:
    """A statement of status from the row that an edition keeps of it."""
    return Statement(
        words=row.get("words", ""),
        paragraphs=row.get("paragraphs", ""),
        status=row.get("status", "unstated"),
        provisions=list(row.get("provisions", ())),
        replaces=list(row.get("replaces", ())),
        on=row.get("on", ""),
        replaced_under=list(row.get("replaced_under", ())),
    )


def resolved(provisions: Iterable[str]) -> tuple[str, ...]:
    """Those that are paths of legislation.gov.uk; words that could not be resolved are left out."""
    return tuple(p for p in provisions if is_path(p))


def is_path(provision: str) -> bool:
    return "/" in provision and " " not in provision


def lines_by_section(text: EditionText) -> Iterator[tuple[SectionSource, list[Line]]]:
    """Each section with its entries, empty sections too."""
    found: list[list[Line]] = [[] for _ in text.sections]
    for line in text.lines:
        found[line.section - 1].append(line)
    yield from zip(text.sections, found, strict=True)
