"""What is indexed: a paragraph version where and when it stands, and the phrases that complete what
somebody types. Plain facts made from the ledger; every engine stores and gives back the same. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any

ANYONE = "anyone"
"""In `Unit.binds`: it names nobody in particular and exempts nobody."""

SHAPE = "1"
"""Of what is stored for a unit or a phrase; a change of it makes every index stale."""


@dataclass(frozen=True)
class Unit:
    """A paragraph version in one place of one document, through one run of days or in drafts.

    Editions in which it stands unchanged, in the same place, one after the other, share one unit.
    `since` and `until` are the days on which it comes into force and on which it ceases (None:
    nothing that is issued ends it); a unit of consultation drafts has no `since`. `edition` is the
    newest edition that it stands in, `editions` are all of them. `binds` and `exempts` are slugs of
    authority types; who is bound through a class ("best value authorities") is listed too.
    """

    document: str
    document_title: str
    edition: str
    edition_title: str
    editions: tuple[str, ...]
    stage: str
    since: date | None
    until: date | None
    paragraph: str
    order: int
    kind: str
    number: str
    reference: str
    after: str
    title: str
    text: str
    section: str
    section_number: str
    section_title: str
    trail: tuple[str, ...]
    status: str
    provisions: tuple[str, ...]
    cites: tuple[str, ...]
    binds: tuple[str, ...]
    exempts: tuple[str, ...]
    version: str

    @cached_property
    def id(self) -> str:
        """The same from one indexing to the next, as long as it begins on the same day (a unit of
        drafts: in the same first edition) in the same place with the same words."""
        begins = self.since.isoformat() if self.since else f"draft {self.editions[0]}"
        place = (self.document, self.paragraph, self.version, self.reference, self.section, begins)
        return _hashed("unit", *place, *self.trail)

    @cached_property
    def digest(self) -> str:
        """Covers all that is stored; where it is the same, nothing has to be indexed again."""
        return _hashed(SHAPE, self.stored)

    @cached_property
    def stored(self) -> str:
        """As JSON, for an engine to keep and give back."""
        return _written(self)

    @classmethod
    def read(cls, stored: str) -> Unit:
        """A unit as an engine gives it back. Raises ValueError where it is none."""
        row = _read(stored, cls)
        for name in ("since", "until"):
            row[name] = date.fromisoformat(row[name]) if row[name] else None
        for name in ("editions", "trail", "provisions", "cites", "binds", "exempts"):
            row[name] = tuple(row[name])
        return cls(**row)

    @property
    def draft(self) -> bool:
        return self.since is None

    def in_force_on(self, day: date) -> bool:
        return (
            self.since is not None
            and self.since <= day
            and (self.until is None or day < self.until)
        )

    @property
    def edition_keys(self) -> tuple[str, ...]:
        """ "document/edition" for each edition, as the filter by edition asks."""
        return tuple(f"{self.document}/{edition}" for edition in self.editions)

    @property
    def section_key(self) -> str:
        return f"{self.document}/{self.section}"

    @property
    def instruments(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(instrument_of(path) for path in self.provisions))

    @property
    def whom(self) -> tuple[str, ...]:
        """Whom it binds, and with "!" before them whom it exempts: what to choose from."""
        return (*self.binds, *(f"!{slug}" for slug in self.exempts))

    @property
    def under(self) -> tuple[str, ...]:
        """Every provision that it stands under: each basis, what holds it, and its place alone."""
        return tuple(dict.fromkeys(key for path in self.provisions for key in keys_of(path)))

    @property
    def mentions(self) -> tuple[str, ...]:
        """Every provision that its words cite, in the same way."""
        return tuple(dict.fromkeys(key for path in self.cites for key in keys_of(path)))


@dataclass(frozen=True)
class Phrase:
    """Words to complete or to choose: a heading, a term, a provision, a number, a title.

    `kind` is "heading", "term", "provision", "number", "document" or "edition"; what another app
    adds has a kind of its own ("consultation"). `address` leads to it; where it is empty the words
    are to be searched for. `document` is a slug, "" for what belongs to none. `weight` orders
    phrases that fit equally well, the largest first. `note` says what it is, in a few words.
    """

    document: str
    kind: str
    text: str
    address: str = ""
    weight: int = 1
    note: str = ""

    @cached_property
    def id(self) -> str:
        return _hashed("phrase", self.document, self.kind, self.text, self.address)

    @cached_property
    def digest(self) -> str:
        return _hashed(SHAPE, self.stored)

    @cached_property
    def stored(self) -> str:
        return _written(self)

    @classmethod
    def read(cls, stored: str) -> Phrase:
        return cls(**_read(stored, cls))


Item = Unit | Phrase
_NAMES = {kind: frozenset(field.name for field in fields(kind)) for kind in (Unit, Phrase)}


def instrument_of(path: str) -> str:
    """ "ukpga/2007/28" of "ukpga/2007/28/section/138"."""
    return "/".join(path.split("/")[:3])


def keys_of(path: str) -> Iterator[str]:
    """The path, the paths that hold it, and its places with no instrument: what may be asked for.

    "ukpga/2007/28/section/138/2" gives itself, ".../section/138", "ukpga/2007/28",
    "section/138/2" and "section/138".
    """
    parts = path.split("/")
    instrument, place = "/".join(parts[:3]), parts[3:]
    yield instrument
    for length in range(2, len(place) + 1):
        yield "/".join((instrument, *place[:length]))
        yield "/".join(place[:length])


def _written(item: Item) -> str:
    """As `asdict` would have it, which copies every value of every field to do the same."""
    row = {name: getattr(item, name) for name in item.__dataclass_fields__}
    return json.dumps(row, default=date.isoformat, ensure_ascii=False, separators=(",", ":"))


def _read(stored: str, kind: type[Item]) -> dict[str, Any]:
    row = json.loads(stored)
    if not isinstance(row, dict) or row.keys() != _NAMES[kind]:
        raise ValueError(f"This is not a stored {kind.__name__.lower()}; rebuild the index.")
    return row


def _hashed(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def ordered(document: int, position: int) -> int:
    """`Unit.order`: by document (its primary key), then by position in the edition."""
    return (document << 24) | min(position, (1 << 24) - 1)


def batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
