"""Numbers on pieces: gathers the candidates, lets `schemes` choose, and carries the choice out.

Afterwards every numbered paragraph, numbered heading and numbered or lettered part of a paragraph
has its role and its number or label, and the number is no longer in its text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from guidance.outline.chains import Candidate, key_of
from guidance.outline.headings import section_title
from guidance.outline.labels import label_items
from guidance.outline.pieces import Piece, Role, cut_front, split
from guidance.outline.printed import Printed, read_number
from guidance.outline.schemes import Layout, choose, missing_between

_LISTED = re.compile(
    r"\b(?:(?:list|summary) of\b.*|conclusions and )?(?:recommendations|questions)\b|\breferences\b"
    r"|\b(?:list of )?(?:consultees|respondents|witnesses|abbreviations)\b",
    re.IGNORECASE,
)
_OPEN = (Role.PROSE, Role.ITEM, Role.HEADING)


def number_pieces(pieces: list[Piece], breaks: Sequence[int]) -> list[list[Piece]]:
    """Decide and record all numbers; returns the runs of numbered items that are only lists.

    `breaks` are the indexes of the pieces that begin a section. Pieces may be added where two
    paragraphs had run together.
    """
    strong = frozenset(at for at in breaks if _opens_numbers(pieces, at))
    titles = [at for at, p in enumerate(pieces) if p.role is Role.HEADING]
    lengths = [0 if p.role is Role.FURNITURE else len(p.text) for p in pieces]
    numbering = choose(_candidates(pieces), Layout(breaks, strong, lengths, titles))
    lists = []
    for run in numbering.lists:
        lists.append([piece for c in run if (piece := _as_item(pieces, c, len(run)))])
    as_headings = _numbered_headings(pieces, numbering.accepted)
    _drop_strays(numbering.accepted, as_headings)
    for index, candidate in numbering.accepted.items():
        _take_number(pieces[index], candidate.number, heading=index in as_headings)
    _split_run_together(pieces, numbering.accepted)
    label_items(pieces)
    return [run for run in lists if run]


def _opens_numbers(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a section says in words that it is one, and is no list of what stands elsewhere."""
    title = " ".join(p.text for p in pieces[at : at + 2] if len(p.text) < 140)
    return section_title(pieces[at]) is not None and not _LISTED.search(title)


def _candidates(pieces: Sequence[Piece]) -> list[Candidate]:
    found, before = [], None
    for index, piece in enumerate(pieces):
        if piece.role in _OPEN and (number := _number_of(piece)):
            alone = not piece.label and not piece.text[number.end :].strip()
            if not alone or len(number.parts) > 1 or piece.heading_block:
                found.append(_weigh(index, piece, number, before))
        if piece.role not in (Role.NOTE, Role.FURNITURE):
            before = piece
    return _without_articles(found, pieces)


def _without_articles(found: list[Candidate], pieces: Sequence[Piece]) -> list[Candidate]:
    """ "3.5A constable" is 3.5 and "A constable" where the document has no other 3.5."""
    known = {c.number.words for c in found}
    settled = []
    for candidate in found:
        number, text = candidate.number, pieces[candidate.index].text
        base = number.words[: -len(number.suffix)] if number.suffix else ""
        article = number.suffix in ("A", "I") and not number.closing and not candidate.automatic
        if article and base not in known and text[number.end : number.end + 1].islower():
            end = text.index(base) + len(base)
            number = replace(number, words=base, suffix="", end=end)
            candidate = replace(candidate, number=number)
        settled.append(candidate)
    return settled


def _number_of(piece: Piece) -> Printed | None:
    if piece.label:
        number = read_number(piece.label)
        return number if number and number.end == len(piece.label) else None
    return read_number(piece.text)


def _weigh(index: int, piece: Piece, number: Printed, before: Piece | None) -> Candidate:
    rest = piece.words if piece.label else piece.words[number.end :]
    words = rest.lstrip("*“”\"'‘’([ ")
    evidence = 1.0
    if not words:
        evidence = -0.5
    elif words[0].islower():
        evidence = 0.2 if piece.label else -0.8
    elif not words[0].isalpha():
        evidence = 0.4
    if piece.role is Role.ITEM and not piece.label:
        evidence -= 0.2
    ending = rest.rstrip("”\"'’)] ")[-1:]
    sentence = ending in (".", ";", ":", "!") or (ending == "?" and not piece.heading_block)
    if number.parts[-1] == 0 and len(rest) < 120:
        sentence = False  # "4.0 Findings." is a title
    prose = len(rest) >= 90 or (sentence and len(rest) > 25)
    title = not prose and bool(words) and len(rest) < 140 and not sentence
    return Candidate(
        index=index,
        number=number,
        evidence=evidence,
        prose=prose,
        heading=title,
        led_in=before is not None and before.words.endswith((":", ":-", ":–")),
        kind="heading" if piece.role is Role.HEADING and title else "",
        automatic=bool(piece.label),
        style=piece.block.style,
    )


