"""Sets a page of ours as PDF/A-3a and PDF/UA-1 with typst, with the JSON that it shows attached.

Words reach the drawing as data and never as markup, so nothing in them can be taken for an order.
Fonts are those that typst brings; a character that they lack is written by its code, since nothing
may be left out, and stands as it is in the JSON.
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
"""Setting takes some 30 milliseconds for a few pages, 200 for 1,000 rows of digests."""

_LACKING = re.compile(r'text `"(.*?)"` could not be displayed|codepoint `"(.*?)"`')
_CODE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_CONTROL = {c: None for c in range(32) if c not in (9, 10)} | {0x7F: None}
_TRIES = 6

_drawing = ThreadPoolExecutor(max_workers=2, thread_name_prefix="typeset")


class NotTypeset(RuntimeError):
    """The PDF could not be made, or not in time."""


def typeset(template: Path, shown: Mapping[str, Any], attached: bytes) -> bytes:
    """The PDF that a template (a .typ file, which reads `sys.inputs.data`) makes of what is shown:
    text, lists and pairs. The same arguments give the same bytes. Raises NotTypeset."""
    try:
        return _drawing.submit(_drawn, template, shown, attached.decode()).result(timeout=SECONDS)
    except TooLong as error:
        raise NotTypeset("The PDF took too long.") from error
    except typst.TypstError:
        # Its words quote what could not be drawn, which may be confidential.
        raise NotTypeset("The PDF could not be drawn.") from None


def _drawn(template: Path, shown: Any, attached: str) -> bytes:
    """Drawn again where the fonts lack characters, and at last with none that is not ASCII."""
    shown = _written(shown, _CONTROL)
    for _ in range(_TRIES):
        try:
            return _compiled(template, shown, attached)
        except typst.TypstError as error:
            lacking = _lacking(str(getattr(error, "diagnostic", error)))
            if not lacking:
                raise
            shown = _written(shown, {ord(c): f"[U+{ord(c):04X}]" for c in lacking})
    rest = {c for c in json.dumps(shown, ensure_ascii=False) if ord(c) > 0x2122}
    return _compiled(
        template, _written(shown, {ord(c): f"[U+{ord(c):04X}]" for c in rest}), attached
    )


def _compiled(template: Path, shown: Any, attached: str) -> bytes:
    data = json.dumps({**shown, "attached": attached}, ensure_ascii=False)
    compiler = typst.Compiler(_read(template), ignore_system_fonts=True, sys_inputs={"data": data})
    drawn = compiler.compile(format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=0)
    if not isinstance(drawn, bytes):
        raise NotTypeset("The PDF is not one file.")
    return drawn


@cache
def _read(template: Path) -> bytes:
    return template.read_bytes()


def _lacking(diagnostic: str) -> set[str]:
    found = (text or code for text, code in _LACKING.findall(diagnostic))
    return {c for text in found for c in _CODE.sub(lambda m: chr(int(m[1], 16)), text)}


def _written(value: Any, table: Mapping[int, str | None]) -> Any:
    match value:
        case str():
            return value.translate(table)
        case list() | tuple():
            return [_written(item, table) for item in value]
        case dict():
            return {key: _written(item, table) for key, item in value.items()}
    return value
