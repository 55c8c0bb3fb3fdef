"""Numbers as Word prints them: 4 as `4`, `iv`, `D`, `4th`, `Fourth`.

The names are those of ST_NumberFormat in ISO/IEC 29500-1, 17.18.59.
"""

from __future__ import annotations

from collections.abc import Callable

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
TENS = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
IRREGULAR = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
HIGHEST = 32_767
WIDEST = 10
CHICAGO = "*†‡§"


def roman(number: int) -> str:
    letters = []
    for value, letter in ROMAN:
        times, number = divmod(number, value)
        letters.append(letter * times)
    return "".join(letters)


def letters(number: int) -> str:
    """a … z, then aa, bb … zz, aaa: Word repeats the letter, as ISO/IEC 29500 says."""
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1) if number > 0 else ""


def ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"


def cardinal_words(number: int) -> str:
    """`Forty-two`: English words up to 9,999, digits beyond."""
    return _words(number).capitalize() if number < 10_000 else str(number)


def ordinal_words(number: int) -> str:
    """`Forty-second`: English words up to 9,999, digits beyond."""
    if number >= 10_000:
        return ordinal(number)
    spelt = _words(number)
    start = max(spelt.rfind(" "), spelt.rfind("-")) + 1
    last = spelt[start:]
    regular = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return f"{spelt[:start]}{IRREGULAR.get(last, regular)}".capitalize()


def _words(number: int) -> str:
    if number < 20:
        return ONES[max(number, 0)]
    if number < 100:
        tens, ones = divmod(number, 10)
        return TENS[tens] + (f"-{ONES[ones]}" if ones else "")
    size, name = (100, "hundred") if number < 1000 else (1000, "thousand")
    times, rest = divmod(number, size)
    return f"{ONES[times]} {name}" + (f" {_words(rest)}" if rest else "")


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _chicago(number: int) -> str:
    times, place = divmod(number - 1, len(CHICAGO))
    return CHICAGO[place] * (times + 1)


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "lowerRoman": roman,
    "upperRoman": lambda n: roman(n).upper(),
    "lowerLetter": letters,
    "upperLetter": lambda n: letters(n).upper(),
    "ordinal": ordinal,
    "cardinalText": cardinal_words,
    "ordinalText": ordinal_words,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "numberInDash": lambda n: f"- {n} -",
    "hex": lambda n: f"{n:X}",
    "chicago": _chicago,
    "none": lambda n: "",
    "bullet": lambda n: "",
}


def numeral(number: int, number_format: str) -> str:
    """`number` in one of Word's formats; a format that is not known here prints digits.

    A format of digits and zeros ("001, 002, 003, …", Word's custom formats) pads to its width.
    Word counts to 32,767; a file that claims more gets digits.
    """
    first = number_format.partition(",")[0].strip()
    if first.isdigit():
        return str(number).zfill(min(len(first), WIDEST))
    if not 0 < number <= HIGHEST and number_format not in ("none", "bullet"):
        return str(number)
    return FORMATS.get(number_format, str)(number)
