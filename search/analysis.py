"""How text becomes the words that are searched: one analysis for indexing, queries and extracts.

Letters and digits between anything else are words; case and accents do not count; English stems
(Snowball "english", https://snowballstem.org/algorithms/english/stemmer.html) stand for their words.
Every engine is set up to do the same, so that a word found here is a word found there.
"""

from __future__ import annotations

from typing import NamedTuple

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

LONGEST_WORD = 60

FUNCTION_WORDS = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did"),
        *("do", "does", "for", "from", "had", "has", "have", "how", "i", "if", "in", "into", "is"),
        *("it", "its", "may", "must", "my", "no", "not", "of", "on", "or", "our", "shall"),
        *("should", "so", "than", "that", "the", "their", "them", "then", "there", "these", "they"),
        *("this", "those", "to", "was", "we", "were", "what", "when", "where", "which", "who"),
        *("whom", "whose", "why", "will", "with", "would", "you", "your", "about", "any", "all"),
    )
)
"""Words of a question that say nothing of what it is about, as long as other words do."""


class Token(NamedTuple):
    """A word of a text as it is searched, and the characters of the text that it stands for."""

    stem: str
    start: int
    end: int


def analyzer() -> TextAnalyzer:
    """The analysis, for an index to be set up with."""
    return _folding().filter(Filter.stemmer("English")).build()


def _folding() -> TextAnalyzerBuilder:
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (Filter.remove_long(LONGEST_WORD), Filter.lowercase(), Filter.ascii_fold()):
        builder = builder.filter(step)
    return builder


_ANALYZER = analyzer()
_FOLDING = _folding().build()


def tokens(text: str) -> list[Token]:
    """The words of a text in order."""
    found = _ANALYZER.pre_tokenize(text).tokens
    return [Token(t.text, t.char_offset_from, t.char_offset_to) for t in found]


def stems(text: str) -> tuple[str, ...]:
    """The words of a text as they are searched, in order."""
    return tuple(_ANALYZER.analyze(text))


def folded(text: str) -> list[str]:
    """The words of a text in order, in lower case and without accents, not stemmed."""
    return _FOLDING.analyze(text.encode(errors="ignore").decode())
