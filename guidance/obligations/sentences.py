"""Sentences of a paragraph's plain words, lists included: an item is read after what introduces it.

The text is that of `guidance.content.plain_text`: a line for each block, "• " or a label before an
item of a list. A line that was broken in the middle of a sentence is read on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(
    r"(?P<indent>\s*)(?:(?P<bullet>[•▪◦·*–-])|"
    r"(?P<label>\((?:[a-z]{1,2}|[ivxl]{1,5}|\d{1,2})\)|(?:[a-z]|[ivxl]{1,5}|\d{1,2})[.)]))\s+"
)
_STOP = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’)\]]*(?=\s|$)|(?<=[a-z”’\")])\.[”’\")]*\d{1,2}(?=\s+[A-Z“‘\"(])"
)
_ABBREVIATIONS = frozenset(
    "e.g eg i.e ie cf viz no nos s ss p pp para paras art arts reg regs r rr sch ch pt vol mr mrs ms"
    " dr prof st v vs approx ed eds fig figs ref inc ltd co s.i c sec ibid al dept govt".split()
)
_ENDS_OPEN = re.compile(r"(?:[:–—-]|\.{3}|…|[^\s.;,!?])[\"'”’)\]]*$")
_ITEM_TAIL = re.compile(r"[\s;,.]*(?:[;,]\s*(?:and|or))?[\s;,]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Its own words stand at `start` to `end` of the text. `lead` is what introduces the list of
    which it is an item; `leads` says that it introduces one itself."""

    start: int
    end: int
    own: str
    lead: str = ""
    leads: bool = False

    @property
    def words(self) -> str:
        """The whole sentence in one line; at the end of an item "; and" is left out."""
        own = self.own[:-40] + _ITEM_TAIL.sub("", self.own[-40:]) if self.lead else self.own
        return " ".join(f"{self.lead} {own}".split())


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block of the text: a line, or an item of a list after its bullet or label."""

    start: int
    end: int
    style: tuple[str, int] | None = None
    label: str = ""


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of a text in order; their places do not overlap."""
    found: list[Sentence] = []
    lists: list[tuple[tuple[str, int], str, str]] = []  # style, lead, latest label
    opened: int | None = None  # the sentence that what follows may be an item of
    for piece in _pieces(text):
        lead = ""
        if piece.style is None:
            lists.clear()
        else:
            style = _style(piece, lists)
            if style not in [known for known, _, _ in lists]:
                if opened is not None:
                    found[opened] = replace(found[opened], leads=True)
                    lead = found[opened].words
                lists.append((style, lead, piece.label))
            while lists[-1][0] != style:
                lists.pop()
            lead = lists[-1][1]
            lists[-1] = (style, lead, piece.label)
        first = len(found)
        for start, end in _spans(text, piece.start, piece.end):
            found.append(Sentence(start, end, text[start:end], lead if len(found) == first else ""))
        last = len(found) - 1
        opened = last if last >= first and _ENDS_OPEN.search(found[last].own) else None
    return found


def _pieces(text: str) -> Iterator[_Piece]:
    held: _Piece | None = None
    for line in _LINE.finditer(text):
        item = _ITEM.match(line[0])
        if item is None and held is not None and _runs_on(text[held.start : held.end], line[0]):
            held = replace(held, end=line.end())
            continue
        if held is not None:
            yield held
        if item is None:
            held = _Piece(line.start(), line.end())
        else:
            kind = "bullet" if item["bullet"] else _kind_of(item["label"])
            style = (kind, len(item["indent"]))
            held = _Piece(line.start() + item.end(), line.end(), style, item["label"] or "")
    if held is not None:
        yield held


def _runs_on(before: str, line: str) -> bool:
    """Whether a line goes on with the sentence of the line before."""
    return line.lstrip()[:1].islower() and before.rstrip()[-1:] not in (".", ":", ";", "!", "?", "")


def _kind_of(label: str) -> str:
    bare = label.strip("().")
    if bare.isdigit():
        return "number"
    return "roman" if re.fullmatch(r"[ivxl]+", bare) else "letter"


def _style(piece: _Piece, lists: list[tuple[tuple[str, int], str, str]]) -> tuple[str, int]:
    """The kind of list that an item belongs to: "(i)" after "(h)" is a letter."""
    assert piece.style is not None
    kind, indent = piece.style
    if kind == "roman" and lists:
        (latest, _), _, label = lists[-1]
        now, before = piece.label.strip("()."), label.strip("().")
        if latest == "letter" and len(now) == len(before) == 1 and ord(now) == ord(before) + 1:
            return "letter", indent
    return kind, indent


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of the sentences between two places, without the white space around them."""
    at = start
    for stop in _STOP.finditer(text, start, end):
        if _is_end(text, at, stop, end):
            yield from _trimmed(text, at, stop.end())
            at = stop.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip())
    finish = start + len(words.rstrip())
    if begin < finish:
        yield begin, finish


def _is_end(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    """A full stop ends a sentence unless it belongs to an abbreviation, an initial or "…"."""
    following = text[stop.end() : min(stop.end() + 12, end)].lstrip()
    if not following:
        return True
    if not (following[0].isupper() or following[0].isdigit() or following[0] in "“‘\"'([•"):
        return False
    before = text[max(start, stop.start() - 24) : stop.start()]
    word = re.search(r"[\w.]*$", before)
    last = word[0] if word else ""
    if stop[0][0] != "." or not last:
        return True
    if last.lower() == "etc":
        return following[0].isupper()
    if last.lower() in ("no", "nos", "s", "p", "c", "v", "r"):  # also ordinary words or initials
        return not (following[0].isdigit() or (last == "v" or len(last) == 1))
    return last.lower() not in _ABBREVIATIONS and not re.fullmatch(r"[A-Z](?:\.[A-Z])*", last)
