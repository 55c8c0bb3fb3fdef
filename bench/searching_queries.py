"""What is asked of every engine: a fixed mix of the queries that officers type, in words that stand
in the text (`bench.corpus`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from bench.corpus import PARAGRAPHS, sentence, vocabulary
from search.analysis import FUNCTION_WORDS

KNOWN = 1500
"""Of the commonest words; who searches types few others."""


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is what somebody types; `words` are those that an engine without a query language is
    given, all of which must be there, next to each other where they are `exact`."""

    kind: str
    text: str
    words: tuple[str, ...]
    exact: bool = False


def questions(count: int, seed: int = 2007) -> list[Question]:
    """So many questions, every kind in its share, well mixed; the same for the same seed."""
    random = Random(seed)
    kinds = [kind for kind, share in SHARES.items() for _ in range(share)]
    dealt = [kind for _ in range(-(-count // len(kinds))) for kind in kinds][:count]
    random.shuffle(dealt)
    return [kind(random) for kind in dealt]


def _word(random: Random) -> Question:
    (word,) = _telling(random, 1)
    return Question("word", word, (word,))


def _words(random: Random) -> Question:
    words = _telling(random, random.choice((2, 2, 3)))
    return Question("words", " ".join(words), words)


def _phrase(random: Random) -> Question:
    length = random.choice((2, 3, 4))
    while True:
        words = tuple(sentence(random).lower().split()[1 : 1 + length])
        if not FUNCTION_WORDS.issuperset(words):
            return Question("phrase", f'"{" ".join(words)}"', words, exact=True)


def _reference(random: Random) -> Question:
    section = 100 + random.randrange(20)
    text = random.choice(
        (
            f"para {random.randint(1, 20)}.{random.randint(1, PARAGRAPHS // 20)}",
            f"s{section}",
            f"section {section}({random.randint(1, 9)})(a)",
            f"section {section} of the Local Government and Public Involvement in Health Act 2007",
        )
    )
    words = (word.strip("().") for word in text.replace("(", " ").replace(".", " ").split())
    return Question("reference", text, tuple(w for w in words if w.lower() not in FUNCTION_WORDS))


def _question(random: Random) -> Question:
    words = _telling(random, 3)
    form = random.choice(
        (
            "who must be {} when a {} is {}",
            "what does the {} have to {} about {}",
            "can {} be {} without a {}",
            "when does the {} {} come into {}",
        )
    )
    return Question("question", form.format(*words), words)


def _misspelling(random: Random) -> Question:
    words = list(_telling(random, 2))
    longest = max(range(2), key=lambda n: len(words[n]))
    word = words[longest]
    at = random.randrange(1, len(word) - 1)
    words[longest] = random.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at] + word[at:],
        )
    )
    return Question("misspelling", " ".join(words), tuple(words))


def _telling(random: Random, count: int) -> tuple[str, ...]:
    """Different words of those that people know, as often as they stand in the text, out of one
    sentence."""
    while True:
        found = [
            word for word in dict.fromkeys(sentence(random).lower().split()) if word in _known()
        ]
        if len(found) >= count:
            return tuple(random.sample(found, count))


@cache
def _known() -> frozenset[str]:
    return frozenset(word for word in vocabulary()[:KNOWN] if len(word) > 3) - FUNCTION_WORDS


SHARES: dict[Callable[[Random], Question], int] = {
    _word: 5,
    _words: 7,
    _phrase: 3,
    _reference: 2,
    _question: 3,
    _misspelling: 2,
}
