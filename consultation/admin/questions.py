"""The questions of a consultation: their list, in the order in which they are asked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from consultation.actions.anchors import Anchor, anchors
from consultation.actions.asking import ask, ask_again, is_answerable, reorder, retire, reword
from consultation.actions.naming import paragraphs_in_words
from consultation.admin.consultation_page import ConsultationAdminView, add_errors
from consultation.admin.question_form import QuestionForm
from consultation.models import Question, State

COUNTED = Count("answers", filter=~Q(answers__response__state=State.DRAFT))
"""Answers that were received; what is still being written is nobody's but its writer's."""


class Questions(ConsultationAdminView):
    """The list; up and down are buttons, so that a keyboard does what a mouse does."""

    template_name = "consultation/admin/questions.html"
    page_title = "Questions"
    header_icon = "list-ol"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = self._rows()
        asked = [question for question in rows if question.retired_at is None]
        return self.render_to_response(
            self.get_context_data(
                asked=asked,
                retired=[question for question in rows if question.retired_at],
                opened=self.consultation.has_opened,
                may_ask=self.permissions.can_ask(),
                focus=_focus(request.GET.get("moved", ""), asked),
            )
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask one again, or move one up or down; the same button then has the focus."""
        if "again" in request.POST:
            return self._ask_again(request.POST["again"])
        order = [question.pk for question in self._rows() if question.retired_at is None]
        way = "up" if "up" in request.POST else "down"
        named = request.POST.get(way, "")
        moved = int(named) if named.isdecimal() else 0
        if moved in order:
            at = order.index(moved)
            to = max(0, min(len(order) - 1, at + (-1 if way == "up" else 1)))
            order.insert(to, order.pop(at))
            reorder(user=request.user, consultation=self.consultation, order=order)
        return redirect(f"{request.path}?moved={way}-{moved}")

    def _ask_again(self, typed: str) -> HttpResponse:
        retired = self.consultation.questions.exclude(retired_at=None)
        question = get_object_or_404(retired, pk=int(typed) if typed.isdecimal() else 0)
        try:
            done = ask_again(user=self.request.user, question=question)
            messages.success(self.request, f"{done.label} is asked again.")
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        return redirect(self.request.path)

    def _rows(self) -> QuerySet[Question]:
        rows = self.consultation.questions.filter(wording__isnull=False)
        rows = rows.order_by("position", "pk")  # counting would leave the order of the model out
        return rows.select_related("wording").prefetch_related("paragraphs").annotate(n=COUNTED)


def _focus(moved: str, asked: list[Question]) -> str:
    """The button that has the focus, as in "up-17": the one that was pressed, or the other one where
    the question cannot go further."""
    way, _, named = moved.partition("-")
    order = [str(question.pk) for question in asked]
    if named not in order:
        return ""
    ends = {"up": order[0], "down": order[-1]}
    other = {"up": "down", "down": "up"}
    return f"{other[way] if ends.get(way) == named else way}-{named}"


class EditQuestion(ConsultationAdminView):
    """One question: a new one, or one that is reworded or taken out."""

    template_name = "consultation/admin/question.html"
    header_icon = "edit"

    def allowed(self) -> bool:
        return bool(self.permissions.can_ask())

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.question: Question | None = None
        if "question" in kwargs:
            rows = Question.objects.filter(consultation=kwargs["pk"], wording__isnull=False)
            self.question = get_object_or_404(
                rows.select_related("wording", "consultation").annotate(n=COUNTED),
                pk=kwargs["question"],
            )
        self.page_title = str(self.question.label) if self.question else "Add a question"

    def between(self) -> list[dict[str, Any]]:
        return [{"url": self._list(), "label": Questions.page_title}]

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        return self._show(self._form())

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        if "retire" in request.POST and self.question:
            return self._retire(self.question)
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            words = self._save(form)
        except ValidationError as error:
            add_errors(form, error)
            return self._show(form)
        messages.success(request, words)
        return redirect(self._list())

    def _save(self, form: QuestionForm) -> str:
        """What was done, in a sentence."""
        user, asking = self.request.user, form.asking()
        if self.question is None:
            made = ask(user=user, consultation=self.consultation, asking=asking)
            return f"{made.label} was added."
        done = reword(user=user, question=self.question, asking=asking)
        label = done.question.label
        if not done.new_version:
            return f"{label} was saved."
        count = f"{done.kept:,} answer{'' if done.kept == 1 else 's'}"
        return (
            f"{label} is asked in the new wording from now on. {count} received in an earlier"
            " wording will be read with that wording."
        )

    def _retire(self, question: Question) -> HttpResponse:
        kept = retire(user=self.request.user, question=question)
        words = (
            f"{question.label} is asked no more. Its answers are kept, and it is listed below."
            if kept
            else f"{question.label} was taken out."
        )
        messages.success(self.request, words)
        return redirect(self._list())

    def _form(self, data: Any = None) -> QuestionForm:
        edition = self.consultation.edition_id or 0
        return QuestionForm(data, edition=edition, initial=self._initial())

    def _initial(self) -> dict[str, Any]:
        if self.question is None:
            return {"number": self._next_number()}
        wording = self.question.wording
        assert wording is not None
        chosen = {row.paragraph_id for row in self.question.paragraphs.all()}
        return {
            **{name: getattr(wording, name) for name in QuestionForm.PLAIN},
            **{name: getattr(wording.asked, name) for name in ("smallest", "largest")},
            "options": "\n".join(words for _, words in wording.options),
            "paragraphs": paragraphs_in_words(self.known, chosen),
        }

    @property
    def known(self) -> list[Anchor]:
        return list(anchors(self.consultation.edition_id or 0).values())

    def _next_number(self) -> str:
        """One more than the largest that is asked."""
        rows = self.consultation.questions.asked()
        numbers = [q.wording.number for q in rows if q.wording]
        return str(1 + max((int(n) for n in numbers if n.isdecimal()), default=0))

    def _list(self) -> str:
        return reverse("consultation_questions", args=[self.kwargs["pk"]])

    def _show(self, form: QuestionForm) -> HttpResponse:
        question = self.question
        context = self.get_context_data(
            form=form,
            question=question,
            answerable=bool(question and is_answerable(question)),
            wordings=question.wordings.order_by("-version") if question else [],
        )
        return self.render_to_response(context, status=422 if form.errors else 200)
