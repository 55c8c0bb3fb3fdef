"""Reads a query: words, "exact phrase", -without, OR, number:2.13, under:…, and plain references.

References need no prefix: "para 2.26", "s138 LGPIHA 2007", "SI 2000/2853", "section 116 of the Act".
What looks like a reference and is none stays words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from guidance.numbering import parse_number
from guidance.statute import Register, find_citations, parse_places, parse_provision
from search.query.lexer import LONGEST, Piece, pieces, tidy
from search.query.model import Item, Query, Reference, Words

MOST_WORDS = 32
_NUMBER = re.compile(
    r"(?<![\w./(-])(?:(?:paragraphs?|paras?\.?|¶)\s*)?"
    r"(?P<number>[A-Z]?\d{1,3}(?:\.\d{1,3}){1,3}[A-Z]?)(?![\w/)-])",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?<!\w)(?:paragraphs?|paras?\.?|¶)\s*(?P<number>[A-Z]?\d{1,3}[A-Z]?)(?![\w./)-])",
    re.IGNORECASE,
)


def parse_query(
    text: str,
    titles: Mapping[str, str] | Register | None = None,
    definitions: Mapping[str, str] | None = None,
) -> Query:
    """The query that `text` asks. `titles` maps titles and abbreviations of instruments to paths,
    `definitions` the names that guidance gives them ("the Act").

    Never raises: what cannot be read is left out, and `problems` says so in a sentence.
    """
    read = tidy(text)
    reader = _Reader(Register.of(titles or {}), definitions or {})
    groups, without, problems = reader.read(list(pieces(read)))
    if len(text) > LONGEST:
        problems.insert(0, f"Only the first {LONGEST} characters were looked for.")
    return Query(read, tuple(groups), tuple(without), tuple(problems))


class _Reader:
    def __init__(self, register: Register, definitions: Mapping[str, str]) -> None:
        self._register = register
        self._definitions = definitions
        self._problems: list[str] = []

    def read(self, found: Sequence[Piece]) -> tuple[list[tuple[Item, ...]], list[Item], list[str]]:
        groups: list[tuple[Item, ...]] = []
        without: list[Item] = []
        words = 0
        joining = left_out = False
        for run in _runs(found):
            if isinstance(run, str):  # OR
                joining = bool(groups)
                continue
            for items, minus in self._items(run):
                words += sum(_length(item) for item in items)
                if words > MOST_WORDS:
                    self._problems.append(f"Only the first {MOST_WORDS} words were looked for.")
                    return groups, without, self._problems
                if minus:
                    without += items
                elif joining and not left_out:
                    groups[-1] = (*groups[-1], *items)
                else:
                    groups.append(tuple(items))
                joining, left_out = False, minus
        return groups, without, self._problems

    def _items(self, run: Sequence[Piece]) -> Iterator[tuple[Sequence[Item], bool]]:
        """The items of a run of pieces that belong together: one prefixed or quoted piece, or bare
        words, in which references are looked for across the words. What one citation names
        together ("sections 106 and 111") are alternatives."""
        first = run[0]
        if first.prefix:
            yield from (([item], first.minus) for item in self._prefixed(first))
        elif first.quoted:
            yield [Words(first.text, exact=True)], first.minus
        else:
            text = " ".join(piece.text for piece in run)
            yield from ((items, first.minus) for items in self._bare(text))

    def _prefixed(self, piece: Piece) -> Iterator[Item]:
        if piece.prefix == "number":
            number = parse_number(piece.text)
            if number is None:
                self._problems.append(
                    f"“{piece.text}” is not a paragraph number; write one as in number:2.13."
                )
                return
            yield Reference("number", piece.text, piece.text, required=True)
            return
        provision = self._provision(piece.text)
        if provision is None:
            self._problems.append(
                f"“{piece.text}” is not a provision; write one as in"
                ' under:ukpga/1999/27/section/3A or under:"section 3A of the Local Government Act'
                ' 1999".'
            )
            return
        yield replace(provision, required=True)

    def _provision(self, words: str) -> Reference | None:
        try:
            return Reference("provision", parse_provision(words).path, words)
        except ValueError:
            found = [item for items in self._bare(words) for item in items]
        named = (item for item in found if isinstance(item, Reference))
        return next((item for item in named if item.kind == "provision"), None)

    def _bare(self, text: str) -> Iterator[Sequence[Item]]:
        """Words, with the references among them taken out where they stand."""
        taken: list[tuple[int, int, list[Reference]]] = []
        for start, end, references in (*self._provisions(text), *_numbers(text)):
            if all(end <= s or start >= e for s, e, _ in taken):
                taken.append((start, end, references))
        at = 0
        for start, end, references in sorted(taken, key=lambda t: t[0]):
            yield from ([word] for word in _words(text[at:start]))
            yield references
            at = end
        yield from ([word] for word in _words(text[at:]))

    def _provisions(self, text: str) -> Iterator[tuple[int, int, list[Reference]]]:
        for citation in find_citations(text, self._register, self._definitions):
            words = citation.words
            paths = [p.path for p in citation.provisions or ()] or parse_places(words)
            if paths:
                found = [Reference("provision", path, words) for path in paths]
                yield citation.start, citation.end, found
        yield from self._places(text)

    def _places(self, text: str) -> Iterator[tuple[int, int, list[Reference]]]:
        """A place with no instrument ("s138"): whichever Act it may be of."""
        for found in _PLACE.finditer(text):
            paths = parse_places(found[0])
            if paths:
                references = [Reference("provision", path, found[0]) for path in paths]
                yield found.start(), found.end(), references


_PLACE = re.compile(
    r"(?<![\w.])(?:sections?|ss?\.?|schedules?|regulations?|regs?\.?|articles?)\s?"
    r"\d{1,4}[A-Z]{0,3}(?:\s?\((?:\d{1,3}[A-Z]{0,2}|[a-z]{1,5})\))*(?![\w.]\w)",
    re.IGNORECASE,
)


def _length(item: Item) -> int:
    return len(item.text.split()) if isinstance(item, Words) else 1


def _runs(found: Iterable[Piece]) -> Iterator[list[Piece] | str]:
    """Bare words that stand together, so that "section 116 of the Act" is read as one thing."""
    run: list[Piece] = []
    for piece in found:
        joins = not (piece.prefix or piece.quoted or piece.minus)
        if joins and piece.text != "OR":
            run.append(piece)
            continue
        if run:
            yield run
            run = []
        yield "OR" if joins else [piece]
    if run:
        yield run


def _numbers(text: str) -> Iterator[tuple[int, int, list[Reference]]]:
    for pattern in (_NUMBER, _NAMED):
        for found in pattern.finditer(text):
            yield found.start(), found.end(), [Reference("number", found["number"], found[0])]


def _words(text: str) -> Iterator[Words]:
    """One item for each word, so that OR joins words and not sentences."""
    for word in text.split():
        bare = word.strip("-–—.,;:!?()[]{}<>/\\|*~^&=+'’‘`")
        if re.search(r"\w", bare):
            yield Words(bare)
