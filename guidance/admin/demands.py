"""What it demands: an editor confirms or drops each sentence of a draft that demands something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.log_actions import LogFormatter

from guidance.actions.obligation_proposals import (
    Demands,
    Proposal,
    SectionProposals,
    proposals,
)
from guidance.actions.obligations import LOG_ACTION, Decision, decide_obligations
from guidance.admin.demands_form import Sent, confirm_all, read_sent
from guidance.admin.edition_page import EditionAdminView
from guidance.models import AuthorityType, Edition, Strength
from guidance.obligations import marked

SENTENCES = 60
"""On one page, about; a paragraph is never parted."""


def register_acts(actions: Any) -> None:
    """For the hook `register_log_actions`: how the decisions read in the audit log."""

    @actions.register_action(LOG_ACTION)
    class DecideObligations(LogFormatter):
        label = "Decide what an edition demands"

        def format_message(self, log_entry: Any) -> str:
            data = log_entry.data
            said = (
                f"{data[name]} {name}"
                for name in ("confirmed", "dropped", "undecided")
                if data.get(name)
            )
            return f"Sentences that demand something: {', '.join(said) or 'nothing changed'}"


@dataclass(frozen=True, slots=True)
class Group:
    """The sentences of one paragraph."""

    identity: str
    number: str
    words: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with its form fields."""

    proposal: Proposal
    pieces: Sequence[tuple[str, bool]]
    binds: Sequence[tuple[int, str]]
    excepts: Sequence[tuple[int, str]]
    open: bool

    @property
    def key(self) -> str:
        return self.proposal.key


