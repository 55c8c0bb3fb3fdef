"""Whom a sentence binds, as names of the register of authority types. Pure.

A name is found inside a subject ("each responsible authority in its area") whatever its case and
number; the longest name wins. Nothing is guessed: "authorities" alone names no type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from guidance.authorities import bound_and_excepted, find_name
from guidance.obligations.modals import AGENT

_WORD = re.compile(r"[\w’'-]+")
_GENERAL = re.compile(
    r"(?:(?:the|an?|all|each|every|any|both|most|many|local|public|these|those|relevant|it|they"
    r"|councils?|authorit(?:y|ies)|bod(?:y|ies)|and|or)\s*)*",
    re.I,
)
_LONGEST = 10
"""Words of a subject that one name may have."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Names of authority types, in the order in which they are named."""

    binds: tuple[str, ...] = ()
    excepts: tuple[str, ...] = ()


def is_general(subject: str) -> bool:
    """Whether the words leave it to the guidance who is meant ("authorities", "they", "the plan"),
    and name nobody who is somebody else than those bound by a duty ("the Secretary of State")."""
    return not AGENT.search(subject) or bool(_GENERAL.fullmatch(subject))


class Names:
    """The register of authority types, and what the edition's own definitions stand for."""

    def __init__(
        self, register: Iterable[str], definitions: Mapping[str, str] | None = None
    ) -> None:
        self._register = list(register)
        self._vocabulary = {_plain(w) for name in self._register for w in _WORD.findall(name)}
        self._meanings = {t: m for t, m in (definitions or {}).items() if t.strip() and m.strip()}
        self._known: dict[str, str | None] = {}
        self._found: dict[str, Bound] = {}

    def bound(self, subject: str) -> Bound:
        """The types that a subject names, and those that it excepts."""
        if subject not in self._found:
            self._found[subject] = self._read(subject)
        return self._found[subject]

    @cached_property
    def _terms(self) -> re.Pattern[str] | None:
        terms = sorted(self._meanings, key=len, reverse=True)
        return re.compile(rf"\b({'|'.join(map(re.escape, terms))})(s?)\b") if terms else None

    def _read(self, subject: str) -> Bound:
        whole = self._spelled_out(subject[:300])
        binds, excepts = bound_and_excepted(whole)
        return Bound(self._all(binds), self._all(excepts))

    def _spelled_out(self, subject: str) -> str:
        """The subject with "PCTs" as "Primary Care Trusts", where the edition says so."""
        if self._terms is None:
            return subject
        return self._terms.sub(lambda term: self._meanings[term[1]] + term[2], subject)

    def _all(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(found for name in names for found in self._inside(name)))

    def _inside(self, words: str) -> Iterable[str]:
        """The longest names that stand in `words`, from the left."""
        tokens = _WORD.findall(words)
        at = 0
        while at < len(tokens):
            for length in range(self._known_words(tokens[at : at + _LONGEST]), 0, -1):
                name = self._name(" ".join(tokens[at : at + length]))
                if name is not None:
                    yield name
                    at += length
                    break
            else:
                at += 1

    def _known_words(self, tokens: Sequence[str]) -> int:
        """How many of the words, from the first, stand in the register at all."""
        known = takewhile(lambda token: _plain(token) in self._vocabulary, tokens)
        return sum(1 for _ in known)

    def _name(self, words: str) -> str | None:
        if words not in self._known:
            self._known[words] = find_name(words, self._register)
        return self._known[words]


def _plain(word: str) -> str:
    """A word whatever its case and number."""
    word = word.lower()
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
