"""Questions from the text: what the draft prints beside what it lists, to be asked with one button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from consultation.actions.asking import ask_proposed, printed_and_asked
from consultation.actions.proposing import Proposed, proposed_questions
from consultation.admin.consultation_page import ConsultationAdminView
from consultation.models import Question, QuestionKind

PRINTED, LISTED, OWN = "printed", "listed", "own"
KINDS = [
    (kind.value, kind.label)
    for kind in QuestionKind
    if kind not in (QuestionKind.ONE, QuestionKind.SEVERAL)
]
"""Those with options of their own are chosen afterwards, in the form of the question."""


@dataclass(frozen=True)
class Row:
    """A proposed question on the page, with what the editor chose so far."""

    key: str
    proposed: Proposed
    done: Question | None
    ticked: bool
    words: str
    own: str
    number: str
    kind: str

    @property
    def asking(self) -> Proposed:
        """As it is to be asked."""
        said = {
            PRINTED: self.proposed.printed_words,
            LISTED: self.proposed.listed_words,
            OWN: self.own,
        }
        text = said.get(self.words, "")
        return replace(self.proposed, number=self.number, text=text, kind=self.kind)


class FromText(ConsultationAdminView):
    """For those who may change the questions of the consultation."""

    template_name = "consultation/admin/from_text.html"
    page_title = "Questions from the text"
    header_icon = "openquote"

    def allowed(self) -> bool:
        return bool(self.permissions.can_ask())

    def between(self) -> list[dict[str, str]]:
        listed = reverse("consultation_questions", args=[self.consultation.pk])
        return [{"url": listed, "label": "Questions"}]

    @cached_property
    def proposed(self) -> list[Proposed]:
        edition = self.consultation.edition
        return proposed_questions(edition) if edition else []

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(self._rows({}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = self._rows(request.POST)
        ticked = [row for row in rows if row.ticked and not row.done]
        if not ticked:
            return self._show(rows, "Tick the questions to ask.")
        try:
            made = ask_proposed(
                user=request.user,
                consultation=self.consultation,
                proposed=[row.asking for row in ticked],
            )
        except ValidationError as error:
            return self._show(rows, *error.messages)
        count = f"{len(made)} question{'' if len(made) == 1 else 's'}"
        messages.success(request, f"{count} added. Look at each to give it help or another kind.")
        return redirect("consultation_questions", self.consultation.pk)

    def _rows(self, typed: Mapping[str, str]) -> list[Row]:
        """`typed` is empty at the first look: then everything not asked yet is ticked."""
        done = printed_and_asked(self.consultation)
        same = {q.wording.text: q for q in self.consultation.questions.asked() if q.wording}
        return [
            self._row(
                f"{at}",
                proposed,
                done.get(proposed.printed) if proposed.printed else same.get(proposed.text),
                typed,
            )
            for at, proposed in enumerate(self.proposed, 1)
        ]

    @staticmethod
    def _row(key: str, proposed: Proposed, done: Question | None, typed: Mapping[str, str]) -> Row:
        kind = typed.get(f"kind-{key}", "")
        return Row(
            key=key,
            proposed=proposed,
            done=done,
            ticked=f"ask-{key}" in typed if typed else True,
            words=typed.get(f"words-{key}", PRINTED if proposed.printed else LISTED),
            own=typed.get(f"own-{key}", ""),
            number=typed.get(f"number-{key}", proposed.number).strip(),
            kind=kind if kind in dict(KINDS) else proposed.kind,
        )

    def _show(self, rows: list[Row], *errors: str) -> HttpResponse:
        context = self.get_context_data(
            rows=rows,
            left=sum(row.done is None for row in rows),
            printed=sum(row.proposed.printed is not None for row in rows),
            listed=sum(bool(row.proposed.listed_words) for row in rows),
            kinds=KINDS,
            errors=errors,
        )
        return self.render_to_response(context, status=422 if errors else 200)
