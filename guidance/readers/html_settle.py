"""What can only be said of a page once all of it is read: titles of boxes, lists of contents."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import groupby, pairwise

from guidance.outline.source import SourceBlock, SourceKind

_CONTENTS_TITLE = re.compile(r"(?:table of )?contents|(?:on|in) this page|page contents", re.I)
_NOTES_TITLE = re.compile(r"(?:foot|end)?notes?|references", re.I)
_TO_TOP = re.compile(
    r"\W*(?:(?:back|return) to (?:the )?)?(?:top|contents)(?: of (?:the )?page)?\W*", re.I
)
_FEWEST_CONTENTS_LINES = 3
_LONGEST_TITLE = 150
# A box that holds most of a page is the page's frame.
_LARGEST_BOX = 0.5
_SMALL_PAGE = 2000
_WORDS = (SourceKind.TEXT, SourceKind.HEADING, SourceKind.ITEM, SourceKind.TABLE)


def settle(blocks: list[SourceBlock], inner_links: Collection[int]) -> None:
    """Finish the blocks of a page in place; `inner_links` are ids of blocks that only link within
    the page."""
    _find_contents(blocks, inner_links)
    _demote_titles_of_left_out(blocks)
    _settle_boxes(blocks)


def _find_contents(blocks: Sequence[SourceBlock], inner_links: Collection[int]) -> None:
    if not inner_links:
        return
    for linked, run in groupby(blocks, lambda block: id(block) in inner_links):
        lines = list(run) if linked else []
        for block in lines:
            if block.kind not in (SourceKind.TEXT, SourceKind.ITEM):
                continue
            if len(lines) >= _FEWEST_CONTENTS_LINES:
                _become(block, SourceKind.CONTENTS)
            elif _TO_TOP.fullmatch(block.text):
                _become(block, SourceKind.FURNITURE)


def _demote_titles_of_left_out(blocks: Sequence[SourceBlock]) -> None:
    """The title over a list of contents goes with it; the one over the notes is furniture."""
    for block, following in pairwise(blocks):
        if block.kind not in (SourceKind.TEXT, SourceKind.HEADING):
            continue
        if following.kind is SourceKind.CONTENTS and _CONTENTS_TITLE.fullmatch(block.text):
            _become(block, SourceKind.CONTENTS)
        elif following.kind is SourceKind.NOTE and _NOTES_TITLE.fullmatch(block.text):
            _become(block, SourceKind.FURNITURE)


def _settle_boxes(blocks: Sequence[SourceBlock]) -> None:
    boxes: dict[int, list[SourceBlock]] = {}
    for block in blocks:
        if block.box:
            boxes.setdefault(block.box, []).append(block)
    if not boxes:
        return
    total = sum(_size(block) for block in blocks if block.kind in _WORDS)
    for box in boxes.values():
        size = sum(map(_size, box))
        if total > _SMALL_PAGE and size > _LARGEST_BOX * total:
            for block in box:
                block.box = 0
        elif len(box) > 1 and _is_title(box[0]):
            box[0].box_title = True


def _is_title(block: SourceBlock) -> bool:
    if block.kind is SourceKind.HEADING or block.style == "title":
        return True
    text = block.text
    return (
        block.kind is SourceKind.TEXT
        and len(text) <= _LONGEST_TITLE
        and not text.endswith((".", ";", ","))
        and all(span.bold or not span.text.strip() for span in block.spans)
    )


def _become(block: SourceBlock, kind: SourceKind) -> None:
    """Turn a block into one that is no text of the document; its label stays with its words."""
    block.kind = kind
    block.level = block.box = 0


def _size(block: SourceBlock) -> int:
    if block.rows:
        return len(block.text)
    return sum(len(span.text) for span in block.spans)
