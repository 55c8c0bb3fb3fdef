"""Words that mean the same: abbreviations with their long forms, synonyms, and other spellings.

From the editions' own definitions and glossaries and from the list that editors keep. It is applied
to queries and never to what is indexed, so that a new synonym counts from the next query on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from search.analysis import FUNCTION_WORDS, stems
from search.spellings import spellings

Stems = tuple[str, ...]


class Origin(Enum):
    """Where the words of an alternative come from."""

    TYPED = auto()
    SPELLING = auto()
    SYNONYM = auto()


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words, as stems, that stand for a concept when they are found next to each other."""

    stems: Stems
    origin: Origin = Origin.TYPED


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing asked for: the words as typed, and what else says the same. `idle` marks a word of
    the question that says nothing of what it is about."""

    typed: str
    alternatives: tuple[Alternative, ...]
    idle: bool = False

    @property
    def stems(self) -> Stems:
        return self.alternatives[0].stems


class Vocabulary:
    """Groups of phrases that mean the same, looked up by any of them."""

    def __init__(self, groups: Iterable[Iterable[str]] = ()) -> None:
        self._same: dict[Stems, dict[Stems, None]] = {}
        for group in groups:
            known = dict.fromkeys(filter(None, map(stems, group)))
            for phrase in known:
                self._same.setdefault(phrase, {}).update(known)
        self._longest = max(map(len, self._same), default=1)

    def concepts(self, words: Sequence[str]) -> list[Concept]:
        """The words of a query in order as concepts; a phrase of the vocabulary is one."""
        typed = [(word, found) for word in words if (found := stems(word))]
        concepts: list[Concept] = []
        at = 0
        while at < len(typed):
            length = self._phrase_at(typed, at)
            concepts.append(self._concept(typed[at : at + length]))
            at += length
        return concepts

    def phrase(self, text: str) -> Concept | None:
        """Words that were asked for exactly: nothing else says the same."""
        found = stems(text)
        return Concept(text, (Alternative(found),)) if found else None

    def _phrase_at(self, typed: Sequence[tuple[str, Stems]], at: int) -> int:
        """How many words from here on are the longest phrase of the vocabulary, at least one."""
        for length in range(min(self._longest, len(typed) - at), 1, -1):
            if _joined(typed[at : at + length]) in self._same:
                return length
        return 1

    def _concept(self, typed: Sequence[tuple[str, Stems]]) -> Concept:
        words, own = " ".join(word for word, _ in typed), _joined(typed)
        alternatives = {own: Origin.TYPED}
        for other in _spelt_otherwise(words):
            alternatives.setdefault(other, Origin.SPELLING)
        for other in self._same.get(own, ()):
            alternatives.setdefault(other, Origin.SYNONYM)
        idle = words.lower() in FUNCTION_WORDS and len(alternatives) == 1
        return Concept(words, tuple(Alternative(s, o) for s, o in alternatives.items()), idle)


def _joined(typed: Sequence[tuple[str, Stems]]) -> Stems:
    return tuple(stem for _, found in typed for stem in found)


def _spelt_otherwise(words: str) -> Iterator[Stems]:
    if " " not in words:
        yield from filter(None, map(stems, spellings(words.lower())))
