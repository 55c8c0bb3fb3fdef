"""The one interface that every search engine has, and what is asked and answered through it.

An engine keeps units and phrases (`search.units`) and answers requests. It knows nothing of the
ledger, of Django's models or of how queries are written; all of that is above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from search.plan import Everything, Node
from search.units import Item, Phrase, Unit


class Facet(StrEnum):
    """What results are counted and narrowed by; a unit may have several values of one."""

    DOCUMENT = "document"
    STAGE = "stage"
    STATUS = "status"
    INSTRUMENT = "instrument"
    PROVISION = "provision"
    """With the path of its instrument; places alone are no values of the facet."""
    BINDS = "authority_type"
    """`Unit.whom`: "anyone" is a value of its own, and so is "!police" for whom it exempts."""
    SECTION = "section"
    KIND = "kind"


class When(StrEnum):
    """Which text is looked at."""

    IN_FORCE = "in-force"
    """In force on the day asked for."""
    DRAFTS = "drafts"
    """Published consultation drafts."""
    EVERYTHING = "everything"
    """All that was issued: in force, to come, superseded, withdrawn, drafts."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which text is looked at: by `when` (IN_FORCE needs `day`), or one `edition` alone
    ("document/edition"), whatever its stage and dates."""

    when: When = When.IN_FORCE
    day: date | None = None
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One question to an engine.

    `chosen` are the values chosen of each facet: any of them will do, facets all have to hold.
    `exempts` leaves out what exempts these authority types. `facets` are to be counted, each as if
    nothing were chosen of itself and everything chosen of the others, with at most `values` values.
    """

    plan: Node = field(default_factory=Everything)
    scope: Scope = field(default_factory=Scope)
    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    exempts: frozenset[str] = frozenset()
    facets: Sequence[Facet] = ()
    values: int = 60
    first: int = 0
    size: int = 10


@dataclass(frozen=True, slots=True)
class Hit:
    unit: Unit
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine found: how many in all, a page of them (best first; where scores are equal by
    `Unit.order`, then by id), the counts asked for, and the engine's own time in milliseconds."""

    total: int = 0
    hits: Sequence[Hit] = ()
    counts: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the engine answers, what it is ("tantivy 0.27", "OpenSearch 3.3, green"), how many
    units it holds, and what to do where it does not answer."""

    ok: bool
    engine: str
    units: int = 0
    remedy: str = ""


class EngineDown(Exception):
    """The engine cannot answer now; the message says why in words for an operator."""


class Engine(Protocol):
    """Any method raises `EngineDown` where the engine cannot be reached or has no index yet."""

    @property
    def name(self) -> str:
        """ "embedded", "opensearch" or "elasticsearch"."""

    def search(self, request: Request) -> Found: ...

    def get(self, unit: str) -> Unit | None:
        """A unit by its id."""

    def frequencies(self, stems: Iterable[str]) -> dict[str, int]:
        """In how many units each stem stands, in any text field: of the text in force now or to
        come, and where a stem stands in none of those, of everything."""

    def similar(self, stem: str, limit: int = 10) -> list[tuple[str, int]]:
        """Stems that are there and spelt much like this one (at most two letters away: added, left
        out, changed or swapped), with their frequencies; the nearest and then the commonest first.
        """

    def complete(
        self, words: Sequence[str], kinds: Iterable[str] = (), limit: int = 10
    ) -> list[Phrase]:
        """Phrases in which each word begins a word (case and accents do not count), of these kinds
        or any; phrases that begin with the first word come first, then the weightier, the shorter.
        """

    def documents(self) -> set[str]:
        """The slugs of the documents that something is held for; "" among them for phrases that
        belong to none."""

    def stored(self, document: str) -> dict[str, str]:
        """Id and digest of every unit and phrase that is held for a document."""

    def apply(self, add: Iterable[Item] = (), remove: Iterable[str] = ()) -> None:
        """Puts items in, in place of those with the same id, and takes ids out; when it returns
        every later search sees all of it. Killed before that, it may be done in part; done again it
        comes to the same."""

    def rebuild(self, items: Iterable[Item]) -> int:
        """A new index of exactly these items, in place of the old one when it is whole; searches go
        on in the old one until then. Returns how many items. Items may be a generator of millions.
        """

    def health(self) -> Health: ...

    def close(self) -> None:
        """Lets go of files and connections."""


__all__ = [
    "Engine",
    "EngineDown",
    "Facet",
    "Found",
    "Health",
    "Hit",
    "Request",
    "Scope",
    "When",
]
