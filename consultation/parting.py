"""Parts an e-mail or a letter into pieces, each proposed to the question or the paragraph that it
names. Pure.

Nothing is lost or doubled: the pieces, joined, are the text. Lines are whole, and a passage marked
as confidential is never cut. Quoted mail, the heads of forwarded mail and signatures are pieces of
their own, so that an official can set them aside and still see them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from consultation.mentions import Known, Mention, Place, mentions, named_at_start, number_at_start

WRAPPED_FROM = 55
"""Characters from which a line without a stop at its end may go on in the next."""
LONGEST_SIGNATURE = 15
"""Lines with words after "Yours faithfully" that are still taken for a signature."""


class Sort(StrEnum):
    """What a piece is."""

    WORDS = "words"
    QUOTED = "quoted e-mail"
    HEAD = "head of an e-mail"
    SIGNATURE = "signature"
    NOTE = "note on reading the form"


@dataclass(frozen=True, slots=True)
class Part:
    """Words as they came; where they belong, if they say so, and the words that say it."""

    text: str
    sort: Sort = Sort.WORDS
    place: Place | None = None
    named: str = ""


_QUOTE = re.compile(r"[ \t]*>")
_WROTE = re.compile(r"^\s*(?:on\b.{4,200}|.{0,200}[<@].{0,200})\bwrote:\s*$", re.IGNORECASE)
_ORIGINAL = re.compile(r"^\s*[-_]{2,}\s*original (?:message|appointment)\s*[-_]{2,}\s*$", re.I)
_FORWARDED = re.compile(
    r"^\s*(?:[-_]{2,}\s*forwarded (?:message|by\b.*)\s*[-_]{0,}|begin forwarded message:)\s*$", re.I
)
_FIELD = re.compile(r"^\s*[*>]*\s*(?:from|sent|date|to|cc|subject|reply-to|importance):\**\s", re.I)
_RULE = re.compile(r"^\s*_{8,}\s*$")
_DASHES = re.compile(r"^-- ?\r?\n?$")
_CLOSING = re.compile(
    r"^\s*(?:yours (?:sincerely|faithfully|truly|ever)|sincerely|(?:(?:with )?(?:kind|best|warm)"
    r"(?:est)? )?(?:regards|wishes)|many thanks|cheers|sent from my \w+.{0,20})\s*[,.!]?\s*$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?:;…][\"”’')\]]*\s*$")


def part_text(text: str, known: Known, *, forwarded: bool = False) -> list[Part]:
    """The pieces of a text, in order. `forwarded` says that what it quotes is what was written to
    us, as in a mail that a colleague passes on."""
    lines = text.splitlines(keepends=True)
    sorts = _sorts(lines, forwarded)
    heads = _headings(lines, sorts, known)
    sorts = _signatures(lines, sorts, heads)
    parts = _put_together(lines, sorts, heads)
    if not any(part.sort == Sort.WORDS and part.text.strip() for part in parts):
        if not forwarded and any(part.sort == Sort.QUOTED for part in parts):
            return part_text(text, known, forwarded=True)
        parts = [replace(part, sort=Sort.WORDS) for part in parts]
    return [piece for part in _without_blanks(parts) for piece in _proposed(part, known)]


def _sorts(lines: Sequence[str], forwarded: bool) -> list[Sort]:
    """What each line is, signatures not yet told."""
    sorts: list[Sort] = []
    state, inside = Sort.WORDS, _inside(lines)
    for at, line in enumerate(lines):
        if inside[at]:
            sorts.append(sorts[-1])
            continue
        if _opens_mail(lines, at):
            forward = forwarded or _FORWARDED.match(line) is not None
            state = Sort.HEAD if forward else Sort.QUOTED
        elif state == Sort.HEAD and line.strip() and not _FIELD.match(line):
            state = Sort.WORDS
        if _QUOTE.match(line) and not forwarded and state != Sort.HEAD:
            sorts.append(Sort.QUOTED)
        elif state == Sort.QUOTED and _WROTE.match(lines[at]):
            sorts.append(Sort.QUOTED)
            state = _after_wrote(lines, at)
        else:
            sorts.append(state)
    return sorts


def _opens_mail(lines: Sequence[str], at: int) -> bool:
    """Whether another mail begins at this line."""
    line = lines[at]
    if _ORIGINAL.match(line) or _FORWARDED.match(line) or _WROTE.match(line):
        return True
    start = at + 1 if _RULE.match(line) else at
    if start and not _RULE.match(line) and lines[at - 1].strip():
        return False
    head = [bool(_FIELD.match(following)) for following in lines[start : start + 4]]
    return sum(head) >= 3 and head[0]


def _after_wrote(lines: Sequence[str], at: int) -> Sort:
    """ "Somebody wrote:" before lines that are each marked says nothing of those that are not."""
    following = next((line for line in lines[at + 1 :] if line.strip()), "")
    return Sort.WORDS if _QUOTE.match(following) else Sort.QUOTED


def _headings(lines: Sequence[str], sorts: Sequence[Sort], known: Known) -> dict[int, Mention]:
    """The lines that open a piece, by their index, also in what is quoted: an answer may stand under
    the question that it quotes. Numbers alone are heeded as questions only where no line says
    "Question", since they are then the points of an answer."""
    found: dict[int, Mention] = {}
    alone: dict[int, Mention] = {}
    inside = _inside(lines)
    for at, line in enumerate(lines):
        if inside[at] or sorts[at] == Sort.HEAD:
            continue
        goes_on = at > 0 and sorts[at - 1] == sorts[at] and _wraps(lines[at - 1])
        named = named_at_start(line, known)
        if named is not None:
            mention, apart = named
            if not goes_on or (apart and line[mention.start].isupper()):
                found[at] = mention
        elif not goes_on and (number := number_at_start(line, known)) is not None:
            alone[at] = number
    said = any(place.to == "question" for mention in found.values() for place in mention.places)
    for at, number in alone.items():
        places = [p for p in number.places if not (said and p.to == "question")]
        if places:
            found[at] = replace(number, places=tuple(places))
    return found


def _wraps(line: str) -> bool:
    """Whether a sentence goes on in the next line."""
    words = line.strip()
    return len(words) >= WRAPPED_FROM and not _STOP.search(words[-10:])


def _signatures(
    lines: Sequence[str], sorts: Sequence[Sort], heads: dict[int, Mention]
) -> list[Sort]:
    """Words after a closing, up to the next heading or quotation, where they are few."""
    found, inside = list(sorts), _inside(lines)
    at = 0
    while at < len(lines):
        closes = _DASHES.match(lines[at]) or _CLOSING.match(lines[at])
        if not closes or found[at] != Sort.WORDS or inside[at] or at in heads:
            at += 1
            continue
        end = at + 1
        while end < len(lines) and end not in heads and sorts[end] == Sort.WORDS:
            end += 1
        few = sum(1 for line in lines[at:end] if line.strip()) <= LONGEST_SIGNATURE + 1
        whole = not any(inside[at:end])
        if whole and (few or _DASHES.match(lines[at])):
            found[at:end] = [Sort.SIGNATURE] * (end - at)
        at = end
    return found


def _put_together(
    lines: Sequence[str], sorts: Sequence[Sort], heads: dict[int, Mention]
) -> list[Part]:
    """Lines of one sort under one heading are one piece. What follows a quotation that names a place
    belongs there too."""
    parts: list[Part] = []
    last: Mention | None = None
    for at, line in enumerate(lines):
        head = heads.get(at)
        last = None if sorts[at] == Sort.HEAD else head or last
        opens = head is not None and sorts[at] == Sort.WORDS
        if parts and not opens and parts[-1].sort == sorts[at]:
            parts[-1] = replace(parts[-1], text=parts[-1].text + line)
            continue
        if sorts[at] == Sort.WORDS:
            parts.append(_opened(line, last))
        else:
            parts.append(Part(line, sorts[at]))
    return parts


def _opened(line: str, head: Mention | None) -> Part:
    return Part(line, Sort.WORDS, head.place if head else None, head.words[:60] if head else "")


def _without_blanks(parts: Iterable[Part]) -> list[Part]:
    """Blank lines belong to the piece before them, or to the first."""
    found: list[Part] = []
    before = ""
    for part in parts:
        if part.text.strip():
            found.append(replace(part, text=before + part.text))
            before = ""
        elif found:
            found[-1] = replace(found[-1], text=found[-1].text + part.text)
        else:
            before += part.text
    return found or ([Part(before)] if before else [])


def _proposed(part: Part, known: Known) -> list[Part]:
    """Words under no heading belong where their sentences say, if they all say the same; where they
    name several places they are parted at blank lines."""
    if part.sort != Sort.WORDS or part.named:
        return [part]
    found = mentions(part.text, known)
    places = {mention.place for mention in found}
    if not found:
        return [part]
    if len(places) == 1:
        return [replace(part, place=found[0].place, named=found[0].words[:60])]
    blocks = _blocks(part.text)
    if len(blocks) == 1:
        return [part]
    return _joined(_block(words, known) for words in blocks)


def _block(words: str, known: Known) -> Part:
    found = mentions(words, known)
    if len({mention.place for mention in found}) == 1:
        return Part(words, Sort.WORDS, found[0].place, found[0].words[:60])
    return Part(words)


def _joined(parts: Iterable[Part]) -> list[Part]:
    """Neighbours that belong nowhere, or to the same place, are one."""
    found: list[Part] = []
    for part in parts:
        if found and found[-1].place == part.place:
            found[-1] = replace(found[-1], text=found[-1].text + part.text)
        else:
            found.append(part)
    return found


def _blocks(text: str) -> list[str]:
    """The text parted after blank lines, never within a confidential passage."""
    blocks: list[str] = [""]
    lines = text.splitlines(keepends=True)
    inside = _inside(lines)
    for at, line in enumerate(lines):
        if at and not lines[at - 1].strip() and line.strip() and not inside[at]:
            blocks.append("")
        blocks[-1] += line
    return blocks


def _inside(lines: Sequence[str]) -> list[bool]:
    """For each line, whether it begins inside a passage marked as confidential."""
    depth, found = 0, []
    for line in lines:
        found.append(depth > 0)
        for mark in re.findall(r"\[\[|\]\]", line):
            depth = depth + 1 if mark == "[[" else max(0, depth - 1)
    return found
