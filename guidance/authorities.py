"""Kinds of authority named in words: "all best value authorities excluding police authorities".

Pure: the register of authority types is given as names. A name is matched whatever its case, its
number ("police authority") and a leading "all"; it is never guessed beyond that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_EXCEPT = re.compile(
    r"\s*,?\s*\b(?:excluding|except(?:ing)?(?:\s+for)?|other than|but not)\b\s*", re.I
)
_LEAD = re.compile(r"^(?:all|any|every|each|the|other|those)\s+(?:the\s+)?", re.I)
_BETWEEN = re.compile(r"\s*[;,]\s*(?:and\s+)?|\s+and\s+", re.I)
_OPTIONAL = frozenset({"statutory", "local", "relevant", "named", "the", "of", "for"})
_HEADS = (
    "authority",
    "council",
    "body",
    "borough",
    "board",
    "trust",
    "service",
    "agency",
    "constable",
)


def bound_and_excepted(words: str, excepts: str = "") -> tuple[list[str], list[str]]:
    """The names of those bound and of those excepted, in order.

    Exceptions may stand in `words` itself or be given apart. "Fire and rescue authorities" is one
    name: words are parted at "and" only where both sides name a kind of body.
    """
    parts = _EXCEPT.split(words, maxsplit=1)
    exceptions = [*parts[1:], *([excepts] if excepts else [])]
    return _names(parts[0]), [name for part in exceptions for name in _names(part)]


def find_name(name: str, register: Iterable[str]) -> str | None:
    """The register's own form of `name`, or None.

    Adjectives such as "statutory" or "local" may be missing on either side, if then exactly one
    name of the register fits.
    """
    names = list(register)
    wanted = _words(name)
    for known in names:
        if _words(known) == wanted:
            return known
    loose = [known for known in names if _core(known) == _core(name)]
    return loose[0] if len(loose) == 1 and len(_core(name)) > 1 else None


def _names(words: str) -> list[str]:
    words = " ".join(words.split()).strip(" .,;:")
    if not words:
        return []
    names: list[str] = []
    pending = ""
    pieces = _BETWEEN.split(words)
    joints = [match.group() for match in _BETWEEN.finditer(words)]
    for index, piece in enumerate(pieces):
        pending += piece
        if _names_a_body(pending) or index == len(pieces) - 1:
            names.append(_LEAD.sub("", pending).strip())
            pending = ""
        else:
            pending += joints[index]
    return [name for name in names if name]


def _names_a_body(words: str) -> bool:
    last = _singular(words.split()[-1].lower()) if words.split() else ""
    return last in _HEADS or " of " in f" {words.lower()} "


def _words(name: str) -> tuple[str, ...]:
    return tuple(_singular(w) for w in re.findall(r"[\w’'-]+", _LEAD.sub("", name.lower())))


def _core(name: str) -> frozenset[str]:
    return frozenset(_words(name)) - _OPTIONAL


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
