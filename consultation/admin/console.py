"""What the pages of the console share: who may open them, their tabs, and their way.

They are views of their own and not wagtail-modeladmin's: that one counts all rows and skips to a
page by number, which costs more the more were received, and shows a model's fields as they are,
where here each word is looked at first (`consultation.actions.masking`).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from consultation.actions.exporting import EXPORT
from consultation.actions.revealing import READ, REVEAL
from consultation.models import ConsultationPage

TABS = (
    ("consultation_responses", "Responses"),
    ("consultation_by_question", "By question"),
    ("consultation_by_paragraph", "By paragraph"),
    ("consultation_counts", "Counts"),
    ("consultation_export", "Export"),
)


class ConsolePage(WagtailAdminTemplateMixin, View):
    """A page for those who may read responses, kept by no cache; `tab` is where it belongs."""

    _show_breadcrumbs = True
    header_icon = "mail"
    tab = ""
    permission = READ

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def consultation(self) -> ConsultationPage:
        rows = ConsultationPage.objects.select_related("edition__document")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def may_reveal(self) -> bool:
        return bool(self.request.user.has_perm(REVEAL))

    @property
    def may_export(self) -> bool:
        return bool(self.request.user.has_perm(EXPORT))

    def get_page_subtitle(self) -> str:
        return str(self.consultation.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        page = self.consultation
        way = [
            {"url": reverse("consultation_which"), "label": "Responses"},
            {"url": reverse("consultation_responses", args=[page.pk]), "label": page.title},
        ]
        return [*self.breadcrumbs_items, *way, {"url": "", "label": self.page_title}]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            consultation=self.consultation,
            tabs=list(self._tabs()),
            may_reveal=self.may_reveal,
            may_export=self.may_export,
            **context,
        )

    def _tabs(self) -> Any:
        for name, label in TABS:
            if name != "consultation_export" or self.may_export:
                yield reverse(name, args=[self.consultation.pk]), label, name == self.tab
