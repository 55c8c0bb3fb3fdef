"""An edition or a paragraph as an HTML document of its own: the stored words, no style, no script."""

from __future__ import annotations

from html import escape

from guidance.rendering.exported import Exported, ExportedEntry, ExportedSection
from guidance.rendering.version import MARKER, MARKER_STEM, NOTE_OPEN


def standalone(exported: Exported) -> str:
    """A whole HTML document with title, dates and digest; ids are unique in it."""
    head = (
        f"{exported.title}: {exported.edition}"
        if exported.whole
        else f"{named(exported.entry)}, {exported.title}: {exported.edition}"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(head)}</title>\n"
        f'<link rel="canonical" href="{escape(exported.address)}">\n</head>\n<body>\n<main>\n'
        f"<h1>{escape(exported.title)}</h1>\n{_facts(exported)}"
        f"{''.join(_section(section, exported) for section in exported.sections)}"
        "</main>\n</body>\n</html>\n"
    )


def named(entry: ExportedEntry) -> str:
    """How a paragraph is called by itself."""
    if entry.kind == "paragraph":
        return f"Paragraph {entry.number}"
    return entry.title or f"{entry.kind.capitalize()} after paragraph {entry.after}"


def _facts(exported: Exported) -> str:
    force = exported.in_force_from.isoformat() if exported.in_force_from else "not a final edition"
    rows = (
        ("Edition", exported.edition),
        ("Published", exported.published.isoformat()),
        ("In force from", force),
        ("Digest", exported.digest),
    )
    items = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in rows)
    return f"<dl>{items}</dl>\n"


def _section(section: ExportedSection, exported: Exported) -> str:
    body = "".join(_entry(entry) for entry in section.entries)
    if not exported.whole:
        return body
    return (
        f'<section id="section-{escape(section.slug)}">\n<h2>{escape(section.heading)}</h2>\n'
        f"{body}</section>\n"
    )


def _entry(entry: ExportedEntry) -> str:
    """A block with its number and its status; a heading steps down below its section's."""
    if entry.kind == "heading":
        level = min(max(int(entry.content.get("level") or 2), 2), 4) + 1
        return f"<h{level}>{escape(entry.title)}</h{level}>\n"
    anchor = entry.reference or f"block-{entry.identity}"
    words = entry.html.replace(MARKER, f"{MARKER_STEM}{anchor}-note-").replace(
        NOTE_OPEN, f'<li id="{anchor}-note-'
    )
    number = f"<p><strong>{escape(entry.number)}</strong></p>" if entry.kind == "paragraph" else ""
    title = f"<h3>{escape(entry.title)}</h3>" if entry.kind in ("box", "glossary") else ""
    status = (
        f' data-status="{entry.status}" data-digest="{entry.digest}"' if entry.reference else ""
    )
    return f'<div id="{escape(anchor)}" class="{entry.kind}"{status}>{number}{title}{words}</div>\n'
