"""The characters of a PDF page as runs, through PDFium's raw interface.

PDFium (pypdfium2, Apache-2.0/BSD-3-Clause) reads characters with position, font and size about ten
times faster than pdfminer.six. Each character costs three foreign calls; all else is asked once
for each text object, and from there on the reader works on runs.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterator
from ctypes import (
    addressof,
    c_double,
    c_float,
    c_int,
    c_size_t,
    c_uint,
    c_void_p,
    cast,
    create_string_buffer,
)
from dataclasses import dataclass
from itertools import repeat

import pypdfium2.raw as pdfium

from guidance.readers.pdf_fonts import Faces, foreign
from guidance.readers.pdf_page import Face, Page, Run, turned

_WIDE, _WORD = 0.8, 0.22  # gaps in parts of the size: between pieces of a line, between words
_SPACES = frozenset((9, 10, 13, 32, 0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x200A, 0x202F, 0x3000))
_LETTERS = {code: chr(code) for code in range(33, 127)}
_LETTERS |= {code: chr(code) for code in (0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0xA3)}
_LETTERS |= {2: "-", 0xFFFE: "-"}  # PDFium's marks for a hyphen at the end of a line
_ARTIFACT = "Artifact".encode("utf-16-le")
_UNSEEN = frozenset((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))


_owner = foreign(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
_code = foreign(pdfium.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
_loose = foreign(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
_tight = foreign(pdfium.FPDFText_GetCharBox, c_int, c_void_p, c_int, *(c_void_p,) * 4)
_origin = foreign(pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
_matrix = foreign(pdfium.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
_font = foreign(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
_size = foreign(pdfium.FPDFTextObj_GetFontSize, c_int, c_void_p, c_void_p)
_fill = foreign(pdfium.FPDFPageObj_GetFillColor, c_int, c_void_p, *(c_void_p,) * 4)
_marks = foreign(pdfium.FPDFPageObj_CountMarks, c_int, c_void_p)
_mark = foreign(pdfium.FPDFPageObj_GetMark, c_void_p, c_void_p, c_int)
_mark_name = foreign(pdfium.FPDFPageObjMark_GetName, c_int, c_void_p, c_void_p, c_size_t, c_void_p)


@dataclass(slots=True)
class _Object:
    """What is the same for all characters of one text object, in the file's own coordinates."""

    face: Face
    size: float
    x: float
    y: float
    turn: int
    light: float
    artifact: bool


class _Ask:
    """Room for the library's answers, made once: it is asked several times for each object."""

    def __init__(self) -> None:
        self.size, self.x, self.y = c_float(), c_double(), c_double()
        self.matrix = pdfium.FS_MATRIX()
        self.ink = (c_uint * 4)()
        self.name, self.length = create_string_buffer(64), c_size_t()
        self.size_at, self.matrix_at = addressof(self.size), addressof(self.matrix)
        self.x_at, self.y_at = addressof(self.x), addressof(self.y)
        self.ink_at = [addressof(self.ink) + 4 * at for at in range(4)]
        self.length_at = addressof(self.length)


def read_runs(page: Page, text: int, faces: Faces) -> None:
    """Fill `page` with the runs of its text; `text` is the address of PDFium's text page.

    A page whose text runs up, down or upside down is turned, so that it runs to the right.
    """
    _PageText(page, text, faces).read()


