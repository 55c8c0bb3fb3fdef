"""A certificate as PDF/A-3a and PDF/UA-1; the JSON that proves it is attached."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guidance.rendering.typeset import typeset

_TEMPLATE = Path(__file__).with_name("certificate.typ")


def certificate_pdf(shown: Mapping[str, Any], attached: bytes) -> bytes:
    """The PDF of what is shown of a certificate (text, lists and pairs), with its JSON attached.
    The same arguments give the same bytes. Raises NotTypeset."""
    return typeset(_TEMPLATE, shown, attached)
