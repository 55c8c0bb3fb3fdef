"""Abbreviations that an edition uses and nowhere explains. Pure, one pass over the words.

An abbreviation is explained by the edition's definitions or glossary, or where its words stand beside
it: "Local Area Agreement (LAA)", "LAA (Local Area Agreement)", "the Joint Committee, known as the JC",
or the row of a table that pairs the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from guidance.numbering import roman_value

FAMILIAR = frozenset(
    (
        *("UK", "GB", "EU", "EC", "UN", "US", "USA", "NATO", "NI", "HM", "MP", "PM", "QC", "KC"),
        *("NHS", "BBC", "GP", "VAT", "PIN", "PAYE", "MOT", "ISA", "PLC", "CCTV", "TV", "DVD", "CD"),
        *("ID", "IT", "PC", "PDF", "HTML", "URL", "SMS", "USB", "GPS", "FAQ", "CV", "DIY", "ATM"),
        *("AIDS", "HIV", "DNA", "PO", "AM", "BC", "AD", "GMT", "BST", "ISBN", "ISSN", "BA", "MA"),
        *("BSc", "MSc", "PhD", "LLB", "LLM", "MBA", "CBE", "MBE", "OBE", "JP", "SI", "NB", "PS"),
        *("CEO", "COVID", "LGBT", "RAF", "VIP", "HMRC", "YMCA", "OK", "AND", "OR", "NOT", "MUST"),
    )
)
"""What a reader of public documents in Britain is taken to know."""

_USED = re.compile(
    r"(?<![\w.@/&’'-])(?P<short>[A-Z](?:[A-Za-z]{0,5}|&)[A-Z])(?P<plural>(?:’?s)?)"
    r"(?![\w@/&]|[-.]\w|’(?!s\b))"
)
_NOISE = re.compile(
    r"https?:\S+|www\.\S+|\S+@\S+"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d\s?[A-Z]{2}\b|\d\s[A-Z]{2}\b"  # postcodes, "20 ZA"
    r"|\b\d{2}\s?[A-Z]{3,6}[\s/]?\d{4,6}\b|\b[A-Z]{2,6}\s?[\d/-]{3,}\b|\[[^\]]*\b[A-Z]{2,}[^\]]*\]"
)
_CAPITALS = re.compile(r"\b[A-Z][A-Z’'&-]+(?:[\s,:;–-]+(?:[A-Z][A-Z’'&-]*|\d+)\b){2,}")
_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_BEHIND = re.compile(
    r"\s*(?:\(|[–—:=\t-]|,?\s*(?:means|stands for|is short for|or)\b)\s*(?:the\s+|an?\s+)?"
)
_BEFORE = re.compile(
    r"(?:\((?:(?:here(?:in)?after|also|or|known|as|called|abbreviated|to)\s+)*"
    r"|\b(?:known as|called|abbreviated (?:to|as)|referred to as|or)\s+"
    r"|[\t–—:=,]\s*)(?:the\s+|an?\s+)?[‘“\"'(]?$"
)
_CLOSED = re.compile(r"[’”\"']?\)")

_REACH = 110
"""Characters around an abbreviation in which its words are looked for."""


@dataclass(frozen=True, slots=True)
class Undefined:
    """An abbreviation, the text (from 0) that uses it first, and how often all of them do."""

    short: str
    at: int
    uses: int


def undefined(
    texts: Sequence[Sequence[str]],
    notes: Iterable[str] = (),
    defined: Iterable[str] = (),
) -> list[Undefined]:
    """The abbreviations that nothing explains, in the order of first use.

    `texts` are lines of plain words, for each block; `notes` may explain an abbreviation, but what
    they use is not looked at, since a reader skips the names of sources. `defined` are terms.
    """
    known = {short for term in defined for short in _shorts(term)}
    first: dict[str, int] = {}
    uses: dict[str, int] = {}
    for at, lines in enumerate(texts):
        for line in lines:
            for found in _uses(line):
                short = found["short"]
                if short in known or short in FAMILIAR:
                    continue
                if _explained(line, found):
                    known.add(short)
                first.setdefault(short, at)
                uses[short] = uses.get(short, 0) + 1
    for line in notes:
        known.update(f["short"] for f in _uses(line) if _explained(line, f))
    unknown = [short for short in first if short not in known]
    common = _words_in(texts, unknown)
    return [Undefined(s, first[s], uses[s]) for s in unknown if s.lower() not in common]


def _words_in(texts: Sequence[Sequence[str]], shorts: Sequence[str]) -> set[str]:
    """Those that are ordinary words of the text, written in capitals for emphasis."""
    if not shorts:
        return set()
    pattern = re.compile(rf"\b(?:{'|'.join(re.escape(s.lower()) for s in shorts)})\b")
    return {word for lines in texts for line in lines for word in pattern.findall(line)}


def _uses(line: str) -> Iterator[re.Match[str]]:
    """Where a line uses abbreviations; not in addresses and codes, nor where all is in capitals."""
    all_found = list(_USED.finditer(line))
    if not all_found or (line.isupper() and " " in line):
        return
    taken = [f.span() for f in _NOISE.finditer(line)]
    taken += [f.span() for f in _CAPITALS.finditer(line)]
    taken += _rows(line, all_found)
    for found in all_found:
        within = any(start <= found.start() < end for start, end in taken)
        if not within and roman_value(found["short"]) is None:
            yield found


def _rows(line: str, found: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Three or more with nothing between them are letters after a name, or words in capitals."""
    for first, _, third in zip(found, found[1:], found[2:], strict=False):
        if not re.search(r"[^\s]", _USED.sub("", line[first.start() : third.end()])):
            yield first.start(), third.end()


