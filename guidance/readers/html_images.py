"""Pictures of a page: the ones whose bytes stand in the page, and the places of the others."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from guidance.outline.source import Place, SourceBlock, SourceKind

# Raster pictures only: an SVG can hold scripts, and everything kept is served again.
_DATA_ADDRESS = re.compile(r"data:image/(?:png|jpe?g|gif|webp)((?:;[\w=.+-]+)*),", re.IGNORECASE)
_ABSENT = "A picture is not part of the file: add it by hand."
_UNUSABLE = "A picture in the page cannot be used: add it by hand as PNG or JPEG."


def picture_of(attributes: Mapping[str, str], place: Place) -> tuple[SourceBlock | None, str]:
    """The block of an `img` element and a remark, either of which may be empty.

    A picture with an empty alternative text is decoration, as WCAG 2.2 technique H67 has it, and
    gives no block.
    """
    alt = " ".join(attributes.get("alt", "").split())
    if not alt and ("alt" in attributes or attributes.get("role") in ("presentation", "none")):
        return None, ""
    image, remark = _bytes_of(attributes.get("src", ""))
    return SourceBlock(SourceKind.IMAGE, place=place, alt=alt, image=image), remark


def _bytes_of(address: str) -> tuple[bytes, str]:
    address = address.strip()
    if address[:5].lower() != "data:":
        return b"", _ABSENT
    found = _DATA_ADDRESS.match(address)
    if not found:
        return b"", _UNUSABLE
    held = unquote_to_bytes(address[found.end() :])
    if ";base64" not in found[1].lower():
        return held, ""
    try:
        return base64.b64decode(b"".join(held.split()), validate=True), ""
    except binascii.Error:
        return b"", _UNUSABLE
