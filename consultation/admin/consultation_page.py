"""What the admin's pages about one consultation share: who may open them, their heading, their way."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from consultation.models import ConsultationPage


class ConsultationAdminView(WagtailAdminTemplateMixin, View):
    """A page about the consultation whose primary key is `pk`, kept by no cache.

    Those who may edit the consultation may open it, unless `allowed` says otherwise.
    """

    _show_breadcrumbs = True

    @cached_property
    def consultation(self) -> ConsultationPage:
        rows = ConsultationPage.objects.select_related("edition__document")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.permissions = self.consultation.permissions_for_user(request.user)
        if not self.allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def allowed(self) -> bool:
        return bool(self.permissions.can_edit())

    def get_page_subtitle(self) -> str:
        return str(self.consultation.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        page = self.consultation
        index = page.get_parent()
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailadmin_explore", args=[index.pk]), "label": index.title},
            {"url": reverse("wagtailadmin_pages:edit", args=[page.pk]), "label": page.title},
            *self.between(),
            {"url": "", "label": self.page_title},
        ]

    def between(self) -> list[dict[str, Any]]:
        """Pages on the way from the consultation to this one."""
        return []

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)
        return context | {"consultation": self.consultation}


def add_errors(form: Form, error: ValidationError) -> None:
    """What an action refused, at the fields that it names, else above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, words in error.message_dict.items():
        form.add_error(field if field in form.fields else None, words)
