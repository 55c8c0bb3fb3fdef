"""Reads a Word form: what is in its content controls, the rows of its table of comments, and every
line that stands outside them. Pure.

Tracked changes are read as accepted, and remarks in the margin are not part of the text. Nothing
that somebody wrote is left out: whatever is in no field comes back as a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from consultation.word_marks import COMMENT_HEADS, PLACEHOLDER, folded, is_ours, ticked
from guidance.readers.word.names import MARKUP, VAL, w
from guidance.readers.word.package import Element, Package

FIELD = "\ufffc"
"""Stands in a line where a field was."""

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_LEFT_OUT = frozenset(
    w(name)
    for name in (
        *("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sdtPr", "sdtEndPr"),
        *("tblPr", "tblGrid", "trPr", "tcPr", "sectPr"),
    )
)
_BREAKS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_SYMBOLS = {"FE": "☑", "FD": "☒", "78": "☒", "A8": "☐", "6F": "☐", "FC": "✓", "FB": "✗"}
"""Boxes and ticks of the fonts Wingdings and Webdings, which have no letters."""
_ON = frozenset({"1", "true", "on"})
_CROSSES = frozenset({"x", "yes", "y"})


@dataclass(slots=True)
class FormRead:
    """`words` by the tag of each field for words (more than one text where the field was copied),
    `ticks` by the tag of each check box, the `rows` of tables of comments as cells, and the `lines`
    outside of all these, with `FIELD` where a field was; `fields` are the tags of those, in order."""

    words: dict[str, list[str]] = field(default_factory=dict)
    ticks: dict[str, bool] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)

    def said(self, tag: str) -> str:
        """The words in a field; "" where it is empty or not there."""
        return "\n\n".join(dict.fromkeys(words for words in self.words.get(tag, ()) if words))


def read_lines(package: Package) -> FormRead:
    """UnreadableFile where the package is no Word document."""
    reader = _Reader(_notes(package))
    body = package.document.find(w("body"))
    if body is not None:
        reader.found.lines = reader.text(body, outside=True).split("\n")
    return reader.found


def without_placeholder(words: str) -> str:
    """What was written beside the words that ask to write, where these were not replaced."""
    return "\n".join(
        line.replace(PLACEHOLDER, "").strip() if PLACEHOLDER in line else line
        for line in words.split("\n")
    )


class _Reader:
    """Walks the document once; lxml bounds how deep elements stand in each other."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        self.found = FormRead()
        self.notes = notes

    def text(self, element: Element, *, outside: bool = False) -> str:
        """The words in an element, a line for each paragraph and row. `outside` takes fields out."""
        return "".join(self._walk(element, outside))

    def _walk(self, element: Element, outside: bool) -> Iterator[str]:
        for child in element:
            name = child.tag
            if not isinstance(name, str) or name in _LEFT_OUT:
                continue
            if name in _STRUCTURES:
                yield from _STRUCTURES[name](self, child, outside)
            elif (words := self._words(child, name)) is not None:
                yield words.replace(FIELD, "") if outside else words
            else:
                yield from self._walk(child, outside)

    def _words(self, child: Element, name: str) -> str | None:
        """Of an element that stands for characters; None of any other."""
        if name == w("t"):
            return child.text or ""
        if name in _BREAKS:
            return _BREAKS[name]
        if name == w("sym"):
            return _SYMBOLS.get((child.get(w("char")) or "").upper().removeprefix("F0"), "")
        if name in (w("footnoteReference"), w("endnoteReference")):
            return self.notes.get(name + (child.get(w("id")) or ""), "")
        return None

    def _alternative(self, alternative: Element, outside: bool) -> Iterator[str]:
        """The first of several ways to show the same."""
        if len(alternative):
            yield from self._walk(alternative[0], outside)

    def _paragraph(self, paragraph: Element, outside: bool) -> Iterator[str]:
        properties = paragraph.find(w("pPr"))
        if properties is not None and properties.find(w("numPr")) is not None:
            yield "- "
        yield from self._walk(paragraph, outside)
        removed = f"{w('rPr')}/{w('del')}"
        if properties is None or properties.find(removed) is None:
            yield "\n"  # a mark that was removed joins the paragraph to the next

    def _control(self, control: Element, outside: bool) -> Iterator[str]:
        properties, inside = control.find(w("sdtPr")), control.find(w("sdtContent"))
        tag = _tag(properties)
        empty = inside is None or _placeholder(properties)
        if not (outside and is_ours(tag)):
            if inside is not None and not empty:
                yield from self._walk(inside, outside)
            return
        self.found.fields.append(tag)
        words = "" if inside is None or empty else self.text(inside)
        box = properties.find(f"{_W14}checkbox") if properties is not None else None
        if box is not None:
            self.found.ticks[tag] = self.found.ticks.get(tag, False) or _checked(box, words)
            yield FIELD
            return
        self.found.words.setdefault(tag, []).append(without_placeholder(words).strip())
        yield FIELD if inside is None or inside.find(w("p")) is None else f"{FIELD}\n"

    def _table(self, table: Element, outside: bool) -> Iterator[str]:
        rows = [row for row in table.iter(w("tr")) if _nearest_table(row) is table]
        rows = [row for row in rows if row.find(f"{w('trPr')}/{w('del')}") is None]
        cells = [[cell for cell in row.iter(w("tc")) if _row_of(cell) is row] for row in rows]
        if outside and self._is_for_comments(table, cells):
            read = [[self._cell(cell) for cell in row] for row in cells]
            self.found.rows += [row for row in read if not _is_head(row) and any(row)]
            return
        for row in cells:
            texts = [self.text(cell, outside=outside).strip("\n") for cell in row]
            yield "\t".join(" ".join(text.split("\n")) for text in texts) + "\n"

    def _cell(self, cell: Element) -> str:
        return without_placeholder(self.text(cell)).strip()

    def _is_for_comments(self, table: Element, cells: list[list[Element]]) -> bool:
        if any(_tag(p).startswith("comment:") for p in table.iter(w("sdtPr"))):
            return True
        return bool(cells) and _is_head([self._cell(cell) for cell in cells[0]])


