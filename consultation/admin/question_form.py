"""The form of one question."""

from __future__ import annotations

from typing import Any

from django import forms

from consultation.actions.anchors import Anchor
from consultation.actions.naming import read_paragraphs
from consultation.actions.question_rules import Asking
from consultation.models import QuestionKind


class QuestionForm(forms.Form):
    """`edition` is the primary key of the draft whose paragraphs can be named."""

    PLAIN = ("number", "text", "help", "kind", "word_guide", "unit", "required")
    """Fields that stand in a wording as they are typed."""

    number = forms.CharField(
        max_length=20,
        help_text="As it is shown, such as 3 or 2a",
        error_messages={"required": "Enter its number, such as 1 or 2a."},
    )
    text = forms.CharField(
        label="Question",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the question."},
    )
    help = forms.CharField(
        label="Help",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Shown below the question",
    )
    kind = forms.ChoiceField(
        label="Answered with", choices=QuestionKind.choices, initial=QuestionKind.TEXT
    )
    options = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="For “one of several” and “any of several”: one on each line",
    )
    word_guide = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=10_000,
        help_text="About how many words are wanted; nobody is stopped by it",
    )
    smallest = forms.DecimalField(
        label="Smallest number", required=False, max_digits=18, decimal_places=4
    )
    largest = forms.DecimalField(
        label="Largest number", required=False, max_digits=18, decimal_places=4
    )
    unit = forms.CharField(
        label="Unit of the number", required=False, max_length=40, help_text="Such as hours a week"
    )
    required = forms.BooleanField(
        label="An answer is required",
        required=False,
        help_text="A response cannot be sent without it. Ask this of few questions",
    )
    paragraphs = forms.CharField(
        label="Paragraphs that it asks about",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="As in: 2.13 to 2.28; Box “Who decides”. Part them by “;” or by lines",
    )

    def __init__(self, *args: Any, edition: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._edition = edition

    def clean_paragraphs(self) -> list[Anchor]:
        return read_paragraphs(self._edition, self.cleaned_data["paragraphs"])

    def asking(self) -> Asking:
        """What was typed, once it is valid."""
        typed = dict(self.cleaned_data)
        return Asking(**{**typed, "options": typed["options"].splitlines()})
