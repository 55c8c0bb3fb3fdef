"""Where words name a question or a paragraph: "Q3", "question 2(a)", "para 4.3", "§ 2.3", and a
number alone at the start of a line. Pure.

A name counts only where the consultation has such a question or its draft such a paragraph, so that
"section 138 of the Act" and "Q3 2008" name nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class To(StrEnum):
    """What a place is."""

    QUESTION = "question"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Place:
    """A question by its number, or a paragraph by its reference, as the consultation writes them."""

    to: To
    number: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name places: `words` from `start` to `end` of the text. More than one place where
    they name several; none where they name what is not known."""

    start: int
    end: int
    words: str
    places: tuple[Place, ...]

    @property
    def place(self) -> Place | None:
        """Where words that begin with this belong: the one place, or the first of several
        paragraphs (a comment on "2.13 to 2.15" begins there). Several questions are nobody's."""
        if len(self.places) == 1:
            return self.places[0]
        several = self.places and all(place.to == To.PARAGRAPH for place in self.places)
        return self.places[0] if several else None


# Every repetition is bounded, so that no text, however it is made, takes long to read.
_PART = r"(?:[a-z](?![a-z])|\s?\([a-z0-9]{1,4}\))?"
_QUESTION = rf"(?:\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}{_PART}|(?-i:[A-Z])\d{{0,3}}(?!\w))"
_PARAGRAPH = rf"[A-Z]?\d{{1,4}}(?:\.\d{{1,4}}){{0,4}}{_PART}"
_AND = r"(?:\s{0,3}(?:,|&|/|\band\b|\bor\b|\bto\b)\s{0,3}|[-–—])"
_SIGN = r"(?:\s{0,3}(?:no|nos|number|numbers)\b\.?)?\s{0,3}#?\s{0,3}"
_BEFORE = r"(?<![\w.])"
_NOT_A_QUARTER = r"(?!\d|\.\d|\s{0,3}(?:of\s{1,3}|FY\s{0,3})?(?:19|20)\d\d\b)"
_NOT_OF_AN_ACT = (
    r"(?!\w|\.\d|\s{1,3}(?:of|in|to)\s{1,3}(?:the\s{1,3})?(?:[\w']{1,20}\s{1,3}){0,6}(?-i:Act)\b)"
)

_QUESTIONS = re.compile(
    rf"{_BEFORE}(?:consultation\s{{1,3}})?(?:questions?|ques|qus?|qns?|qs|q)\.?{_SIGN}"
    rf"(?P<list>{_QUESTION}(?:{_AND}(?:q(?:uestion)?\s{{0,3}})?{_QUESTION}){{0,40}}){_NOT_A_QUARTER}",
    re.IGNORECASE,
)
_PARAGRAPHS = re.compile(
    rf"{_BEFORE}(?:(?:paragraphs?|paras?|par|sections?|sect?|clauses?)\b\.?|§§?|¶¶?){_SIGN}"
    rf"(?P<list>{_PARAGRAPH}(?:{_AND}(?:paras?\.?\s{{0,3}}|§\s{{0,3}})?{_PARAGRAPH}){{0,40}}){_NOT_OF_AN_ACT}",
    re.IGNORECASE,
)
_TITLED = re.compile(
    rf"{_BEFORE}(?:annex|appendix|box|table|figure)\s{{1,3}}[A-Z0-9]{{1,3}}\b", re.I
)
_ITEM = re.compile(
    rf"{_AND}|q(?:uestion)?\s{{0,3}}(?=[A-Z0-9])|paras?\.?\s{{0,3}}|§\s{{0,3}}", re.IGNORECASE
)  # what stands between the numbers of a list
_ALONE = re.compile(
    rf"(?P<number>[A-Z]?\d{{1,4}}(?:\.\d{{1,4}}){{0,4}}{_PART})"
    r"(?:\s{0,3}[.:)\]]{0,3}$|\s?[.:)\]]{1,3}\s|\s{0,3}[–—-]{1,3}\s|(?P<bare>\s{1,3}(?=[A-Z])))"
)
_LEAD = re.compile(
    r"[\s>*_#•·\[({\"“'-]{0,40}(?:(?:re|response to|answer to|on|in)\b:?\s{1,3})?", re.IGNORECASE
)
_WORD = re.compile(r"^\s{0,3}q(?:uestion)?\s{0,3}(?=\d)", re.IGNORECASE)
_LETTERS = re.compile(r"(?<=\d)[a-z]+$")
_POINT = re.compile(r"\s?\([^)]{0,6}\)$|(?<=\d)[a-z]$")
_APART = re.compile(r"[*_\])}\"”']{0,6}[ \t]{0,6}(?:[:.)\]–—-]{1,6}(?=\s|$)|[\r\n]|$)")


