"""What the pages of a draft edition say of the consultations on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from uuid import UUID

from guidance.consultations import Asking, consulting_on
from guidance.models import Entry, Kind, Stage
from guidance.rendering.stored_blocks import StoredBlock, with_blocks
from guidance.views.ledger import DocumentFacts, EditionFacts


def askings_on(
    facts: DocumentFacts, issued: EditionFacts | None, known_on: date | None = None
) -> Sequence[Asking]:
    """The consultations on a draft with their questions, in one query; none on other editions, which
    cost no query. When the site came to know of one is not kept, so with `known_on` there are none."""
    if issued is None or issued.stage != Stage.CONSULTATION or known_on:
        return []
    return consulting_on(facts.slug, issued.slug)


def as_they_stand(askings: Sequence[Asking], now: datetime) -> list[tuple[Asking, str]]:
    """What a kept page depends on: it is made again when one opens or closes."""
    return [(asking, asking.consultation.words(now)) for asking in askings]


def with_answers(
    html: str, issued: EditionFacts, section: str, askings: Sequence[Asking], now: datetime
) -> str:
    """A section's HTML with the way to answer at each printed question that an open consultation
    asks; in one query, or none where nothing is open."""
    answers = {
        question.printed: question.address
        for asking in askings
        if asking.consultation.is_open(now)
        for question in asking.questions
        if question.printed
    }
    if not answers:
        return html
    printed = _printed(issued.pk, section)

    def placed(block: StoredBlock) -> str:
        if block.reference or block.question >= len(printed):
            return block.html
        address = answers.get(printed[block.question], "")
        return (
            f"{block.html.removesuffix('</div>')}{_answer(address)}</div>"
            if address
            else block.html
        )

    return with_blocks(html, placed)


def _printed(edition: int, section: str) -> list[UUID]:
    """The blocks of a section in which questions are printed, in order."""
    rows = Entry.objects.filter(
        edition=edition, section__slug=section, version__kind=Kind.QUESTION
    ).order_by("position")
    return list(rows.values_list("paragraph_id", flat=True))


def _answer(address: str) -> str:
    return (
        f'<p class="asked-answer no-print"><a href="{escape(address)}">Answer this question</a></p>'
    )
