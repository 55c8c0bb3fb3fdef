"""Publish a corrigendum: which published edition has a mistake, and what was wrong with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from guidance.actions.correcting import start_corrigendum
from guidance.admin.document_page import DocumentHeading
from guidance.admin.forms import DayInput
from guidance.models import Edition, GuidancePage
from guidance.models.pages import CAN_BE_IN_FORCE


class CorrigendumForm(forms.Form):
    """The edition, the mistake, and the date that will be printed on the corrigendum."""

    corrects = forms.ModelChoiceField(
        Edition.objects.none(),
        label="The edition with the mistake",
        empty_label=None,
        help_text="Its words are copied into a draft, in which you then put the mistake right",
    )
    correction = forms.CharField(
        label="What was wrong, and what it says now",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="As in: Paragraph 2.4 named section 38; it now names section 138. Readers see it",
        error_messages={"required": "Say what was wrong, and what it says now."},
    )
    published = forms.DateField(
        label="Date of publication",
        widget=DayInput,
        help_text="The date printed on it",
        error_messages={"required": "Choose the date printed on it."},
    )

    def __init__(self, *args: Any, document: GuidancePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        editions = Edition.objects.filter(document=document, stage__in=CAN_BE_IN_FORCE)
        field = self.fields["corrects"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = editions.newest_first()
        current = editions.in_force_on().first()
        field.initial = current.pk if current else None


class Corrigendum(DocumentHeading, WagtailAdminTemplateMixin, View):
    """Starts the draft of a corrigendum and leads to it."""

    template_name = "guidance/admin/corrigendum.html"
    page_title = "Publish a corrigendum"
    header_icon = "edit"
    _show_breadcrumbs = True

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, pk: int, *args: Any) -> HttpResponseBase:
        self.document = get_object_or_404(GuidancePage, pk=pk)
        if not self.document.permissions_for_user(request.user).can_add_subpage():
            raise PermissionDenied
        return super().dispatch(request, pk, *args)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        today = {"published": timezone.localdate()}
        return self._show(CorrigendumForm(document=self.document, initial=today))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = CorrigendumForm(request.POST, document=self.document)
        if not form.is_valid():
            return self._show(form)
        try:
            page = start_corrigendum(user=request.user, document=self.document, **form.cleaned_data)
        except ValidationError as error:
            for field, words in error.message_dict.items():
                form.add_error(field if field in form.fields else None, words)
            return self._show(form)
        messages.success(
            request, "Here is the draft. Put the mistake right, then choose “Check and publish”."
        )
        return redirect("wagtailadmin_explore", page.pk)

    def _show(self, form: CorrigendumForm) -> HttpResponse:
        field = form.fields["corrects"]
        assert isinstance(field, forms.ModelChoiceField)
        any_edition = field.queryset is not None and field.queryset.exists()
        return self.render_to_response(
            self.get_context_data(document=self.document, form=form, any_edition=any_edition)
        )
