"""Review changes: a draft beside the edition issued last, and the decision about each change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from guidance.actions.reviewing import (
    Decision,
    DecisionsRefused,
    Reviewed,
    decide_changes,
    may_review,
    one_reason,
    review_edition,
)
from guidance.admin.change_list import ChangeList
from guidance.admin.change_rows import Answer, decision_of, posted
from guidance.admin.edition_page import EditionAdminView
from guidance.admin.findings import findings
from guidance.comparison import CHANGES
from guidance.models import Change

MANY = tuple(kind for kind in CHANGES if kind not in (Change.SPLIT, Change.MERGED))
"""The kinds for which one reason can be given to many: those without another end."""


class ReviewChanges(EditionAdminView):
    """The whole draft, what changed in it, and a form in which every change can be decided."""

    template_name = "guidance/admin/changes.html"
    page_title = "Review changes"
    header_icon = "view"

    def allowed(self) -> bool:
        return may_review(self.request.user, self.edition)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show({}, {})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep everything that was typed, whichever button was pressed, and come back to its place;
        a button beside a paragraph decides about that one even if nothing was typed."""
        pressed = request.POST.get("save", "")
        came = posted(request.POST)
        wanted = {
            key: decision_of(key, answer, digest)
            for key, (answer, digest, typed) in came.items()
            if typed or key == pressed
        }
        try:
            decisions = [*wanted.values(), *self._many(request.POST, wanted)]
            if decisions:
                decide_changes(user=request.user, page=self.edition, decisions=decisions)
        except DecisionsRefused as refused:
            return self._show(
                {key: answer for key, (answer, _, _) in came.items()}, refused.problems
            )
        self._say(decisions)
        return redirect(self._place(pressed, [*came]))

    def _many(self, data: QueryDict, typed: dict[str, Decision]) -> list[Decision]:
        """One reason for many; a paragraph whose own form was filled in keeps its own."""
        if data.get("save") != "many":
            return []
        kind, reason = data.get("many-kind", ""), data.get("many-reason", "").strip()
        if kind not in MANY or not reason:
            raise DecisionsRefused({"": "Choose a kind of change and write the reason for it."})
        reviewed = review_edition(self.edition, blocking_only=True)
        section = data.get("many-section", "")
        found = one_reason(reviewed, kind=kind, reason=reason, section=section)
        return [decision for decision in found if decision.paragraph not in typed]

    def _say(self, decisions: list[Decision]) -> None:
        count = len(decisions)
        if count:
            words = f"Decided about {count} change{'' if count == 1 else 's'}."
            messages.success(self.request, words)
        else:
            messages.info(self.request, "There was nothing new to keep.")

    def _place(self, pressed: str, keys: list[str]) -> str:
        """The same part of the review, at the paragraph that was decided; where that is no longer
        shown, at the one after it."""
        address = self.request.get_full_path()
        if pressed not in keys:
            return address
        if self.request.GET.get("show") == "undecided":
            pressed = (keys[keys.index(pressed) + 1 :] or keys[:1])[0]
        return f"{address}#p-{pressed}"

    def _show(self, answers: dict[str, Answer], problems: dict[str, str]) -> HttpResponse:
        if self.edition.issued:
            return self.render_to_response(self.get_context_data(issued=self.edition.edition))
        reviewed = review_edition(self.edition)
        context = self.get_context_data(
            edition=self.edition,
            document=self.edition.get_parent(),
            previous=reviewed.before.edition,
            findings=findings(reviewed.examined.checks),
            publication=reverse("guidance_publication", args=[self.edition.pk]),
            changes=self._changes(reviewed, answers, problems),
            many=[(kind, str(Change(kind).label)) for kind in MANY],
        )
        return self.render_to_response(context)

    def _changes(
        self, reviewed: Reviewed, answers: dict[str, Answer], problems: dict[str, str]
    ) -> ChangeList | None:
        if reviewed.comparison is None:
            return None
        return ChangeList(reviewed, self.request.GET.dict(), answers, problems)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {"edition": self.edition, **super().get_context_data(**context)}
