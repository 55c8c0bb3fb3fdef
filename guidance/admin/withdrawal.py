"""Withdraw this guidance: the day, the reason, and what follows from it, before it is confirmed."""

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

from guidance.actions.withdrawing import consequences, may_withdraw, withdraw_document
from guidance.admin.document_page import DocumentHeading
from guidance.admin.forms import DayInput
from guidance.models import GuidancePage, Withdrawal
from guidance.standing import day_words


class WithdrawalForm(forms.Form):
    """When and why."""

    withdrawn_from = forms.DateField(
        label="Withdrawn from",
        widget=DayInput,
        help_text="The first day on which it no longer applies: today or later",
        error_messages={"required": "Choose the day from which it no longer applies."},
    )
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="Readers will see it, so write it for them",
        error_messages={"required": "Say why it is withdrawn."},
    )
    understood = forms.BooleanField(
        label="I understand that this cannot be taken back",
        error_messages={"required": "Say that you understand that this cannot be taken back."},
    )


class Withdraw(DocumentHeading, WagtailAdminTemplateMixin, View):
    """The page between guidance that applies and its withdrawal."""

    template_name = "guidance/admin/withdrawal.html"
    page_title = "Withdraw this guidance"
    header_icon = "bin"
    _show_breadcrumbs = True

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, pk: int, *args: Any) -> HttpResponseBase:
        self.document = get_object_or_404(GuidancePage, pk=pk)
        if not may_withdraw(self.document, request.user):
            raise PermissionDenied
        return super().dispatch(request, pk, *args)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(WithdrawalForm(initial={"withdrawn_from": timezone.localdate()}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = WithdrawalForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            withdrawal = withdraw_document(
                user=request.user,
                document=self.document,
                withdrawn_from=form.cleaned_data["withdrawn_from"],
                reason=form.cleaned_data["reason"],
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self._show(form)
        day = day_words(withdrawal.withdrawn_from)
        messages.success(request, f"“{self.document.title}” is withdrawn from {day}.")
        return redirect("wagtailadmin_explore", pk)

    def _show(self, form: WithdrawalForm) -> HttpResponse:
        day = form.cleaned_data.get("withdrawn_from") if form.is_bound and form.is_valid() else None
        return self.render_to_response(
            self.get_context_data(
                document=self.document,
                form=form,
                consequences=consequences(self.document, day),
                withdrawals=Withdrawal.objects.filter(document=self.document),
            )
        )
