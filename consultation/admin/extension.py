"""Keeps a consultation open longer: until when, and why."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from consultation.actions.extending import LONGEST_REASON, extend_consultation
from consultation.admin.consultation_page import ConsultationAdminView, add_errors
from consultation.closing import in_words
from consultation.forms.london import LondonField


class ExtensionForm(forms.Form):
    """The new close, and the reason."""

    closes = LondonField(
        label="Open until",
        help_text="London time. A response in the minute that you name still counts",
        error_messages={"required": "Enter until when it stays open."},
    )
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
        help_text="Readers see it, with the day on which it was extended",
        error_messages={"required": "Say why it stays open longer; readers will see it."},
    )


class Extend(ConsultationAdminView):
    """For those who may publish the consultation."""

    template_name = "consultation/admin/extend.html"
    page_title = "Extend"
    header_icon = "time"

    def allowed(self) -> bool:
        return bool(self.permissions.can_publish())

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(ExtensionForm(initial={"closes": self.consultation.closes}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = ExtensionForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            made = extend_consultation(
                user=request.user, consultation=self.consultation, **form.cleaned_data
            )
        except ValidationError as error:
            add_errors(form, error)
            return self._show(form)
        messages.success(request, f"It stays open until {in_words(made.closes)}.")
        return redirect("wagtailadmin_pages:edit", self.consultation.pk)

    def _show(self, form: ExtensionForm) -> HttpResponse:
        page = self.consultation
        context = self.get_context_data(
            form=form,
            possible=page.can_be_extended,
            closes=in_words(page.closes) if page.closes else "",
            extensions=[
                (in_words(row.closed_before), in_words(row.closes), row)
                for row in page.extensions.all()
            ],
        )
        return self.render_to_response(context, status=422 if form.errors else 200)
