"""What is proposed to an editor of a draft: each sentence that demands something, and of whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from guidance.actions.edition_source import Source, drafted
from guidance.actions.obligations import (
    Decision,
    Key,
    decisions_of,
    identity_of,
    sentences_of,
    words_of,
)
from guidance.edition_text import SectionSource
from guidance.models import AuthorityType, Edition, EditionPage
from guidance.numbering import Ranges, parse_ranges
from guidance.obligations import Names, Obligation, is_general, sentence_digest

Origin = Literal["before", "sentence", "duty", "nobody"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence of a numbered paragraph with what is proposed for it, and what was decided.

    `origin` says where the binding comes from: the edition issued before, the sentence itself, the
    duty explained here (`duty` is its title), or nowhere. `doubt` says why it may demand nothing.
    """

    paragraph: str
    number: str
    words: str
    sentence: str
    digest: str
    strength: str
    binds: tuple[str, ...]
    excepts: tuple[str, ...]
    origin: Origin
    duty: str = ""
    doubt: str = ""
    decision: Decision | None = None

    @property
    def key(self) -> str:
        """Short, for names of form fields and anchors; unique in an edition for all purposes."""
        return f"{self.paragraph}-{self.digest[:16]}"

    @property
    def state(self) -> Literal["confirmed", "dropped", "undecided"]:
        if self.decision is None:
            return "undecided"
        return "confirmed" if self.decision.confirmed else "dropped"

    @property
    def shown(self) -> Decision:
        """What was decided, or else what confirming the proposal would decide."""
        if self.decision is not None:
            return self.decision
        return Decision(self.paragraph, self.digest, True, self.strength, self.binds, self.excepts)


@dataclass(frozen=True, slots=True)
class SectionProposals:
    """The sentences of one section in order; `page` is the primary key of its page."""

    page: int
    title: str
    proposals: Sequence[Proposal]

    @property
    def undecided(self) -> int:
        return sum(p.state == "undecided" for p in self.proposals)


@dataclass(frozen=True, slots=True)
class Gone:
    """A decision whose sentence no longer stands; `number` is "" where the paragraph is gone too,
    and `sentence` "" where no issued edition keeps its words."""

    decision: Decision
    number: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Demands:
    """Everything that a draft demands, as far as it was found and decided."""

    sections: Sequence[SectionProposals]
    gone: Sequence[Gone]
    previous: Edition | None

    @property
    def proposals(self) -> Iterator[Proposal]:
        return (proposal for section in self.sections for proposal in section.proposals)


def proposals(page: EditionPage) -> Demands:
    """The sentences of a draft that demand something, with what was decided of them."""
    source = drafted(page)
    decided = {decision.key: decision for decision in decisions_of(page)}
    previous = _previous(page)
    proposer = _Proposer(source, decided, previous)
    sections = [proposer.section(section) for section in source.sections]
    standing = {(p.paragraph, p.digest) for section in sections for p in section.proposals}
    gone = [
        Gone(
            decision,
            proposer.numbers.get(decision.paragraph, ""),
            proposer.before.get(decision.key, {}).get("sentence", ""),
        )
        for key, decision in decided.items()
        if key not in standing
    ]
    return Demands(sections, gone, previous)


def _previous(page: EditionPage) -> Edition | None:
    editions = Edition.objects.filter(document=page.get_parent().pk).exclude(page=page.pk)
    return editions.order_by("-issued_at", "-pk").first()


class _Proposer:
    """Proposes section by section; collects the numbers of paragraphs on its way."""

    def __init__(
        self, source: Source, decided: Mapping[Key, Decision], previous: Edition | None
    ) -> None:
        register = AuthorityType.objects.values_list("name", flat=True)
        definitions = {row["term"]: row["meaning"] for row in source.facts.definitions}
        self._names = Names(register, definitions)
        self._known = set(register)
        self._decided = decided
        self._duties = list(_explained(source.facts.duties))
        self.numbers: dict[str, str] = {}
        self.before: dict[Key, Mapping[str, Any]] = {}
        for row in previous.obligations if previous else ():
            self.before[row["paragraph"], sentence_digest(row["sentence"])] = row

    def section(self, section: SectionSource) -> SectionProposals:
        found: list[Proposal] = []
        for block, place in zip(section.blocks, section.places, strict=True):
            identity = identity_of(block)
            if block.kind != "paragraph" or not identity:
                continue
            number = f"{section.prefix} {block.number}".strip()
            self.numbers[identity] = number
            duty = self._duty(f"{section.prefix} {place.after}".strip(), section.number)
            words = words_of(block)
            for obligation, digest in sentences_of(words):
                found.append(self._propose(identity, number, words, obligation, digest, duty))
        title = f"{section.number} {section.title}".strip()
        return SectionProposals(section.page, title, found)

    def _propose(
        self,
        identity: str,
        number: str,
        words: str,
        obligation: Obligation,
        digest: str,
        duty: Mapping[str, Any] | None,
    ) -> Proposal:
        binds, excepts, origin, title, strength = self._binding(identity, digest, obligation, duty)
        return Proposal(
            paragraph=identity,
            number=number,
            words=words,
            sentence=obligation.sentence,
            digest=digest,
            strength=strength,
            binds=tuple(name for name in binds if name in self._known),
            excepts=tuple(name for name in excepts if name in self._known),
            origin=origin,
            duty=title,
            doubt="" if origin == "before" else obligation.doubt,
            decision=self._decided.get((identity, digest)),
        )

    def _binding(
        self,
        identity: str,
        digest: str,
        obligation: Obligation,
        duty: Mapping[str, Any] | None,
    ) -> tuple[Iterable[str], Iterable[str], Origin, str, str]:
        strength: str = obligation.strength
        if row := self.before.get((identity, digest)):
            return row["binds"], row["excepts"], "before", "", row["strength"]
        named = self._names.bound(obligation.subject)
        if named.binds:
            return named.binds, named.excepts, "sentence", "", strength
        if duty is not None and is_general(obligation.subject):
            return duty["binds"], duty["excepts"], "duty", duty["title"], strength
        return (), (), "nobody", "", strength

    def _duty(self, number: str, section: str) -> Mapping[str, Any] | None:
        """The duty explained at a paragraph, where it is exactly one that binds somebody."""
        here = [row for ranges, row in self._duties if ranges.covers(number, section=section)]
        return here[0] if len(here) == 1 else None


def _explained(duties: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Ranges, Mapping[str, Any]]]:
    for row in duties:
        words = row.get("explained_in", "")
        if not words or not row.get("binds"):
            continue
        try:
            yield parse_ranges(words), row
        except ValueError:  # words that name no range, such as "throughout"
            continue
