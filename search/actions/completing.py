"""Completes what somebody is typing: headings, terms, provisions, numbers and titles."""

from __future__ import annotations

import re

from search.actions.using import engine, fallback
from search.analysis import folded
from search.engines import EngineDown
from search.query import LONGEST
from search.results import Completion, Piece
from search.units import Phrase

SHORTEST = 2
MOST_WORDS = 8
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")


def complete(text: str, limit: int = 8) -> list[Completion]:
    """At most `limit` completions, best first; none where there is nothing to complete with."""
    words = _WORD.findall(text[:LONGEST])[:MOST_WORDS]
    if len("".join(words)) < SHORTEST:
        return []
    reserve = fallback()
    for used in (engine(), *([reserve] if reserve else [])):
        try:
            found = used.complete(words, limit=limit)
        except EngineDown:
            continue
        return [_completion(phrase, words) for phrase in found]
    return []


def _completion(phrase: Phrase, words: list[str]) -> Completion:
    return Completion(
        phrase.text, phrase.kind, phrase.note, phrase.address, _marked(phrase.text, words)
    )


def _marked(text: str, words: list[str]) -> list[Piece]:
    """The beginnings of words that were typed, marked."""
    typed = sorted({" ".join(folded(word)) for word in words}, key=len, reverse=True)
    pieces: list[Piece] = []
    at = 0
    for found in _WORD.finditer(text):
        own = " ".join(folded(found[0]))
        length = next((len(t) for t in typed if t and own.startswith(t)), 0)
        if length:
            if found.start() > at:
                pieces.append(Piece(text[at : found.start()]))
            at = min(found.start() + length, found.end())
            pieces.append(Piece(text[found.start() : at], True))
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces
