"""How hard a paragraph is to read: very long sentences, and long sentences with long words. Pure.

The measure is LIX (Björnsson 1968), as textstat has it: words for each sentence, plus the words of
more than six letters in a hundred. It needs no list of syllables, so that it gives the same number
on every machine, and both of its parts can be told to the writer. 60 and more counts as very hard;
statutory guidance has about 60 throughout, so that only what stands out is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import textstat

from guidance.obligations.sentences import split_sentences

LONGEST_SENTENCE = 50
"""Words; twice the 25 of the GOV.UK style guide (Content design: planning, writing and managing
content)."""
HARD = 75
"""The LIX from which a paragraph stands out."""
_ENOUGH = 40
"""Words below which the measure says little."""

_STOP = re.compile(r"[.!?]+(?=\s|$)|(?<=\w)[.](?=\w)")
_WORD = re.compile(r"[\w’'&-]*\w")


@dataclass(frozen=True, slots=True)
class Reading:
    """`longest` is the longest sentence and `words` how many words it has; `lix` is 0 for too short
    a text; `average` words for each sentence, `long_words` in a hundred."""

    longest: str
    words: int
    lix: int
    average: int
    long_words: int

    @property
    def has_long_sentence(self) -> bool:
        return self.words > LONGEST_SENTENCE

    @property
    def hard(self) -> bool:
        return self.lix >= HARD


def reading(texts: Iterable[str]) -> Reading:
    """The reading of a paragraph, of which each text is prose or an item of a list; items are
    sentences of their own."""
    sentences = [s.own for text in texts for s in split_sentences(text)]
    counts = [len(_WORD.findall(sentence)) for sentence in sentences]
    total = sum(counts)
    if not total:
        return Reading("", 0, 0, 0, 0)
    words, longest = max(zip(counts, sentences, strict=True), key=lambda pair: pair[0])
    lix = average = 0
    if total >= _ENOUGH:
        lix = round(textstat.lix(" ".join(f"{_STOP.sub(' ', s)}." for s in sentences)))
        average = round(total / len(sentences))
    return Reading(longest, words, lix, average, max(lix - average, 0))
