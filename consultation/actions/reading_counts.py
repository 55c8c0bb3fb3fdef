"""The counts of a consultation, for reading: by day, channel, kind of respondent, lateness and by
what was chosen at each question. They come from `Tally` and cost the same at any number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum

from consultation.answers import NUMBER
from consultation.closing import day_in_words
from consultation.models import (
    Channel,
    ConsultationPage,
    Lateness,
    OrganisationType,
    Question,
    QuestionWording,
    Respondent,
    Tally,
)

KINDS = (*Respondent.choices[:1], *OrganisationType.choices)
"""Kinds of respondents by which is counted and filtered."""


@dataclass(frozen=True, slots=True)
class Line:
    """`share` is of the longest line, 0 to 100; `percent` of all, where lines exclude each other."""

    key: str
    words: str
    count: int
    share: float
    percent: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of one thing; `note` says what is not in them."""

    name: str
    title: str
    heading: str
    lines: list[Line]
    note: str = ""

    exclusive: bool = True


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything that the page of counts shows."""

    total: int
    received: list[Table]
    answers: list[Table]

    @property
    def tables(self) -> Iterator[Table]:
        yield from self.received
        yield from self.answers


def counts(consultation: ConsultationPage) -> Counts:
    """In four queries. Responses that were withdrawn or replaced are in none of the counts; those that
    were refused as late are, and stand as such among the late."""
    rows = Tally.objects.filter(consultation=consultation, question=None)
    by: dict[str, dict[Any, int]] = {
        name: defaultdict(int) for name in ("day", "channel", "respondent", "lateness")
    }
    grouped = rows.order_by().values_list("day", "channel", "respondent", "lateness")
    for *keys, n in grouped.annotate(n=Sum("count")):
        for name, key in zip(by, keys, strict=True):
            by[name][key] += n
    received = [
        _table("lateness", "In time and late", "Lateness", by["lateness"], Lateness.choices),
        _table("channel", "By channel", "Channel", by["channel"], Channel.choices),
        _table("respondent", "By kind of respondent", "Kind", by["respondent"], _kinds(by)),
        _table("day", "By day of receipt", "Day", by["day"], _days(by["day"])),
    ]
    return Counts(sum(by["lateness"].values()), received, list(_answers(consultation)))


def questions_of(consultation: ConsultationPage) -> list[Question]:
    """All questions that were ever asked, with every wording; those asked now first. Two queries."""
    rows = consultation.questions.filter(wording__isnull=False).select_related("wording")
    found: list[Question] = list(rows.prefetch_related("wordings"))
    return sorted(found, key=lambda question: (question.retired_at is not None, question.position))


def choices_of(question: Question) -> list[tuple[str, str]]:
    """What could be chosen in any of its wordings, in the words of the newest that has it."""
    assert question.wording is not None
    older: Iterable[QuestionWording] = sorted(question.wordings.all(), key=lambda w: -w.version)
    found = dict(question.wording.asked.choices)
    for wording in older:
        for key, words in wording.asked.choices:
            found.setdefault(key, words)
    return list(found.items())


def _answers(consultation: ConsultationPage) -> Iterator[Table]:
    chosen: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Tally.objects.filter(consultation=consultation, question__isnull=False).order_by()
    for question, value, n in rows.values_list("question", "value").annotate(n=Sum("count")):
        chosen[question][value] = n
    for question in questions_of(consultation):
        assert question.wording is not None
        choices = choices_of(question)
        if choices and question.wording.kind != NUMBER:
            yield _table(
                f"question-{question.pk}",
                f"{question.label}: {question.wording.text}",
                "Answer",
                chosen[question.pk],
                choices,
                exclusive=question.wording.kind != "several",
            )


def _table(
    name: str,
    title: str,
    heading: str,
    found: dict[Any, int],
    choices: Iterable[tuple[Any, Any]],
    *,
    exclusive: bool = True,
) -> Table:
    """Every choice has its line, also at nought; a key that nothing has words for stands last."""
    named = dict(choices)
    keys = [*named, *(key for key in found if key not in named)]
    longest = max([*(n for n in found.values()), 1])
    whole = sum(found.values())
    lines = [
        Line(
            str(key),
            str(named.get(key, key or "Not said")),
            found.get(key, 0),
            round(100 * max(found.get(key, 0), 0) / longest, 2),
            round(100 * found.get(key, 0) / whole, 1) if exclusive and whole else None,
        )
        for key in keys
    ]
    note = (
        "" if exclusive else "Several could be chosen, so these add up to more than the responses."
    )
    return Table(name, title, heading, lines, note, exclusive)


def _kinds(by: dict[str, dict[Any, int]]) -> Sequence[tuple[str, str]]:
    """An organisation that did not say of what kind it is has no line unless there is one."""
    unsaid = Respondent.ORGANISATION
    extra = [(unsaid, "An organisation of no kind given")] if unsaid in by["respondent"] else []
    return [*KINDS, *extra]


def _days(found: dict[date, int]) -> list[tuple[date, str]]:
    return [(day, day_in_words(day)) for day in sorted(found)]
