"""What an editor writes of a question, and what keeps it from being asked so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from consultation.actions.anchors import Anchor
from consultation.answers import keys_of
from consultation.models import (
    Answer,
    ConsultationPage,
    Question,
    QuestionKind,
    QuestionWording,
)
from consultation.options import keyed, taken_out

OWN_OPTIONS = (QuestionKind.ONE, QuestionKind.SEVERAL)
MOST_OPTIONS, LONGEST_OPTION = 50, 300
ANEW = "Take the question out and ask another instead."


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as an editor writes it; `options` are the words of each, in order."""

    number: str
    text: str
    kind: str = QuestionKind.TEXT
    help: str = ""
    options: Sequence[str] = ()
    word_guide: int | None = None
    smallest: Decimal | None = None
    largest: Decimal | None = None
    unit: str = ""
    required: bool = False
    paragraphs: Sequence[Anchor] = field(default_factory=tuple)


def check(asking: Asking, consultation: ConsultationPage, but: Question | None = None) -> None:
    """ValidationError by the fields of `Asking`. `but` is the question that is reworded."""
    faults: dict[str, str] = {}
    number = asking.number.strip()
    others = consultation.questions.asked().filter(wording__number__iexact=number)
    if not number:
        faults["number"] = "Enter its number, such as 1 or 2a."
    elif len(number) > 20:
        faults["number"] = "Keep the number to 20 characters."
    elif others.exclude(pk=but.pk if but else None).exists():
        faults["number"] = f"There is a question {number} already; enter another number."
    if not asking.text.strip():
        faults["text"] = "Enter the question."
    if asking.kind not in QuestionKind.values:
        faults["kind"] = "Choose what is answered with."
    if asking.kind in OWN_OPTIONS and (fault := _options_fault(_option_words(asking))):
        faults["options"] = fault
    if asking.kind == QuestionKind.NUMBER and _crossed(asking):
        faults["largest"] = "The largest number cannot be below the smallest."
    if faults:
        raise ValidationError(faults)


def _options_fault(options: Sequence[str]) -> str:
    if len(options) < 2:
        return "Enter two options or more, one on each line."
    if len(options) > MOST_OPTIONS:
        return f"Keep to {MOST_OPTIONS} options."
    if len({option.casefold() for option in options}) < len(options):
        return "Two options have the same words; change one of them."
    if any(len(option) > LONGEST_OPTION for option in options):
        return f"Keep each option to {LONGEST_OPTION} characters."
    return ""


def _crossed(asking: Asking) -> bool:
    ends = asking.smallest, asking.largest
    return ends[0] is not None and ends[1] is not None and ends[1] < ends[0]


def _option_words(asking: Asking) -> list[str]:
    return [words for option in asking.options if (words := " ".join(option.split()))]


def columns_of(asking: Asking, before: Sequence[Sequence[str]]) -> dict[str, Any]:
    """The columns of a wording; what its kind does not take is left empty."""
    number = asking.kind == QuestionKind.NUMBER
    own = asking.kind in OWN_OPTIONS
    return {
        "number": asking.number.strip(),
        "text": asking.text.strip().replace("\r\n", "\n"),
        "help": asking.help.strip().replace("\r\n", "\n"),
        "kind": asking.kind,
        "options": keyed(_option_words(asking), before) if own else [],
        "word_guide": asking.word_guide,
        "smallest": asking.smallest if number else None,
        "largest": asking.largest if number else None,
        "unit": asking.unit.strip() if number else "",
        "required": asking.required,
    }


def check_answers_fit(question: Question, before: QuestionWording, now: Mapping[str, Any]) -> None:
    """Another kind, or an option that is gone, would leave answers without what they answer."""
    answers = Answer.objects.filter(question=question)
    if now["kind"] != before.kind and answers.exists():
        was = QuestionKind(before.kind).label.lower()
        raise ValidationError({"kind": f"Somebody may have answered it with “{was}”. {ANEW}"})
    gone = {key: words for key, words in taken_out(now["options"], before.options)}
    if not gone:
        return
    for value in answers.values_list("value", flat=True).iterator():
        for key in keys_of(value):
            if key in gone:
                words = f"Somebody may have chosen “{gone[key]}”, so it stays. To ask without it:"
                raise ValidationError({"options": f"{words} {ANEW[0].lower()}{ANEW[1:]}"})
