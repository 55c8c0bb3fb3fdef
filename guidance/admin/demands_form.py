"""What an editor sent of the page "What it demands", read into decisions.

Every sentence has its own fields: `decision-KEY`, `strength-KEY`, and `binds-KEY` and `excepts-KEY`,
each any number of primary keys of authority types.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guidance.actions.obligation_proposals import Proposal
from guidance.actions.obligations import Decision

ANSWERS: dict[str, bool | None] = {"confirm": True, "drop": False, "later": None}


@dataclass(frozen=True, slots=True)
class Sent:
    """The decisions that were sent, and how many of the sentences shown no longer stand."""

    decisions: list[Decision]
    stale: int


def read_sent(post: Any, proposals: Iterable[Proposal], names: Mapping[int, str]) -> Sent:
    """The decisions of a form over some of these proposals; `names` are the authority types by
    primary key. What was not sent stays as it is."""
    by_key = {proposal.key: proposal for proposal in proposals}
    shown = list(dict.fromkeys(post.getlist("row")))
    decisions = [
        _decision(post, by_key[key], names)
        for key in shown
        if key in by_key and post.get(f"decision-{key}") in ANSWERS
    ]
    return Sent(decisions, sum(key not in by_key for key in shown))


def confirm_all(proposals: Iterable[Proposal], sent: Sent) -> list[Decision]:
    """Everything sent, and every plain proposal on which nothing was decided, confirmed as it is
    shown; a doubtful one is left to be looked at."""
    found = {decision.key: decision for decision in sent.decisions}
    for proposal in proposals:
        key = (proposal.paragraph, proposal.digest)
        said = found.get(key, proposal.shown)
        if proposal.doubt or proposal.decision is not None or said.confirmed is False:
            continue
        found[key] = Decision(*key, True, said.strength, said.binds, said.excepts)
    return list(found.values())


def _decision(post: Any, proposal: Proposal, names: Mapping[int, str]) -> Decision:
    key = proposal.key
    return Decision(
        paragraph=proposal.paragraph,
        sentence=proposal.digest,
        confirmed=ANSWERS[post[f"decision-{key}"]],
        strength=post.get(f"strength-{key}", proposal.shown.strength),
        binds=_names(post.getlist(f"binds-{key}"), names),
        excepts=_names(post.getlist(f"excepts-{key}"), names),
    )


def _names(sent: Iterable[str], names: Mapping[int, str]) -> tuple[str, ...]:
    """In the order of the register, so that the same choice is always the same decision. A type
    that was deleted meanwhile is refused by its number when the decision is recorded."""
    chosen = {int(pk) for pk in sent if pk.isascii() and pk.isdigit()}
    missing = sorted(chosen - names.keys())
    return (*(name for pk, name in names.items() if pk in chosen), *(f"no. {pk}" for pk in missing))
