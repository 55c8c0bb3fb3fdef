"""Checks of the words: abbreviations that nothing explains, very long sentences, hard reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from guidance.actions.earlier import Earlier
from guidance.actions.edition_source import Source
from guidance.actions.finding import Check, Spot, spots
from guidance.edition_text import EditionText
from guidance.editorial.abbreviations import undefined
from guidance.editorial.reading import HARD, LONGEST_SENTENCE, reading
from guidance.editorial.words import lines, strings
from guidance.references import Place
from guidance.richtext import to_text

_READ = frozenset({"paragraph", "text", "box"})
_OPENING = 8


def check_abbreviations(source: Source) -> Iterator[Check]:
    """Abbreviations used in the text of the edition, each once, where it is used first."""
    listed: list[Spot] = []
    texts: list[list[str]] = []
    notes: list[str] = []
    defined = [row["term"] for row in source.facts.definitions]
    for spot in spots(source):
        value = dict(spot.block.raw.get("value") or {})
        notes += [line for html in strings(value.pop("notes", ())) for line in lines(html)]
        listed.append(spot)
        texts.append([line for html in strings(value) for line in lines(html)])
        if spot.block.kind == "glossary":
            defined.append(spot.block.title)
    for found in undefined(texts, notes, defined):
        times = f"{found.uses} times" if found.uses > 1 else "once"
        yield listed[found.at].found(
            "abbreviation-undefined",
            f"“{found.short}” is used {times} and nowhere explained.",
            "Write it out where it is used first, or add it to the definitions of the edition.",
        )


def check_reading(source: Source, text: EditionText, before: Earlier) -> Iterator[Check]:
    """Very long sentences and hard reading, in paragraphs that are new or changed."""
    for line in text.lines:
        if line.block.kind not in _READ or (line.identity, line.digest) in before.versions:
            continue
        read = reading(_texts(line.content.get("body", ())))
        section = text.sections[line.section - 1]
        spot = Spot(section, line.block, Place(line.reference, line.after))
        if read.has_long_sentence:
            opening = " ".join(read.longest.split()[:_OPENING])
            yield spot.found(
                "sentence-long",
                f"A sentence of {read.words} words begins “{opening} …”.",
                f"Break it up; a sentence over {LONGEST_SENTENCE} words is seldom read to its end.",
            )
        elif read.hard:
            yield spot.found(
                "reading-hard",
                f"It is very hard to read: its sentences have {read.average} words on average, and"
                f" {read.long_words} words in a hundred have more than six letters (LIX {read.lix};"
                f" {HARD} and over is reported).",
                "Use shorter sentences, and plainer words where the law leaves a choice.",
            )


def _texts(body: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for part in body:
        if part["type"] == "text":
            yield to_text(part["html"], notes=False)
        else:
            yield from (to_text(item["html"], notes=False) for item in part["items"])
