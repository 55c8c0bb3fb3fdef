"""Take in a response: the e-mail, the form or the scan, and when it came."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from consultation.actions.receiving_files import RECEIVED, take_in_files
from consultation.actions.taking_in import Came, NotTaken, TakenIn
from consultation.admin.receiving import ReceivingPage
from consultation.answers import AnswerFault
from consultation.forms.london import LondonField
from consultation.models import Channel, ConsultationPage
from guidance.admin.forms import DayInput

AUTOMATIC = ("automatic reply", "mail server", "not delivered")


class ManyFiles(forms.ClearableFileInput):
    """Lets one choose several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        one = super().clean
        return [one(file, initial) for file in data] if isinstance(data, list) else []


class TakeInForm(forms.Form):
    """The files of one response, and its dates."""

    originals = FilesField(
        label="What came",
        required=False,
        help_text="A saved e-mail (.eml), the filled Word form, or the scan of a letter; several "
        "files if it has several. Leave it empty to type from paper.",
    )
    channel = forms.ChoiceField(
        label="How it came",
        choices=[(c.value, c.label) for c in (Channel.POST, Channel.EMAIL, Channel.WORD)],
        help_text="An e-mail and a filled Word form are recognised whatever you choose",
    )
    received_at = LondonField(
        label="Received",
        required=False,
        help_text="London time. May be left empty for a saved e-mail, which says it itself",
    )
    postmarked_on = forms.DateField(
        label="Postmarked",
        required=False,
        widget=DayInput,
        help_text="For a letter, if the postmark can be read",
        error_messages={"invalid": "Enter a date, such as 2026-02-12."},
    )
    anyway = forms.BooleanField(
        label="A person wrote it: take it in although it looks automatic", required=False
    )

    @property
    def came(self) -> list[Came]:
        return [Came(file.name, file.read()) for file in self.cleaned_data["originals"]]


class TakeIn(ReceivingPage):
    """One response to one consultation."""

    template_name = "consultation/admin/take_in.html"
    page_title = "Take in a response"
    header_icon = "upload"
    tab = "consultation_take_in_which"

    @cached_property
    def consultation(self) -> ConsultationPage:
        return get_object_or_404(ConsultationPage.objects.published(), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.consultation.title)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(TakeInForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = TakeInForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form)
        said = form.cleaned_data
        try:
            taken = take_in_files(
                user=request.user, consultation=self.consultation, files=form.came,
                channel=said["channel"], received_at=said["received_at"],
                postmarked_on=said["postmarked_on"], anyway=said["anyway"],
            )  # fmt: skip
        except (NotTaken, AnswerFault) as refused:
            form.add_error(_field(str(refused)), str(refused))
            return self._show(form)
        self._say(taken)
        return redirect("consultation_enter", taken.response.pk)

    def _say(self, taken: TakenIn) -> None:
        if taken.again:
            words = f"This was taken in before, as {taken.response.reference}. Nothing was stored."
            messages.warning(self.request, words)
            return
        messages.success(self.request, f"Taken in as {taken.response.reference}.")
        for sentence in taken.left_out:
            messages.warning(self.request, f"Kept in the original alone: {sentence}")

    def _show(self, form: TakeInForm) -> HttpResponse:
        refused = (
            " ".join(str(e) for e in form.errors.get("originals", ())) if form.is_bound else ""
        )
        if not any(words in refused for words in AUTOMATIC):
            del form.fields["anyway"]
        return self.render_to_response(
            self.get_context_data(consultation=self.consultation, form=form, media=form.media)
        )


def _field(refused: str) -> str:
    """The field at which a sentence belongs."""
    if refused == RECEIVED or "in the future" in refused:
        return "received_at"
    return "postmarked_on" if "postmarked" in refused else "originals"


class TakeInWhich(ReceivingPage):
    """The consultations that a response can be taken in for."""

    template_name = "consultation/admin/take_in_which.html"
    page_title = "Take in a response"
    header_icon = "upload"
    tab = "consultation_take_in_which"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = ConsultationPage.objects.published().order_by("-closes", "-pk")
        return self.render_to_response(self.get_context_data(consultations=found))
