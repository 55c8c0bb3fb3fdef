"""All answers to one question, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from consultation.actions.reading_counts import choices_of, questions_of
from consultation.actions.reading_one import Answered, answered
from consultation.actions.reading_responses import STANDING, Wanted, stretch
from consultation.admin.console import ConsolePage
from consultation.admin.filters import Filters, place_of
from consultation.admin.responses import Line, lines, ways
from consultation.models import Answer, Question, Response

AT_ONCE = 25


class ByQuestion(ConsolePage):
    """The answers that count: of responses that stand and were not refused as late. The filters are
    those of the list; which option was chosen is `choice`."""

    template_name = "consultation/admin/console/by_question.html"
    page_title = "Answers by question"
    header_icon = "help"
    tab = "consultation_by_question"

    @cached_property
    def questions(self) -> Sequence[Question]:
        return questions_of(self.consultation)

    def get(self, request: HttpRequest, pk: int, question: int | None = None) -> HttpResponseBase:
        if question is None and self.questions:
            return redirect("consultation_answers", pk, self.questions[0].pk)
        chosen = next((q for q in self.questions if q.pk == question), None)
        if chosen is None and question is not None:
            raise Http404("There is no such question.")
        return self._show(chosen)

    def _show(self, question: Question | None) -> HttpResponse:
        context: dict[str, Any] = {"questions": self.questions, "question": question}
        if question is not None:
            filters = Filters(self.request.GET, self.questions)
            options = choices_of(question)
            choice = self.request.GET.get("choice", "")
            choice = choice if choice in dict(options) else ""
            asked = urlencode({"choice": choice}) if choice else ""
            query = "&".join(filter(None, (asked, filters.query)))
            wanted = filters.wanted if filters.is_valid() else Wanted()
            wanted = replace(wanted, question=question.pk, choice=choice, state=STANDING)
            found = stretch(
                self.consultation.pk, wanted, **place_of(self.request.GET), size=AT_ONCE
            )
            at = self.questions.index(question)
            context |= {
                "filters": filters,
                "options": options,
                "choice": choice,
                "rows": answers_of(found.rows, question),
                "ways": ways(found, query),
                "before": self._address(at - 1) if at else "",
                "after": self._address(at + 1) if at + 1 < len(self.questions) else "",
            }
        return self.render_to_response(self.get_context_data(**context))

    def _address(self, at: int) -> str:
        return reverse("consultation_answers", args=[self.consultation.pk, self.questions[at].pk])


def answers_of(rows: list[Response], question: Question) -> list[tuple[Line, Answered]]:
    """Their answers to a question, in two queries."""
    found = Answer.objects.filter(question=question, response__in=[row.pk for row in rows])
    said = {answer.response_id: answer for answer in found.select_related("wording")}
    return [
        (line, answered(question, said[line.response.pk], line.sight))
        for line in lines(rows)
        if line.response.pk in said
    ]
