"""What to see to before a consultation opens: shown in its editor, each point with where to go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.urls import reverse
from wagtail.admin.panels import Panel
from wagtail.models import Page

from consultation.actions.anchors import anchors_of
from consultation.closing import Phase
from consultation.models import ConsultationPage, Question
from consultation.models.pages import weeks_in_words
from guidance.models import Entry, Kind

TABS = {"criteria": "#tab-criteria", "data": "#tab-data", "ways": "#tab-how_to_respond"}


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence, and the address where it is seen to: "" where that is in this tab."""

    words: str
    address: str = ""


def before_it_opens(page: ConsultationPage) -> Iterator[Point]:
    """Everything that an editor may have forgotten, in the order of the tabs."""
    if page.edition_id is None:
        yield Point("No edition is chosen yet.")
    if short := too_short(page):
        yield Point(short)
    if page.pk:
        yield from _of_questions(page)
    if not (page.contact_email or page.postal_address.strip()):
        yield Point("There is no e-mail or postal address for responses.", TABS["ways"])
    if not page.coordinator.strip():
        yield Point("The consultation co-ordinator is not named.", TABS["ways"])
    yield from _of_criteria(page)
    if not page.privacy_notice:
        yield Point("There is no privacy notice.", TABS["data"])


def too_short(page: ConsultationPage) -> str:
    """That it is open for less than the minimum and why that needs a reason; "" where it is not."""
    if not page.too_short:
        return ""
    words = (
        f"It is open for {weeks_in_words(page.weeks)}; the minimum is {page.minimum_weeks} weeks."
    )
    if page.shorter_reason.strip():
        return f"{words} Your reason will be published."
    return f"{words} To publish it, give the reason for a shorter period, or a later close."


def _of_questions(page: ConsultationPage) -> Iterator[Point]:
    listed = reverse("consultation_questions", args=[page.pk])
    asked = list(Question.objects.filter(consultation=page).asked().prefetch_related("paragraphs"))
    if not asked:
        yield Point("It asks no questions yet.", listed)
    if page.edition_id is None:
        return
    printed = set(
        Entry.objects.filter(edition=page.edition_id, version__kind=Kind.QUESTION).values_list(
            "paragraph", flat=True
        )
    )
    if left := printed - {question.printed_id for question in asked}:
        count = f"{len(left)} question{'' if len(left) == 1 else 's'}"
        are = "is" if len(left) == 1 else "are"
        yield Point(
            f"{count} printed in the edition {are} not asked.",
            reverse("consultation_from_text", args=[page.pk]),
        )
    placed = [(question, p) for question in asked for p in question.paragraphs.all()]
    standing = anchors_of(page.edition_id, [p.paragraph_id for _, p in placed])
    for question, paragraph in placed:
        if paragraph.paragraph_id not in standing:
            yield Point(
                f"{question.label} asks about paragraph {paragraph.number}, which is not in this"
                " edition.",
                reverse("consultation_question", args=[page.pk, question.pk]),
            )


def _of_criteria(page: ConsultationPage) -> Iterator[Point]:
    met = [row for row in page.criteria.all() if row.met]
    if bare := [row.criterion for row in met if not row.evidence.strip()]:
        one = len(bare) == 1
        named = f"Criteri{'on' if one else 'a'} {', '.join(sorted(bare))}"
        yield Point(
            f"{named} {'is' if one else 'are'} ticked without saying how.", TABS["criteria"]
        )
    if not met:
        yield Point("None of the criteria is ticked as met.", TABS["criteria"])


class BeforeItOpens(Panel):
    """In the editor, above the fields, until the consultation is open."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "consultation/admin/before_it_opens.html"

        class Media:
            css = {"all": ["consultation/admin/setting_up.css"]}

        def is_shown(self) -> bool:
            page = self.instance
            shown = page.pk and page.live and page.opens and page.closes
            return not (shown and page.phase() != Phase.UPCOMING)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"points": list(before_it_opens(self.instance)), "page": self.instance}


def warn(request: Any, page: Page) -> None:
    """Once somebody saved a draft: that its time is short. The editor's own saving in between, which
    asks for JSON, says nothing."""
    asked = request.accepts("text/html") and "action-publish" not in request.POST
    if asked and isinstance(page, ConsultationPage):
        words = too_short(page)
        if words and not page.shorter_reason.strip():
            messages.warning(request, words)
