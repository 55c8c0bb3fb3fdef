"""The references of a text to parts of its own document, each with what it names and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from guidance.crossrefs.context import elsewhere, own_annex, own_section
from guidance.statute import Citation, find_citations

Kind = Literal["paragraph", "section", "chapter", "part", "annex", "appendix"]
Spans = tuple[tuple[int, int], ...]

_NAMES: dict[Kind, str] = {
    "paragraph": r"[Pp]aragraphs?|PARAGRAPHS?|[Pp]aras?\b\.?|¶¶?",
    "section": r"[Ss]ections?|SECTIONS?",
    "chapter": r"[Cc]hapters?|CHAPTERS?",
    "part": r"Parts?",
    "annex": r"[Aa]nnex(?:es|e)?|ANNEX(?:ES)?",
    "appendix": r"[Aa]ppendi(?:x|ces)|APPENDI(?:X|CES)",
}
_NUMBER = (
    r"(?:[A-Z]{1,2}\.?\d{1,3}[A-Z]?|\d{1,3}[A-Z]{0,2})(?:\.\d{1,3}[A-Z]{0,2})*"
    r"(?:\s?\((?:[a-z]{1,5}|\d{1,2}|[A-Z])\))*"
)
_LETTER = r"(?:[A-Z]|[IVX]{1,5}|\d{1,2})(?![\w’'])"
_AGAIN = (
    r"(?:[Pp]aragraphs?\s+|[Pp]aras?\.?\s+|[Ss]ections?\s+|[Cc]hapters?\s+|[Aa]nnex(?:es)?\s+)?"
)
_JOIN = r"\s*(?:,\s*(?:and|or|to)\b|,|;|\band\b|\bor\b|&|\bto\b|\bthrough\b|[-–—‒−])\s*"
_STOP = r"(?![\w%£]|\.\d|/\d)"
_NAMED = re.compile(
    rf"(?<![\w.’'-])(?:{'|'.join(f'(?P<{kind}>{words})' for kind, words in _NAMES.items())})"
    rf"[\s\u00a0]*\(?(?P<first>{_NUMBER}{_STOP}|(?:(?<=[xX]\s)|(?<=[sS]\s)|(?<=t\s)){_LETTER})"
)
_BARE = re.compile(
    rf"(?:\b[Ss]ee(?:\s+also)?(?:\s+at)?\s+(?P<seen>\d{{1,2}}\.\d{{1,3}}[A-Z]{{0,2}}(?:\([a-z]{{1,5}}\))*){_STOP}"
    rf"(?!\s*(?:per\s+cent|million|billion|m\b|bn\b))"
    rf"|(?<![\w.£$€(])(?P<placed>\d{{1,2}}\.\d{{1,3}}[A-Z]{{0,2}}(?:\([a-z]{{1,5}}\))*)(?=\s+(?:above|below)\b(?!\s+all\b)))"
)
_MORE = re.compile(rf"(?P<join>{_JOIN}){_AGAIN}(?P<number>{_NUMBER}){_STOP}")
_MORE_LETTERS = re.compile(rf"(?P<join>{_JOIN}){_AGAIN}(?P<number>{_LETTER})")
_QUANTITY = re.compile(
    r"\s*(?:%|per\s+cent|(?:working\s+|calendar\s+)?(?:days?|weeks?|months?|years?|hours?)\b"
    r"|people\b|members?\b|(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b|million\b|other\b|more\b)"
)
_IN_ANNEX = re.compile(
    r"\s*,?\s*(?:of|in|to|at)\s+(?:the\s+)?(?P<where>(?:Annex|annex|Appendix|appendix)\s+(?:[A-Z]|\d{1,2}))\b"
    r"(?!\s+(?:of|to)\s+(?!this\b))"
)
_LARGEST = 20
"""Guidance hardly has more sections than this; Acts do."""


@dataclass(frozen=True, slots=True)
class CrossReference:
    """Characters `start` to `end` of a text point to `targets`, numbers as printed ("2.13(a)").

    `spans` are where each target is named, the word before the first included. A range gives its
    two ends. `where` is the annex in which a paragraph is said to stand, if one is named.
    """

    start: int
    end: int
    words: str
    kind: Kind
    targets: tuple[str, ...]
    spans: Spans
    where: str = ""


_Read = tuple[int, CrossReference | None]
"""How far a list was read, and the reference that it makes, if it is one."""


def find_cross_references(
    text: str, citations: Sequence[Citation] | None = None
) -> list[CrossReference]:
    """Every reference of `text` to its own document, in order, none overlapping another.

    `citations` of legislation in the text are left alone; they are looked for where not given.
    """
    candidates = list(_candidates(text))
    if not candidates:
        return []
    if citations is None:
        citations = find_citations(text)
    taken = sorted((c.start, c.end) for c in citations)
    found: list[CrossReference] = []
    at = 0
    for reference in sorted(candidates, key=lambda r: r.start):
        while at < len(taken) and taken[at][1] <= reference.start:
            at += 1
        overlaps = at < len(taken) and taken[at][0] < reference.end
        if not overlaps and (not found or found[-1].end <= reference.start):
            found.append(reference)
    return found


def _candidates(text: str) -> Iterator[CrossReference]:
    reached = 0
    for found in _NAMED.finditer(text):
        if found.start() < reached:  # "section 2 and section 3": the first has read the second
            continue
        kind: Kind = next(k for k in _NAMES if found[k])
        first, at = found["first"], found.start("first")
        read = _paragraphs if kind == "paragraph" or "." in first else _divisions
        reached, reference = read(text, kind, found.start(), at, first)
        if reference:
            yield reference
    for found in _BARE.finditer(text):
        group = "seen" if found["seen"] else "placed"
        start = found.start(group)
        _, reference = _paragraphs(text, "paragraph", start, start, found[group])
        if reference:
            yield reference


def _paragraphs(text: str, kind: Kind, start: int, at: int, first: str) -> _Read:
    """A number with a full stop in it is that of a paragraph, also where it is called a section."""
    targets, spans = _listed(text, start, at, first, _MORE)
    end = spans[-1][1]
    annex = _IN_ANNEX.match(text, end)
    if annex:
        end, spans = annex.end(), (*spans[:-1], (spans[-1][0], annex.end()))
    elif elsewhere(text, start, end):
        return end, None
    where = annex["where"] if annex else ""
    return end, _reference(text, start, end, "paragraph", targets, spans, where)


def _divisions(text: str, kind: Kind, start: int, at: int, first: str) -> _Read:
    lettered = kind in ("annex", "appendix", "part")
    if "(" in first or not (lettered or first.isdigit()):
        return at + len(first), None
    targets, spans = _listed(text, start, at, first, _MORE_LETTERS if lettered else _MORE)
    end = spans[-1][1]
    if kind in ("annex", "appendix"):
        own = own_annex(text, start, end)
    else:
        own = own_section(text, start, end, large=not lettered and _large(targets))
    return end, _reference(text, start, end, kind, targets, spans, "") if own else None


def _large(targets: Sequence[str]) -> bool:
    return any(target.isdigit() and int(target) > _LARGEST for target in targets)


def _listed(
    text: str, start: int, at: int, first: str, more: re.Pattern[str]
) -> tuple[tuple[str, ...], Spans]:
    """ "6.12 and 6.13": the numbers that go on from the first, each in the form of the first."""
    targets = [first]
    spans = [(start, at + len(first))]
    end = spans[0][1]
    while found := more.match(text, end):
        number = _continued(targets[-1], found["number"], found["join"].strip())
        if number is None or _QUANTITY.match(text, found.end()):
            break
        targets.append(number)
        spans.append((found.start("number"), found.end()))
        end = found.end()
    return tuple(" ".join(t.split()) for t in targets), tuple(spans)


def _continued(last: str, number: str, join: str) -> str | None:
    """The next number in full: "2.13–15" ends at 2.15; None where it is of another series."""
    dotted = "." in last
    if dotted and "." not in number:
        if join in ("-", "–", "—", "‒", "−") and number.isdigit():
            return f"{last.rpartition('.')[0]}.{number}"
        return None
    return number if dotted == ("." in number) and "(" not in last[:1] else None


def _reference(
    text: str,
    start: int,
    end: int,
    kind: Kind,
    targets: tuple[str, ...],
    spans: Spans,
    where: str,
) -> CrossReference:
    words = " ".join(text[start:end].split())
    return CrossReference(start, end, words, kind, targets, spans, where)
