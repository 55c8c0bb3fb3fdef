"""How the response may be used: what may be published, and what is asked to be kept confidential."""

from __future__ import annotations

from typing import Any

from django import forms

from consultation.actions.answering import USE_FIELDS
from consultation.models import Confidential

YES_NO = (("yes", "Yes"), ("no", "No"))
_CHOOSE = {"invalid_choice": "Choose one of these."}


class YesNoField(forms.ChoiceField):
    """Yes, no, or not said yet: True, False or None."""

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__(
            label=label, help_text=hint, choices=YES_NO, required=False,
            widget=forms.RadioSelect, error_messages=_CHOOSE,
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        return {"yes": True, "no": False}.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return "yes" if value is True else "no" if value is False else value


class UseForm(forms.Form):
    """The fields of `USE_FIELDS`."""

    publish_name = YesNoField("May we publish your name, and that of your organisation?")
    publish_answer = YesNoField(
        "May we publish what you answer?",
        "What you ask us to keep confidential is left out.",
    )
    confidential = forms.ChoiceField(
        label="Do you ask us to keep anything confidential?",
        choices=(
            (Confidential.NOTHING, "No"),
            (Confidential.PASSAGES, "Yes, the words that I mark with [[ and ]]"),
            (Confidential.WHOLE, "Yes, the whole response and my name"),
        ),
        required=False,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    confidential_reason = forms.CharField(
        label="Why should it be kept confidential?",
        help_text="Needed if you ask for it: we have to weigh it if somebody asks to see what you said.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Keep this to %(limit_value)d characters or fewer."},
    )

    @property
    def right(self) -> dict[str, Any]:
        """What can be saved; nothing chosen for confidentiality is nothing asked for."""
        found = {name: self.cleaned_data[name] for name in USE_FIELDS if name in self.cleaned_data}
        if found.get("confidential") == "":
            found["confidential"] = Confidential.NOTHING
        return found
