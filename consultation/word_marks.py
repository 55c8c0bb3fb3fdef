"""The marks in a Word form by which it is read when it comes back. Pure.

Every field is marked twice: by the tag of its content control, which word processors keep and
people do not see, and by words in square brackets, which survive where content controls do not
(a copy into an e-mail, another program). Double brackets are a respondent's own mark for words to
be kept confidential and are never one of these.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

LONGEST_TAG = 64
"""Characters that Word keeps of a tag."""
PLACEHOLDER = "Click here and write."
"""What stands in an empty field; it is no answer."""
COMMENT_ROWS = 8
COMMENT_HEADS = ("Paragraph", "Your comment")
TICKED, EMPTY = "☒", "☐"
COMMENTS_MARK, END_MARK = "comments", "end"

_MARK = re.compile(r"(?<!\[)\[([^\[\]\n]{1,60})\](?!\])")
_TICK = re.compile(r"\s*(?:[☒☑✓✔✗✘⊠🗹🗷]|\[\s?[xX✓✔]\s?\]|\(\s?[xX]\s?\))\s*")
_BOX = re.compile(r"\s*(?:[☐□◻❏]|\[\s{0,3}\](?!\])|\(\s{1,3}\))\s*")
_SPACES = re.compile(r"\s+")
_PLAIN = str.maketrans(
    {c: "'" for c in "‘’‛′`´"} | {c: '"' for c in "“”„‟″«»"} | {c: "-" for c in "‐‑‒–—―−"}
)


def text_tag(question: UUID) -> str:
    return f"q:{question}:text"


def number_tag(question: UUID) -> str:
    return f"q:{question}:number"


def choice_tag(question: UUID, key: str) -> str:
    """Of an option; a key that Word would cut is told by its digest."""
    tag = f"q:{question}:choice:{key}"
    if len(tag) <= LONGEST_TAG:
        return tag
    return f"q:{question}:choice:{sha256(key.encode()).hexdigest()[:16]}"


def about_tag(field: str, option: str = "") -> str:
    return f"about:{field}:{option}" if option else f"about:{field}"


def use_tag(field: str, option: str = "") -> str:
    return f"use:{field}:{option}" if option else f"use:{field}"


def comment_tag(row: int) -> str:
    """Of the number of the paragraph on which a row of the table comments."""
    return f"comment:{row}:number"


def is_ours(tag: str) -> bool:
    return tag.startswith(("q:", "about:", "use:", "comment:"))


def question_marks(numbers: Sequence[str]) -> list[str]:
    """A mark for each question, from its number: "Q3", "Annex 1"; no two are the same."""
    found: list[str] = []
    for number in numbers:
        words = " ".join(re.sub(r"[\[\]]", " ", number).split())
        mark = f"Q{words}" if words[:1].isdigit() else words or "Q"
        same = [each for each in found if folded(each).split(" no. ")[0] == folded(mark)]
        found.append(f"{mark} no. {len(same) + 1}" if same else mark)
    return found


def answer_mark(question: str) -> str:
    """Before the box for the words of an answer; `question` is its mark."""
    return f"{question} answer"


def number_mark(question: str) -> str:
    return f"{question} number"


def field_mark(field: str) -> str:
    """Before a field about the respondent or the use of the response."""
    return f"your {field.replace('_', ' ')}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a line after a mark, `mark` being "" for those before the first."""

    mark: str
    words: str


def stretches(line: str, marks: Iterable[str]) -> Iterator[Stretch]:
    """The line cut at those of the marks that stand in it; any other bracket is plain text."""
    known = {folded(mark): mark for mark in marks}
    mark, start = "", 0
    for found in _MARK.finditer(line):
        name = known.get(folded(found[1]))
        if name is not None:
            yield Stretch(mark, line[start : found.start()])
            mark, start = name, found.end()
    yield Stretch(mark, line[start:])


def by_mark(
    lines: Iterable[str], marks: Iterable[str], known: Collection[str]
) -> dict[str, list[str]]:
    """What was written outside the fields, by the mark that stands before it, "" before the first;
    without what is `known` (folded) to be the form's own words."""
    marks = tuple(marks)
    found: dict[str, list[str]] = {}
    mark = ""
    for line in lines:
        for stretch in stretches(line, marks):
            mark = stretch.mark or mark
            words = stretch.words.strip()
            own = {folded(words), folded(words.removeprefix("- "))}
            if not words and not stretch.mark and mark in found:
                found[mark].append("")  # an empty line inside what was written
            elif own.isdisjoint(known) and own != {""}:
                found.setdefault(mark, []).append(words)
    return found


def ticked(line: str) -> tuple[bool, str] | None:
    """Whether a line that begins with a box has it ticked, and its words; None where it has no box."""
    for pattern, state in ((_TICK, True), (_BOX, False)):
        if found := pattern.match(line):
            return state, line[found.end() :].strip()
    return None


def folded(words: str) -> str:
    """For comparing: without the changes that a word processor makes to quotation marks, dashes,
    spaces and the size of letters."""
    plain = unicodedata.normalize("NFKC", words).translate(_PLAIN)
    return _SPACES.sub(" ", plain).strip().casefold()
