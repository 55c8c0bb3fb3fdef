"""Word differences as HTML: `ins` and `del`, in words too for those who hear the page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from guidance.comparison import Piece

_TAGS = {"insert": "ins", "delete": "del"}


def redline_html(pieces: Iterable[Piece]) -> SafeString:
    """The pieces one after the other; lines stay lines where the style keeps white space.

    The style sheet underlines and strikes, and says "inserted" and "deleted" before each to screen
    readers, so that what is copied from the page holds the words alone.
    """
    return mark_safe("".join(map(_piece, pieces)))  # noqa: S308  escaped below


def _piece(piece: Piece) -> str:
    tag = _TAGS.get(piece.op)
    words = escape(piece.text, quote=False)
    return f"<{tag}>{words}</{tag}>" if tag else words
