"""What the admin's pages about one edition share: who may open them, their heading and their way."""

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

from guidance.actions.review_steps import is_external
from guidance.models import EditionPage


class EditionAdminView(WagtailAdminTemplateMixin, View):
    """A page about the edition whose primary key is `pk`, kept by no cache.

    Those who may edit or publish the edition may open it, unless `allowed` says otherwise.
    """

    _show_breadcrumbs = True

    @cached_property
    def edition(self) -> EditionPage:
        return get_object_or_404(EditionPage, pk=self.kwargs["pk"])

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.permissions = self.edition.permissions_for_user(request.user)
        if not self.allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def allowed(self) -> bool:
        return bool(self.permissions.can_edit() or self.permissions.can_publish_edition())

    def get_page_subtitle(self) -> str:
        return str(self.edition.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way from the guidance index; people outside cannot walk it and are not shown it."""
        items = list(self.breadcrumbs_items)
        if not is_external(self.request.user):
            pages = [*self.edition.get_ancestors().filter(depth__gt=2), self.edition]
            items += [
                {"url": reverse("wagtailadmin_explore", args=[p.pk]), "label": p.title}
                for p in pages
            ]
        return [*items, {"url": "", "label": self.page_title}]
