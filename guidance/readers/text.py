"""Plain text and Markdown to source blocks.

The reader knows lines, Markdown's marks and tables whose cells are joined by tabs or bars. Marks
are removed; every other character is kept. A line that is not blank is a block of its own, except
where lines are evidently wrapped, or are the short lines of an address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guidance.outline.source import (
    Place,
    SourceBlock,
    SourceDocument,
    SourceKind,
    UnreadableFile,
)
from guidance.readers.text_marks import read_spans
from guidance.readers.text_tables import read_table, table_lines

_WRAP = range(45, 121)  # a wrapped line is about this long
_ADDRESS = 12  # so many lines at most
_SHORT = 60  # lines of an address or a title are shorter


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file without its line end: where it stands, how far it is indented."""

    text: str
    place: Place
    after_blank: bool = False

    @property
    def indent(self) -> int:
        expanded = self.text.expandtabs(4)
        return len(expanded) - len(expanded.lstrip())


def read_text(data: bytes, name: str) -> SourceDocument:
    """Read a text file. Raises UnreadableFile when its characters cannot be made out."""
    groups = list(_groups(_lines(decode(data, name))))
    wrapped = _wrapped_at(groups)
    blocks: list[SourceBlock] = []
    for group in groups:
        blocks.extend(_blocks(group, wrapped))
    _set_levels(blocks)
    return SourceDocument(format="text", blocks=blocks)


def decode(data: bytes, name: str) -> str:
    """The characters of a text file: UTF-8, UTF-16 with a byte order mark, or Windows-1252."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for coding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(
        f"The characters of {name or 'this file'} cannot be read: save it as UTF-8 text and send "
        "that."
    )


def _lines(text: str) -> Iterator[Line]:
    """Lines with their place; pages are counted only where the text has page breaks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    paged, page, blank = "\f" in text, 1, True
    for number, raw in enumerate(text.split("\n"), start=1):
        for part, piece in enumerate(raw.split("\f")):
            page += bool(part)
            yield Line(piece.rstrip(" "), Place(number, page if paged else None), blank)
            blank = not piece.strip()


