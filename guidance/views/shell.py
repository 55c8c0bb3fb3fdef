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


def fill(template: str, slots: Mapping[str, str]) -> bytes:
    """The template with `{{ name|safe }}` of each slot replaced by its HTML, as UTF-8."""
    read = _parts.__wrapped__ if settings.DEBUG else _parts
    return "".join(
        slots[part] if i % 2 else part for i, part in enumerate(read(template, tuple(slots)))
    ).encode()


@cache
def _parts(template: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Pieces of the template and names of slots, in turn."""
    html = render_to_string(template, {name: f"\ue000{name}\ue001" for name in names})
    return tuple(_SLOT.split(html))
