"""What queries are read with: words that mean the same, titles of instruments, and what guidance
calls them. From the editions that are shown today, the register, and the editors' synonyms.

Kept in the process. Whether any of it has changed is asked at most once a second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from guidance.actions.batches import batches
from guidance.models import Edition, Instrument, Withdrawal
from guidance.standing import shown_on
from guidance.statute import Register
from guidance.views.ledger import EditionFacts
from guidance.views.listing import issued_documents
from search.actions.knowledge_terms import Said, said_in
from search.models import Synonym
from search.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`definitions` are names of instruments ("Act", "2007 Act") with their paths: those on which
    all guidance that defines them agrees."""

    vocabulary: Vocabulary
    titles: Register
    definitions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Revision:
    """What knowledge is made from; where it is the same, so is the knowledge."""

    today: date
    issued: tuple[Any, ...]
    synonyms: tuple[str, ...]
    instruments: tuple[tuple[str, str, str], ...]


class _Edition(NamedTuple):
    """An issued edition and its digest: what it says is the same for ever."""

    pk: int
    digest: str


class _Kept:
    """The knowledge of this process, and what each edition says, which never changes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked = float("-inf")
        self._revision: _Revision | None = None
        self._knowledge = Knowledge(Vocabulary(), Register({}), {})
        self._said: dict[_Edition, Said] = {}

    def fresh(self) -> Knowledge:
        if monotonic() - self._asked >= settings.READING_UNASKED_SECONDS or not self._revision:
            with self._lock:
                self._look()
        return self._knowledge

    def abbreviations(self) -> dict[int, Sequence[tuple[str, str]]]:
        self.fresh()
        return {edition.pk: said.abbreviations for edition, said in self._said.items()}

    def _look(self) -> None:
        asked, revision = monotonic(), _revision()
        if revision != self._revision:
            register = _register(revision.instruments)
            if self._revision is None or self._revision.instruments != revision.instruments:
                self._said = {}  # what a text defines is read with the titles
            self._knowledge = self._made(revision, register)
            self._revision = revision
        self._asked = asked

    def _made(self, revision: _Revision, register: Register) -> Knowledge:
        shown = _shown(revision.today)
        self._said = {
            edition: self._said.get(edition) or said_in(edition.pk, definitions, register)
            for edition, definitions in shown.items()
        }
        said = list(self._said.values())
        groups: list[Sequence[str]] = [pair for each in said for pair in each.abbreviations]
        groups += [[p.strip() for p in words.split(",")] for words in revision.synonyms]
        return Knowledge(Vocabulary(groups), register, agreed(each.instruments for each in said))


_kept = _Kept()


def knowledge() -> Knowledge:
    """What is known now, at most a second old."""
    return _kept.fresh()


def abbreviations() -> dict[int, Sequence[tuple[str, str]]]:
    """What guidance itself says means the same, short and long, by the primary key of the edition
    that is shown today and says it."""
    return _kept.abbreviations()


def forget(**_: object) -> None:
    """Read everything anew at the next use."""
    global _kept
    _kept = _Kept()


def agreed(defined: Any) -> dict[str, str]:
    """Of names with their instruments, by document, those that are one instrument wherever they
    are defined. `defined` is an iterable of mappings from name to path."""
    meant: dict[str, set[str]] = {}
    for names in defined:
        for name, path in names.items():
            meant.setdefault(name, set()).add(path)
    return {name: paths.pop() for name, paths in meant.items() if len(paths) == 1 and all(paths)}


def _revision() -> _Revision:
    """In four small queries."""
    editions = Edition.objects.aggregate(Max("pk"), Max("issued_at"))
    withdrawals = Withdrawal.objects.aggregate(Max("pk"), Max("made_at"))
    return _Revision(
        timezone.localdate(),
        (*editions.values(), *withdrawals.values()),
        tuple(Synonym.objects.order_by("pk").values_list("words", flat=True)),
        tuple(Instrument.objects.order_by("pk").values_list("path", "title", "short_title")),
    )


def _register(instruments: Sequence[tuple[str, str, str]]) -> Register:
    titles = {title: path for path, title, _ in instruments}
    return Register(titles | {short: path for path, _, short in instruments if short})


def _shown(today: date) -> dict[_Edition, Sequence[Mapping[str, str]]]:
    """The edition that each document shows, with its definitions."""
    found = [shown_on(document.editions, today) for document, _ in issued_documents()]
    shown = [_Edition(e.pk, e.digest) for e in found if isinstance(e, EditionFacts)]
    definitions: dict[int, Sequence[Mapping[str, str]]] = {}
    for some in batches([edition.pk for edition in shown]):
        definitions |= dict(Edition.objects.filter(pk__in=some).values_list("pk", "definitions"))
    return {edition: definitions.get(edition.pk, ()) for edition in shown}
