"""The small forms by which people return to a response and work on it together."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from consultation.actions.links import NAME, NameRefused, read_name

WRONG_EMAIL = "Enter an e-mail address, such as name@example.org."


class Name(forms.CharField):
    """How somebody is called by those who work with them."""

    def clean(self, value: object) -> str:
        typed = super().clean(value)
        try:
            return read_name(typed)
        except NameRefused as refused:
            raise ValidationError(str(refused)) from refused


class Email(forms.EmailField):
    """An address that a letter goes to."""

    default_error_messages = {"required": WRONG_EMAIL, "invalid": WRONG_EMAIL}


class LinkForm(forms.Form):
    """A link to return by, for oneself."""

    email = Email(label="Your e-mail address")
    person = Name(
        label="Your name (optional)",
        required=False,
        max_length=NAME,
        help_text="Only those who work on the response with you see it.",
    )


class InvitationForm(forms.Form):
    """Somebody else who is to work on the response."""

    own_name = Name(
        label="Your own name",
        max_length=NAME,
        help_text="As your colleague knows you.",
        error_messages={"required": "Enter your own name."},
    )
    person = Name(
        label="Their name",
        max_length=NAME,
        error_messages={"required": "Enter the name of whoever you ask."},
    )
    email = Email(label="Their e-mail address")


class NameForm(forms.Form):
    """How whoever works on this device is called."""

    name = Name(
        label="Your name",
        max_length=NAME,
        help_text="It stands beside what you save, for those who work on the response with you.",
        error_messages={"required": "Enter your name."},
    )


class LostLinkForm(forms.Form):
    """What somebody still has who lost the link."""

    known = forms.CharField(
        label="Your reference, or the e-mail address that you gave",
        max_length=254,
        error_messages={
            "required": "Enter your reference, such as 4F7K-92MX, or your e-mail address."
        },
    )
