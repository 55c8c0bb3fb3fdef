"""Finds where a text names an instrument: by title, by number ("SI 2000/2853"), by a short name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from guidance.statute.references import Instrument, parse_instrument
from guidance.statute.titles import Register

_HEAD = re.compile(
    r"\b(?P<kind>Acts?|Regulations|Order|Rules|Measure)\b"
    r"(?:\s+\((?:Northern Ireland|Scotland|Wales|England)\))?"
    r"(?:,?\s+(?P<year>(?:1[2-9]|20)\d\d)(?:/(?P<number>\d{1,4}))?\b(?!/))?"
    r"(?:,?\s*\(?S\.?\s?I\.?\s*(?:No\.?\s*)?(?P<si>\d{4}(?:/|\s+No\.?\s*)\d{1,4})\b\)?)?"
)
_MORE_YEARS = re.compile(
    r"(?:\s*,)?(?:\s+(?:and|or))?\s+(?:the\s+)?((?:1[2-9]|20)\d\d)\b(?![/-]\d)"
)
_SI = re.compile(
    r"\b(?P<type>S\.?\s?S\.?\s?I\.?|W\.?\s?S\.?\s?I\.?|S\.?\s?I\.?)\s*(?:No\.?\s*)?"
    r"(?P<year>\d{4})(?:/|\s+No\.?\s*)(?P<number>\d{1,4})\b"
)
_WORD = re.compile(r"(\([A-Z][^()]{0,80}\)|[\w’'.&-]+)(,?)(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)$")
_CONNECTORS = frozenset(
    (
        "and",
        "of",
        "the",
        "in",
        "for",
        "to",
        "from",
        "with",
        "on",
        "at",
        "etc",
        "etc.",
        "&",
        "by",
        "or",
    )
)
_LEADING = frozenset(
    (
        *_CONNECTORS,
        *("a", "an", "any", "all", "as", "both", "each", "if", "it", "see", "since"),
        *("that", "these", "this", "under", "when", "where", "while", "act", "acts"),
        *("section", "sections", "part", "parts", "chapter", "schedule", "regulation", "article"),
    )
)
_LOOSE = re.compile(
    r"(?:[A-Z][\w’'-]*|&)(?:\s+(?:(?:and|of|in|for|the|to)\s+)*(?:[A-Z][\w’'-]*|&))*"
    r",?\s+(?:19|20)\d\d\b"
)
_SHORT = re.compile(
    r"(?:[Tt]he|[Tt]hat|[Tt]his)\s+(?:same\s+|said\s+)?"
    r"(?:(?P<year>(?:1[89]|20)\d\d)\s+)?(?:Act|Regulations|Order)\b"
)
_LAW_NAME = re.compile(r"\b(?:Act|Regulations|Order|Rules|Measure|Directive|Bill)\b")
_INITIALS = re.compile(r"[A-Z]{3,8}\b")
_INNER = re.compile(r"\b[A-Z][a-z]{2,}\s+of\s+the\s+$")
_PLAIN_WORD = re.compile(r"[\w’'&-]+")
_REACH = 160


@dataclass(frozen=True, slots=True)
class InstrumentMention:
    """Where a text names an instrument; `instrument` is None where the register has it not."""

    start: int
    end: int
    words: str
    instrument: Instrument | None


def find_titles(text: str, register: Register) -> list[InstrumentMention]:
    """Mentions by title ("<Title> Act <year>") or by the number of a statutory instrument."""
    found: list[InstrumentMention] = []
    for head in _HEAD.finditer(text):
        found += _titled(text, head, register)
    taken = [(m.start, m.end) for m in found]
    for number in _SI.finditer(text):
        if not any(start <= number.start() < end for start, end in taken):
            kind = re.sub(r"[^A-Z]", "", number["type"]).lower()
            path = f"{'uksi' if kind == 'si' else kind}/{number['year']}/{int(number['number'])}"
            found.append(_mention(text, number.start(), number.end(), Instrument(path)))
    return sorted(found, key=lambda mention: mention.start)


class Names:
    """The short names that a document defines ("the Act", "LGPIHA") with their instruments; None
    for an instrument that the register has not, so that nothing else is taken for it."""

    def __init__(self, definitions: Mapping[str, str], register: Register) -> None:
        self.register = register
        self.instruments: dict[str, Instrument | None] = {}
        for name, meaning in definitions.items():
            bare = bare_name(name)
            instrument = _meant(meaning, register) or _named_in(bare, meaning, register)
            if bare and (instrument or (_LAW_NAME.search(bare) and _LAW_NAME.search(meaning))):
                self.instruments[bare] = instrument
        self._pattern = _any_of(self.instruments)

    def and_also(self, defined: Iterable[tuple[str, InstrumentMention]]) -> Names:
        """With what a text itself defines, which goes before what its document defines."""
        more = {bare_name(name): mention.instrument for name, mention in defined}
        if not more:
            return self
        both = Names({}, self.register)
        both.instruments = {**self.instruments, **more}
        both._pattern = _any_of(both.instruments)
        return both

    def at(self, text: str, position: int) -> InstrumentMention | None:
        found = self._pattern.match(text, position) if self._pattern else None
        if found is None:
            return None
        instrument = self.instruments[found["name"]]
        agrees = found["year"] is None or (instrument and str(instrument.year) == found["year"])
        return _mention(text, position, found.end(), instrument if agrees else None)

    def all(self, text: str) -> Iterator[InstrumentMention]:
        for found in self._pattern.finditer(text) if self._pattern else ():
            if mention := self.at(text, found.start()):
                yield mention


def bare_name(name: str) -> str:
    """A short name without its quotation marks and its article."""
    return re.sub(r"^the\s+", "", " ".join(name.split()).strip(" ‘’“”'\""), flags=re.IGNORECASE)


def mention_at(
    text: str, position: int, titles: list[InstrumentMention], names: Names, register: Register
) -> InstrumentMention | None:
    """What is named right at `position`, where a provision has just been cited: also a title with
    a slip ("Local Government 1999"), initials, or "the 2000 Act" of an Act named in this text."""
    if exact := next((m for m in titles if m.start == position), None):
        return exact
    if named := names.at(text, position):
        return named
    for pattern in (_LOOSE, _INITIALS):
        loose = pattern.match(text, position)
        if loose and (instrument := register.resolve(loose[0])):
            return _mention(text, position, loose.end(), instrument)
    if short := _SHORT.match(text, position):
        return _mention(text, position, short.end(), _of_year(short["year"], titles))
    return None


def _of_year(year: str | None, titles: list[InstrumentMention]) -> Instrument | None:
    """The only instrument of a year that the text names, which "the 2000 Act" then means; one that
    the register has not counts too."""
    same = {m.instrument or m.words for m in titles if year and _year(m) == year}
    only = same.pop() if len(same) == 1 else None
    return only if isinstance(only, Instrument) else None


def _year(mention: InstrumentMention) -> str:
    if mention.instrument is not None:
        return str(mention.instrument.year)
    years = re.findall(r"\b(?:1[2-9]|20)\d\d\b", mention.words)
    return years[-1] if years else ""


def _titled(text: str, head: re.Match[str], register: Register) -> list[InstrumentMention]:
    starts = [*_known_start(text, head, register), *_starts(text, head.start())]
    if not starts:
        return []
    direct = _by_number(head)
    chosen, instrument = _likeliest(text, starts), direct
    for start in starts:
        if resolved := register.resolve(_title(text[start : head.end("year") if head["year"]
                                                   else head.end("kind")])):  # fmt: skip
            chosen, instrument = start, direct or resolved
            break
    if instrument is None and not head["year"]:
        words = re.findall(r"\b[A-Z]", text[chosen : head.start()])
        if head["kind"] != "Act" or len(words) < 2:
            return []
    first = _mention(text, chosen, head.end(), instrument)
    more = _further(text, chosen, head, register) if head["year"] and not direct else []
    return [first, *more]


def _further(text: str, start: int, head: re.Match[str], register: Register
             ) -> list[InstrumentMention]:  # fmt: skip
    """ "… Act 1999 and 2007" names two Acts of one title."""
    further: list[InstrumentMention] = []
    at = head.end()
    while (more := _MORE_YEARS.match(text, at)) and head["kind"].startswith("Act"):
        title = _title(f"{text[start : head.start('year')]}{more[1]}")
        instrument = register.resolve(title)
        if instrument is None and head["kind"] == "Act":
            break
        further.append(InstrumentMention(more.start(1), more.end(), title, instrument))
        at = more.end()
    return further


def _by_number(head: re.Match[str]) -> Instrument | None:
    if head["si"]:
        year, number = re.findall(r"\d+", head["si"])
        return Instrument(f"uksi/{year}/{int(number)}")
    modern = head["number"] and head["year"] > "1900"
    if modern and not head["kind"].startswith("Act"):
        return Instrument(f"uksi/{head['year']}/{int(head['number'])}")
    return None


def _starts(text: str, end: int) -> list[int]:
    """Where the title that ends at `end` may begin, the furthest first: at the first capital word
    of the run before it, and after each "the" in it."""
    words: list[tuple[int, str]] = []
    at, limit = end, max(0, end - _REACH)
    while found := _WORD.search(text[limit:at]):
        word, comma = found[1], found[2]
        capital = word[0].isupper() or word[0] == "("
        if not (capital or word in _CONNECTORS) or (comma and not capital):
            break
        if (word.endswith(".") and word not in ("etc.",)) or (comma and word.lower() in _LEADING):
            break
        at = limit + found.start()
        words.append((at, word))
    words.reverse()
    starts: list[int] = []
    for index, (position, word) in enumerate(words):
        opening = index == len(starts) == 0 or words[index - 1][1].lower() == "the" or not starts
        if opening and word.lower() not in _LEADING and not word.startswith("("):
            starts.append(position)
    return starts


def _likeliest(text: str, starts: list[int]) -> int:
    """Where an unknown title begins: after the last "the", unless that stands in the title itself
    ("Representation of the People Act")."""
    for start, outer in zip(reversed(starts), [*reversed(starts[:-1]), None], strict=True):
        if outer is None or not _INNER.search(text[outer:start]):
            return start
    return starts[0]


def _known_start(text: str, head: re.Match[str], register: Register) -> list[int]:
    """Where a title of the register stands before the head whatever its capitals ("Public
    involvement in Health Act"), as long as no capital word goes before it."""
    before = list(_PLAIN_WORD.finditer(text, max(0, head.start() - _REACH), head.start()))
    ending = text[head.start("kind") : head.end("year") if head["year"] else head.end("kind")]
    for size in range(min(len(before), 14), 1, -1):
        start = before[-size].start()
        outer = before[-size - 1][0] if size < len(before) else ""
        inside = outer[:1].isupper() and outer.lower() not in _LEADING
        if inside or before[-size][0].lower() == "the":
            continue
        if register.exactly(f"{text[start : head.start()]} {ending}"):
            return [start]
    return []


def _meant(meaning: str, register: Register) -> Instrument | None:
    try:
        return parse_instrument(meaning)
    except ValueError:
        return register.resolve(meaning)


def _named_in(name: str, meaning: str, register: Register) -> Instrument | None:
    """The one instrument in the words that a glossary gives for "the Act" or the like."""
    if not _LAW_NAME.search(name):
        return None
    named = {mention.instrument for mention in find_titles(meaning, register)}
    return named.pop() if len(named) == 1 else None


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile(
        rf"(?:[Tt]he\s+)?\b(?P<name>{'|'.join(longest_first)})\b"
        r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
    )


def _mention(text: str, start: int, end: int, instrument: Instrument | None) -> InstrumentMention:
    return InstrumentMention(start, end, " ".join(text[start:end].split()), instrument)


def _title(words: str) -> str:
    return re.sub(r"\bActs\b", "Act", " ".join(words.split()))