class WhatItDemands(EditionAdminView):
    """The sentences of one section at a time, and how far the edition has come."""

    template_name = "guidance/admin/demands.html"
    page_title = "What it demands"
    header_icon = "list-ol"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.edition.issued:
            return self._issued()
        return self._show(proposals(self.edition))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = proposals(self.edition)
        sent = self._sent(found)
        try:
            changed = decide_obligations(
                user=request.user, page=self.edition, decisions=sent.decisions
            )
        except (PermissionDenied, ValidationError) as error:
            return self._refused(error, found)
        if self._by_script:
            return JsonResponse({"stale": sent.stale, **_progress(found, sent.decisions)})
        if sent.stale:
            messages.warning(
                request,
                f"{_counted(sent.stale, 'sentence')} changed while you had this page open, so"
                " nothing was decided about them. Look at them again.",
            )
        if changed:
            messages.success(request, f"{_counted(changed, 'decision')} saved.")
        return redirect(self._address(request.POST.get("at", "")))

    def _sent(self, found: Demands) -> Sent:
        """What the form, the button for a whole section, or that for what is gone decides."""
        act = self.request.POST.get("act")
        if act == "forget":
            return Sent([Decision(*gone.decision.key, None) for gone in found.gone], 0)
        sent = read_sent(self.request.POST, found.proposals, self._names)
        section = self._section(found)
        if act == "confirm-all" and section is not None:
            return Sent(confirm_all(section.proposals, sent), sent.stale)
        return sent

    @property
    def _by_script(self) -> bool:
        return "application/json" in self.request.headers.get("Accept", "")

    def _refused(self, error: PermissionDenied | ValidationError, found: Demands) -> HttpResponse:
        words = (
            error.messages[0]
            if isinstance(error, ValidationError)
            else ("Nothing was saved: this edition is locked, or you may not edit it.")
        )
        status = 400 if isinstance(error, ValidationError) else 403
        if self._by_script:
            return JsonResponse({"error": words}, status=status)
        messages.error(self.request, words)
        answer = self._show(found) if not self.edition.issued else self._issued()
        answer.status_code = status
        return answer

    @cached_property
    def _names(self) -> dict[int, str]:
        """The authority types by primary key, the classes that include others first."""
        parts = AuthorityType.includes.through.objects.filter(from_authoritytype=OuterRef("pk"))
        rows = AuthorityType.objects.order_by(Exists(parts).desc(), "name")
        return dict(rows.values_list("pk", "name"))

    def _section(self, found: Demands) -> SectionProposals | None:
        """The section asked for, else the first in which something is undecided."""
        given = self.request.GET.get("section", "")
        asked = int(given) if given.isascii() and given.isdigit() else 0
        listed = [section for section in found.sections if section.proposals]
        here = [section for section in listed if section.page == asked]
        waiting = [section for section in listed if section.undecided]
        return next(iter((*here, *waiting, *listed)), None)

    def _address(self, anchor: str) -> str:
        query = self.request.GET.urlencode()
        address = reverse("guidance_demands", args=[self.edition.pk])
        safe = anchor if anchor.replace("-", "").isalnum() else ""
        return f"{address}?{query}#{safe}" if safe else f"{address}?{query}"

    def _show(self, found: Demands) -> HttpResponse:
        section = self._section(found)
        undecided = self.request.GET.get("show") == "undecided"
        wanted = [
            p
            for p in (section.proposals if section else ())
            if not undecided or p.state == "undecided"
        ]
        sheets = list(_sheets(wanted))
        given = self.request.GET.get("p", "1")
        sheet = min(
            max(int(given) if given.isascii() and given.isdigit() else 1, 1), len(sheets) or 1
        )
        context = self.get_context_data(
            edition=self.edition,
            document=self.edition.get_parent(),
            section=section,
            sections=[s for s in found.sections if s.proposals],
            groups=list(self._groups(sheets[sheet - 1] if sheets else ())),
            sheet=sheet,
            sheets=range(1, len(sheets) + 1),
            undecided=undecided,
            may_decide=self.permissions.can_edit() and not self.permissions.page_locked(),
            progress=_progress(found),
            previous=found.previous,
            gone=found.gone,
            strengths=Strength.choices,
            register=list(self._names.items()),
        )
        return self.render_to_response(context)

    def _issued(self) -> HttpResponse:
        issued = Edition.objects.get(page=self.edition)
        counts = [
            (str(label), sum(row["strength"] == value for row in issued.obligations))
            for value, label in Strength.choices
        ]
        context = self.get_context_data(
            edition=self.edition, document=self.edition.get_parent(), issued=issued, counts=counts
        )
        return self.render_to_response(context)

    def _groups(self, rows: Iterable[Proposal]) -> Iterator[Group]:
        pks = {name: pk for pk, name in self._names.items()}
        opened = self.request.GET.get("row", "")
        for identity, here in groupby(rows, key=lambda p: p.paragraph):
            group = list(here)
            yield Group(
                identity,
                group[0].number,
                group[0].words,
                [
                    Row(
                        proposal,
                        list(marked(proposal.sentence)),
                        [(pks[n], n) for n in proposal.shown.binds if n in pks],
                        [(pks[n], n) for n in proposal.shown.excepts if n in pks],
                        proposal.key == opened,
                    )
                    for proposal in group
                ],
            )


def _sheets(rows: Sequence[Proposal]) -> Iterator[list[Proposal]]:
    sheet: list[Proposal] = []
    for _, here in groupby(rows, key=lambda p: p.paragraph):
        sheet += here
        if len(sheet) >= SENTENCES:
            yield sheet
            sheet = []
    if sheet:
        yield sheet


def _progress(found: Demands, decided: Iterable[Decision] = ()) -> dict[str, Any]:
    """How far the edition has come once these are decided too: counts by state, of those confirmed
    by strength, and of those undecided by section."""
    now = {decision.key: decision for decision in decided}
    counts: Counter[str] = Counter()
    waiting: Counter[int] = Counter()
    for section in found.sections:
        for p in section.proposals:
            decision = now.get((p.paragraph, p.digest), p.decision)
            if decision is None or decision.confirmed is None:
                counts["undecided"] += 1
                waiting[section.page] += 1
            elif decision.confirmed:
                counts.update(["confirmed", decision.strength])
            else:
                counts["dropped"] += 1
    names = ("undecided", "confirmed", "dropped", *Strength.values)
    sections = {section.page: waiting[section.page] for section in found.sections}
    return {**{name: counts[name] for name in names}, "sections": sections}


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