def _groups(lines: Iterator[Line]) -> Iterator[list[Line]]:
    """Runs of lines without a blank line between them."""
    group: list[Line] = []
    for line in lines:
        if line.text.strip():
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _wrapped_at(groups: Sequence[Sequence[Line]]) -> int:
    """The usual length of lines where the file breaks them at a width, else 0.

    Such lines end before their sentence does.
    """
    lengths = [len(line.text) for group in groups for line in group[:-1] if len(line.text) > 30]
    longest = max((len(line.text) for group in groups for line in group), default=0)
    if len(lengths) < 5 or longest > 2 * _WRAP.stop:
        return 0
    usual = sorted(lengths)[len(lengths) // 2]
    return usual if usual in _WRAP else 0


_BULLET = re.compile(r"\s{0,60}(?P<mark>[-*+•●▪◦‣·–§]|\\\*)\s+(?=\S)")
_HASHES = re.compile(r"\s{0,3}(#{1,6})\s+(?P<text>.*?)\s*#{0,6}$")
_RULE = re.compile(r"\s{0,3}([-*_=~])(?:\s?\1){2,200}\s*$")
_NOTE = re.compile(r"\s{0,3}\[\^(?P<mark>[^\]\s]{1,20})\]:\s*")
_RAISED_NOTE = re.compile(r"\s{0,3}(?P<mark>[¹²³⁰⁴-⁹]{1,4}|\^\{?\d{1,4}\}?\^?)\s+(?=\S)")
_UNDERLINE = re.compile(r"\s{0,3}(={3,}|-{3,})\s*$")
_ALONE = re.compile(r"\s{0,12}\d{1,2}\.?\s*$")
_ENDED = re.compile(r"[.:;?!][\"'”’)\]]?(?:[\d¹²³⁰⁴-⁹, ]{1,6})?$")
_ITEM_START = re.compile(
    r"\s{0,12}(?:\(?(?:[A-Z]?\d{1,3}[A-Z]?|[a-z]{1,2}|[ivx]{1,5})[.)]"
    r"|\d{1,3}(?:\.\d{1,3}){1,4}[A-Z]?\.?)\s+\S"
)


def _blocks(group: Sequence[Line], wrapped: int) -> Iterator[SourceBlock]:
    """The blocks of one run of lines."""
    at, texts = 0, [line.text for line in group]
    while at < len(group):
        if taken := table_lines(texts, at):
            yield read_table([(line.text, line.place) for line in group[at : at + taken]])
            at += taken
            continue
        end = at + 1
        while end < len(group) and _goes_on(group, at, end, wrapped):
            end += 1
        yield from _block(group[at:end], wrapped)
        at = end


def _goes_on(group: Sequence[Line], start: int, end: int, wrapped: int) -> bool:
    """Whether line `end` belongs to the block that begins at line `start`."""
    text, before = group[end].text, group[end - 1].text
    if end == start + 1 and _UNDERLINE.match(text) and not _starts_block(before):
        return True
    if _starts_block(text) or table_lines([line.text for line in group[end : end + 2]], 0):
        return False
    if _HASHES.match(before) or _RULE.match(before) or _ALONE.match(before):
        return False
    if wrapped:
        # A line with room for the number that begins the next one was not broken to wrap.
        ended = _ENDED.search(before[-12:]) or len(before) < 0.85 * wrapped
        return not (ended and _ITEM_START.match(text))
    if _ITEM_START.match(text):
        return False
    address = end - start < _ADDRESS and len(before) < _SHORT and not before.endswith(".")
    return (address and len(text) < _SHORT) or _mid_sentence(before, text)


def _mid_sentence(before: str, text: str) -> bool:
    return len(before) < 121 and before[-1:].isalpha() and text.lstrip()[:1].islower()


def _starts_block(text: str) -> bool:
    marks = (_BULLET, _HASHES, _RULE, _NOTE, _RAISED_NOTE)
    return any(m.match(text) for m in marks) or text.lstrip().startswith(">")


def _block(lines: Sequence[Line], wrapped: int) -> Iterator[SourceBlock]:
    first = lines[0]
    text = _joined(lines, wrapped)
    if _RULE.match(first.text) and len(lines) == 1:
        return
    place = first.place
    if len(lines) == 2 and (found := _UNDERLINE.match(lines[1].text)):
        level = 1 if found[1][0] == "=" else 2
        yield SourceBlock(SourceKind.HEADING, read_spans(first.text.strip()), place, level=level)
        return
    if found := _HASHES.match(text):
        spans = read_spans(found["text"])
        yield SourceBlock(SourceKind.HEADING, spans, place, level=len(found[1]))
    elif found := _NOTE.match(text) or _RAISED_NOTE.match(text):
        mark = unicodedata.normalize("NFKC", found["mark"]).strip("^{}")
        yield SourceBlock(SourceKind.NOTE, read_spans(text[found.end() :]), place, mark=mark)
    elif found := _BULLET.match(text):
        label = "" if found["mark"] in "-*+\\*" else found["mark"]
        spans = read_spans(text[found.end() :])
        yield SourceBlock(SourceKind.ITEM, spans, place, label=label, indent=first.indent)
    elif text.lstrip().startswith(">"):
        quoted = re.sub(r"(?m)^\s{0,3}>\s?", "", text)
        yield SourceBlock(SourceKind.TEXT, read_spans(quoted), place, style="quote")
    elif spans := read_spans(text.strip()):
        yield SourceBlock(SourceKind.TEXT, spans, place, indent=first.indent)


def _joined(lines: Sequence[Line], wrapped: int) -> str:
    """Wrapped lines as one; the short lines of an address or a title keep their line ends."""
    if len(lines) == 1:
        return lines[0].text
    texts = [lines[0].text, *(line.text.strip() for line in lines[1:])]
    if not wrapped and all(len(t) < _SHORT for t in texts):
        return "\n".join(texts)
    if wrapped and all(len(t) < _WRAP.start for t in texts) and not texts[0].endswith("-"):
        return "\n".join(texts)
    out = [texts[0]]
    for text in texts[1:]:
        hyphen = out[-1].endswith("-") and not out[-1].endswith((" -", "--"))
        out.append(text if hyphen else " " + text)
    return "".join(out)


def _set_levels(blocks: Sequence[SourceBlock]) -> None:
    """List levels from indents: two columns further in is one level deeper."""
    stack: list[float] = []
    for block in blocks:
        if block.kind is not SourceKind.ITEM:
            stack = []
            continue
        while stack and block.indent < stack[-1] - 1:
            stack.pop()
        if not stack or block.indent >= stack[-1] + 2:
            stack.append(block.indent)
        block.level = len(stack)
