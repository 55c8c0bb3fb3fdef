"""Who is answering. Each field is checked by itself, so that what is right is saved also where
another is wrong; what is missing is asked for before sending, not here."""

from __future__ import annotations

from typing import Any

from django import forms

from consultation.actions.answering import ABOUT_FIELDS
from consultation.models import Authority, OrganisationType, Respondent

LONG = {"max_length": "Keep this to %(limit_value)d characters or fewer."}
_EMAIL = "Enter an e-mail address in the form name@example.org, or leave it empty."


def _line(
    label: str, hint: str = "", *, autocomplete: str = "", most: int = 200
) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete} if autocomplete else {})
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=False, widget=widget,
        error_messages=LONG,
    )  # fmt: skip


class AboutForm(forms.Form):
    """The fields of `ABOUT_FIELDS`. An individual speaks for no organisation: those fields are kept
    empty, so that nobody is taken for one by mistake."""

    respondent = forms.ChoiceField(
        label="Are you answering as an individual or for an organisation?",
        choices=Respondent.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose an individual or an organisation."},
    )
    name = _line("Your name", autocomplete="name")
    role = _line("Your role", "Such as planning officer, trustee or resident.")
    organisation = _line("Name of the organisation", autocomplete="organization")
    organisation_type = forms.ChoiceField(
        label="Kind of organisation",
        choices=[("", "Choose one"), *OrganisationType.choices],
        required=False,
        error_messages={"invalid_choice": "Choose the kind of organisation from the list."},
    )
    authority = forms.ModelChoiceField(
        label="Which authority, if it is a local authority",
        queryset=Authority.objects.none(),
        empty_label="None of these",
        required=False,
        error_messages={"invalid_choice": "Choose the authority from the list."},
    )
    on_behalf_of = _line(
        "On whose behalf you answer, if it is somebody else",
        "Such as the members of an association, or the partners of a partnership.",
        most=300,
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="For your reference and a copy of what you send. You need not give one.",
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "email", "spellcheck": "false", "inputmode": "email"}
        ),
        error_messages={"invalid": _EMAIL},
    )
    phone = _line("Telephone number, if you like to be called", autocomplete="tel", most=40)
    postal_address = forms.CharField(
        label="Postal address, if you like to be written to",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
        error_messages=LONG,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["authority"]
        assert isinstance(choices, forms.ModelChoiceField)
        choices.queryset = Authority.objects.all()

    def clean(self) -> dict[str, Any]:
        found = dict(super().clean() or {})
        if found.get("respondent") == Respondent.INDIVIDUAL:
            found |= {"organisation": "", "organisation_type": "", "authority": None}
        return found

    @property
    def right(self) -> dict[str, Any]:
        """What can be saved."""
        return {name: self.cleaned_data[name] for name in ABOUT_FIELDS if name in self.cleaned_data}
