"""The fonts of a PDF, and PDFium's functions called fast."""

from __future__ import annotations

import re
from collections.abc import Callable
from ctypes import CFUNCTYPE, byref, c_int, c_size_t, c_void_p, cast, create_string_buffer
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from guidance.readers.pdf_page import Face

_BOLD = re.compile(r"bold|black|heavy|demi|[-,]bd\b|cmbx|cmssbx", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|[-,]it\b|cmti|cmsl", re.IGNORECASE)
_SYMBOLS = re.compile(r"wingding|webding|dingbat", re.IGNORECASE)
_NAMELESS = re.compile(r"^(?:TT\w{2,8}|T\d_?\d?|F\d+|[A-Z]{6}|CIDFont.*|)$")
_ITALIC_FLAG, _FORCE_BOLD_FLAG = 1 << 6, 1 << 18


def foreign(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The same C function with plain addresses for pointers, which ctypes passes much faster."""
    return CFUNCTYPE(result, *arguments)(cast(function, c_void_p).value)  # type: ignore[arg-type]


_font_name = foreign(pdfium.FPDFFont_GetBaseFontName, c_size_t, c_void_p, c_void_p, c_size_t)
_font_flags = foreign(pdfium.FPDFFont_GetFlags, c_int, c_void_p)
_font_weight = foreign(pdfium.FPDFFont_GetWeight, c_int, c_void_p)
_font_angle = foreign(pdfium.FPDFFont_GetItalicAngle, c_int, c_void_p, c_void_p)


@dataclass(slots=True)
class Faces:
    """The fonts of one document, each met once whatever the page."""

    known: dict[tuple[str, int, int], Face] = field(default_factory=dict)

    def of(self, font: int) -> Face:
        buffer, angle = create_string_buffer(128), c_int()
        length = _font_name(font, buffer, 128)
        name = buffer.raw[: max(0, min(length, 128) - 1)].decode("utf-8", "replace")
        name = name.rsplit("+", 1)[-1]
        flags, weight = _font_flags(font), _font_weight(font)
        key = (name, flags, weight)
        if key not in self.known:
            slanted = bool(_font_angle(font, byref(angle)) and angle.value)
            self.known[key] = Face(
                name,
                bold=bool(_BOLD.search(name) or flags & _FORCE_BOLD_FLAG),
                italic=bool(_ITALIC.search(name) or flags & _ITALIC_FLAG or slanted),
                weight=weight,
                symbols=bool(_SYMBOLS.search(name)),
            )
        return self.known[key]

    def settle(self) -> None:
        """Tell bold by weight among fonts without a telling name, against the most used of them."""
        nameless = [f for f in self.known.values() if _NAMELESS.match(f.name) and f.weight > 0]
        if not nameless:
            return
        usual = max(nameless, key=lambda f: f.used).weight
        for face in nameless:
            face.bold = face.bold or face.weight >= usual + 40
