"""The register of instruments by title, forgiving small slips and never guessing between two."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from guidance.statute.references import Instrument, parse_instrument

KNOWN_INSTRUMENTS: Mapping[str, str] = {
    "Data Protection Act 1998": "ukpga/1998/29",
    "Freedom of Information Act 2000": "ukpga/2000/36",
    "Greater London Authority Act 1999": "ukpga/1999/29",
    "Greater London Authority Act 2007": "ukpga/2007/24",
    "Homelessness Act 2002": "ukpga/2002/7",
    "Local Authorities (Functions and Responsibilities) (England) Regulations 2000": (
        "uksi/2000/2853"
    ),
    "Local Government Act 1972": "ukpga/1972/70",
    "Local Government Act 1999": "ukpga/1999/27",
    "Local Government Act 2000": "ukpga/2000/22",
    "Local Government and Public Involvement in Health Act 2007": "ukpga/2007/28",
    "Planning and Compulsory Purchase Act 2004": "ukpga/2004/5",
    "Police Act 1996": "ukpga/1996/16",
    "Police and Justice Act 2006": "ukpga/2006/48",
    "Serious Organised Crime and Police Act 2005": "ukpga/2005/15",
    "Sustainable Communities Act 2007": "ukpga/2007/23",
}
"""The seed of the register: the instruments that the first guidance document cites."""

KINDS = frozenset({"act", "regulations", "order", "rules", "measure"})

_SMALL = frozenset({"a", "and", "of", "in", "the", "for", "to", "with", "on", "etc", "by", "or"})
_EXTENTS = frozenset({"england", "wales", "scotland", "northern", "ireland", "uk"})
_YEAR = re.compile(r"(?:1[2-9]|20)\d\d")
_INITIALS = re.compile(r"([A-Z]{3,8})(?:,?\s+(\d{4}))?")
_CLOSE = 94.0
"""The similarity (0 to 100) from which one slip of the pen is supposed: about one letter in 16."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart: its words, its words that tell it from others, its kind and year."""

    words: tuple[str, ...]
    core: tuple[str, ...]
    kind: str
    year: str

    @classmethod
    def of(cls, text: str) -> Title:
        words = tuple(re.findall(r"\w+", text.replace("&", " and ").casefold()))
        words = words[1:] if words[:1] == ("the",) else words
        year = next((w for w in reversed(words) if _YEAR.fullmatch(w)), "")
        kind = next((w for w in reversed(words) if w in KINDS), "")
        left_out = _SMALL | _EXTENTS | {year, kind}
        return cls(words, tuple(w for w in words if w not in left_out), kind, year)


class Register:
    """Titles and the instruments that they are the titles of."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._exact: dict[tuple[str, ...], Instrument] = {}
        self._by_core: defaultdict[tuple[str, ...], list[tuple[Title, Instrument]]]
        self._by_core = defaultdict(list)
        self._by_initials: defaultdict[str, list[tuple[Title, Instrument]]] = defaultdict(list)
        for text, path in titles.items():
            title, instrument = Title.of(text), parse_instrument(path)
            self._exact[title.words] = instrument
            self._by_core[title.core].append((title, instrument))
            self._by_initials[_initials(title)].append((title, instrument))

    @classmethod
    def of(cls, titles: Mapping[str, str] | Register) -> Register:
        if isinstance(titles, Register):
            return titles
        return _KNOWN if titles is KNOWN_INSTRUMENTS else cls(titles)

    def exactly(self, words: str) -> Instrument | None:
        """The instrument with this title, apart from capitals, "&" and punctuation."""
        return self._exact.get(Title.of(words).words)

    def resolve(self, words: str) -> Instrument | None:
        """The one instrument that `words` can mean, else None.

        Forgiven are: small words, "&", the extent in brackets, "Act" or the year left out where
        one title remains, a letter or two wrong in a title of that year, and initials ("LGPIHA").
        """
        title = Title.of(words)
        if exact := self._exact.get(title.words):
            return exact
        if initials := _INITIALS.fullmatch(words.strip()):
            found = self._by_initials.get(initials[1].casefold(), [])
            return _one(i for t, i in found if not initials[2] or t.year == initials[2])
        if not title.core or not (title.kind or title.year):
            return None
        same = self._by_core.get(title.core, [])
        return _one(i for t, i in same if _agrees(title, t)) or self._close(title)

    def _close(self, title: Title) -> Instrument | None:
        """A title with a slip; only where year and kind are those of the register."""
        if not (title.year and title.kind) or len(" ".join(title.core)) < 12:
            return None
        written = " ".join(title.core)
        return _one(
            instrument
            for core, found in self._by_core.items()
            if fuzz.ratio(written, " ".join(core)) >= _CLOSE
            for known, instrument in found
            if known.year == title.year and known.kind == title.kind
        )


def _agrees(written: Title, known: Title) -> bool:
    return written.year in ("", known.year) and written.kind in ("", known.kind)


def _initials(title: Title) -> str:
    return "".join(w[0] for w in (*title.core, *([title.kind] if title.kind else [])))


def _one(found: Iterable[Instrument]) -> Instrument | None:
    distinct = set(found)
    return distinct.pop() if len(distinct) == 1 else None


_KNOWN = Register(KNOWN_INSTRUMENTS)
