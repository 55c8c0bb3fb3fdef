"""A certificate as PDF/A-3a and PDF/UA-1, drawn by typst; the JSON that proves it is attached.

Words reach the drawing as data and never as markup, so nothing in them can be taken for an order.
Fonts are those that typst brings. A character that they lack is written by its code, since a proof
must not leave out what it cannot draw.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from functools import cache
from pathlib import Path
from typing import Any

import typst

SECONDS = 20.0
"""Drawing takes some 20 milliseconds for a paragraph and 200 for 1,000 rows of digests."""

_TEMPLATE = Path(__file__).with_name("certificate.typ")
_LACKING = re.compile(r'text `"(.*?)"` could not be displayed|codepoint `"(.*?)"`')
_CODE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_TRIES = 3

_drawing = ThreadPoolExecutor(max_workers=2, thread_name_prefix="certificate-pdf")


class CertificateNotDrawn(RuntimeError):
    """The PDF could not be made, or not in time."""


def certificate_pdf(shown: Mapping[str, Any], attached: bytes) -> bytes:
    """The PDF of what is shown of a certificate (text, lists and pairs), with its JSON attached.
    The same arguments give the same bytes."""
    data = json.dumps({**shown, "attached": attached.decode()}, ensure_ascii=False)
    try:
        return _drawing.submit(_drawn, data).result(timeout=SECONDS)
    except TooLong as error:
        raise CertificateNotDrawn("The PDF took too long.") from error
    except typst.TypstError as error:
        raise CertificateNotDrawn("The PDF could not be drawn.") from error


def _drawn(data: str) -> bytes:
    """Drawn again where the fonts lack a character; the attached JSON keeps it."""
    for _ in range(_TRIES):
        try:
            return _compiled(data)
        except typst.TypstError as error:
            lacking = _lacking(str(getattr(error, "diagnostic", error)))
            if not lacking:
                raise
            data = _by_code(data, lacking)
    return _compiled(data)


def _compiled(data: str) -> bytes:
    compiler = typst.Compiler(_template(), ignore_system_fonts=True, sys_inputs={"data": data})
    drawn = compiler.compile(format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=0)
    if not isinstance(drawn, bytes):
        raise CertificateNotDrawn("The PDF is not one file.")
    return drawn


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()


def _lacking(diagnostic: str) -> set[str]:
    found = (text or code for text, code in _LACKING.findall(diagnostic))
    return {c for text in found for c in _CODE.sub(lambda m: chr(int(m[1], 16)), text)}


def _by_code(data: str, lacking: set[str]) -> str:
    """Everything but what is attached, with these characters as [U+4E2D]."""
    whole = json.loads(data)
    attached = whole.pop("attached")
    codes = str.maketrans({c: f"[U+{ord(c):04X}]" for c in lacking})
    return json.dumps({**_written(whole, codes), "attached": attached}, ensure_ascii=False)


def _written(value: Any, codes: Mapping[int, str]) -> Any:
    match value:
        case str():
            return value.translate(codes)
        case list() | tuple():
            return [_written(item, codes) for item in value]
        case dict():
            return {key: _written(item, codes) for key, item in value.items()}
    return value
