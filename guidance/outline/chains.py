"""Running sequences of numbers: the best chain among the candidates of a document.

A weighted longest increasing chain, found by dynamic programming in linear time: each candidate
goes on from the best chain that ends in a number that it may follow (2.13 after 2.12, 3.1 after
2.28, 2.14 after 2.13A; at a price after a gap or its own repeat).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from guidance.outline.printed import Printed

_FAR = 12  # the widest gap in the numbering that a chain bridges


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number at the start of piece `index`, with what speaks for it.

    `evidence` is about 1 for an ordinary start of a paragraph and below 0 for an unlikely one;
    `prose` says that the text is a sentence or longer, `heading` that it looks like a title;
    `led_in` that the text before ends with a colon, as before a list; `automatic` that the file
    computes the number; `style` is that of the block.
    """

    index: int
    number: Printed
    evidence: float = 1.0
    prose: bool = True
    heading: bool = False
    led_in: bool = False
    kind: str = ""
    automatic: bool = False
    style: str = ""

    @property
    def group(self) -> tuple[str, ...]:
        """Candidates of one group may follow each other."""
        number = self.number
        if number.letters:
            return ("letters",)
        if len(number.parts) > 1:
            return ("dotted",)
        if self.automatic and number.closing == "":
            return ("plain", ".", self.kind)  # a list's own format; authors mix "1." and "1"
        return ("plain", "" if number.closing == ":" else number.closing, self.kind)


@dataclass(slots=True)
class _End:
    """The best chain that ends with one candidate."""

    score: float
    at: int


@dataclass(slots=True)
class _Ends:
    """The best chain ends seen so far, by number, by number or any below it, and by chapter."""

    by_number: dict[tuple[object, ...], _End] = field(default_factory=dict)
    by_prefix: dict[tuple[object, ...], _End] = field(default_factory=dict)

    def record(self, number: Printed, end: _End) -> None:
        key = key_of(number)
        for table, entry in ((self.by_number, (*key, number.suffix)), (self.by_prefix, key)):
            _keep_best(table, entry, end)
        for length in range(1, len(key)):
            _keep_best(self.by_prefix, key[:length], end)


def _keep_best(table: dict[tuple[object, ...], _End], key: tuple[object, ...], end: _End) -> None:
    known = table.get(key)
    if known is None or end.score >= known.score:
        table[key] = end


def key_of(number: Printed) -> tuple[object, ...]:
    """The places of a number, from the chapter down; letters before it are the first."""
    return (*((number.letters,) if number.letters else ()), *number.parts)


def number_before(key: tuple[object, ...], steps: int) -> tuple[object, ...] | None:
    """The number `steps` before, at the last place; letters count as numbers ("B" after "A")."""
    last = key[-1]
    if isinstance(last, int):
        return (*key[:-1], last - steps) if last - steps >= 0 else None
    letters = str(last)
    earlier = ord(letters[-1]) - steps
    return (*key[:-1], letters[:-1] + chr(earlier)) if earlier >= ord("A") else None


def _predecessors(number: Printed, ends: _Ends) -> Iterable[tuple[_End, float]]:
    """Chains that may go on with `number`, each with what the step is worth."""
    key = key_of(number)
    if number.suffix:
        earlier = chr(ord(number.suffix[-1]) - 1)
        for suffix, worth in (("" if earlier < "A" else earlier, 2.0), ("", 0.8)):
            if found := ends.by_number.get((*key, suffix)):
                yield found, worth
    if found := ends.by_number.get((*key, number.suffix)):
        yield found, -1.2 if number.parts[-1] > 1 else -2.0  # printed twice; 1 begins again
    yield from _steps(key, ends, 2.0)


def _steps(key: tuple[object, ...], ends: _Ends, worth: float) -> Iterable[tuple[_End, float]]:
    for steps in range(1, _FAR + 1):
        earlier = number_before(key, steps)
        if earlier is not None and (found := ends.by_prefix.get(earlier)):
            yield found, worth if steps == 1 else max(0.1, worth / 2 - 0.12 * steps)
            break
    if len(key) > 1:
        parent = key[:-1]
        first = key[-1] in (0, 1)
        if found := ends.by_number.get((*parent, "")):
            yield found, worth if first else 0.2
        if first:
            yield from _steps(parent, ends, worth * 0.9)
        elif isinstance(key[-1], int) and key[-1] <= _FAR:
            yield from ((end, -0.3) for end, _ in _steps(parent, ends, worth))


def best_chain(candidates: Sequence[Candidate]) -> tuple[list[Candidate], float]:
    """The best running sequence among candidates in reading order, and its worth."""
    ends, scores, back = _Ends(), [0.0] * len(candidates), [-1] * len(candidates)
    for at, candidate in enumerate(candidates):
        number = candidate.number
        last = number.parts[-1]
        scores[at] = candidate.evidence - (0.0 if last <= 1 else min(2.0, 0.5 * last))
        for end, worth in _predecessors(number, ends):
            neighbours = 0.4 if end.at == at - 1 else 0.0
            score = end.score + worth + neighbours + candidate.evidence
            if score > scores[at]:
                scores[at], back[at] = score, end.at
        ends.record(number, _End(scores[at], at))
    if not candidates:
        return [], 0.0
    at = max(range(len(candidates)), key=scores.__getitem__)
    best, chain = scores[at], []
    while at >= 0:
        chain.append(candidates[at])
        at = back[at]
    return chain[::-1], best
