"""What "Check and publish" says of an edition: its facts, what readers will see, how it differs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from guidance.actions.checks import Examined
from guidance.edition_text import CITED, EditionText
from guidance.models import Edition, EditionPage, Entry, Withdrawal
from guidance.models.pages import CAN_BE_IN_FORCE, Stage
from guidance.standing import day_words


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many paragraphs are new, changed, the same or gone against the edition before."""

    previous: Edition
    new: int
    changed: int
    same: int
    gone: int


def effects(page: EditionPage, at: datetime | None = None) -> list[str]:
    """What a reader will see once the edition is published (at a set time, or today), in
    sentences."""
    day = timezone.localdate(at) if at else timezone.localdate()
    return [*_correction(page), *_standing(page, day), *_printed_date(page, at)]


def compare(page: EditionPage, text: EditionText) -> Comparison | None:
    """The draft against the edition issued last, by paragraph; None for a first edition."""
    previous = Edition.objects.filter(document_id=page.get_parent().pk).exclude(page=page)
    last = previous.order_by("-issued_at", "-pk").first()
    if last is None:
        return None
    entries = Entry.objects.filter(edition=last).citable()
    issued = entries.values_list("paragraph_id", "version__digest")
    before = {str(identity): digest for identity, digest in issued}
    after = {line.identity: line.digest for line in text.lines if line.block.kind in CITED}
    kept = before.keys() & after.keys()
    same = sum(before[identity] == after[identity] for identity in kept)
    return Comparison(
        previous=last,
        new=len(after) - len(kept),
        changed=len(kept) - same,
        same=same,
        gone=len(before) - len(kept),
    )


def facts(found: Examined) -> list[tuple[str, str]]:
    """Names and values of what the edition says of itself."""
    page = found.source.page
    rows = [
        ("Stage", page.get_stage_display()),
        ("Published", day_words(page.published) if page.published else "no date"),
    ]
    if page.stage in CAN_BE_IN_FORCE:
        begins = page.in_force_from
        rows.append(("In force from", day_words(begins) if begins else "no date"))
    if page.corrects:
        rows.append(("Corrects", page.corrects.title))
        rows.append(("What it corrects", page.correction or "not said yet"))
    rows.append(("Sections", str(len(found.source.sections))))
    if found.text:
        statuses = [n.basis.status for n in found.text.lines if n.block.kind == "paragraph"]
        rows.append(("Numbered paragraphs", str(len(statuses))))
        rows.append(("Of these, statutory guidance", str(statuses.count("statutory"))))
    return rows


def _standing(page: EditionPage, today: date) -> list[str]:
    if page.stage not in CAN_BE_IN_FORCE:
        return ["Readers will see it as a draft for consultation. It will not be in force."]
    if page.in_force_from is None or page.published is None:
        return ["Its dates are not complete, so nobody can say when it will be in force."]
    begins = max(page.in_force_from, page.published)
    day = day_words(begins)
    rivals = Edition.objects.filter(document_id=page.get_parent().pk)
    now = rivals.in_force_on(today).first()
    if begins > today:
        until = f"until then “{now.title}” stays in force" if now else "none is in force until then"
        return [f"Readers will see it as not yet in force. It applies from {day}; {until}."]
    withdrawn = _withdrawn(page)
    if withdrawn and withdrawn <= today:
        return [f"The guidance is withdrawn from {day_words(withdrawn)}, and this edition, whose "
                "dates are earlier, will be shown as withdrawn too."]  # fmt: skip
    dates = (page.in_force_from, page.published)
    if now and (now.in_force_from, now.published) > dates:
        return [f"“{now.title}”, which is of a later date, stays in force."]
    until = f" It is withdrawn from {day_words(withdrawn)}." if withdrawn else ""
    if now:
        return [f"It will be in force at once, from {day}, in place of “{now.title}”.{until}"]
    return [f"It will be in force at once, from {day}.{until}"]


def _withdrawn(page: EditionPage) -> date | None:
    """The day of the first withdrawal that ranks above the edition (see `Withdrawal`)."""
    dates = [
        row.withdrawn_from
        for row in Withdrawal.objects.filter(document_id=page.get_parent().pk)
        if (row.withdrawn_from, row.made_on) >= (page.in_force_from, page.published)
    ]
    return min(dates, default=None)


def _correction(page: EditionPage) -> list[str]:
    if page.stage != Stage.CORRIGENDUM or page.corrects is None:
        return []
    return [
        f"It is a corrigendum to “{page.corrects.title}”. Both stay readable, and each says that"
        " the other is there."
    ]


def _printed_date(page: EditionPage, at: datetime | None) -> list[str]:
    """Where the date printed on it is not the day on which it appears."""
    if at is None or page.published is None or timezone.localdate(at) == page.published:
        return []
    return [
        f"The date printed on it is {day_words(page.published)}; it will appear on"
        f" {day_words(timezone.localdate(at))}."
    ]
