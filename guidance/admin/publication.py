"""Check and publish: what stands in the way of an edition, what publishing does, one button."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from guidance.actions.checks import Check, Examined, examine
from guidance.actions.publishing import EditionNotReady, publish_edition
from guidance.edition_text import CITED, EditionText
from guidance.models import Edition, EditionPage, Entry
from guidance.models.pages import CAN_BE_IN_FORCE


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many paragraphs are new, changed, the same or gone against the edition before."""

    previous: Edition
    new: int
    changed: int
    same: int
    gone: int


class CheckAndPublish(WagtailAdminTemplateMixin, View):
    """The page between a draft edition and its publication."""

    template_name = "guidance/admin/publication.html"
    page_title = "Check and publish"
    header_icon = "check"
    _show_breadcrumbs = True

    @cached_property
    def edition(self) -> EditionPage:
        return get_object_or_404(EditionPage, pk=self.kwargs["pk"])

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.permissions = self.edition.permissions_for_user(request.user)
        if not (self.permissions.can_edit() or self.permissions.can_publish_edition()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(examine(self.edition))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.edition.issued:
            messages.info(request, f"“{self.edition.title}” is already published.")
            return redirect("guidance_publication", pk)
        if not self.permissions.can_publish_edition():
            raise PermissionDenied
        try:
            issued = publish_edition(user=request.user, page=self.edition)
        except EditionNotReady:
            messages.error(request, "The edition is not ready to be published; see below.")
            return self._show(examine(self.edition))
        messages.success(
            request,
            f"“{issued.title}” is published.",
        )
        return redirect("wagtailadmin_explore", self.edition.pk)

    def get_page_subtitle(self) -> str:
        return str(self.edition.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        pages = [*self.edition.get_ancestors().filter(depth__gt=2), self.edition]
        return [
            *self.breadcrumbs_items,
            *(
                {"url": reverse("wagtailadmin_explore", args=[p.pk]), "label": p.title}
                for p in pages
            ),
            {"url": "", "label": "Check and publish"},
        ]

    def _show(self, found: Examined) -> HttpResponse:
        edition = found.source.page
        blocking = [check for check in found.checks if check.blocking]
        context = self.get_context_data(
            edition=edition,
            document=edition.get_parent(),
            issued=Edition.objects.filter(page=edition).first(),
            blocking=blocking,
            advice=[check for check in found.checks if not check.blocking],
            effects=effects(edition),
            facts=_facts(found),
            comparison=compare(edition, found.text) if found.text else None,
            refusal=self._refusal(blocking),
        )
        return self.render_to_response(context)

    def _refusal(self, blocking: list[Check]) -> str:
        """Why the button is not offered, or nothing."""
        if blocking:
            count = len(blocking)
            return (
                f"{count} point{'' if count == 1 else 's'} above must be put right before the "
                "edition can be published."
            )
        if not self.permissions.can_publish_edition():
            return "You can edit this edition. Ask a publisher to publish it."
        return ""


def effects(page: EditionPage) -> list[str]:
    """What a reader will see once the edition is published, in sentences."""
    if page.stage not in CAN_BE_IN_FORCE:
        return ["Readers will see it as a draft for consultation. It will not be in force."]
    if page.in_force_from is None or page.published is None:
        return ["Its dates are not complete, so nobody can say when it will be in force."]
    today = timezone.localdate()
    begins = max(page.in_force_from, page.published)
    day = date_format(begins, "j F Y")
    rivals = Edition.objects.filter(document_id=page.get_parent().pk)
    now = rivals.in_force_on(today).first()
    if begins > today:
        until = f"until then “{now.title}” stays in force" if now else "none is in force until then"
        return [f"Readers will see it as not yet in force. It applies from {day}; {until}."]
    dates = (page.in_force_from, page.published)
    if now and (now.in_force_from, now.published) > dates:
        return [f"“{now.title}”, which is of a later date, stays in force."]
    if now:
        return [f"It will be in force at once, from {day}, in place of “{now.title}”."]
    return [f"It will be in force at once, from {day}."]


def compare(page: EditionPage, text: EditionText) -> Comparison | None:
    """The draft against the edition issued last, by paragraph; None for a first edition."""
    previous = Edition.objects.filter(document_id=page.get_parent().pk).exclude(page=page)
    last = previous.order_by("-issued_at", "-pk").first()
    if last is None:
        return None
    entries = Entry.objects.filter(edition=last).citable()
    issued = entries.values_list("paragraph_id", "version__digest")
    before = {str(identity): digest for identity, digest in issued}
    after = {line.identity: line.digest for line in text.lines if line.block.kind in CITED}
    kept = before.keys() & after.keys()
    same = sum(before[identity] == after[identity] for identity in kept)
    return Comparison(
        previous=last,
        new=len(after) - len(kept),
        changed=len(kept) - same,
        same=same,
        gone=len(before) - len(kept),
    )


def blocking_count(checks: Iterable[Check]) -> int:
    return sum(check.blocking for check in checks)


def _facts(found: Examined) -> list[tuple[str, str]]:
    page = found.source.page
    facts = [
        ("Stage", page.get_stage_display()),
        ("Published", date_format(page.published, "j F Y") if page.published else "no date"),
    ]
    if page.stage in CAN_BE_IN_FORCE:
        begins = page.in_force_from
        facts.append(("In force from", date_format(begins, "j F Y") if begins else "no date"))
    facts.append(("Sections", str(len(found.source.sections))))
    if found.text:
        statuses = [n.basis.status for n in found.text.lines if n.block.kind == "paragraph"]
        facts.append(("Numbered paragraphs", str(len(statuses))))
        facts.append(("Of these, statutory guidance", str(statuses.count("statutory"))))
    return facts
