"""Which drafts are headings, and of what level: told by how they are set against the body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from guidance.outline.source import SourceKind
from guidance.readers.pdf_drafts import Draft, Setting
from guidance.readers.pdf_lines import Line

_LONGEST = 240
_LEVELS = 6

Style = tuple[float, int, int]


def find_headings(drafts: Sequence[Draft], setting: Setting) -> None:
    """Turn drafts of text into headings with levels from 1."""
    found: list[tuple[Draft, Style]] = []
    for at, draft in enumerate(drafts):
        after = drafts[at + 1] if at + 1 < len(drafts) else None
        if draft.kind is SourceKind.TEXT and draft.lines and _is_heading(draft, after, setting):
            found.append((draft, _style(draft, setting)))
    places = {id(draft): at for at, draft in enumerate(drafts)}
    found = [one for one in found if not _listed(one, found, drafts, places)]
    inner = Counter(style for draft, style in found if draft.page > 1)
    styles = sorted(inner or Counter(style for _, style in found), reverse=True)
    for draft, style in found:
        draft.kind = SourceKind.HEADING
        level = styles.index(style) + 1 if style in styles else 1
        draft.level = min(level, _LEVELS)


def _listed(
    one: tuple[Draft, Style],
    found: Sequence[tuple[Draft, Style]],
    drafts: Sequence[Draft],
    places: dict[int, int],
) -> bool:
    """Whether a slanted line stands among others like it: a list of names, no headings."""
    draft, style = one
    if style[2] == 0 or style[1] > 0:
        return False
    styles = {id(other): its for other, its in found}
    at = places[id(draft)]
    near = drafts[max(0, at - 1) : at + 2]
    return any(styles.get(id(other)) == style for other in near if other is not draft)


def _all(lines: Sequence[Line], name: str) -> bool:
    return all(getattr(line, name) for line in lines)


def _capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 4 and all(c.isupper() for c in letters)


def _quoted(text: str) -> bool:
    """Whether the whole is a quotation, which is often set in italics."""
    return text[0] in "“‘\"'" and text[-1] in "”’\"'"


def _style(draft: Draft, setting: Setting) -> Style:
    """Size above all, then weight and capitals, then slant: larger tuples are higher headings."""
    weight = 2 * _all(draft.lines, "bold") + _capitals(draft.text)
    slant = -int(_all(draft.lines, "italic")) - int(_all(draft.lines, "ruled"))
    return round(draft.size * 2) / 2, weight, slant


def _is_heading(draft: Draft, after: Draft | None, setting: Setting) -> bool:
    text = draft.text.strip()
    if not 2 <= len(text) <= _LONGEST or not any(c.isalpha() for c in text):
        return False
    if text[0].islower() and not draft.marked:
        return False
    stop = text.endswith((".", ";", ","))
    ratio = draft.size / setting.body
    if ratio >= 1.12:
        return not (stop and len(text) > 100)
    if ratio < 0.93:
        return False
    if _all(draft.lines, "bold"):
        return not stop
    if _capitals(text):
        return not stop and len(text) <= 150
    if after is None or stop or text.endswith(":") or _quoted(text) or len(text) > 120:
        return False
    slanted = _all(draft.lines, "italic") or _all(draft.lines, "ruled")
    inked = abs(draft.lines[0].light - setting.light) > 0.12 and len(draft.lines) == 1
    alone = len(draft.lines) <= 2 and not draft.marked and after.text[:1].strip() != ""
    return (slanted or inked) and alone and not after.text[:1].islower()
