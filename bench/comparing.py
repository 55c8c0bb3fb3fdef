"""Comparing two editions: ten paragraphs edited, three added, three removed.

The baseline is the standard library's difflib over the words of both whole texts, with its default
of junking frequent words (autojunk), which is its faster way. What is measured against it pairs the
paragraphs by identity and makes the word differences of all that changed. Both are in memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from time import thread_time
from uuid import UUID

from bench.report import Row
from guidance.comparison import LineageStep, Side, compare
from guidance.digests import digest

GUIDANCE = (
    Path(__file__).resolve().parent.parent / "home/demonstration/local-priorities-final-2009.html"
)
EDITED, ADDED, REMOVED = 10, 3, 3
WORDS_EACH = 90


def run() -> list[Row]:
    return [row for size in (250, 1_000) for row in _measured(size)]


def _measured(size: int) -> list[Row]:
    before, after, steps = _editions(size)
    slow = _seconds(lambda: _by_difflib(before, after), 3 if size < 1_000 else 1)
    fast = _seconds(lambda: _by_identity(before, after, steps), 51)
    return [
        Row(f"difflib over the words of two editions of {size:,} paragraphs", slow * 1000, "ms"),
        Row(
            f"comparing two editions of {size:,} paragraphs, times faster than difflib",
            fast * 1000,
            "ms",
            slow / fast,
            "at least 500" if size == 250 else "",
        ),
    ]


def _by_difflib(before: list[Side], after: list[Side]) -> None:
    old, new = ([word for side in sides for word in side.text.split()] for sides in (before, after))
    assert SequenceMatcher(None, old, new).get_opcodes()


def _by_identity(before: list[Side], after: list[Side], steps: list[LineageStep]) -> None:
    found = compare(before, after, steps, changes_only=True)
    assert sum(len(row.pieces) > 1 for row in found.rows) == EDITED


def _editions(size: int) -> tuple[list[Side], list[Side], list[LineageStep]]:
    random = Random(size)
    words = _vocabulary()
    before = [_side(n, _text(random, words), random) for n in range(size)]
    after = list(before)
    places = random.sample(range(size), EDITED + REMOVED)
    for at in places[:EDITED]:
        after[at] = _edited(after[at], random, words)
    gone = {before[at].identity for at in places[EDITED:]}
    after = [side for side in after if side.identity not in gone]
    added = [_side(size, _text(random, words), random) for _ in range(ADDED)]
    for side in added:
        after.insert(random.randrange(len(after)), side)
    edited = (before[at].identity for at in places[:EDITED])
    steps = [LineageStep(identity, identity, "substantive") for identity in edited]
    steps += [LineageStep("", side.identity, "inserted") for side in added]
    return before, after, steps + [LineageStep(identity, "", "removed") for identity in gone]


def _edited(side: Side, random: Random, words: list[str]) -> Side:
    """A phrase of six words is replaced by one of seven."""
    text = side.text.split(" ")
    at = random.randrange(WORDS_EACH - 6)
    text[at : at + 6] = random.choices(words, k=7)
    changed = " ".join(text)
    return replace(side, text=changed, digest=digest(changed))


def _text(random: Random, words: list[str]) -> str:
    return " ".join(random.choices(words, k=WORDS_EACH))


def _vocabulary() -> list[str]:
    """The running words of the demonstration's guidance with their punctuation, so that a word
    drawn from them is as frequent, and a sentence as long, as in guidance."""
    return re.sub(r"<[^>]*>", " ", GUIDANCE.read_text(encoding="utf-8")).split()


def _side(number: int, text: str, random: Random) -> Side:
    return Side(
        identity=str(UUID(int=random.getrandbits(128), version=4)),
        kind="paragraph",
        number=f"{number // 25 + 1}.{number % 25 + 1}",
        title="",
        reference=f"{number // 25 + 1}.{number % 25 + 1}",
        after="",
        section=number // 25 + 1,
        section_words=f"{number // 25 + 1} Section",
        section_slug=f"section-{number // 25 + 1}",
        text=text,
        status="statutory",
        provisions=("ukpga/2007/28/section/138",),
        digest=digest(text),
    )


def _seconds(work: Callable[[], None], times: int) -> float:
    """The least of some runs, of the processor alone, since other work of the machine disturbs a
    short measurement more than a long one."""
    taken = []
    for _ in range(times):
        start = thread_time()
        work()
        taken.append(thread_time() - start)
    return min(taken)
