"""The site around a page, rendered once in a process: a page is then its parts joined.

Nothing in it depends on who reads, so nothing in it touches the session.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string

_SLOT = re.compile("\ue000(.*?)\ue001")  # private use: no template writes these


def fill(template: str, slots: Mapping[str, bytes]) -> bytes:
    """The template with `{{ name|safe }}` of each slot replaced by its HTML, as UTF-8."""
    read = _parts.__wrapped__ if settings.DEBUG else _parts
    parts = read(template, tuple(slots))
    return b"".join(part if type(part) is bytes else slots[part] for part in parts)


@cache
def _parts(template: str, names: tuple[str, ...]) -> tuple[bytes | str, ...]:
    """Bytes of the template and names of slots, in turn."""
    html = render_to_string(template, {name: f"\ue000{name}\ue001" for name in names})
    pieces = _SLOT.split(html)
    return tuple(p.encode() if i % 2 == 0 else p for i, p in enumerate(pieces))
