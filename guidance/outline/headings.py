"""Titles: which lines look like one, and what number or kind of section they announce."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from guidance.outline.contents import title_key
from guidance.outline.model import Heading, Section
from guidance.outline.pieces import CLOSERS, Piece, Role
from guidance.outline.printed import read_enumerator, read_number

BACK_MATTER = ("annex", "annexe", "annexure", "appendix", "schedule")
_SILENT = (Role.NOTE, Role.FURNITURE, Role.FIGURE)
_LONGEST = 140  # characters; a longer line is not a title unless the file says so
_ADDRESS = re.compile(
    r"@|https?://|\bwww\.|\b[A-Z]{1,2}\d[A-Z\d]? ?\d ?[A-Z]{2}\b|^(?:tel|telephone|fax|email|e-mail"
    r"|textphone|website|phone|address|po box|signed|dear|yours)\b",
    re.IGNORECASE,
)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}(?:\s+\d{{4}})?$|\d{{4}}(?:[/-]\d{{2,4}})?$"
)
_LEADING_DATE = re.compile(rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\b")
_SECTION = re.compile(
    r"""(?P<kind>chapter|part|annex(?:e|ure)?|appendix|schedule|section)\b
    (?:\s+(?P<number>\d{1,3}(?:\.\d{1,2})?|[A-Z]{1,2}\d{0,2}|[IVXL]{1,6}|
       one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)?
    (?P<rest>\s*[:.–—-]?\s*(?P<title>.*))$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_CONVENTIONAL = re.compile(
    r"(?:ministerial |chair(?:man|person)?['’]?s? |joint )?"
    r"(?:foreword|preface|introduction|executive summary|acknowledge?ments|conclusions?"
    r"|bibliography|references|about this \w+|how to use this \w+)"
    r"(?:$|\s(?:by|from|to|and)\b|\s?[:–—-])",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"(?P<kind>fig(?:ure)?\.?|diagram|chart|map|table|box)\s+(?P<number>[A-Z]?\d{1,3}(?:\.\d{1,3})?[a-z]?)"
    r"(?:\s*[:.–—-]\s*|\s+|$)(?P<title>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_DEFINES = re.compile(r"\breferences?\b.*\b(?:is|are)\b.*\breferences?\s+to\b", re.IGNORECASE)
_ATTRIBUTION = re.compile(r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){0,5},\s")


def is_table_caption(piece: Piece) -> bool:
    """Whether a caption names a table or a box, not a picture."""
    return piece.text[:5].lower().startswith(("table", "box"))


@dataclass(frozen=True, slots=True)
class SectionTitle:
    """What a title announces: "Chapter 3: Targets", "Annex B", "2 Governance", "Introduction"."""

    number: str
    title: str
    kind: str


def looks_like_title(piece: Piece, before: Piece | None = None) -> bool:
    """Whether a line of its own, by its words, may be a title."""
    return _is_title(piece.words) and not (before is not None and _attributes(before, piece.words))


def _is_title(text: str) -> bool:
    if not 2 < len(text) <= _LONGEST or "\n" in text or not any(c.isalpha() for c in text):
        return False
    if text.rstrip(CLOSERS)[-1:] in ".;:,!" or text[-1:] in ".;:,!–—-" or len(text.split()) > 22:
        return False
    if text[0].islower() or text[0] in "(*•[" or _ADDRESS.search(text) or _DATE.match(text):
        return False
    return not (_LEADING_DATE.match(text) or _DEFINES.search(text))


def _enumerated_title(pieces: Sequence[Piece], at: int) -> bool:
    """ "ii. Governance framework" alone on a line, and not an item of a list."""
    here = read_enumerator(pieces[at].text)
    if here is None or not _is_title(pieces[at].text[here.end :]):
        return False
    if not pieces[at].text[here.end].isupper():
        return False
    before = next((p for p in reversed(pieces[max(0, at - 6) : at]) if p.role not in _SILENT), None)
    after = next((p for p in pieces[at + 1 : at + 6] if p.role not in _SILENT), None)
    if before is None or after is None or before.words.endswith((":", ";", ",")):
        return False
    return read_enumerator(after.text) is None and read_enumerator(before.text) is None


def _attributes(before: Piece, text: str) -> bool:
    """A name and an office under words in quotation marks: whose words they are."""
    number = read_number(before.words)
    words = before.words[number.end :].lstrip() if number else before.words
    quoted = words.startswith(("“", '"', "‘")) and words.endswith(("”", '"', "’"))
    return quoted and bool(_ATTRIBUTION.match(text))


def section_title(piece: Piece) -> SectionTitle | None:
    """The section that a title announces by its own words, or None."""
    text = " ".join(piece.full_title.split())
    if len(text) > _LONGEST + 40:
        return None
    found = _SECTION.match(text)
    if found and _announces(found, piece):
        kind = found["kind"].lower()
        number, title = (found["number"] or ""), found["title"].strip()
        return SectionTitle(f"{found['kind']} {number}".strip(), title, kind)
    if _CONVENTIONAL.match(text):
        return SectionTitle("", text, "conventional")
    return None


def _announces(found: re.Match[str], piece: Piece) -> bool:
    """ "Section 4 covers priorities" is a sentence; "Section 4: Priorities" is a title."""
    title, kind = found["title"].strip(), found["kind"].lower()
    if not found["number"]:
        back = kind != "schedule" and kind in BACK_MATTER
        return back and (not title or found["rest"].lstrip()[:1] in ":–—-")
    if not title:
        return True
    if title[-1] in ".;,":
        return False
    separated = found["rest"].lstrip()[:1] in ":.–—-"
    return separated or piece.heading_block or title[0].isupper()


def bare_number(piece: Piece) -> str:
    """The number of a line that holds nothing else ("3", "3."), or an empty string."""
    if piece.role not in (Role.PROSE, Role.HEADING) or len(piece.text) > 5 or piece.label:
        return ""
    found = re.fullmatch(r"(\d{1,2}|[A-Z])\.?", piece.text)
    return found[1] if found else ""


def numbered_title(piece: Piece) -> str:
    """The number of a line such as "3 Records" or "3. Records", or an empty string."""
    number = read_number(piece.text)
    if number is None or len(number.parts) > 1 or not _is_title(piece.words[number.end :]):
        return ""
    return number.letters or str(number.parts[0])


def mark_titles(pieces: Sequence[Piece], listed: Collection[str], plain: bool) -> None:
    """Give lines that are titles the role of headings.

    In a file with headings of its own only wholly bold lines are added; in `plain` text any line
    that stands alone and looks like a title is one. `listed` are the titles in the contents list.
    """
    before: Piece | None = None
    for at, piece in enumerate(pieces):
        if piece.role in _SILENT:
            continue
        if piece.role is Role.PROSE and not piece.label and looks_like_title(piece, before):
            numbered = read_number(piece.text) is not None
            known = title_key(piece.words) in listed
            alone = piece.all_bold or (plain and not numbered)
            if known or (alone and piece.block.style != "quote"):
                piece.role = Role.HEADING
        elif plain and piece.role is Role.PROSE and _enumerated_title(pieces, at):
            piece.role, piece.level = Role.HEADING, 3
        before = piece


def settle_levels(sections: Sequence[Section]) -> None:
    """Number the levels of headings from 2, without gaps: a section's own title is level 1.

    A file's levels depend on how deep it hangs its chapters; ours do not.
    """
    inside = [b for section in sections for b in section.blocks if isinstance(b, Heading)]
    ranks = {level: rank for rank, level in enumerate(sorted({h.level for h in inside}), start=2)}
    for heading in inside:
        heading.level = ranks[heading.level]