def _shorts(term: str) -> Iterator[str]:
    """ "LAA", "LAAs", "Local Area Agreement (LAA)" as terms."""
    yield term.strip()
    for found in _USED.finditer(term):
        yield found["short"]


def _explained(line: str, found: re.Match[str]) -> bool:
    """Whether the words that it stands for are right before it or right behind it."""
    short = found["short"]
    before = line[max(0, found.start() - _REACH) : found.start()]
    if opening := _BEFORE.search(before):
        words = _WORD.findall(before[: opening.start()])
        if "(" in opening[0] and _CLOSED.match(line, found.end()):
            return any(word[0].lower() == short[0].lower() for word in words[-8:])
        if any(_stands_for(short, words[-size:]) for size in range(1, len(words) + 1)):
            return True
    behind = _BEHIND.match(line, found.end())
    if behind:
        words = _WORD.findall(line[behind.end() : behind.end() + _REACH])
        return any(_stands_for(short, words[:size]) for size in range(1, len(words) + 1))
    return False


def _stands_for(short: str, words: Sequence[str]) -> bool:
    """Whether the letters of `short` are the beginnings of these words in order, from the first to
    the last; small words may be passed over, and one other ("NICE": … for Health and …)."""
    letters = [c for c in short if c.isalpha()]
    at, passed = 0, 0
    for place, word in enumerate(words):
        taken = _taken(letters[at:], word, alone=len(words) == 1)
        at += taken
        if not taken:
            passed += word.lower() not in _SMALL
            if passed > 1 or place in (0, len(words) - 1):
                return False
    return bool(words) and at == len(letters)


_SMALL = frozenset("a an and at by for from in into of on or other the to with its their".split())


def _taken(letters: Sequence[str], word: str, *, alone: bool) -> int:
    """How many of the letters a word gives: its first; every part of "Co-operation"; all of what is
    itself in capitals ("HM"); as many as it has where it stands alone ("TV" is television). Small
    letters may stand inside the word ("IDeA")."""
    if not letters or word[0].lower() != letters[0].lower():
        return 0
    inside = alone or word.isupper()
    rest = word[1:] if inside else "".join(p[:1] for p in word.split("-")[1:])
    at = 1
    for letter in rest.lower():
        at += at < len(letters) and letter == letters[at].lower()
    while not inside and at < len(letters) and letters[at].islower() and letters[at] in word[1:3]:
        at += 1
    return at
