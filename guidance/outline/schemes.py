"""Which of the numbers that stand at the start of blocks are numbers of paragraphs.

No block is judged alone. Candidates are grouped by form ("1.2", "12.", "A4"), and the group with
the best running sequence gives the document's numbering. What it leaves over is accepted where a
section of its own begins again at one, and is a list under a paragraph elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from guidance.outline.chains import Candidate, best_chain, key_of, number_before
from guidance.outline.printed import Printed

_SHORTEST = 3  # a chain of fewer numbers proves nothing
_LONG = 12  # dotted numbers as many as these need no other proof
_COVERS = 0.35  # of the text of its section lies between the first and last number of a chain
_COVERS_LIST = 0.6  # the same, where a colon before the chain speaks for a list
_ODD = 0.7  # evidence taken from a number that does not look like the others
_MANY = 3  # sections that each begin again at one show that the whole document does so


@dataclass(frozen=True, slots=True)
class Layout:
    """The document around the candidates, by piece index.

    `breaks` are the pieces at which a section begins, `strong` those of them that say so in words
    ("Annex B"); `lengths` are the characters of every piece; `titles` are all headings.
    """

    breaks: Sequence[int]
    strong: frozenset[int]
    lengths: Sequence[int]
    titles: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Numbering:
    """The outcome: the numbers accepted, by piece index, and the runs that are only lists."""

    accepted: dict[int, Candidate]
    lists: list[list[Candidate]]


def choose(candidates: Sequence[Candidate], layout: Layout) -> Numbering:
    """Decide for the whole document."""
    choice = _Choice(layout)
    for group in sorted(map(_weighed, _by_form(candidates)), key=_rank, reverse=True):
        choice.take(group)
    _fill_gaps(candidates, choice.accepted)
    rest = [c for c in candidates if c.index not in choice.accepted]
    lists = [
        run
        for group in _by_form(rest)
        for segment in choice.segments(group)
        for run in _runs(segment)
    ]
    return Numbering(choice.accepted, lists)


def _by_form(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    groups: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[candidate.group].append(candidate)
    return list(groups.values())


def _weighed(group: list[Candidate]) -> list[Candidate]:
    """The candidates with less said for the odd ones out: a number typed, or in the style of
    quotations, among numbers that Word gives to paragraphs of one style."""
    looks = Counter((c.automatic, c.style) for c in best_chain(group)[0])
    [(usual, count)] = looks.most_common(1) or [((False, ""), 0)]
    if count < _LONG or count < 0.7 * looks.total():
        return group
    return [
        c
        if looks[c.automatic, c.style] >= 0.1 * count or (c.automatic, c.style) == usual
        else replace(c, evidence=c.evidence - _ODD)
        for c in group
    ]


def _rank(group: Sequence[Candidate]) -> float:
    chain, worth = best_chain(group)
    if len(chain) < _SHORTEST:
        return 0.0
    form = {"dotted": 1.3, "letters": 1.1}.get(group[0].group[0], 1.0)
    return worth * (0.2 + _prose(chain)) * form


def _prose(chain: Sequence[Candidate]) -> float:
    return sum(c.prose for c in chain) / len(chain)


@dataclass(slots=True)
class _Choice:
    """What is accepted so far, and the rules by which a further chain is."""

    layout: Layout
    accepted: dict[int, Candidate] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    dotted_from: int = -1

    def __post_init__(self) -> None:
        self.before = [0, *accumulate(self.layout.lengths)]

    def take(self, group: Sequence[Candidate]) -> None:
        """Accept the best chain of a group, and then the chains that it leaves over."""
        for across in (True, True, False, False):
            waiting: list[list[Candidate]] = []
            for segment in self.segments(group, across=across):
                chain, _worth = best_chain(segment)
                if across and self.order and len(chain) < _LONG:
                    continue
                if self._stands(chain) and not self._interrupts(chain):
                    if self._sure(chain):
                        self._accept(chain)
                    else:
                        waiting.append(chain)
            if len(waiting) + 1 >= _MANY and self._in_one_section():
                for chain in waiting:
                    self._accept(chain)
        if self.dotted_from < 0 and any(len(c.number.parts) > 1 for c in self.accepted.values()):
            self.dotted_from = self.order[0]

    def _in_one_section(self) -> bool:
        """Whether what is accepted keeps to one section: so the numbers begin again in the next."""
        return bool(self.order) and self._opening(self.order[0]) == self._opening(self.order[-1])

    def _accept(self, chain: Sequence[Candidate]) -> None:
        self.accepted.update((c.index, c) for c in chain)
        self.order = sorted(self.accepted)

    def segments(
        self, group: Sequence[Candidate], *, across: bool = False
    ) -> list[list[Candidate]]:
        """A group's candidates between numbers accepted and sections; all of them at first.

        Those of several sections are kept together if `across`.
        """
        walls = sorted({*self.order, *(() if across or not self.order else self.layout.breaks)})
        found: dict[int, list[Candidate]] = defaultdict(list)
        for candidate in group:
            if candidate.index not in self.accepted:
                found[bisect_right(walls, candidate.index)].append(candidate)
        return list(found.values())

    def _stands(self, chain: Sequence[Candidate]) -> bool:
        """Whether a chain can number paragraphs.

        Where the document's own numbers are dotted, plain numbers count only in its front matter:
        those of notes and annexes after it are lists of their own.
        """
        if len({key_of(c.number) for c in chain}) < _SHORTEST:
            return False
        if len(chain[0].number.parts) > 1 or chain[0].number.letters:
            return len(chain) >= _LONG or bool(self.order) or self._covers(chain) >= _COVERS / 3
        if 0 <= self.dotted_from < chain[-1].index:
            return False
        if _led_in(chain) and not self._holds_titles(chain):
            whole = self.before[chain[-1].index + 1] - self.before[chain[0].index]
            if self.order or whole < _COVERS * self.before[-1]:
                return False  # "We ask these questions:"
        return _plain_chain_stands(chain) and self._covers(chain) >= (
            _COVERS_LIST if _led_in(chain) else _COVERS
        )

    def _holds_titles(self, chain: Sequence[Candidate]) -> bool:
        """Whether a heading stands between the numbers of a chain, as in no list."""
        at = bisect_right(self.layout.titles, chain[0].index)
        return at < len(self.layout.titles) and self.layout.titles[at] < chain[-1].index

    def _interrupts(self, chain: Sequence[Candidate]) -> bool:
        """Whether a chain stands between two numbers that follow each other: a list or a quotation.

        The parts of the number before it are no interruption: 15.1 and 15.2 between 15 and 16.
        """
        if not self.order:
            return False
        at = bisect_left(self.order, chain[0].index)
        if self.order[at:] and self.order[at] < chain[-1].index:
            return False
        around = self.order[max(0, at - 1) : at + 1]
        if at == 0 or len(around) < 2:
            return not _runs_on(chain)
        before, after = (key_of(self.accepted[index].number) for index in around)
        if number_before(after, 1) != before:
            return not _runs_on(chain)
        return not all(key_of(c.number)[: len(before)] == before for c in chain)

    def _sure(self, chain: Sequence[Candidate]) -> bool:
        """Whether a chain that stands is beyond doubt where it stands."""
        first, last = chain[0].index, chain[-1].index
        if chain[0].number.letters and self.order:
            lone = len(chain[0].number.letters) == 1 and self._opening(first) > self.order[-1]
            return lone or self._opening(first) in self.layout.strong
        if not self.order or len(chain[0].number.parts) > 1:
            return True
        if _prose(chain) < 0.5:
            return False
        opening = self._opening(first)
        if bisect_left(self.order, first) == bisect_left(self.order, max(opening, 0)):
            after = bisect_right(self.order, last)
            return opening in self.layout.strong or after < len(self.order)
        return False

    def _opening(self, index: int) -> int:
        """The break at which the section of a piece begins, or -1."""
        at = bisect_right(self.layout.breaks, index)
        return self.layout.breaks[at - 1] if at else -1

    def _covers(self, chain: Sequence[Candidate]) -> float:
        """The share of its section's text that a chain spans; of the whole text if of several."""
        first, last = chain[0].index, chain[-1].index
        low, high = max(0, self._opening(first)), len(self.layout.lengths)
        at = bisect_right(self.layout.breaks, last)
        if self._opening(first) != self._opening(last):
            low = 0
        elif at < len(self.layout.breaks):
            high = self.layout.breaks[at]
        if self.order:
            low, high = max(low, self._beside(first)[0]), min(high, self._beside(last)[1])
        whole = self.before[high] - self.before[low]
        return (self.before[last + 1] - self.before[first]) / whole if whole else 0.0

    def _beside(self, index: int) -> tuple[int, int]:
        """The accepted numbers before and after a piece."""
        at = bisect_left(self.order, index)
        before = self.order[at - 1] if at else 0
        return before, self.order[at] if at < len(self.order) else len(self.layout.lengths)


