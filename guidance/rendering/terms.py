"""Terms and abbreviations that an edition defines, found where they are used. Pure.

A use is a link to the meaning (`doc-glossref`), which stands at the end of the section; a script
shows it in place. So the words can be selected and printed like any others.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

_SPACE = r"\s+"
_ABBREVIATION = re.compile(r"(?:the\s+)?[A-Z][A-Za-z&]{0,3}[A-Z]{1,7}s?")


@dataclass(frozen=True, slots=True)
class Term:
    """A term with its meaning, which is HTML of one line. `reference` is the glossary entry that
    defines it, and `address` leads there, where there is one."""

    words: str
    meaning: str
    anchor: str
    reference: str = ""
    address: str = ""

    def stands_in(self, here: Container[str]) -> bool:
        """Whether its glossary entry is among the references in `here`."""
        return bool(self.reference) and self.reference in here

    def tag(self, here: Container[str] = ()) -> str:
        """The opening tag of a use, on a page that has the entries in `here`."""
        anchor = self.reference if self.stands_in(here) else self.anchor
        return f'<a role="doc-glossref" href="#{anchor}">'

    @property
    def pattern(self) -> str:
        """Its uses in HTML: an abbreviation as it is, other words in either number."""
        words = [re.escape(word) for word in escape(self.words, quote=False).split()]
        if _ABBREVIATION.fullmatch(self.words):
            return _SPACE.join(words) + "s?"
        if len(words) > 1 and words[0].lower() == "the":
            return f"[Tt]he{_SPACE}{_SPACE.join(words[1:])}"
        stem = words[-1]
        if stem.endswith("ies"):
            last = rf"{stem[:-3]}(?:y|ies)"
        elif stem.endswith("y") and not stem.endswith(("ay", "ey", "oy", "uy")):
            last = rf"{stem[:-1]}(?:y|ies)"
        else:
            last = rf"{stem.removesuffix('s')}s?" if not stem.endswith("ss") else stem
        return f"(?i:{_SPACE.join([*words[:-1], last])})"

    def explained_before(self, text: str) -> bool:
        """Whether the words right before a use explain it: "Local Area Agreement (LAA"."""
        if not text.endswith("("):
            return False
        before = " ".join(text[:-1].split()).casefold()
        return before.endswith((self.meaning.casefold(), f"{self.meaning}s".casefold()))


class Terms:
    """The terms of an edition as one pattern, the longest first."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.all: Sequence[Term] = sorted(terms, key=lambda term: (-len(term.words), term.words))
        alternatives = "|".join(f"(?P<t{i}>{term.pattern})" for i, term in enumerate(self.all))
        self._pattern = re.compile(rf"(?<![\w&/-])(?:{alternatives})(?![\w-]|’s\b(?!\s))")

    def __bool__(self) -> bool:
        return bool(self.all)

    def find(self, html: str, start: int, end: int) -> Iterator[tuple[int, int, Term]]:
        """Uses between two places of the HTML, in order."""
        for found in self._pattern.finditer(html, start, end):
            assert found.lastgroup is not None
            yield found.start(), found.end(), self.all[int(found.lastgroup[1:])]


def terms_list(terms: Sequence[Term]) -> str:
    """The meanings of the terms that a section uses, in alphabetical order."""
    if not terms:
        return ""
    items = "".join(
        f'<div id="{term.anchor}"><dt>{_named(term)}</dt><dd>{term.meaning}</dd></div>'
        for term in sorted(terms, key=lambda term: term.words.casefold())
    )
    return (
        '<section class="terms" aria-labelledby="terms"><h2 id="terms">Terms used here</h2>'
        f"<dl>{items}</dl></section>"
    )


def _named(term: Term) -> str:
    words = escape(term.words)
    return f'<a href="{escape(term.address)}">{words}</a>' if term.address else words
