"""Call-out boxes: neighbours in one frame or one border become one box; titles are found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from guidance.outline.source import SourceKind
from guidance.readers.word.seen import ASIDE, Seen, has_compound_number
from guidance.readers.word.spans import is_bold

OPPOSITE = (frozenset({"top", "bottom"}), frozenset({"left", "right"}), frozenset({"start", "end"}))
LONGEST_TITLE = 200
LONGEST_BOX = 30
MOST_OF_A_DOCUMENT = 0.5


def judge_boxes(blocks: Sequence[Seen], boxes: Iterator[int]) -> None:
    """Give framed, bordered and shaded paragraphs a box, and mark each box's title.

    `boxes` yields box ids that are not in use. A numbered paragraph with a border is a paragraph
    with a border; a "box" with most of the document in it is the border of the page.
    """
    for alike in _alike(blocks):
        worded = [seen for seen in alike if seen.block.kind is not SourceKind.HEADING]
        if worded and not has_compound_number(worded[0]):
            identity = next(boxes)
            for seen in alike:
                seen.block.box = identity
    _dissolve_page_borders(blocks)
    for identity, grouped in groupby(blocks, key=lambda seen: seen.block.box):
        if identity:
            _mark_title([seen for seen in grouped if seen.block.kind not in ASIDE])


def _alike(blocks: Sequence[Seen]) -> Iterator[list[Seen]]:
    """Runs of paragraphs that share a frame or a border and stand in no box yet."""
    run: list[Seen] = []
    shared = ""
    for seen in blocks:
        if seen.block.kind in ASIDE:
            continue
        key = "" if seen.block.box or seen.block.kind is SourceKind.TABLE else _key(seen)
        if run and (key != shared or (seen.after_gap and key)):
            yield run
            run = []
        shared = key
        if key:
            run.append(seen)
    if run:
        yield run


def _key(seen: Seen) -> str:
    look = seen.properties
    if look.frame:
        return f"frame {look.frame}"
    sides = frozenset((look.borders or "").split())
    if any(pair <= sides for pair in OPPOSITE):
        return f"border {look.borders}"
    return f"fill {look.fill}" if look.fill else ""


def _dissolve_page_borders(blocks: Sequence[Seen]) -> None:
    text = [seen.block for seen in blocks if seen.block.kind not in ASIDE]
    sizes: Counter[int] = Counter()
    for block in text:
        sizes[block.box] += len(block.text)
    lengths = Counter(block.box for block in text)
    whole = sum(sizes.values())
    for seen in blocks:
        box = seen.block.box
        if lengths[box] > LONGEST_BOX and sizes[box] > MOST_OF_A_DOCUMENT * whole:
            seen.block.box = 0


def _mark_title(box: Sequence[Seen]) -> None:
    """The first line of a box is its title when it is a heading, or bold above text that is not."""
    if len(box) < 2:
        return
    first = box[0].block
    stands_out = is_bold(first.spans) and not all(is_bold(seen.block.spans) for seen in box[1:])
    if (first.kind is SourceKind.HEADING or stands_out) and len(first.text) <= LONGEST_TITLE:
        first.box_title = True
