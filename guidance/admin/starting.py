"""Start new edition: a short form, and a draft that copies the edition published last."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from guidance.actions.starting import NothingToStartFrom, drafts_of, last_issued, start_edition
from guidance.admin.document_page import DocumentHeading
from guidance.admin.forms import DayInput
from guidance.models import GuidancePage, Stage

STAGES = [(stage.value, stage.label) for stage in (Stage.CONSULTATION, Stage.FINAL)]
"""A corrigendum has a form of its own, which asks what it puts right."""


class StartForm(forms.Form):
    """What the new edition will be. What is left empty is proposed, or entered later."""

    stage = forms.ChoiceField(choices=STAGES, initial=Stage.FINAL.value)
    published = forms.DateField(
        label="Date of publication",
        required=False,
        widget=DayInput,
        help_text="The date that will be printed on it. It can be added later",
    )
    in_force_from = forms.DateField(
        label="In force from",
        required=False,
        widget=DayInput,
        help_text="For a final edition. It can be added later, before the edition is published",
    )
    title = forms.CharField(
        label="Title of the edition",
        required=False,
        max_length=200,
        help_text="If left empty: the stage and the date, as in “Final edition, April 2009”",
    )
    slug = forms.SlugField(
        label="Address of the edition",
        required=False,
        max_length=200,
        help_text="If left empty: made from stage and date, as in “final-april-2009”",
    )


class StartEdition(DocumentHeading, WagtailAdminTemplateMixin, View):
    """For people who may add an edition to the document."""

    template_name = "guidance/admin/start_edition.html"
    page_title = "Start new edition"
    header_icon = "plus"
    _show_breadcrumbs = True

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        self.document = get_object_or_404(GuidancePage, pk=pk)
        if not self.document.permissions_for_user(request.user).can_add_subpage():
            raise PermissionDenied
        return super().dispatch(request, pk)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(StartForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = StartForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            page = start_edition(user=request.user, document=self.document, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self._show(form)
        except NothingToStartFrom:
            return self._show(form)
        messages.success(
            request,
            f"“{page.title}” is a draft with the words of the edition before. Edit its sections,"
            " then choose “Review changes”.",
        )
        return redirect("wagtailadmin_explore", page.pk)

    def _show(self, form: StartForm) -> HttpResponse:
        last = last_issued(self.document)
        context = self.get_context_data(
            document=self.document, form=form, last=last, drafts=drafts_of(self.document)
        )
        return self.render_to_response(context)
