"""The line at the top of every reading page, and what stands at the foot of each printed sheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from html import escape

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from guidance.consultations import LONDON, Asking, that_speaks
from guidance.models import Stage, Withdrawal
from guidance.rendering.addresses import document_path, edition_path
from guidance.standing import Applies, Standing, day_words, standing
from guidance.views.ledger import DocumentFacts, EditionFacts

STAGES = {Stage.FINAL.value: "Final edition", Stage.CORRIGENDUM.value: "Corrigendum"}


def first_line(
    document: DocumentFacts,
    edition: EditionFacts,
    day: date,
    *,
    known_on: date | None = None,
    now: str = "",
    change: str = "",
    askings: Iterable[Asking] = (),
) -> SafeString:
    """What the edition is and whether it applies on `day`, with the way to what does.

    `known_on` is the day as of which `document` is known, `now` the address of the same as known
    now; `change` is where the date can be changed, by default on the document's page. A withdrawal
    gives its reason, which costs a query. `askings` are the consultations on a draft: the line says
    when it closes.
    """
    found = standing(edition, document.editions, day)
    stage = STAGES.get(edition.stage)
    change = escape(change or f"{document_path(document.slug)}#as-at")
    more = [
        *([stage] if stage else []),
        *([escape(found.note)] if found.note else []),
        *([_see(document, found)] if found.see else []),
        f"as at {day_words(day)}{_link(change, 'change', ' the date')}",
        *([_known(known_on, now)] if known_on else []),
        *(["as far as is known today"] if not known_on and day > timezone.localdate() else []),
    ]
    return mark_safe(  # noqa: S308  every part is escaped above
        f'<p class="standing {found.applies}"><strong>{_words(found, askings, day)}</strong>'
        f'<span class="more">{" · ".join(more)}</span>{_reason(document, edition, found)}</p>'
    )


def print_line(
    document: DocumentFacts, edition: EditionFacts, day: date, known_on: date | None = None
) -> str:
    """Title, edition and standing as HTML-safe text for paper."""
    found = standing(edition, document.editions, day)
    words = "" if found.applies == Applies.DRAFT else f" · {found.words}"
    stage = "" if "draft" in edition.title.lower() or words else " · Draft for consultation"
    known = f" as this site knew it on {day_words(known_on)}" if known_on else ""
    line = f"{document.title} · {edition.title}{stage}{words} · as at {day_words(day)}{known}"
    return escape(line)


def _words(found: Standing, askings: Iterable[Asking], day: date) -> str:
    """As HTML. Of another day than today, what held at its end."""
    at = timezone.now()
    if day != timezone.localdate():
        at = datetime.combine(day, time.max, tzinfo=LONDON)
    asking = that_speaks(askings, at) if found.applies == Applies.DRAFT else None
    if asking is None:
        return escape(found.words)
    said = asking.consultation
    return (
        f'Draft for consultation: <a class="govuk-link" href="{escape(said.address)}">'
        f"{escape(said.words(at))}</a>"
    )


def _see(document: DocumentFacts, found: Standing) -> str:
    path = edition_path(document.slug, found.see)
    return f'<a class="govuk-link" href="{path}">{escape(found.see_words)}</a>'


def _link(address: str, words: str, hidden: str = "") -> str:
    """A link in brackets that is left out on paper; `hidden` is for who hears it."""
    unseen = f'<span class="govuk-visually-hidden">{hidden}</span>' if hidden else ""
    return (
        f'<span class="no-print"> (<a class="govuk-link" href="{address}">{words}{unseen}</a>)'
        "</span>"
    )


def _known(known_on: date, now: str) -> str:
    words = f"as this site knew it on {day_words(known_on)}"
    return words + (_link(escape(now), "what it knows now") if now else "")


def _reason(document: DocumentFacts, edition: EditionFacts, found: Standing) -> str:
    """Why the guidance is or will be withdrawn, where the line says that it is."""
    since = edition.withdrawn_from
    if since is None or "ithdrawn" not in f"{found.words} {found.note}":
        return ""
    rows = Withdrawal.objects.filter(document=document.pk, withdrawn_from=since)
    reason = rows.values_list("reason", flat=True).first()
    return f'<span class="reason">Why: {escape(reason)}</span>' if reason else ""