def _led_in(chain: Sequence[Candidate]) -> bool:
    return chain[0].led_in and len(chain) < 30


def _runs_on(chain: Sequence[Candidate]) -> bool:
    """Whether most numbers of a chain are next to each other, as numbers quoted here and there
    are not."""
    steps = sum(_next_to(a.number, b.number) for a, b in pairwise(chain))
    return steps >= 0.5 * (len(chain) - 1)


def _next_to(before: Printed, after: Printed) -> bool:
    low, high = key_of(before), key_of(after)
    if before.suffix or after.suffix:
        return low == high or number_before(high, 1) == low
    if high[-1] in (0, 1) and len(high) > 1:  # 2.1 after 2, or after 1.9
        return high[:-1] == low or number_before(high[:-1], 1) == low[: len(high) - 1]
    return number_before(high, 1) == low[: len(high)]


def _plain_chain_stands(chain: Sequence[Candidate]) -> bool:
    """Whether 1, 2, 3 … are more than a list: they begin at the beginning and say something."""
    first, closing = chain[0].number.parts[0], chain[0].number.closing
    steps = sum(b.number.parts[0] - a.number.parts[0] == 1 for a, b in pairwise(chain))
    if steps < 0.75 * (len(chain) - 1):
        return False
    if closing == "":
        return first <= 3 and len(chain) >= 6 and _prose(chain) > 0.6
    if ")" in closing:
        return first <= 2 and len(chain) >= 10 and _prose(chain) > 0.7
    titles = sum(c.heading for c in chain) / len(chain)
    return first <= 5 and (_prose(chain) >= 0.5 or titles >= 0.7)


