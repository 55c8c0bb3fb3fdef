"""What an edition's statements of status say of one paragraph, and where two of them disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guidance.numbering import Ranges, parse_ranges
from guidance.outline.model import Statement

STATUTORY, NON_STATUTORY, UNSTATED = "statutory", "non-statutory", "unstated"


@dataclass(frozen=True, slots=True)
class Basis:
    """What the statements of status say of one paragraph.

    `status` is the strongest claimed and `claimed` all that are; `statements` are the positions of
    the statements that cover it, in order; `conflict` says that they do not go together.
    """

    status: str
    provisions: tuple[str, ...]
    statements: tuple[int, ...]
    conflict: bool = False
    claimed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Paragraphs, in the order given, that the same statements disagree about."""

    numbers: tuple[str, ...]
    statements: tuple[int, ...]


def ranges_of(statement: Statement) -> Ranges:
    """The ranges of a statement less its exceptions; ValueError where an editor's words fail."""
    exceptions = " and ".join(statement.exceptions)
    return parse_ranges(
        f"{statement.paragraphs}, except {exceptions}" if exceptions else statement.paragraphs
    )


def covering(
    number: str, statements: Sequence[Statement], box_title: str = "", section: str = ""
) -> tuple[int, ...]:
    """Positions of the statements that cover the paragraph; "the rest of the document" covers it
    only where no other statement that gives a status does."""
    ranges = [ranges_of(statement) for statement in statements]
    hits = [i for i, r in enumerate(ranges) if r.covers(number, box_title, section)]
    stated = [i for i in hits if not ranges[i].rest and statements[i].status != UNSTATED]
    return tuple(i for i in hits if not (ranges[i].rest and stated))


def basis(
    number: str, statements: Sequence[Statement], box_title: str = "", section: str = ""
) -> Basis:
    """The status and provisions of one paragraph.

    A box has the number of the paragraph that it follows and its own title. A statement about the
    whole document gives way to one that names the paragraph, as the particular does to the general.
    """
    found = covering(number, statements, box_title, section)
    stated = [i for i in found if statements[i].status != UNSTATED]
    named = [i for i in stated if not ranges_of(statements[i]).whole]
    deciding = named or stated
    claimed = tuple(dict.fromkeys(statements[i].status for i in deciding))
    status = next((s for s in (STATUTORY, NON_STATUTORY) if s in claimed), UNSTATED)
    provisions = dict.fromkeys(
        p for i in stated if statements[i].status == status for p in statements[i].provisions
    )
    return Basis(
        status=status,
        provisions=tuple(provisions),
        statements=found,
        conflict=_disagree([statements[i] for i in found], [statements[i] for i in deciding]),
        claimed=claimed or (UNSTATED,),
    )


def conflicts(numbers: Iterable[str], statements: Sequence[Statement]) -> list[Conflict]:
    """Runs of consecutive paragraphs that the same statements disagree about."""
    runs: list[tuple[list[str], tuple[int, ...]]] = []
    before: tuple[int, ...] = ()
    for number in numbers:
        given = basis(number, statements)
        if given.conflict and given.statements == before:
            runs[-1][0].append(number)
        elif given.conflict:
            runs.append(([number], given.statements))
        before = given.statements if given.conflict else ()
    return [Conflict(tuple(run), found) for run, found in runs]


def _disagree(found: Sequence[Statement], deciding: Sequence[Statement]) -> bool:
    """Two statuses; statutory under provisions that have none in common; or statutory under one
    provision while what is replaced was issued under another."""
    if len({s.status for s in deciding}) > 1:
        return True
    statutory = [s for s in deciding if s.status == STATUTORY]
    claims = list(filter(None, (_resolved(s.provisions) for s in statutory)))
    if any(not _agree(a, b) for i, a in enumerate(claims) for b in claims[i + 1 :]):
        return True
    replacing = (s for s in found if s.status == UNSTATED)
    replaced = list(filter(None, (_resolved(s.replaced_under) for s in replacing)))
    return any(not _agree(claim, other) for claim in claims for other in replaced)


def _resolved(provisions: Sequence[str]) -> list[str]:
    """Those that are references; words that were not resolved cannot be compared."""
    return [p for p in provisions if "/" in p and " " not in p]


def _agree(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two lists of provisions share one, or one holds a part of the other's."""
    return any(
        a == b or a.startswith(b + "/") or b.startswith(a + "/") for a in first for b in second
    )
