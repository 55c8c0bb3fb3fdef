"""Finds the sentences of a paragraph that demand something of somebody. Pure, and linear in time.

What is found is a proposal: an editor decides. So a sentence that may demand nothing is kept where
no rule can tell, with what makes it doubtful.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from guidance.obligations.clauses import clause_before
from guidance.obligations.modals import Demand, Strength, demands
from guidance.obligations.sentences import Sentence, split_sentences

_TYPED = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"}
    | dict.fromkeys(("\u00ad", "\u200b", "\u2060", "\ufeff"), None)
)
_RANK: dict[Strength, int] = {"may": 0, "should": 1, "must": 2}


@dataclass(frozen=True, slots=True)
class Obligation:
    """A sentence that demands, at `start` to `end` of the text it was found in.

    `sentence` is read by itself: an item of a list comes with the words that introduce the list.
    `subject` is whom it binds, in its own words, "" where it names nobody; `doubt` says why it may
    demand nothing, "" for a plain demand.
    """

    start: int
    end: int
    sentence: str
    strength: Strength
    subject: str
    doubt: str = ""


def find_obligations(text: str) -> list[Obligation]:
    """The sentences with must, should or may, in order; each once, by its strongest demand."""
    return list(_find(text))


@lru_cache(4096)
def _find(text: str) -> tuple[Obligation, ...]:
    """Kept, since an editor comes back to the same text with every decision."""
    found: list[Obligation] = []
    before = ""
    for sentence in split_sentences(text):
        words, demand = _of(sentence, before)
        if demand is None:
            before = ""
            continue
        before = demand.subject
        if not sentence.leads:
            place = sentence.start, sentence.end
            found.append(Obligation(*place, words, demand.strength, demand.subject, demand.doubt))
    return tuple(found)


def sentence_digest(sentence: str) -> str:
    """64 hex digits by which a sentence is known, however its white space, quotation marks, dashes
    and soft hyphens are typed."""
    plain = unicodedata.normalize("NFKC", sentence).translate(_TYPED)
    return sha256(" ".join(plain.split()).encode()).hexdigest()


def _of(sentence: Sentence, before: str) -> tuple[str, Demand | None]:
    """A sentence as it is to be read, and what it demands.

    An item of a list that is a sentence by itself is read by itself. Of another the demand is that
    of the words before the list, or its own, of those whom the words before the list name.
    """
    own = _strongest(demands(sentence.own, before))
    if not sentence.lead:
        return sentence.words, own
    if own is not None and own.subject and not own.doubt:
        return " ".join(sentence.own.split()), own
    led = _strongest(list(demands(f"{sentence.lead} …", before))[-1:])
    if led is None and own is not None and not own.subject:
        own = replace(own, subject=clause_before(sentence.lead.rstrip(" :–—-")).subject)
    return sentence.words, led or own


def _strongest(found: Iterable[Demand]) -> Demand | None:
    """A plain demand before a doubtful one, then the stronger, then the first."""
    return min(found, key=lambda d: (bool(d.doubt), -_RANK[d.strength], d.start), default=None)
