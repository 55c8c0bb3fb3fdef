"""Our acts in Wagtail's audit log, in words, and the history of an edition with its sections."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_date, parse_datetime
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page, PageLogEntry

from guidance.actions.planning_publication import in_words
from guidance.admin.edition_page import EditionAdminView
from guidance.standing import day_words

SHOWN = 50


def register_acts(actions: LogActionRegistry) -> None:
    """The acts of planning and withdrawal; Wagtail has words for the others."""
    for action, formatter in (
        ("guidance.plan_publication", Planned),
        ("guidance.cancel_plan", PlanCancelled),
        ("guidance.refuse_plan", PlanRefused),
        ("guidance.withdraw", Withdrawn),
    ):
        actions.register_action(action)(formatter)


class Planned(LogFormatter):
    label = "Plan publication"

    def format_message(self, log_entry: Any) -> str:
        return f"Planned to be published on {_time(log_entry)}"


class PlanCancelled(LogFormatter):
    label = "Cancel planned publication"

    def format_message(self, log_entry: Any) -> str:
        return f"Took back the plan to publish on {_time(log_entry)}"


class PlanRefused(LogFormatter):
    label = "Planned publication refused"

    def format_message(self, log_entry: Any) -> str:
        return f"Was not published on {_time(log_entry)}"

    def format_comment(self, log_entry: Any) -> str:
        return str(log_entry.data.get("refusal", ""))


class Withdrawn(LogFormatter):
    label = "Withdraw guidance"

    def format_message(self, log_entry: Any) -> str:
        day = parse_date(str(log_entry.data.get("withdrawn_from", "")))
        return f"Withdrew the guidance from {day_words(day) if isinstance(day, date) else 'a day'}"

    def format_comment(self, log_entry: Any) -> str:
        return str(log_entry.data.get("reason", ""))


class EditionHistory(EditionAdminView):
    """Every act on an edition and its sections, newest first: who, when, what and why."""

    template_name = "guidance/admin/history.html"
    page_title = "History"
    header_icon = "history"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        pages = self.edition.get_descendants(inclusive=True)
        titles = {page.pk: page.get_admin_display_title() for page in pages.specific(defer=True)}
        rows = PageLogEntry.objects.filter(page__in=Page.objects.filter(pk__in=pages.values("pk")))
        rows = rows.select_related("user").order_by("-timestamp", "-pk")
        shown = Paginator(rows, SHOWN).get_page(request.GET.get("p"))
        acts = [(row, titles.get(row.page_id, row.label), _comment(row)) for row in shown]
        return self.render_to_response(
            self.get_context_data(edition=self.edition, acts=acts, page_obj=shown)
        )


def _comment(row: PageLogEntry) -> str:
    """Why, in the words of whoever did it."""
    return str(row.comment or (row.data or {}).get("reason", ""))


def _time(log_entry: Any) -> str:
    at = parse_datetime(str(log_entry.data.get("at", "")))
    return in_words(at) if isinstance(at, datetime) else "a day"
