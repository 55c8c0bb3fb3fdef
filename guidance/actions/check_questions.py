"""Check of consultation questions: those printed in the text against those listed together.

The list is one of the edition's own: sub-paragraphs or bullets of which most ask something, and of
which at least one is printed in the text as a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guidance.actions.edition_source import Source
from guidance.actions.finding import Check, Spot, spots
from guidance.editorial.questions import Asked, Mismatch, is_listing, mismatches, without_title
from guidance.richtext import to_text

_LONGEST = 100
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions that an edition prints in its text, and those that it lists together: `printed`
    and `asked` go together, as do `listing` (the block that holds the list) and `listed`."""

    printed: Sequence[Spot]
    asked: Sequence[Asked]
    listing: Spot | None = None
    listed: Sequence[Asked] = ()


def questions_of(source: Source) -> Questions:
    """All of them; of several lists the one in which most of the printed ones are found again."""
    printed = [spot for spot in spots(source) if spot.block.kind == "question"]
    asked = [Asked(s.block.number, to_text(s.block.content["html"])) for s in printed]
    listings = list(_listings(source)) if printed else []
    shared = [len(items) - _not_printed(asked, items) for _, items in listings]
    if not any(shared):
        return Questions(printed, asked)
    return Questions(printed, asked, *listings[shared.index(max(shared))])


def check_questions(source: Source) -> Iterator[Check]:
    """Questions that differ, or that are in one of the two only."""
    found = questions_of(source)
    if found.listing is None:
        return
    for mismatch in mismatches(found.asked, found.listed):
        yield _check(mismatch, found.printed, found.asked, found.listing, found.listed)


def _not_printed(asked: Sequence[Asked], items: Sequence[Asked]) -> int:
    return sum(found.kind == "not-printed" for found in mismatches(asked, items))


def _listings(source: Source) -> Iterator[tuple[Spot, list[Asked]]]:
    """Every list of questions in the edition, with the block that it stands in."""
    for spot in spots(source):
        value = spot.block.raw.get("value") or {}
        if spot.block.kind not in ("paragraph", "text", "box") or "?" not in str(value):
            continue
        for part in spot.block.content["body"]:
            items = list(_items(part))
            if is_listing([item.words for item in items]):
                yield spot, items


def _items(part: Mapping[str, Any]) -> Iterator[Asked]:
    if part["type"] == "text":
        for item in _ITEM.findall(part["html"]):
            yield Asked("", to_text(item))
    else:
        for item in part["items"]:
            yield Asked(item["label"].strip("().: "), to_text(item["html"]))


def _check(
    found: Mismatch,
    printed: Sequence[Spot],
    asked: Sequence[Asked],
    listing: Spot,
    items: Sequence[Asked],
) -> Check:
    if found.printed is None:
        assert found.listed is not None
        item = items[found.listed]
        return listing.found(
            "question-not-printed",
            f"Question {item.number or found.listed + 1} is listed but not printed beside a"
            f" paragraph: “{_short(item.words)}”.",
            "Place it after the paragraph that it is about, or leave it in the list alone.",
        )
    spot, words = printed[found.printed], _short(asked[found.printed].words)
    if found.listed is None:
        return spot.found(
            "question-unlisted",
            f"This question is printed but not listed in {listing.words}: “{words}”.",
            "Add it to the list, or take it out.",
        )
    number = items[found.listed].number or found.listed + 1
    return spot.found(
        "question-differs",
        f"Question {number} is worded differently where it is listed, in {listing.words}.",
        "Decide which wording is asked, and write it in both places.",
    )


def _short(words: str) -> str:
    bare = " ".join(without_title(words).split())
    return bare if len(bare) <= _LONGEST else f"{bare[: _LONGEST - 1].rstrip()}…"
