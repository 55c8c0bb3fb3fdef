"""Which headings are headings. Many codes number their paragraphs with a heading style.

What a style is used for decides: when most of its paragraphs are sentences, it is body text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from guidance.outline.source import SourceKind
from guidance.readers.word.seen import Seen

CONTENTS_TITLES = frozenset({"contents", "table of contents", "list of contents", "index"})
LONG_HEADING = 150
LONGEST_HEADING = 250
SHORT_SENTENCE = 60


def judge_headings(blocks: Iterable[Seen]) -> None:
    """Turn blocks that a style calls a heading, and that read as text, into text."""
    used: defaultdict[tuple[str, int], list[Seen]] = defaultdict(list)
    for seen in blocks:
        if seen.block.kind is SourceKind.HEADING:
            depth = seen.label.depth + 1 if seen.label else 0
            used[seen.block.style, depth].append(seen)
    for alike in used.values():
        sentences = sum(_is_sentence(seen.block.text) for seen in alike)
        body = 2 * sentences > len(alike)
        for seen in alike:
            if body or _is_certainly_prose(seen):
                seen.block.kind, seen.block.level = SourceKind.TEXT, 0


def judge_contents(blocks: Sequence[Seen]) -> None:
    """The heading over a table of contents belongs to it."""
    for seen, following in pairwise(blocks):
        title = seen.block.text.strip().lower()
        if following.block.kind is SourceKind.CONTENTS and title in CONTENTS_TITLES:
            seen.block.kind, seen.block.level = SourceKind.CONTENTS, 0


def _is_sentence(text: str) -> bool:
    text = text.strip()
    return len(text) > LONG_HEADING or (len(text) > SHORT_SENTENCE and text[-1] in ".;:")


def _is_certainly_prose(seen: Seen) -> bool:
    text = seen.block.text.strip()
    ends = text.endswith((".", ";", ":"))
    return (
        len(text) > LONGEST_HEADING or (len(text) > LONG_HEADING and ends) or text.count(". ") > 2
    )
