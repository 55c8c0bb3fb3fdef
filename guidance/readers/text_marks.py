"""Marks inside a line of Markdown: bold, italic, links, raised digits, footnote markers.

A mark that has lost its partner (as scanned text often has) is removed where it stands at the edge
of a word; asterisks and underscores that are no marks stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from guidance.outline.source import Span

_RAISED = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_TOKEN = re.compile(
    r"""
    (?P<raised>[¹²³⁰⁴-⁹]+)
  | \^\{(?P<braced>[\d ,]{1,40})\}
  | (?<=\S)\^(?P<careted>\d{1,3})\^
  | \[\^(?P<note>[^\]\s]{1,20})\](?!:)
  | <sup>(?P<sup>\s{0,3}[\d ,]{1,40})</sup>
  | <(?P<auto>(?:https?://|mailto:)[^\s<>]{1,2000})>
  | (?P<image>!)?\[(?P<words>[^\[\]]{0,500})\]\((?P<href>[^\s()]{0,2000})(?:\s"[^"]{0,200}")?\)
  | (?P<tag></?(?:p|ul|ol|li|br|b|strong|i|em|u|span|div|sup|sub|table|tbody|thead|tr|td|th|center)
      \b[^<>]{0,200}>)
  | \\(?P<escaped>[\\`*_{}\[\]()#+.!|<>~-])
  | (?P<stars>\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=[^\s_])_{1,3}(?!\w))
    """,
    re.VERBOSE,
)
_BREAKING = re.compile(r"</?(?:p|li|br|div|tr|ul|ol)\b")


@dataclass(slots=True)
class _Mark:
    """An opened or closing run of stars in the list of spans."""

    at: int
    width: int
    opens: bool
    closes: bool
    partner: int = -1


def read_spans(text: str) -> tuple[Span, ...]:
    """The runs of a line, its marks understood and removed."""
    spans: list[Span] = []
    marks: list[_Mark] = []
    at = 0
    for found in _TOKEN.finditer(text):
        if found.start() > at:
            spans.append(Span(text[at : found.start()]))
        at = found.end()
        if found["stars"]:
            marks.extend(_stars(text, found, len(spans)))
            if not marks or marks[-1].at != len(spans) or not (marks[-1].opens or marks[-1].closes):
                spans.append(Span(found["stars"]))
        else:
            spans.extend(_token(found))
    if at < len(text):
        spans.append(Span(text[at:]))
    return _merged(_emphasised(spans, marks))


def _token(found: re.Match[str]) -> list[Span]:
    if digits := found["raised"] or found["careted"]:
        mark = unicodedata.normalize("NFKC", digits)
        return [Span(mark, superscript=True, note=mark)]
    if listed := found["braced"] or found["sup"]:
        marks = re.findall(r"\d+", listed)
        return [s for m in marks for s in (Span(m, superscript=True, note=m), Span(" "))][:-1]
    if mark := found["note"]:
        return [Span(mark, superscript=True, note=mark)]
    if address := found["auto"]:
        return [Span(address, href=address)]
    if found["words"] is not None:
        return list(_link(found))
    if tag := found["tag"]:
        return [Span("\n" if _BREAKING.match(tag) else "")]
    return [Span(found["escaped"])]


def _link(found: re.Match[str]) -> list[Span]:
    """A link keeps its words; an address that is not among them stays as the link's target."""
    return [
        replace(s, href=found["href"]) for s in read_spans(found["words"]) or (Span(found["href"]),)
    ]


def _stars(text: str, found: re.Match[str], at: int) -> list[_Mark]:
    before = text[found.start() - 1 : found.start()]
    after = text[found.end() : found.end() + 1]
    opens = bool(after) and not after.isspace()
    closes = bool(before) and not before.isspace()
    if not (opens or closes):
        return []
    return [_Mark(at, len(found["stars"]), opens, closes)]


def _emphasised(spans: list[Span], marks: list[_Mark]) -> list[Span]:
    """Pair the marks and give the runs between them their emphasis."""
    for width in (3, 2, 1):
        opened: _Mark | None = None
        for mark in marks:
            if mark.width != width:
                continue
            if opened is not None and mark.closes:
                _emphasise(spans, opened.at, mark.at, width)
                opened = None
            elif mark.opens and opened is None:
                opened = mark
            elif mark.closes and width == 2:
                _emphasise(spans, 0, mark.at, width)  # its opening mark was lost in scanning
    return spans


def _emphasise(spans: list[Span], start: int, end: int, width: int) -> None:
    for at in range(start, end):
        spans[at] = replace(
            spans[at], bold=spans[at].bold or width >= 2, italic=spans[at].italic or width != 2
        )


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Neighbours with the same marks as one run; empty runs dropped."""
    out: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if out and not span.note and replace(out[-1], text="") == replace(span, text=""):
            out[-1] = replace(span, text=out[-1].text + span.text)
        else:
            out.append(span)
    return tuple(out)