def _numbered_headings(pieces: Sequence[Piece], accepted: dict[int, Candidate]) -> set[int]:
    """Which accepted numbers are those of headings: where most of a kind are titles, all titles."""
    kinds: dict[tuple[int, bool, str], list[Candidate]] = defaultdict(list)
    prose: Counter[int] = Counter()
    for index, candidate in accepted.items():
        piece = pieces[index]
        kinds[candidate.number.depth, piece.role is Role.HEADING, piece.block.style].append(
            candidate
        )
        prose[candidate.number.depth] += candidate.prose
    headings: set[int] = set()
    for (depth, is_heading, _style), members in kinds.items():
        if not is_heading and len(members) < 3 and prose[depth] > 10 * len(members):
            continue  # a short paragraph or two in a style of their own ("12. Not used")
        titles = [c for c in members if c.heading]
        headings.update(c.index for c in titles if c.number.parts[-1] == 0)
        share = len(titles) / len(members)
        if share >= (0.5 if is_heading else 0.75):
            headings.update(c.index for c in titles)
    return headings | _titles_of_parts(pieces, accepted)


def _titles_of_parts(pieces: Sequence[Piece], accepted: dict[int, Candidate]) -> set[int]:
    """Titles whose own parts follow: "4.2 Eastern area" before 4.2.1."""
    found = set()
    for before, after in pairwise(sorted(accepted)):
        key, part = key_of(accepted[before].number), key_of(accepted[after].number)
        marked = pieces[before].role is Role.HEADING or pieces[before].all_bold
        if not accepted[before].heading or not (marked or len(key) > 1):
            continue
        if len(part) > len(key) and part[: len(key)] == key:
            found.add(before)
    return found


def _drop_strays(accepted: dict[int, Candidate], headings: set[int]) -> None:
    """Where numbers of a depth are those of headings, a few sentences with one are references."""
    for depth in {c.number.depth for c in accepted.values()}:
        of_depth = [i for i, c in accepted.items() if c.number.depth == depth]
        strays = [i for i in of_depth if i not in headings]
        if len(strays) < min(8, 0.15 * len(of_depth)):
            for index in strays:
                del accepted[index]


def _take_number(piece: Piece, number: Printed, *, heading: bool) -> None:
    """Move the number from the text or label of a piece to its number."""
    if not piece.label:
        cut_front(piece, number.end)
    piece.label, piece.number = "", number.words
    if heading:
        piece.role = Role.HEADING
        piece.level = piece.level or (number.depth + 1 if number.depth > 1 else 0)
    else:
        piece.role = Role.PARAGRAPH


def _as_item(pieces: Sequence[Piece], candidate: Candidate, run: int) -> Piece | None:
    """A number that is only a list's, or nothing where it is part of the text."""
    piece = pieces[candidate.index]
    if piece.role is Role.HEADING:
        return None
    if not piece.label:
        listed = run > 1 or candidate.led_in or piece.role is Role.ITEM
        if not listed or not candidate.number.closing:
            return None
        piece.label = piece.text[: candidate.number.end].strip()
        cut_front(piece, candidate.number.end)
    piece.role = Role.ITEM
    piece.depth = max(1, piece.level)
    return piece


def _split_run_together(pieces: list[Piece], accepted: dict[int, Candidate]) -> None:
    """Part a block where the very number that is missing stands before a sentence inside it."""
    order = sorted(accepted)
    for before, after in reversed(list(pairwise(order))):
        for words in reversed(missing_between(accepted[before].number, accepted[after].number)):
            _split_at_number(pieces, before, after, words)


def _split_at_number(pieces: list[Piece], before: int, after: int, words: str) -> bool:
    dotted = "." in words
    pattern = re.compile(
        rf"(?:(?<=\n)|(?<=[.;:?!”\"'’)])[^\S\n]{{0,9}})[^\S\n]{{0,9}}{re.escape(words)}"
        rf"{'[.)]?' if dotted else '[.)]'}\s{{1,20}}(?=[A-Z“\"‘'(])"
    )
    for at in range(before, after):
        piece = pieces[at]
        if piece.role not in (Role.PARAGRAPH, Role.PROSE, Role.ITEM):
            continue
        whole = "".join(s.text for s in piece.spans)
        if found := pattern.search(whole):
            tail = split(piece, found.start())
            number = read_number(tail.text)
            if number is not None:
                _take_number(tail, number, heading=False)
            pieces.insert(at + 1, tail)
            return True
    return False