def _fill_gaps(candidates: Sequence[Candidate], accepted: dict[int, Candidate]) -> None:
    """Accept candidates of any form that are exactly the numbers missing where they stand."""
    waiting = [c for c in candidates if c.index not in accepted and c.evidence > 0]
    place = 0
    for before, after in pairwise(sorted(accepted)):
        while place < len(waiting) and waiting[place].index < before:
            place += 1
        wanted = _missing(accepted[before].number, accepted[after].number)
        at = place
        while wanted and at < len(waiting) and waiting[at].index < after:
            if key_of(waiting[at].number) == wanted[0]:
                accepted[waiting[at].index] = waiting[at]
                wanted = wanted[1:]
            at += 1


def _missing(before: Printed, after: Printed) -> list[tuple[object, ...]]:
    """The numbers between two of the same chapter, when they are few."""
    low, high = key_of(before), key_of(after)
    if len(low) != len(high) or low[:-1] != high[:-1]:
        return []
    first, last = before.parts[-1] + 1, after.parts[-1]
    return [(*low[:-1], n) for n in range(first, last)] if last - first <= 5 else []


def missing_between(before: Printed, after: Printed) -> list[str]:
    """The numbers, as they would be printed, that are missing between two accepted ones."""
    stem = before.words.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ.")
    letters = before.words[: len(before.words) - len(stem)]
    return [
        letters + ".".join(str(part) for part in key if isinstance(part, int))
        for key in _missing(before, after)
    ]


def _runs(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Runs of numbers that go up by one: 1, 2, 3; 1, 2."""
    runs: list[list[Candidate]] = []
    for candidate in candidates:
        if runs and number_before(key_of(candidate.number), 1) == key_of(runs[-1][-1].number):
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    return runs
