"""Ranges of paragraphs: which numbers, boxes and divisions a statement of status means."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from guidance.numbering.numbers import Number, parse_number

WHOLE, REST = "the whole document", "the rest of the document"

BOX = re.compile(
    r"""(?:the\s+)?(?P<all>(?:boxes|tables|figures|panels)|(?:box|table|figure|panel|call-?out)
        (?:\s+text)?)\b
    (?:\s*(?:on|about|headed|titled|entitled|called|concerning|regarding)?
        \s*[‘’“”"']?(?P<topic>.*?)[‘’“”"']?)
    (?:\s*(?:after|following|at|in|under)\s+(?:paragraphs?|paras?\.?)?\s*(?P<place>[0-9A-Z][0-9A-Za-z.()]*))?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SMALL = frozenset({"a", "an", "the", "of", "on", "and", "in", "for", "to"})


@dataclass(frozen=True, slots=True)
class Span:
    """One number, or a first and a last. `kind` names a division whose paragraphs all belong to it
    ("section 2"), or is WHOLE or REST; else it is empty."""

    first: Number | None = None
    last: Number | None = None
    kind: str = ""

    def __str__(self) -> str:
        if self.first is None:
            return self.kind
        if self.last is None:
            return f"{self.kind} {self.first}".strip()
        kind = f"{self.kind}s " if self.kind else ""
        return f"{kind}{self.first} to {_bare(self.last)}"

    def covers(self, number: Number | None, section: str = "") -> bool:
        """Whether the paragraph stands in this span; `section` is the number of its section."""
        if self.first is None:
            return True
        if self.kind or (section and self.first.prefix and self._divides(number, section)):
            return self._divides(number, section)
        if number is None or number.dotted != self.first.dotted:
            return False
        if self.last is None:
            return number.within(self.first)
        if number.prefix.casefold() != self.first.prefix.casefold():
            return False
        return self.first.key <= number.key <= self.last.key or number.within(self.last)

    def _divides(self, number: Number | None, section: str) -> bool:
        """A division holds what its section's number or the lead of a dotted number names."""
        assert self.first is not None
        named = parse_number(section) if section else None
        if named and self.kind and named.prefix.lower() not in ("", self.kind):
            named = None  # "Part 1" says nothing of "section 2"
        if self.first.prefix and (named is None or named.prefix != self.first.prefix):
            return False
        if named is not None:
            lead = named.parts
        elif number is not None and number.dotted and not number.prefix:
            lead = number.parts[: len(self.first.parts)]
        else:
            return False
        key = tuple(part.key for part in lead)
        first = tuple(part.key for part in self.first.parts)
        last = tuple(part.key for part in (self.last or self.first).parts)
        return first <= key[: len(first)] <= last


@dataclass(frozen=True, slots=True)
class Ranges:
    """What a statement covers: spans, less the spans and the words that are excepted."""

    spans: tuple[Span, ...]
    excepted: tuple[Span, ...] = ()
    excepted_words: tuple[str, ...] = ()

    def __str__(self) -> str:
        exceptions = [*map(str, self.excepted), *self.excepted_words]
        listed = _listed([str(span) for span in self.spans])
        return f"{listed}, except {_listed(exceptions)}" if exceptions else listed

    @property
    def whole(self) -> bool:
        """Whether it is the whole document that is meant, or all that is left of it."""
        return any(span.first is None for span in self.spans)

    @property
    def rest(self) -> bool:
        return any(span.kind == REST for span in self.spans)

    @property
    def listed(self) -> str:
        """The spans alone, without the exceptions."""
        return str(replace(self, excepted=(), excepted_words=()))

    @property
    def exceptions(self) -> tuple[str, ...]:
        """The exceptions in words, the numbered ones first."""
        return (*map(str, self.excepted), *self.excepted_words)

    def covers(self, number: str | Number, box_title: str = "", section: str = "") -> bool:
        """Whether the paragraph is meant.

        A box, table or figure has no number of its own: give the number of the paragraph that it
        follows and its title, and it stands with that paragraph unless words except it. `section`
        is the number of the section, needed for "section 2" where numbers do not begin with it.
        """
        parsed = parse_number(number) if isinstance(number, str) else number
        if not any(span.covers(parsed, section) for span in self.spans):
            return False
        if any(span.covers(parsed, section) for span in self.excepted):
            return False
        return not (
            box_title and any(_names_box(w, box_title, parsed) for w in self.excepted_words)
        )


def _names_box(words: str, title: str, number: Number | None) -> bool:
    """Whether "the box on data sharing" means the box with this title after this paragraph."""
    found = BOX.fullmatch(words.strip())
    if found is None:
        return _content(words) == _content(title)
    if found["place"] and (place := parse_number(found["place"])) is not None:
        if number is None or number.key != place.key:
            return False
        if not found["topic"]:
            return True
    topic = _content(found["topic"] or "")
    if not topic:
        return found["all"].lower().endswith(("es", "s"))
    named = _content(title)
    return topic <= named or (bool(named) and named <= topic)


def _content(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", words.casefold())) - _SMALL


def _bare(number: Number) -> str:
    return number.text[len(number.prefix) :].strip() if number.prefix else number.text


def _listed(pieces: list[str]) -> str:
    return pieces[0] if len(pieces) == 1 else f"{', '.join(pieces[:-1])} and {pieces[-1]}"
