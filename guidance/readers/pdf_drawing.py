"""What is drawn on a PDF page beside its text: rules, frames, shading, pictures and links.

Only what runs along the page's edges counts; a page with a map or a chart of many thousand strokes
is read up to a bound and no further.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint, create_string_buffer
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from guidance.readers.pdf_page import Area, Page, Rule

_THIN, _SHORT = 2.6, 6.0  # points: what is thinner is a line, what is shorter is none
_MOST_OBJECTS, _MOST_SEGMENTS, _MOST_OF_ONE = 20_000, 20_000, 600
_DEEPEST_FORM = 6
_WHITE = 0.985

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


def read_drawing(page: Page, raw: Any) -> None:
    """Fill `page` with the rules, areas and pictures of PDFium's page `raw`."""
    _Drawing(page).read(raw)


def _then(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _matrix_of(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, byref(matrix)):
        return _SAME
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _squared(area: Area, points: list[tuple[float, float]]) -> bool:
    """Whether every point of an outline lies on the sides of the rectangle round it."""
    return (
        all(
            min(x - area.x0, area.x1 - x) <= 0.8 or min(y - area.top, area.bottom - y) <= 0.8
            for x, y in points
        )
        and len(points) >= 5
    )


class _Drawing:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.objects = _MOST_OBJECTS
        self.segments = _MOST_SEGMENTS

    def read(self, raw: Any) -> None:
        count = pdfium.FPDFPage_CountObjects(raw)
        self.page.objects = count
        for at in range(min(count, _MOST_OBJECTS)):
            self._object(pdfium.FPDFPage_GetObject(raw, at), _SAME, 0)

    def _object(self, item: Any, frame: Matrix, depth: int) -> None:
        self.objects -= 1
        if self.objects < 0:
            return
        match pdfium.FPDFPageObj_GetType(item):
            case pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, _then(_matrix_of(item), frame))
            case pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(_then(_matrix_of(item), frame))
            case pdfium.FPDF_PAGEOBJ_FORM if depth < _DEEPEST_FORM:
                inner = _then(_matrix_of(item), frame)
                for at in range(pdfium.FPDFFormObj_CountObjects(item)):
                    self._object(pdfium.FPDFFormObj_GetObject(item, at), inner, depth + 1)

    def _area(self, points: list[tuple[float, float]], *, filled: bool) -> Area:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return Area(min(xs), min(ys), max(xs), max(ys), filled)

    def _point(self, x: float, y: float, frame: Matrix) -> tuple[float, float]:
        a, b, c, d, e, f = frame
        return self.page.point(a * x + c * y + e, b * x + d * y + f)

    def _picture(self, frame: Matrix) -> None:
        corners = [self._point(x, y, frame) for x in (0, 1) for y in (0, 1)]
        self.page.pictures.append(self._area(corners, filled=True))

    def _path(self, item: Any, frame: Matrix) -> None:
        count = pdfium.FPDFPath_CountSegments(item)
        if not 2 <= count <= _MOST_OF_ONE or count > self.segments:
            return
        self.segments -= count
        fill, stroke = c_int(), c_int()
        pdfium.FPDFPath_GetDrawMode(item, byref(fill), byref(stroke))
        filled = bool(fill.value) and self._ink(item, pdfium.FPDFPageObj_GetFillColor)
        stroked = bool(stroke.value) and self._ink(item, pdfium.FPDFPageObj_GetStrokeColor)
        if not (filled or stroked):
            return
        for points, straight in self._outlines(item, count, frame):
            if straight:
                self._outline(points, filled=filled, stroked=stroked)
            elif _squared(area := self._area(points, filled=filled), points):
                # Straight sides drawn as curves, or a box with rounded corners.
                corners = [
                    (area.x0, area.top),
                    (area.x1, area.top),
                    (area.x1, area.bottom),
                    (area.x0, area.bottom),
                    (area.x0, area.top),
                ]
                self._outline(corners, filled=filled, stroked=stroked)

    @staticmethod
    def _ink(item: Any, ask: Any) -> bool:
        """Whether a colour can be seen on white paper."""
        parts = [c_uint(), c_uint(), c_uint(), c_uint(255)]
        if not ask(item, *(byref(p) for p in parts)):
            return True
        return parts[3].value > 8 and sum(p.value for p in parts[:3]) / 765 < _WHITE

    def _outlines(
        self, item: Any, count: int, frame: Matrix
    ) -> Iterator[tuple[list[tuple[float, float]], bool]]:
        """The separate outlines of a path, and whether each has straight sides only."""
        points: list[tuple[float, float]] = []
        straight = True
        x, y = c_float(), c_float()
        for at in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(item, at)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
                yield points, straight
                points, straight = [], True
            straight = straight and kind != pdfium.FPDF_SEGMENT_BEZIERTO
            pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
            points.append(self._point(x.value, y.value, frame))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points:
            yield points, straight

    def _outline(self, points: list[tuple[float, float]], *, filled: bool, stroked: bool) -> None:
        area = self._area(points, filled=filled)
        if area.width < _THIN or area.height < _THIN:
            self._rule(area)
        elif filled and len(points) >= 4:
            self.page.areas.append(area)
        elif stroked:
            if len(points) == 5 and len(set(points)) <= 4:
                self.page.areas.append(area)
            for (ax, ay), (bx, by) in pairwise(points):
                self._rule(self._area([(ax, ay), (bx, by)], filled=False))

    def _rule(self, area: Area) -> None:
        if area.height < _THIN and area.width > _SHORT:
            middle = (area.top + area.bottom) / 2
            self.page.rules.append(Rule(True, middle, area.x0, area.x1))
        elif area.width < _THIN and area.height > _SHORT:
            middle = (area.x0 + area.x1) / 2
            self.page.rules.append(Rule(False, middle, area.top, area.bottom))


def read_links(page: Page, document: Any, raw: Any) -> None:
    """Give the runs that stand in a link's rectangle its address; web addresses only."""
    for area, address in _links(page, document, raw):
        for run in page.runs:
            inside = min(run.x1, area.x1) - max(run.x0, area.x0)
            if area.top <= run.base <= area.bottom + 2 and inside > 0.8 * (run.x1 - run.x0):
                run.href = address


def _links(page: Page, document: Any, raw: Any) -> Iterator[tuple[Area, str]]:
    start, link, edges = c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    while pdfium.FPDFLink_Enumerate(raw, byref(start), byref(link)):
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
        buffer = create_string_buffer(max(1, min(length, 4096)))
        pdfium.FPDFAction_GetURIPath(document, action, buffer, len(buffer))
        address = buffer.value.decode("utf-8", "replace")
        pdfium.FPDFLink_GetAnnotRect(link, byref(edges))
        if address.lower().startswith(("http://", "https://", "mailto:")):
            one, two = page.point(edges.left, edges.bottom), page.point(edges.right, edges.top)
            yield (
                Area(
                    min(one[0], two[0]),
                    min(one[1], two[1]),
                    max(one[0], two[0]),
                    max(one[1], two[1]),
                ),
                address,
            )
