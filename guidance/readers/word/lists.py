"""Which automatic numbers number the document's text, and how deep each list item stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from guidance.outline.source import SourceKind
from guidance.readers.word.seen import ASIDE, ITEM_FORMATS, Seen, has_compound_number

JUDGED = frozenset({SourceKind.TEXT, SourceKind.ITEM})
IN_BRACKETS = re.compile(r"^\(?\w+\)$")
PRINTED = re.compile(r"\w+")
WORDED = re.compile(r"[^\W\d_]{2,}")
FEWEST_TO_DOMINATE = 5
LONGEST_LIST = 8
PROSE = 80


def judge_lists(blocks: Sequence[Seen]) -> None:
    """Tell list items from numbered text, then give each item its depth."""
    labelled = [seen for seen in blocks if seen.label and seen.block.kind in JUDGED]
    compound = [s for s in blocks if s.block.kind in JUDGED and has_compound_number(s)]
    for series in _series(labelled):
        plain = _numbers_text([seen for seen in series if _is_plain(seen)], compound)
        for seen in series:
            numbered = has_compound_number(seen) or _is_worded(seen) or (plain and _is_plain(seen))
            seen.block.kind = SourceKind.TEXT if numbered else SourceKind.ITEM
    _set_depths(blocks)


def _series(labelled: Iterable[Seen]) -> Iterable[list[Seen]]:
    """The paragraphs of each level of each list, in order. A list that goes on where another left
    off (iii. in one, iv. in the next) goes on with its series."""
    series: dict[tuple[str, int], list[Seen]] = {}
    ended_at: dict[tuple[str, str, int], list[Seen]] = {}
    for seen in labelled:
        label = seen.label
        if label is None:
            continue
        shape = PRINTED.sub("#", label.text)
        level = (label.group, label.depth)
        if level not in series:
            series[level] = ended_at.get((label.number_format, shape, label.count - 1), [])
        series[level].append(seen)
        ended_at[label.number_format, shape, label.count] = series[level]
    return {id(alike): alike for alike in series.values()}.values()


def _is_worded(seen: Seen) -> bool:
    """Like "Recommendation 4"."""
    label = seen.label
    if label is None or label.number_format in ITEM_FORMATS:
        return False
    return WORDED.search(label.text) is not None


def _is_plain(seen: Seen) -> bool:
    """Like 12 or 12. or A4 or iv., and no bracket."""
    label = seen.label
    if label is None or label.number_format == "bullet":
        return False
    return not IN_BRACKETS.match(label.text)


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
