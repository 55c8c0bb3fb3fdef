"""Proposes the questions that an edition prints in its text, beside those that it lists together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from consultation.actions.anchors import Anchor, anchors_of
from consultation.models import QuestionKind
from guidance.actions.check_questions import Questions, questions_of
from guidance.actions.edition_source import issued
from guidance.comparison import Piece, redline
from guidance.editorial.questions import bare, pairs, without_title
from guidance.models import Edition, Entry, Kind


@dataclass(frozen=True)
class Proposed:
    """A question that could be asked.

    `printed_words` are as it stands in the text, after the paragraph `anchor`, in the block
    `printed`; `listed_words` as it stands in the list. A question may be in one of the two only.
    `text`, `number` and `kind` are what will be asked.
    """

    number: str
    text: str
    printed: UUID | None = None
    anchor: Anchor | None = None
    printed_words: str = ""
    listed_words: str = ""
    kind: str = QuestionKind.TEXT

    @property
    def differs(self) -> bool:
        """Whether list and text word it otherwise; capitals and punctuation are no difference."""
        both = self.printed_words and self.listed_words
        return bool(both) and bare(self.printed_words) != bare(self.listed_words)

    @cached_property
    def pieces(self) -> list[Piece]:
        """From the listed to the printed words."""
        return redline(self.listed_words, self.printed_words)


def proposed_questions(edition: Edition) -> list[Proposed]:
    """Every question of an issued edition: those printed in its text, in order, then those that are
    listed only. What is asked is proposed as it is printed, under the number that it is listed by;
    one that is not listed takes the number before it with a letter."""
    found = questions_of(issued(edition.page))
    places = pairs(found.asked, found.listed)
    after = _paragraphs_before(edition)
    known = anchors_of(edition.pk, [p for p in after.values() if p])
    rows: list[Proposed] = []
    numbers = _numbers(found, places)
    for at, spot in enumerate(found.printed):
        identity = UUID(spot.block.identity)
        words = _one_line(found.asked[at].words)
        before = after.get(identity)
        rows.append(
            Proposed(
                number=numbers[at],
                text=words,
                printed=identity,
                anchor=known.get(before) if before else None,
                printed_words=words,
                listed_words=_one_line(found.listed[places[at]].words) if at in places else "",
            )
        )
    return [*rows, *_listed_only(found, places)]


def _listed_only(found: Questions, places: dict[int, int]) -> Iterator[Proposed]:
    for place, item in enumerate(found.listed):
        if place not in places.values():
            words = _one_line(item.words)
            yield Proposed(_listed_number(found, place), words, listed_words=words)


def _numbers(found: Questions, places: dict[int, int]) -> list[str]:
    """The number of each printed question; every one is another."""
    taken = {_listed_number(found, place) for place in range(len(found.listed))}
    numbers: list[str] = []
    for at, asked in enumerate(found.asked):
        if at in places:
            number = _listed_number(found, places[at])
        elif found.listed or not asked.number or asked.number in taken:
            number = _next_free(numbers[-1] if numbers else "", taken)
        else:
            number = asked.number
        taken.add(number)
        numbers.append(number)
    return numbers


def _listed_number(found: Questions, place: int) -> str:
    return found.listed[place].number or str(place + 1)


def _next_free(before: str, taken: set[str]) -> str:
    """ "2a" after "2", "2b" after "2a"; where nothing stands before it, the first free number."""
    if found := re.fullmatch(r"(\d+)([a-y]?)", before):
        number, letter = found.groups()
        for code in range(ord(letter) + 1 if letter else ord("a"), ord("z") + 1):
            if (free := f"{number}{chr(code)}") not in taken:
                return free
    counted = 1
    while str(counted) in taken:
        counted += 1
    return str(counted)


def _paragraphs_before(edition: Edition) -> dict[UUID, UUID | None]:
    """Of each printed question the numbered paragraph of its section that it stands after."""
    rows: Sequence[tuple[UUID, str, int]] = list(
        Entry.objects.filter(edition=edition)
        .order_by("position")
        .values_list("paragraph", "version__kind", "section")
    )
    found: dict[UUID, UUID | None] = {}
    last, within = None, None
    for paragraph, kind, section in rows:
        if section != within:
            last, within = None, section
        if kind == Kind.PARAGRAPH:
            last = paragraph
        elif kind == Kind.QUESTION:
            found[paragraph] = last
    return found


def _one_line(words: str) -> str:
    return " ".join(without_title(words).split())
