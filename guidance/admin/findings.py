"""Findings of the checks as an editor reads them: what blocks first, then by kind, many folded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from guidance.actions.finding import Check
from guidance.editorial.codes import CODES

SHOWN = 3
"""How many findings of one kind are shown before the rest is folded."""


@dataclass(frozen=True, slots=True)
class Kind:
    """All findings of one code, the first few and those that are folded behind them. `remedy` is
    what all of them ask for, or empty where they differ."""

    code: str
    title: str
    remedy: str
    shown: list[Check]
    folded: list[Check]

    @property
    def count(self) -> int:
        return len(self.shown) + len(self.folded)


@dataclass(frozen=True, slots=True)
class Findings:
    """What `guidance/admin/findings.html` shows."""

    blocking: list[Kind]
    advice: list[Kind]

    @property
    def groups(self) -> list[tuple[str, list[Kind]]]:
        named = [("To put right before it can be published", self.blocking)]
        named.append(("To look at", self.advice))
        return [(title, kinds) for title, kinds in named if kinds]

    @property
    def blocking_count(self) -> int:
        return sum(kind.count for kind in self.blocking)

    @property
    def count(self) -> int:
        return self.blocking_count + sum(kind.count for kind in self.advice)


def findings(checks: Iterable[Check]) -> Findings:
    """The checks for `{% include "guidance/admin/findings.html" %}`, in the order of the codes;
    those of one code stay in the order of the text."""
    listed = list(checks)
    return Findings(
        blocking=_kinds(c for c in listed if c.blocking),
        advice=_kinds(c for c in listed if not c.blocking),
    )


def _kinds(checks: Iterable[Check]) -> list[Kind]:
    order = {code: at for at, code in enumerate(CODES)}
    ranked = sorted(checks, key=lambda c: (order.get(c.code, len(order)), c.code))
    kinds = []
    for code, same in groupby(ranked, key=lambda c: c.code):
        found = list(same)
        cut = len(found) if len(found) <= SHOWN + 1 else SHOWN
        title = CODES[code].finds if code in CODES else code
        remedies = {check.remedy for check in found}
        remedy = remedies.pop() if len(remedies) == 1 else ""
        kinds.append(Kind(code, title, remedy, found[:cut], found[cut:]))
    return kinds
