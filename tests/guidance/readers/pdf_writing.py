"""Writes small PDFs for the tests, so that every position and font is known."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

PLAIN, BOLD, ITALIC = "Times-Roman", "Times-Bold", "Times-Italic"
LEFT, RIGHT, TOP = 90.0, 500.0, 760.0


class Paper:
    """A PDF in the making; y counts upwards from the foot, as PDF does."""

    def __init__(self, **options: object) -> None:
        self.file = BytesIO()
        self.canvas = Canvas(self.file, pagesize=A4, **options)  # type: ignore[arg-type]
        self.y = TOP

    def put(self, x: float, y: float, text: str, size: float = 11, font: str = PLAIN) -> float:
        """Print text at a point; returns where it ends."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)
        return x + stringWidth(text, font, size)

    def lines(
        self,
        lines: Iterable[str],
        x: float = LEFT,
        size: float = 11,
        font: str = PLAIN,
    ) -> None:
        """Print lines one below the other at normal leading, without a gap after them."""
        for line in lines:
            self.put(x, self.y, line, size, font)
            self.y -= 1.2 * size

    def prose(
        self,
        text: str,
        *,
        number: str = "",
        x: float = LEFT,
        right: float = RIGHT,
        size: float = 11,
        font: str = PLAIN,
        gap: float = 8,
    ) -> None:
        """Print a paragraph broken into lines, its number hanging in the margin, and a gap."""
        if number:
            self.put(x - 30, self.y, number, size, font)
        self.lines(simpleSplit(text, font, size, right - x), x, size, font)
        self.y -= gap

    def next_page(self) -> None:
        self.canvas.showPage()
        self.y = TOP

    def bytes(self) -> bytes:
        self.canvas.save()
        return self.file.getvalue()
