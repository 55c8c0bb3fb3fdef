"""Which automatic numbers number the document's text, and how deep each list item stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from guidance.outline.source import SourceKind
from guidance.readers.word.numbering import Label
from guidance.readers.word.seen import ASIDE, ITEM_FORMATS, Seen, has_compound_number

JUDGED = frozenset({SourceKind.TEXT, SourceKind.ITEM})
IN_BRACKETS = re.compile(r"^\(?\w+\)$")
WORDED = re.compile(r"[^\W\d_]{2,}")
FEWEST_TO_DOMINATE = 5
LONGEST_LIST = 8
PROSE = 80


def judge_lists(blocks: Sequence[Seen]) -> None:
    """Tell list items from numbered text, then give each item its depth."""
    by_group: defaultdict[str, list[Seen]] = defaultdict(list)
    for seen in blocks:
        if seen.label is not None and seen.block.kind in JUDGED:
            by_group[seen.label.group].append(seen)
    compound = [s for s in blocks if s.block.kind in JUDGED and has_compound_number(s)]
    for alike in by_group.values():
        numbers_text = _numbers_text([s for s in alike if s.label and _is_plain(s.label)], compound)
        for seen in alike:
            if seen.label is not None:
                numbered = has_compound_number(seen) or _is_worded(seen.label)
                plain = numbers_text and _is_plain(seen.label)
                seen.block.kind = SourceKind.TEXT if numbered or plain else SourceKind.ITEM
    _set_depths(blocks)


def _is_worded(label: Label) -> bool:
    """Like "Recommendation 4"."""
    return label.number_format not in ITEM_FORMATS and WORDED.search(label.text) is not None


def _is_plain(label: Label) -> bool:
    """Like 12 or 12. or A4 or iv., outermost in its list, and no bracket."""
    outermost = label.depth == 0 or label.number_format not in ITEM_FORMATS
    return outermost and label.number_format != "bullet" and not IN_BRACKETS.match(label.text)


def _numbers_text(plain: Sequence[Seen], compound: Sequence[Seen]) -> bool:
    """Whether plain numbers are the document's own: they go on, and stand before prose.

    Beside numbers like 2.13 they must be the greater part, or stand as far left.
    """
    lettered = any(seen.label and seen.label.number_format in ITEM_FORMATS for seen in plain)
    if len(plain) < (LONGEST_LIST if lettered else FEWEST_TO_DOMINATE):
        return False
    repeats = len(plain) - len({seen.label.text for seen in plain if seen.label})
    if repeats > len(plain) / LONGEST_LIST:
        return False
    length = sum(len(seen.block.text) for seen in plain) / len(plain)
    if length < PROSE and (lettered or len(plain) < 4 * LONGEST_LIST):
        return False
    if len(compound) < FEWEST_TO_DOMINATE or len(plain) > len(compound):
        return True
    margin = max(seen.block.indent for seen in compound) + 1
    return len(plain) > LONGEST_LIST and all(seen.block.indent <= margin for seen in plain)


def _set_depths(blocks: Iterable[Seen]) -> None:
    """Depth from 1, counted from the outermost item of the list at hand."""
    above: list[Seen] = []
    for seen in blocks:
        kind = seen.block.kind
        if kind in ASIDE:
            continue
        if kind is SourceKind.ITEM:
            while above and not _is_deeper(seen, above[-1]):
                above.pop()
            above.append(seen)
            seen.block.level = len(above)
        elif kind is SourceKind.TEXT and not seen.block.label:
            while above and above[-1].block.indent > seen.block.indent + 1:
                above.pop()
        else:
            above.clear()


def _is_deeper(inner: Seen, outer: Seen) -> bool:
    if inner.label is None or outer.label is None:
        return False
    if inner.label.group == outer.label.group:
        return inner.label.depth > outer.label.depth
    return inner.block.indent > outer.block.indent + 1