class _PageText:
    def __init__(self, page: Page, text: int, faces: Faces) -> None:
        self.page, self.text, self.faces = page, text, faces
        self.fonts: dict[int, Face] = {}
        self.ask = _Ask()

    def read(self) -> None:
        count = pdfium.FPDFText_CountChars(cast(self.text, pdfium.FPDF_TEXTPAGE))
        if count <= 0:
            return
        owners = list(map(_owner, repeat(self.text), range(count)))
        codes = list(map(_code, repeat(self.text), range(count)))
        objects = self._objects(owners)
        boxes = self._boxes(count)
        turns: Counter[int] = Counter()
        for owner in owners:
            if owner:
                turns[objects[owner].turn] += 1
        upright = turns.most_common(1)[0][0] if turns else 0
        if upright in (90, 180, 270):
            self._turn(upright, objects, boxes, count, owners)
        else:
            upright = 0
        self._sort_out(self._runs(owners, codes, objects, boxes, upright), upright)

    def _boxes(self, count: int) -> array[float]:
        """Left, top, right, bottom of every character, as many times four floats."""
        boxes = array("f", bytes(16 * count))
        start, _ = boxes.buffer_info()
        loose, text = _loose, self.text
        for index, at in enumerate(range(start, start + 16 * count, 16)):
            loose(text, index, at)
        return boxes

    def _objects(self, owners: list[int | None]) -> dict[int, _Object]:
        found: dict[int, _Object] = {}
        for index, owner in enumerate(owners):
            if owner and owner not in found:
                found[owner] = self._object(owner, index)
        return found

    def _object(self, owner: int, index: int) -> _Object:
        ask = self.ask
        _size(owner, ask.size_at)
        _origin(self.text, index, ask.x_at, ask.y_at)
        _matrix(self.text, index, ask.matrix_at)
        font, matrix = _font(owner) or 0, ask.matrix
        if font not in self.fonts:
            self.fonts[font] = self.faces.of(font) if font else Face("")
        turn = 0
        if matrix.b or matrix.a < 0:
            turn = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
            nearest = round(turn / 90) * 90
            turn = nearest % 360 if abs(turn - nearest) <= 2 else turn
        height = abs(ask.size.value) * (math.hypot(matrix.c, matrix.d) or 1.0)
        return _Object(
            self.fonts[font],
            round(height, 1) or 1.0,
            ask.x.value,
            ask.y.value,
            turn,
            self._lightness(owner),
            self._is_artifact(owner),
        )

    def _lightness(self, owner: int) -> float:
        ask = self.ask
        if not _fill(owner, *ask.ink_at):
            return 0.0
        red, green, blue, alpha = ask.ink
        ink = (0.3 * red + 0.59 * green + 0.11 * blue) / 255
        return round(1 - (1 - ink) * alpha / 255, 2)

    def _is_artifact(self, owner: int) -> bool:
        ask = self.ask
        for at in range(min(_marks(owner), 8)):
            named = _mark_name(_mark(owner, at), ask.name, 64, ask.length_at)
            if named and ask.name.raw[:16] == _ARTIFACT:
                return True
        return False

    def _turn(
        self,
        turn: int,
        objects: dict[int, _Object],
        boxes: array[float],
        count: int,
        owners: list[int | None],
    ) -> None:
        page = self.page
        corners = [
            turned(turn, page.left, page.top),
            turned(turn, page.left + page.width, page.top - page.height),
        ]
        edges = [c_double() for _ in range(4)]
        where = [addressof(e) for e in edges]
        for index in range(count):
            if owners[index] and _tight(self.text, index, *where):
                x0, x1, low, high = (e.value for e in edges)
                (ax, ay), (bx, by) = turned(turn, x0, low), turned(turn, x1, high)
                boxes[4 * index : 4 * index + 4] = array(
                    "f", (min(ax, bx), max(ay, by), max(ax, bx), min(ay, by))
                )
        for one in objects.values():
            one.x, one.y = turned(turn, one.x, one.y)
        page.turn = turn
        page.left, page.top = min(c[0] for c in corners), max(c[1] for c in corners)
        if turn != 180:
            page.width, page.height = page.height, page.width

    def _runs(
        self,
        owners: list[int | None],
        codes: list[int],
        objects: dict[int, _Object],
        boxes: array[float],
        upright: int,
    ) -> Iterator[tuple[Run, int]]:
        """The runs in the order of the file, each with the turn of its text."""
        current: int | None = None
        run: Run | None = None
        one = _Object(Face(""), 1.0, 0.0, 0.0, 0, 0.0, False)
        space, edge, letters = False, 0.0, list[str]()
        wide = narrow = back = 0.0
        start = -math.inf
        for owner, code, x0, x1 in zip(owners, codes, boxes[0::4], boxes[2::4], strict=True):
            if not owner or code == 32 or code in _SPACES:
                space = True
                continue
            gap = x0 - edge
            if x0 == start and owner == current and not space:
                # The letters of a ligature share one box.
                letters.append(_LETTERS.get(code) or self._letter(code))
                continue
            start = x0
            if owner != current or gap > wide or gap < back:
                if run is not None:
                    yield self._close(run, letters, edge, space), one.turn
                if owner != current:
                    one, current = objects[owner], owner
                    wide, narrow, back = _WIDE * one.size, _WORD * one.size, -0.7 * one.size
                    if one.turn != upright:
                        wide, narrow, back = math.inf, math.inf, -math.inf
                run = Run("", x0, x1, one.y, one.size, one.face, one.light, space)
                run.artifact, letters = one.artifact, []
            elif space or gap > narrow:
                letters.append(" ")
            space, edge = False, x1 if x1 > x0 else x0 + 0.01
            letters.append(_LETTERS.get(code) or self._letter(code))
        if run is not None:
            yield self._close(run, letters, edge, space), one.turn

    def _letter(self, code: int) -> str:
        """What a code outside the common ones stands for."""
        if code in _UNSEEN:
            return "\u00ad" if code == 0xAD else ""
        if code < 32 or 0x7F <= code < 0xA0 or code == 0xFFFD or code > 0x10FFFF:
            self.page.unmapped += 1
            return "\ufffd"
        return "•" if 0xE000 <= code <= 0xF8FF else chr(code)

    def _close(self, run: Run, letters: list[str], edge: float, space: bool) -> Run:
        text = "".join(letters)
        if run.face.symbols:
            text = "".join("•" if ord(c) < 256 and c != " " else c for c in text)
        if not text.isascii():
            # Characters beyond the first plane may come as two halves.
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        run.text, run.x1, run.trail = text, edge, space
        run.x0, run.x1 = run.x0 - self.page.left, run.x1 - self.page.left
        run.base = self.page.top - run.base
        run.face.used += len(text)
        return run

    def _sort_out(self, runs: Iterator[tuple[Run, int]], upright: int) -> None:
        """Divide what is to be read from what is turned or lies outside the page."""
        page = self.page
        for run, turn in runs:
            if not run.text:
                continue
            off = run.x1 < -1 or run.x0 > page.width + 1 or not -1 <= run.base <= page.height + 4
            (page.aside if off or turn != upright else page.runs).append(run)
