"""The filters of the console, from the address and back into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms

from consultation.actions.reading_counts import KINDS, choices_of
from consultation.actions.reading_responses import CHECKED, STANDING, UNCHECKED, Key, Wanted
from consultation.models import Channel, Confidential, Lateness, Question, State

STATES = (
    (STANDING, "Those that count"),
    *((value, words) for value, words in State.choices if value != State.DRAFT),
)
SAYS = (
    (Confidential.WHOLE, "The whole response"),
    (Confidential.PASSAGES, "Passages"),
    (Confidential.NOTHING, "Nothing"),
)
CHECKS = ((UNCHECKED, "To be checked"), (CHECKED, "Checked"))
DAY_WANTED = "Enter a day such as 12/02/2008, or leave it empty."


class Filters(forms.Form):
    """Everything that the list can be narrowed by."""

    who = forms.CharField(
        label="From", required=False, max_length=200, strip=True,
        help_text="Reference, or part of a name, organisation or e-mail address",
    )  # fmt: skip
    words = forms.CharField(
        label="Words in what they say", required=False, max_length=200,
        help_text="Answers and comments with confidential words are not searched",
    )  # fmt: skip
    channel = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(label="Kind of respondent", required=False)
    state = forms.ChoiceField(required=False)
    lateness = forms.ChoiceField(label="In time or late", required=False)
    confidential = forms.ChoiceField(label="Confidential", required=False)
    checked = forms.ChoiceField(label="Entered by an official", required=False)
    since = forms.DateField(label="Received from", required=False)
    until = forms.DateField(label="Received to", required=False)
    answer = forms.ChoiceField(label="Answered", required=False)

    def __init__(self, data: Mapping[str, Any], questions: Sequence[Question]) -> None:
        super().__init__(data=data, label_suffix="")
        for name, choices in (
            ("channel", Channel.choices), ("kind", KINDS), ("state", STATES),
            ("lateness", Lateness.choices), ("confidential", SAYS), ("checked", CHECKS),
        ):  # fmt: skip
            self._offer(name, [("", "Any"), *choices])
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
            self.fields[name].error_messages["invalid"] = DAY_WANTED
        self._offer("answer", [("", "Any"), *(_answers(question) for question in questions)])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "Enter a day that is not before the first one.")
        for name, day in (("since", since), ("until", until)):
            if day and not date(1900, 1, 1) <= day <= date(2200, 1, 1):
                self.add_error(name, "Enter a day between 1900 and 2200.")
        return cleaned

    @property
    def wanted(self) -> Wanted:
        """What is asked for; call it where the form is valid."""
        given = dict(self.cleaned_data)
        question, _, choice = given.pop("answer").partition(":")
        return Wanted(**given, question=int(question) if question else None, choice=choice)

    @property
    def query(self) -> str:
        """As it stands in an address, without what is empty; "" where nothing is asked."""
        found = {name: self.data.get(name, "") for name in self.fields}
        return urlencode({name: value for name, value in found.items() if value})

    @property
    def narrowed(self) -> bool:
        return bool(self.query)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """For a form that asks for the same."""
        return [(name, self.data[name]) for name in self.fields if self.data.get(name)]

    def _offer(self, name: str, choices: Sequence[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.error_messages["invalid_choice"] = "Choose one from the list."


def address(query: str, **place: Key | str | None) -> str:
    """An address that keeps the filters and names a place in the list; "" where there is no place."""
    if not all(place.values()):
        return ""
    return "?" + "&".join(filter(None, (query, urlencode({k: str(v) for k, v in place.items()}))))


def place_of(data: Mapping[str, str]) -> dict[str, Any]:
    """Where in the list an address is, for `stretch`; what cannot be read is the newest."""
    return {
        "after": Key.read(data.get("after", "")),
        "before": Key.read(data.get("before", "")),
        "oldest": data.get("end") == "oldest",
    }


def _answers(question: Question) -> tuple[str, list[tuple[str, str]]]:
    """A group of choices: anything at all, or one of the options."""
    assert question.wording is not None
    options = [(f"{question.pk}:{key}", words) for key, words in choices_of(question)]
    label = f"{question.label}{' (no longer asked)' if question.retired_at else ''}"
    return label, [(str(question.pk), f"{label}: anything"), *options]
