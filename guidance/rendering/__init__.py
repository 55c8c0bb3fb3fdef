"""Issued words as HTML: one block at a time, and a section's reading column joined from them.

Both are stored at publication and depend on nothing but what is passed in, so that rendering again
gives the same HTML. Addresses inside are absolute paths (`guidance.rendering.addresses`).
"""

from guidance.rendering.row import Row
from guidance.rendering.section import SectionFrame, SectionLink, render_section
from guidance.rendering.version import render_version

__all__ = ["Row", "SectionFrame", "SectionLink", "render_section", "render_version"]
