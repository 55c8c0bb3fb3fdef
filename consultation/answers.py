"""What each kind of question takes as an answer. Pure.

An answer is a `value` (a small dictionary, empty where there is nothing but words) and a `text`.
The same rules hold for the form, the API, the Word form and what an official types in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

TEXT, AGREE, ONE, SEVERAL, YES_NO, NUMBER, FILE = (
    *("text", "agree", "one", "several", "yes-no", "number", "file"),
)
AGREE_OPTIONS = (
    ("strongly-agree", "Strongly agree"),
    ("agree", "Agree"),
    ("neither", "Neither agree nor disagree"),
    ("disagree", "Disagree"),
    ("strongly-disagree", "Strongly disagree"),
    ("do-not-know", "Do not know"),
)
YES_NO_OPTIONS = (("yes", "Yes"), ("no", "No"))
LONGEST = 50_000
"""Characters of one answer or comment."""

Value = dict[str, Any]


class AnswerFault(ValueError):
    """An answer that the question does not take; says in a sentence what to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as an answer is read against it: its kind, its own options (key, words), and for a
    number the smallest, the largest and the unit."""

    kind: str
    options: Sequence[tuple[str, str]] = ()
    smallest: Decimal | None = None
    largest: Decimal | None = None
    unit: str = ""
    required: bool = False

    @property
    def choices(self) -> Sequence[tuple[str, str]]:
        """The keys and words that can be chosen."""
        if self.kind == AGREE:
            return AGREE_OPTIONS
        return YES_NO_OPTIONS if self.kind == YES_NO else self.options


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: `{"choice": key}`, `{"choices": [keys]}`, `{"number": "3.5"}` or {}, and words."""

    value: Value = field(default_factory=dict)
    text: str = ""

    @property
    def empty(self) -> bool:
        return not self.value and not self.text.strip()


def read_answer(asked: Asked, chosen: Sequence[str], text: str) -> Given:
    """An answer from what was typed or chosen; AnswerFault.

    `chosen` are keys (or the number as typed, alone); empty strings count as nothing. Whether an
    answer is required is not asked here: a draft may be incomplete.
    """
    text = clean_text(text)
    picked = [key.strip() for key in chosen if key.strip()]
    if asked.kind in (TEXT, FILE) or not picked:
        if asked.kind in (TEXT, FILE) and picked:
            raise AnswerFault("This question takes words only.")
        return Given({}, text)
    if asked.kind == NUMBER:
        return Given({"number": _number(asked, picked[0])}, text)
    known = dict(asked.choices)
    if unknown := [key for key in picked if key not in known]:
        raise AnswerFault(f"Choose from the list: “{unknown[0][:60]}” is not in it.")
    if asked.kind == SEVERAL:
        return Given({"choices": [key for key in known if key in picked]}, text)
    if len(set(picked)) > 1:
        raise AnswerFault("Choose one.")
    return Given({"choice": picked[0]}, text)


def missing(asked: Asked, given: Given, *, files: int = 0) -> str:
    """What is still to be done, in a sentence, where the question is required; "" where nothing is."""
    if not asked.required:
        return ""
    if asked.kind == FILE:
        return "" if files else "Add a file."
    if asked.kind == TEXT:
        return "" if given.text.strip() else "Enter your answer."
    if asked.kind == NUMBER:
        return "" if given.value else "Enter a number."
    return "" if given.value else "Choose an answer."


def clean_text(text: str) -> str:
    """As it is kept: line ends are one character, nothing that a database refuses; AnswerFault where
    it is too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if len(text) > LONGEST:
        raise AnswerFault(
            f"Keep it below {LONGEST:,} characters; it has {len(text):,}. You can add a file instead."
        )
    return text


def keys_of(value: Mapping[str, Any]) -> list[str]:
    """The keys that were chosen, for counting and for drawing the form."""
    if "choice" in value:
        return [str(value["choice"])]
    return [str(key) for key in value.get("choices", ())]


def words_of(asked: Asked, value: Mapping[str, Any]) -> str:
    """The value as a person reads it; "" where there is none."""
    if "number" in value:
        return f"{value['number']} {asked.unit}".strip()
    known = dict(asked.choices)
    return "; ".join(known.get(key, key) for key in keys_of(value))


def _number(asked: Asked, typed: str) -> str:
    try:
        number = Decimal(typed.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > 15:
        raise AnswerFault("Enter a number in digits, such as 12 or 3.5.")
    if asked.smallest is not None and number < asked.smallest:
        raise AnswerFault(f"Enter {asked.smallest} or more.")
    if asked.largest is not None and number > asked.largest:
        raise AnswerFault(f"Enter {asked.largest} or less.")
    return format(number, "f")
