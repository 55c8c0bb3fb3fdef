"""The characters of one paragraph: its runs with their marks, and what hangs in it.

Tracked changes are accepted, comments left out, fields show their results. Words that the file
holds but does not show are kept apart, so that nothing is lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from guidance.outline.source import Span
from guidance.readers.word.document import Document
from guidance.readers.word.fields import Field
from guidance.readers.word.glyphs import from_font
from guidance.readers.word.graphics import (
    ALTERNATIVES,
    DrawnWords,
    Picture,
    TextBox,
    chosen,
    graphics,
)
from guidance.readers.word.names import MATHS, VAL, r, w
from guidance.readers.word.notes import ENDNOTE, FOOTNOTE
from guidance.readers.word.package import Element
from guidance.readers.word.spans import joined
from guidance.readers.word.styles import NO_MARKS, Style, is_on, read_marks

FONT_CHARACTER = re.compile("[\uf000-\uf0ff]")
BREAKS_A_LINE = frozenset({"textWrapping", None})
RUN_PROPERTIES, RUN_STYLE = w("rPr"), w("rStyle")


@dataclass(slots=True)
class Line:
    """One paragraph as it reads. `notes` are (kind, id, mark) of the notes referred to."""

    spans: list[Span] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    contents: bool = False
    starts_page: bool = False

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


class LineReader:
    """Reads paragraphs of one part, in order: fields and page ends carry over between them.

    Without `notes`, references to notes are not read (a note has none of its own).
    """

    def __init__(self, document: Document, part: str, *, notes: bool = False) -> None:
        self._document, self._part = document, part
        self._package, self._styles = document.package, document.styles
        self._notes = document.notes if notes else {}
        self._tally = document.tally
        self._fields: list[Field] = []
        self._line = Line()
        self._style = document.styles.paragraph(None)
        self._marks = NO_MARKS
        self._link = ""
        self.page = 1
        self.section = 0

    def read(self, paragraph: Element, style: Style) -> Line:
        """The line of a w:p whose paragraph style is `style`."""
        self._line, self._style, self._marks, self._link = Line(), style, NO_MARKS, ""
        self._walk(paragraph)
        self._close_unfinished_fields()
        self._line.spans = joined(self._line.spans)
        return self._line

    def _walk(self, element: Element) -> None:
        for child in element:
            handler = HANDLERS.get(child.tag, LineReader._walk)
            if handler is not None:
                handler(self, child)

    def _run(self, run: Element) -> None:
        before = self._marks
        own = run.find(RUN_PROPERTIES)
        if own is None:
            self._marks = self._styles.marks(self._style, None, NO_MARKS)
        else:
            named = own.find(RUN_STYLE)
            run_style = named.get(VAL) if named is not None else None
            self._marks = self._styles.marks(self._style, run_style, read_marks(own))
        self._walk(run)
        self._marks = before

    def _emit(self, text: str, note: str = "") -> None:
        bold, italic, superscript, hidden = self._marks
        link, into = self._link, self._line.spans
        for opened in self._fields:
            if not opened.showing:
                into = opened.held
                break
            link = opened.href or link
            self._line.contents |= opened.lists_contents
        if hidden and into is self._line.spans:
            self._line.hidden.append(text)
            return
        into.append(Span(text, bool(bold), bool(italic), bool(superscript or note), link, note))

    def _text(self, element: Element) -> None:
        text = element.text
        if not text:
            return
        if not text.isascii():
            text = FONT_CHARACTER.sub(lambda found: from_font(found[0], ""), text)
        self._emit(text.replace("\n", " "))

    def _tab(self, element: Element) -> None:
        self._emit("\t")

    def _break(self, element: Element) -> None:
        if element.get(w("type")) in BREAKS_A_LINE:
            self._emit("\n")

    def _page_end(self, element: Element) -> None:
        self.page += 1
        if not self._line.text.strip():
            self._line.starts_page = True

    def _hyphen(self, element: Element) -> None:
        self._emit("\N{NON-BREAKING HYPHEN}")

    def _drawn_character(self, element: Element) -> None:
        self._emit(_symbol(element))

    def _field_character(self, element: Element) -> None:
        match element.get(w("fldCharType")):
            case "begin":
                self._check_box(element)
                self._fields.append(Field())
            case "separate" if self._fields:
                self._fields[-1].show()
            case "end" if self._fields:
                self._end_field(self._fields.pop())

    def _end_field(self, ended: Field) -> None:
        """Word computes some numbers afresh and stores no result."""
        listed = ended.list_number
        if listed is not None and (label := self._document.numbering.count_in_field(*listed)):
            self._emit(label.text)
        else:
            self._tally["computed field"] += ended.is_unread_number

    def _check_box(self, begin: Element) -> None:
        box = begin.find(f"{w('ffData')}/{w('checkBox')}")
        if box is not None:
            state = box.find(w("checked"))
            state = box.find(w("default")) if state is None else state
            self._emit("☒" if state is not None and is_on(state.get(VAL)) else "☐")

    def _instruction(self, element: Element) -> None:
        if self._fields and not self._fields[-1].showing:
            self._fields[-1].instruction += element.text or ""

    def _simple_field(self, element: Element) -> None:
        simple = Field(element.get(w("instr"), ""))
        simple.show()
        self._fields.append(simple)
        self._walk(element)
        self._fields.remove(simple)

    def _close_unfinished_fields(self) -> None:
        """A field that never came to its result hides nothing: its plain text is shown."""
        for unfinished in [f for f in self._fields if not f.showing]:
            self._fields.remove(unfinished)
            self._line.spans.extend(unfinished.held)
        for still_open in self._fields:
            still_open.href = ""

    def _hyperlink(self, element: Element) -> None:
        before = self._link
        _, target, outside = self._package.relations(self._part).get(
            element.get(r("id"), ""), ("", "", False)
        )
        anchor = element.get(w("anchor"), "")
        self._link = (f"{target}#{anchor}" if anchor else target) if outside else ""
        self._walk(element)
        self._link = before

    def _note(self, element: Element) -> None:
        kind = FOOTNOTE if element.tag == w("footnoteReference") else ENDNOTE
        identity = element.get(w("id"), "")
        if self._notes:
            mark = self._custom_mark(element) or self._notes[kind].next_mark(
                self.section, self.page
            )
            self._emit(mark, note=mark)
            self._line.notes.append((kind, identity, mark))

    def _custom_mark(self, element: Element) -> str:
        """The mark that the writer typed after the reference; it is the rest of the run."""
        if not is_on(element.get(w("customMarkFollows"), "0")):
            return ""
        typed = [f for f in element.itersiblings() if f.tag in (w("sym"), w("t"))]
        mark = "".join(_symbol(f) if f.tag == w("sym") else f.text or "" for f in typed).strip()
        for read in typed if mark else ():
            read.clear()  # or the run would show the mark a second time
        return mark

    def _graphic(self, element: Element) -> None:
        for graphic in graphics(element, self._package, self._part):
            match graphic:
                case TextBox(content):
                    self._line.boxes.append(content)
                case Picture():
                    self._line.pictures.append(graphic)
                case DrawnWords(text):
                    self._emit(text)

    def _alternatives(self, element: Element) -> None:
        branch = chosen(element)
        if branch is not None:
            self._walk(branch)

    def _inserted(self, element: Element) -> None:
        self._tally["insertion"] += 1
        self._walk(element)

    def _deleted(self, element: Element) -> None:
        self._tally["deletion"] += 1

    def _fraction(self, element: Element) -> None:
        for name, sign in ((f"{{{MATHS}}}num", "/"), (f"{{{MATHS}}}den", "")):
            part = element.find(name)
            if part is not None:
                self._walk(part)
                if sign:
                    self._emit(sign)


def _symbol(element: Element) -> str:
    """The character of a w:sym; empty when its code is none."""
    code = element.get(w("char"), "")
    if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", code):
        return ""
    return from_font(chr(int(code, 16)), element.get(w("font"), ""))


Handler = Callable[[LineReader, Element], None]

HANDLERS: dict[str, Handler | None] = {
    w("pPr"): None,
    w("rPr"): None,
    w("sdtPr"): None,
    w("sdtEndPr"): None,
    w("delText"): None,
    w("delInstrText"): None,
    w("bookmarkStart"): None,
    w("bookmarkEnd"): None,
    w("proofErr"): None,
    w("fldData"): None,
    w("footnoteRef"): None,
    w("endnoteRef"): None,
    w("softHyphen"): None,
    w("r"): LineReader._run,
    w("t"): LineReader._text,
    f"{{{MATHS}}}t": LineReader._text,
    f"{{{MATHS}}}f": LineReader._fraction,
    w("tab"): LineReader._tab,
    w("ptab"): LineReader._tab,
    w("br"): LineReader._break,
    w("cr"): LineReader._break,
    w("lastRenderedPageBreak"): LineReader._page_end,
    w("noBreakHyphen"): LineReader._hyphen,
    w("sym"): LineReader._drawn_character,
    w("fldChar"): LineReader._field_character,
    w("instrText"): LineReader._instruction,
    w("fldSimple"): LineReader._simple_field,
    w("hyperlink"): LineReader._hyperlink,
    w("footnoteReference"): LineReader._note,
    w("endnoteReference"): LineReader._note,
    w("drawing"): LineReader._graphic,
    w("pict"): LineReader._graphic,
    w("object"): LineReader._graphic,
    ALTERNATIVES: LineReader._alternatives,
    w("ins"): LineReader._inserted,
    w("moveTo"): LineReader._inserted,
    w("del"): LineReader._deleted,
    w("moveFrom"): LineReader._deleted,
}
"""What each element of a paragraph means; an element that is not named is looked into."""
