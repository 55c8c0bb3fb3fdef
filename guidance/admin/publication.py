"""Check and publish: where a draft stands, what stands in its way, and when it is published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from guidance.actions.checks import Examined, examine
from guidance.actions.planning_publication import (
    cancel_plan,
    changed_since_planned,
    in_words,
    plan_publication,
)
from guidance.actions.publishing import EditionNotReady, publish_edition
from guidance.actions.review_steps import review_of, stop_review, submit_edition
from guidance.admin.edition_page import EditionAdminView
from guidance.admin.findings import findings
from guidance.admin.forms import DayInput
from guidance.admin.publication_facts import compare, effects, facts
from guidance.models import Edition, PlannedPublication, PlanState


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class PlanForm(forms.Form):
    """A day and a time in London."""

    day = forms.DateField(
        label="Day", widget=DayInput, error_messages={"required": "Choose a day."}
    )
    time = forms.TimeField(
        label="Time",
        widget=TimeInput,
        help_text="London time, as in 09:30",
        error_messages={"required": "Choose a time."},
    )

    def clean(self) -> dict[str, Any]:
        """Adds `at`, an instant. A time that clocks going forward leave out is refused."""
        cleaned = super().clean() or {}
        if "day" in cleaned and "time" in cleaned:
            wanted = datetime.combine(cleaned["day"], cleaned["time"])
            at = timezone.make_aware(wanted)
            if timezone.make_naive(at.astimezone(UTC)) != wanted:
                self.add_error("time", "The clocks go forward then; choose another time.")
            cleaned["at"] = at
        return cleaned


class CheckAndPublish(EditionAdminView):
    """The page between a draft edition and its publication."""

    template_name = "guidance/admin/publication.html"
    page_title = "Check and publish"
    header_icon = "check"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.edition.issued:
            messages.info(request, f"“{self.edition.title}” is already published.")
            return redirect("guidance_publication", pk)
        acts: dict[str, Callable[[], HttpResponse]] = {
            "publish": self._publish,
            "plan": self._plan,
            "cancel-plan": self._cancel_plan,
            "submit": self._submit,
            "stop": self._stop,
        }
        act = acts.get(request.POST.get("act", "publish"))
        if act is None:
            raise Http404("There is no such act.")
        try:
            return act()
        except EditionNotReady:
            messages.error(request, "The edition is not ready to be published; see below.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return self._show()

    def _publish(self) -> HttpResponse:
        issued = publish_edition(user=self.request.user, page=self.edition)
        messages.success(self.request, f"“{issued.title}” is published.")
        return redirect("wagtailadmin_explore", self.edition.pk)

    def _plan(self) -> HttpResponse:
        if not self.permissions.can_publish_edition():
            raise PermissionDenied
        form = PlanForm(self.request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            plan = plan_publication(
                user=self.request.user, page=self.edition, at=form.cleaned_data["at"]
            )
        except ValidationError as error:
            form.add_error("day", error)
            return self._show(form)
        words = in_words(plan.at)
        messages.success(self.request, f"“{self.edition.title}” will be published on {words}.")
        return redirect("guidance_publication", self.edition.pk)

    def _cancel_plan(self) -> HttpResponse:
        cancel_plan(user=self.request.user, page=self.edition)
        messages.success(self.request, "The plan is taken back. Nothing will be published.")
        return redirect("guidance_publication", self.edition.pk)

    def _submit(self) -> HttpResponse:
        submit_edition(user=self.request.user, page=self.edition)
        messages.success(self.request, f"“{self.edition.title}” is sent for review.")
        return redirect("guidance_publication", self.edition.pk)

    def _stop(self) -> HttpResponse:
        stop_review(user=self.request.user, page=self.edition)
        messages.success(self.request, "The review is stopped.")
        return redirect("guidance_publication", self.edition.pk)

    def _show(self, form: PlanForm | None = None) -> HttpResponse:
        found = examine(self.edition)
        edition = found.source.page
        shown = findings(found.checks)
        plan = PlannedPublication.objects.filter(page=self.edition).first()
        waiting = plan is not None and plan.state == PlanState.WAITING
        review = review_of(self.edition, self.request.user)
        context = self.get_context_data(
            edition=edition,
            document=edition.get_parent(),
            issued=Edition.objects.filter(page=self.edition).first(),
            findings=shown,
            effects=effects(edition, plan.at if plan and waiting else None),
            facts=facts(found),
            comparison=compare(edition, found.text) if found.text else None,
            refusal=self._refusal(shown.blocking_count),
            review=review,
            may_submit=self.permissions.can_edit() and edition.has_workflow,
            may_stop=self._may_stop(review),
            may_publish=self.permissions.can_publish_edition(),
            plan=self._plan_in_words(plan, found),
            plan_form=form or PlanForm(),
        )
        return self.render_to_response(context)

    def _may_stop(self, review: Any) -> bool:
        if review is None or review.approved:
            return False
        mine = review.state.user_can_cancel(self.request.user)
        return bool(mine or self.permissions.can_publish_edition())

    def _plan_in_words(
        self, plan: PlannedPublication | None, found: Examined
    ) -> dict[str, Any] | None:
        if plan is None or plan.state == PlanState.DONE:
            return None
        waiting = plan.state == PlanState.WAITING
        return {
            "waiting": waiting,
            "at": in_words(plan.at),
            "by": plan.planned_by,
            "changed": waiting and changed_since_planned(plan, found),
            "refusal": plan.refusal,
        }

    def _refusal(self, blocking: int) -> str:
        """Why the button is not offered, or nothing."""
        if blocking:
            return (
                f"{blocking} point{'' if blocking == 1 else 's'} above must be put right before the "
                "edition can be published."
            )
        if not self.permissions.can_publish_edition():
            return "You can edit this edition. Ask a publisher to publish it."
        return ""
