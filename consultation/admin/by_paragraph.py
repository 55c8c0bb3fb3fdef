"""What was said on each paragraph: comments on it, and answers to the questions that ask about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from consultation.actions.anchors import anchors_of
from consultation.actions.masking import Shown
from consultation.actions.reading_paragraphs import asked_about, commented
from consultation.actions.reading_responses import STANDING, Wanted, stretch
from consultation.actions.standing_anchors import where_now
from consultation.admin.by_question import AT_ONCE, answers_of
from consultation.admin.console import ConsolePage
from consultation.admin.filters import place_of
from consultation.admin.responses import Line, lines, ways
from consultation.models import ParagraphComment, Response


class ByParagraph(ConsolePage):
    """The paragraphs on which something was said or asked, in the order of the draft."""

    template_name = "consultation/admin/console/by_paragraph.html"
    page_title = "Comments by paragraph"
    header_icon = "list-ul"
    tab = "consultation_by_paragraph"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(rows=commented(self.consultation)))


class OnParagraph(ConsolePage):
    """Comments on one paragraph or, with `?question=`, answers to a question that asks about it."""

    template_name = "consultation/admin/console/on_paragraph.html"
    page_title = "What was said on a paragraph"
    header_icon = "list-ul"
    tab = "consultation_by_paragraph"

    def get(self, request: HttpRequest, pk: int, paragraph: UUID) -> HttpResponse:
        edition = self.consultation.edition
        found = anchors_of(self.consultation.edition_id or 0, [paragraph]).get(paragraph)
        if found is None or edition is None:
            raise Http404("The draft has no such paragraph.")
        questions = asked_about(self.consultation).get(paragraph, [])
        named = request.GET.get("question", "")
        question = next((q for q in questions if str(q.pk) == named), None)
        asks: dict[str, Any] = {"question": question.pk} if question else {"paragraph": paragraph}
        wanted = Wanted(**asks, state=STANDING)
        rows = stretch(self.consultation.pk, wanted, **place_of(request.GET), size=AT_ONCE)
        comment = ParagraphComment(
            paragraph_id=found.paragraph, version_id=found.version, number=found.number
        )
        return self.render_to_response(
            self.get_context_data(
                anchor=found,
                standing=where_now([comment], edition=edition)[0],
                questions=questions,
                question=question,
                answers=answers_of(rows.rows, question) if question else [],
                comments=[] if question else comments_of(rows.rows, paragraph),
                ways=ways(rows, f"question={question.pk}" if question else ""),
            )
        )


def comments_of(rows: list[Response], paragraph: UUID) -> list[tuple[Line, list[Shown]]]:
    """What they say on a paragraph, in two queries."""
    found = ParagraphComment.objects.filter(
        paragraph=paragraph, response__in=[row.pk for row in rows]
    )
    said = {comment.response_id: comment.text for comment in found}
    return [
        (line, line.sight.pieces(said[line.response.pk]))
        for line in lines(rows)
        if line.response.pk in said
    ]