_STRUCTURES: dict[str, Callable[[_Reader, Element, bool], Iterator[str]]] = {
    w("p"): _Reader._paragraph,
    w("sdt"): _Reader._control,
    w("tbl"): _Reader._table,
    f"{{{MARKUP}}}AlternateContent": _Reader._alternative,
}


def _tag(properties: Element | None) -> str:
    found = properties.find(w("tag")) if properties is not None else None
    return (found.get(VAL) or "") if found is not None else ""


def _placeholder(properties: Element | None) -> bool:
    shown = properties.find(w("showingPlcHdr")) if properties is not None else None
    return shown is not None and (shown.get(VAL) or "1").lower() in _ON


def _checked(box: Element, words: str) -> bool:
    state = box.find(f"{_W14}checked")
    if state is not None and (state.get(f"{_W14}val") or "1").lower() in _ON:
        return True
    mark = ticked(words.strip())
    return words.strip().casefold() in _CROSSES or (mark is not None and mark[0])


def _nearest_table(row: Element) -> Element | None:
    return next(row.iterancestors(w("tbl")), None)


def _row_of(cell: Element) -> Element | None:
    return next(cell.iterancestors(w("tr")), None)


def _is_head(cells: list[str]) -> bool:
    return tuple(folded(cell) for cell in cells[:2]) == tuple(
        folded(head) for head in COMMENT_HEADS
    )


def _notes(package: Package) -> dict[str, str]:
    """Notes at the foot of a page or at the end, as words in brackets where they are referred to."""
    found: dict[str, str] = {}
    reader = _Reader({})
    for kind in ("footnote", "endnote"):
        part = package.related(package.document_part, f"{kind}s")
        root = package.xml(part) if part else None
        for note in root.iter(w(kind)) if root is not None else ():
            words = " ".join(reader.text(note).split())
            if words:
                found[w(f"{kind}Reference") + (note.get(w("id")) or "")] = f" (note: {words})"
    return found
