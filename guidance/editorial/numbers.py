"""Gaps and disorder in the paragraph numbers of an edition. Pure.

Only what is plain is named: a number missing between two of one chapter, or at the beginning of one;
a number that stands behind a higher one. What begins again at 1 is another matter, and so is what
was inserted (2.13A).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from guidance.numbering import Number, Part, parse_number

_Stem = tuple[object, ...]
_FURTHEST = 1000
"""Numbers further apart than this are not counted out one by one."""


@dataclass(frozen=True, slots=True)
class Gap:
    """`missing` is in words, as "2.14" or "2.14 to 2.16"; `before` is empty at a beginning."""

    at: int
    number: str
    before: str
    missing: str
    many: bool


@dataclass(frozen=True, slots=True)
class Disorder:
    """The number at `at` stands behind `before`, which is higher."""

    at: int
    number: str
    before: str


def irregularities(
    numbers: Sequence[str], elsewhere: Iterable[str] = ()
) -> Iterator[Gap | Disorder]:
    """What is irregular in numbers that are counted together, in order of the text.

    `elsewhere` are numbers that stand in headings and titles, so that they are not missed. Texts
    that are no numbers are passed over.
    """
    parsed = [(at, number) for at, text in enumerate(numbers) if (number := parse_number(text))]
    others = (number for text in elsewhere if (number := parse_number(text)))
    present = _present([*(number for _, number in parsed), *others])
    last: dict[int, Number] = {}
    for at, number in parsed:
        depth = len(number.parts)
        before = last.get(depth)
        last[depth] = number
        if number.parts[-1].value is None:
            continue
        if before is None or _stem(before) != _stem(number):
            yield from _gap(at, number, None, present)
        elif before.key > number.key:
            if number.parts[-1].value > 1:
                yield Disorder(at, str(number), str(before))
        else:
            yield from _gap(at, number, before, present)


def _gap(at: int, number: Number, before: Number | None, present: set[_Stem]) -> Iterator[Gap]:
    after = before.parts[-1] if before else Part(value=0)
    here = number.parts[-1]
    if here.value is None or after.value is None:
        return
    if here.value == after.value:
        missing = _inserted_before(number, after)
    elif here.value - after.value > _FURTHEST:
        return
    else:
        missing = [_last_step(number, str(n)) for n in range(after.value + 1, here.value)]
    missing = [text for text in missing if _key(text) not in present]
    if missing:
        words = missing[0] if len(missing) == 1 else f"{missing[0]} to {missing[-1]}"
        yield Gap(at, str(number), str(before or ""), words, len(missing) > 1)


def _inserted_before(number: Number, after: Part) -> list[str]:
    """2.13 or 2.13A is followed by 2.13C: what single letters are missing between."""
    suffix, old = number.parts[-1].suffix.upper(), after.suffix.upper()
    if len(suffix) != 1 or len(old) > 1:
        return []
    first = ord(old) + 1 if old else ord("A")
    return [
        _last_step(number, f"{number.parts[-1].value}{chr(letter)}")
        for letter in range(first, ord(suffix))
    ]


def _last_step(number: Number, step: str) -> str:
    """The number with another last step: 2.15 with "14" is 2.14."""
    part = number.parts[-1]
    written = f"{part.value}{part.suffix}"
    text = number.text.removesuffix(")")
    closing = number.text[len(text) :]
    return f"{text[: len(text) - len(written)]}{step}{closing}"


def _stem(number: Number) -> _Stem:
    """What numbers share that are counted together: all but the last step, and its letters."""
    last = number.parts[-1]
    steps = tuple(part.key for part in number.parts[:-1])
    return (number.prefix.casefold(), steps, last.letters.lower(), last.bracketed)


def _present(numbers: Iterable[Number]) -> set[_Stem]:
    """Every number and what it is part of: 3.3.1 shows that there is a 3.3."""
    return {
        (number.prefix.casefold(), tuple(part.key for part in number.parts[:depth]))
        for number in numbers
        for depth in range(1, len(number.parts) + 1)
    }


def _key(text: str) -> _Stem:
    number = parse_number(text)
    return (number.prefix.casefold(), tuple(p.key for p in number.parts)) if number else ()
