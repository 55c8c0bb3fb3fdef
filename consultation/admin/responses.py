"""The list of the responses to a consultation, and the list of consultations that leads to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property

from consultation.actions.masking import Sight
from consultation.actions.reading_counts import questions_of
from consultation.actions.reading_responses import (
    COUNTED,
    Stretch,
    counted_to,
    marked_among,
    responses,
    stretch,
)
from consultation.admin.console import ConsolePage
from consultation.admin.filters import Filters, address, place_of
from consultation.closing import in_words
from consultation.models import (
    ConsultationPage,
    OrganisationType,
    Respondent,
    Response,
    State,
    Tally,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A response in a list; `marked`: something in it is confidential."""

    sight: Sight
    marked: bool
    query: str

    @property
    def response(self) -> Response:
        return self.sight.response

    @property
    def address(self) -> str:
        here = reverse("consultation_response", args=[self.response.pk])
        return f"{here}?{self.query}" if self.query else here

    @property
    def kind(self) -> str:
        """What kind of respondent, in words."""
        given = self.response
        words = dict([*Respondent.choices, *OrganisationType.choices])
        return words.get(given.organisation_type or given.respondent, "")

    @property
    def amended(self) -> bool:
        return self.response.version > 1

    @property
    def gone(self) -> bool:
        """Whether it stands no longer."""
        return self.response.state != State.SUBMITTED


class Responses(ConsolePage):
    """Newest first, narrowed by filters; in a fixed number of queries at any number of responses."""

    template_name = "consultation/admin/console/responses.html"
    page_title = "Responses"
    tab = "consultation_responses"

    @cached_property
    def filters(self) -> Filters:
        return Filters(self.request.GET, questions_of(self.consultation))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = Stretch([], None, None)
        context: dict[str, Any] = {}
        if self.filters.is_valid():
            wanted = self.filters.wanted
            found = stretch(self.consultation.pk, wanted, **place_of(request.GET))
            if wanted.countable:
                matching = counted_to(responses(self.consultation.pk, wanted))
                context = {"matching": min(matching, COUNTED), "more": matching > COUNTED}
        return self.render_to_response(
            self.get_context_data(
                filters=self.filters,
                lines=lines(found.rows, self.filters.query),
                ways=ways(found, self.filters.query),
                unfinished=found.unfinished,
                narrowed=self.filters.narrowed,
                **context,
            )
        )


class Which(ConsolePage):
    """The consultations whose responses can be read, the newest first, with how many each has."""

    template_name = "consultation/admin/console/which.html"
    page_title = "Responses"

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = ConsultationPage.objects.published().order_by("-closes", "-pk")
        totals = dict(
            Tally.objects.filter(question=None).order_by().values_list("consultation")
            .annotate(n=Sum("count"))
        )  # fmt: skip
        found = [(page, totals.get(page.pk, 0), in_words(page.closes)) for page in rows]
        return self.render_to_response(self.get_context_data(consultations=found))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super(ConsolePage, self).get_context_data(**context)


def lines(rows: list[Response], query: str = "") -> list[Line]:
    """For the rows of one page; which of them hold confidential words is asked in one query."""
    marked = marked_among(rows)
    return [Line(Sight(response), response.pk in marked, query) for response in rows]


def ways(found: Stretch, query: str) -> dict[str, str]:
    """Addresses of the stretches round this one; "" where there is none."""
    return {
        "newest": (f"?{query}" if found.newer else ""),
        "newer": address(query, before=found.newer),
        "older": address(query, after=found.older),
        "oldest": address(query, end="oldest") if found.older else "",
    }
