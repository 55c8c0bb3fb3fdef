"""Draws drafts for Wagtail's previews with the rendering that published pages have."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from guidance.actions.previewing import block_html, draft_section_html
from guidance.models import SectionPage

register = template.Library()

BLOCKS = frozenset(
    {"paragraph", "heading", "text", "box", "table", "figure", "quotation", "glossary", "question"}
)


@register.simple_tag
def draft_section(page: SectionPage) -> SafeString:
    return mark_safe(draft_section_html(page))  # noqa: S308  rendering escapes what it is given


@register.simple_tag
def block_words(value: Any) -> SafeString:
    """The words of a block of a section; nothing for other blocks."""
    if value.block.name not in BLOCKS:
        return mark_safe("")
    raw = value.block.get_prep_value(value)
    return mark_safe(block_html(value.block.name, raw))  # noqa: S308


@register.filter
def field_words(value: Any) -> str:
    """The value of a field of a block, lists joined."""
    if isinstance(value, str):
        return value
    try:
        return "; ".join(str(item) for item in value)
    except TypeError:
        return "" if value is None else str(value)
