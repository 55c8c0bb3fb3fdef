"""What a draft demands: sentences proposed to an editor, decided by one, and frozen at publication.

A sentence is known by its paragraph and the digest of its words, so a decision holds as long as the
sentence stands, in this edition and in its copies.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.log_actions import log

from guidance.content import plain_text
from guidance.edition_text import Block, SectionSource
from guidance.models import AuthorityType, EditionPage, ObligationDecision, Strength
from guidance.obligations import Obligation, find_obligations, sentence_digest

LOG_ACTION = "guidance.obligations.decide"

logger = logging.getLogger("guidance.obligations")

Key = tuple[str, str]
"""A paragraph's identity and the digest of a sentence in it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor says of one sentence; `confirmed` None takes an earlier decision back.

    `sentence` is its digest, `binds` and `excepts` are names of authority types.
    """

    paragraph: str
    sentence: str
    confirmed: bool | None
    strength: str = Strength.SHOULD
    binds: tuple[str, ...] = ()
    excepts: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return (self.paragraph, self.sentence)


def confirmed_obligations(
    page: EditionPage, sections: Sequence[SectionSource]
) -> list[dict[str, Any]]:
    """Rows for `Facts.obligations`, in the order of the text: of the sentences that stand in it now
    those that were confirmed."""
    confirmed = {d.key: d for d in decisions_of(page) if d.confirmed}
    if not confirmed:
        return []
    paragraphs = {paragraph for paragraph, _ in confirmed}
    rows: list[dict[str, Any]] = []
    for section in sections:
        for block in section.blocks:
            identity = identity_of(block)
            if block.kind != "paragraph" or identity not in paragraphs:
                continue
            for obligation, digest in sentences_of(words_of(block)):
                decision = confirmed.pop((identity, digest), None)
                if decision is not None:
                    rows.append(_row(decision, obligation.sentence))
    return rows


def decisions_of(page: EditionPage) -> list[Decision]:
    """Every decision on the edition's sentences, in one query, in the order they were first made."""
    rows = ObligationDecision.objects.filter(page=page.pk).values_list(
        "paragraph", "sentence", "confirmed", "strength", "binds", "excepts"
    )
    return [
        Decision(str(paragraph), digest, confirmed, strength, tuple(binds), tuple(excepts))
        for paragraph, digest, confirmed, strength, binds, excepts in rows.order_by("pk")
    ]


def identity_of(block: Block) -> str:
    """As the ledger writes it, however it was typed; "" for what is no UUID, which a check finds."""
    try:
        return str(UUID(block.identity))
    except ValueError:
        return ""


def sentences_of(words: str) -> list[tuple[Obligation, str]]:
    """What a numbered paragraph of these words demands, each sentence once, with its digest."""
    found: dict[str, Obligation] = {}
    for obligation in find_obligations(words):
        found.setdefault(sentence_digest(obligation.sentence), obligation)
    return [(obligation, digest) for digest, obligation in found.items()]


def words_of(block: Block) -> str:
    """The plain words of a paragraph without its footnotes, which explain and demand nothing."""
    words = plain_text(block.content)
    if not block.content.get("notes"):
        return words
    return words.removesuffix(plain_text({"notes": block.content["notes"]})).rstrip("\n")


def decide_obligations(*, user: Any, page: EditionPage, decisions: Iterable[Decision]) -> int:
    """Record what an editor decided about sentences of a draft, and return how many changed.

    Raises PermissionDenied for who may not edit the draft or where it is locked or issued, and
    ValidationError where a strength or an authority type is not one. Nothing is half-written.
    """
    wanted = {decision.key: decision for decision in decisions}
    with transaction.atomic():
        page = EditionPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        may = page.permissions_for_user(user)
        if page.issued or not may.can_edit() or may.page_locked():
            raise PermissionDenied("You may not decide what this edition demands.")
        _validate(wanted.values())
        known = {decision.key: decision for decision in decisions_of(page)}
        new = [d for key, d in wanted.items() if d.confirmed is not None and known.get(key) != d]
        gone = [key for key, d in wanted.items() if d.confirmed is None and key in known]
        _write(page, user, new, gone)
        if new or gone:
            _record(page, user, new, len(gone))
    return len(new) + len(gone)


def _write(page: EditionPage, user: Any, new: Sequence[Decision], gone: Sequence[Key]) -> None:
    ObligationDecision.objects.bulk_create(
        [
            ObligationDecision(
                page=page,
                paragraph=UUID(d.paragraph),
                sentence=d.sentence,
                confirmed=bool(d.confirmed),
                strength=d.strength,
                binds=list(d.binds),
                excepts=list(d.excepts),
                decided_by=user,
            )
            for d in new
        ],
        update_conflicts=True,
        unique_fields=["page", "paragraph", "sentence"],
        update_fields=["confirmed", "strength", "binds", "excepts", "decided_by", "decided_at"],
    )
    rows = ObligationDecision.objects.filter(
        page=page, paragraph__in={paragraph for paragraph, _ in gone}
    )
    pks = {(str(row.paragraph), row.sentence): row.pk for row in rows} if gone else {}
    ObligationDecision.objects.filter(pk__in=[pks[key] for key in gone]).delete()


def _record(page: EditionPage, user: Any, new: Sequence[Decision], undecided: int) -> None:
    counts = {
        "confirmed": sum(bool(d.confirmed) for d in new),
        "dropped": sum(d.confirmed is False for d in new),
        "undecided": undecided,
    }
    log(instance=page, action=LOG_ACTION, user=user, data=counts)
    logger.info(
        "event=obligations_decided edition=%s user=%s confirmed=%s dropped=%s undecided=%s",
        page.pk,
        user.pk,
        *counts.values(),
    )


def _validate(decisions: Iterable[Decision]) -> None:
    known: set[str] | None = None
    for decision in decisions:
        if decision.confirmed is None:
            continue
        if decision.strength not in Strength.values:
            raise ValidationError("Choose must, should or may.", code="strength")
        names = {*decision.binds, *decision.excepts}
        if names and known is None:
            known = set(AuthorityType.objects.values_list("name", flat=True))
        if missing := sorted(names - (known or set())):
            raise ValidationError(
                f"The register has no authority type “{missing[0]}”. Add it to the register, or"
                " choose one that it has.",
                code="authority",
            )


def _row(decision: Decision, sentence: str) -> dict[str, Any]:
    return {
        "paragraph": decision.paragraph,
        "sentence": sentence,
        "strength": decision.strength,
        "binds": list(decision.binds),
        "excepts": list(decision.excepts),
    }