class Known:
    """What can be named: the numbers of the questions that are asked, and the references of the
    paragraphs of the draft."""

    def __init__(self, questions: Iterable[str], paragraphs: Iterable[str]) -> None:
        self._questions = {_key(_WORD.sub("", number)): number for number in questions}
        self._paragraphs = {_key(reference): reference for reference in paragraphs}
        self._parted = {
            _key(_LETTERS.sub("", key)) for key in self._questions if key[-1:].isalpha()
        }

    def question(self, typed: str) -> Place | None:
        """ "2(a)" is question 2a, or else question 2 where that has no parts."""
        key = _key(typed)
        found = self._questions.get(key)
        if found is None and (whole := _LETTERS.sub("", key)) not in self._parted:
            found = self._questions.get(whole)
        return None if found is None else Place(To.QUESTION, found)

    def paragraph(self, typed: str) -> Place | None:
        """ "4.3(b)" is in paragraph 4.3."""
        found = self._paragraphs.get(_key(typed))
        if found is None:
            found = self._paragraphs.get(_key(_POINT.sub("", typed)))
        return None if found is None else Place(To.PARAGRAPH, found)

    def alone(self, typed: str) -> tuple[Place, ...]:
        """What a number with no word before it names: both, where there are both."""
        found = (self.question(typed), self.paragraph(typed))
        return tuple(place for place in found if place is not None)


def mentions(text: str, known: Known) -> list[Mention]:
    """Every place that the words name, in order; those that name nothing known are left out."""
    found = [
        Mention(match.start(), match.end(), match.group(), places)
        for pattern in (_QUESTIONS, _PARAGRAPHS, _TITLED)
        for match in pattern.finditer(text)
        if (places := _places(pattern, match, known))
    ]
    return sorted(found, key=lambda mention: mention.start)


def named_at_start(line: str, known: Known) -> tuple[Mention, bool] | None:
    """What a line begins by naming, and whether that stands apart as a heading does ("Q3:") and is
    not just the first words of a sentence ("Question 3 asks …")."""
    begin = _begin(line)
    for pattern in (_QUESTIONS, _PARAGRAPHS, _TITLED):
        found = pattern.match(line, begin)
        if found and (places := _places(pattern, found, known)):
            mention = Mention(begin, found.end(), found.group().strip(), places)
            return mention, _APART.match(line, found.end()) is not None
    return None


def number_at_start(line: str, known: Known) -> Mention | None:
    """A number that a line begins with, and nothing else says what it is: "3. Yes", "4.3 – Unclear".
    With no mark after it only a number with a point counts ("3 Parks" names nothing)."""
    begin = _begin(line)
    found = _ALONE.match(line.rstrip("\r\n"), begin)
    if found is None or (found["bare"] and "." not in found["number"]):
        return None
    places = known.alone(found["number"])
    return Mention(begin, found.end("number"), found["number"], places) if places else None


def without_name(text: str, named: str) -> str:
    """The words without the name that they begin with, where it stands apart: "Q3: Yes" is "Yes",
    "Question 3 asks too much" is all of it."""
    start = _begin(text)
    if (
        named
        and text.startswith(named, start)
        and (found := _APART.match(text, start + len(named)))
    ):
        return text[found.end() :].strip()
    return text.strip()


def read_place(typed: str, known: Known) -> Place | None:
    """The place that somebody typed: "q3", "para 4.3", "4.3", "box-who-decides"; None where there is
    no such place, or a bare number could be both."""
    typed = typed.strip()
    for pattern in (_QUESTIONS, _PARAGRAPHS):
        found = pattern.fullmatch(typed)
        if found and len(places := _places(pattern, found, known)) == 1:
            return places[0]
    places = known.alone(typed) if typed else ()
    return places[0] if len(places) == 1 else None


def _places(pattern: re.Pattern[str], found: re.Match[str], known: Known) -> tuple[Place, ...]:
    if pattern is _TITLED:
        place = known.paragraph(found.group())
        return (place,) if place else ()
    read = known.question if pattern is _QUESTIONS else known.paragraph
    numbers = [item for item in _ITEM.split(found["list"]) if item.strip()]
    places = [place for number in numbers if (place := read(number)) is not None]
    return tuple(dict.fromkeys(places))


def _begin(line: str) -> int:
    found = _LEAD.match(line)
    return found.end() if found else 0


def _key(number: str) -> str:
    """ "2 (A)" and "2a" are one."""
    return re.sub(r"[\s()\[\]_-]", "", number).strip(".").lower()
