"""Keys of the options of a question: what is counted stays one thing when its words change. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz

LONGEST_KEY = 40
_ALIKE = 60
"""Of 100: two wordings of one option; below it the one was taken out and the other is new."""

Options = list[list[str]]
"""[key, words] pairs, in the order in which they are shown."""


def keyed(words: Sequence[str], before: Sequence[Sequence[str]] = ()) -> Options:
    """The options with these words, each with the key of the one among `before` that has the same
    words, else of the one that is most alike, else with a new key."""
    keys: dict[int, str] = {}
    for at, old in _pairs(words, before):
        keys[at] = old
    taken = {key for key, _ in before} | set(keys.values())
    for at, option in enumerate(words):
        if at not in keys:
            keys[at] = _new_key(option, taken)
            taken.add(keys[at])
    return [[keys[at], option] for at, option in enumerate(words)]


def taken_out(options: Sequence[Sequence[str]], before: Sequence[Sequence[str]]) -> Options:
    """Those of `before` that are no longer there."""
    kept = {key for key, _ in options}
    return [[key, words] for key, words in before if key not in kept]


def _pairs(words: Sequence[str], before: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """(position, key), the most alike first; each option and each key once."""
    alike = sorted(
        (
            (-fuzz.ratio(option.casefold(), old.casefold()), at, place)
            for at, option in enumerate(words)
            for place, (_, old) in enumerate(before)
        ),
    )
    used: set[int] = set()
    found: dict[int, str] = {}
    for unlike, at, place in alike:
        if -unlike >= _ALIKE and at not in found and place not in used:
            found[at] = str(before[place][0])
            used.add(place)
    return list(found.items())


def _new_key(words: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_KEY].strip("-") or "option"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
