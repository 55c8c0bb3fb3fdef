"""The form with which an import begins."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.text import slugify

from guidance.actions.import_jobs import may_import
from guidance.actions.import_target import ImportRefused, ImportTarget
from guidance.models import GuidancePage, Stage
from guidance.outline.source import UnreadableFile
from guidance.readers.opening import MAX_BYTES, load, sniff

ACCEPTED = ".txt,.md,.docx,.html,.htm,.pdf"


class DayInput(forms.DateInput):
    """The browser's own date field, which needs no script and knows the keyboard."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ImportForm(forms.Form):
    """A file, and the edition that it is to become. What is left empty is made from the rest."""

    file = forms.FileField(
        label="File",
        help_text="Word (.docx), PDF with a text layer, HTML, Markdown or plain text, "
        f"up to {MAX_BYTES // 1024 // 1024} MB",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": "This file is empty: check that it opens and send it again."},
    )
    document = forms.ModelChoiceField(
        GuidancePage.objects.none(),
        required=False,
        empty_label="A new guidance document",
        help_text="The guidance document that this is an edition of",
    )
    document_title = forms.CharField(
        label="Title of the new document", required=False, max_length=200
    )
    stage = forms.ChoiceField(choices=Stage.choices)
    published = forms.DateField(
        label="Date of publication",
        widget=DayInput,
        help_text="The date printed on it; for a month alone, its first day",
    )
    in_force_from = forms.DateField(
        label="In force from",
        required=False,
        widget=DayInput,
        help_text="For a final edition; it can be added later, before the edition is published",
    )
    edition_title = forms.CharField(
        label="Title of the edition",
        required=False,
        max_length=200,
        help_text="If left empty: the stage and the date, as in “Final edition, April 2009”",
    )
    edition_slug = forms.SlugField(
        label="Address of the edition",
        required=False,
        max_length=200,
        help_text="If left empty: made from stage and date, as in “final-april-2009”",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        documents = GuidancePage.objects.order_by("title")
        allowed = [page.pk for page in documents if may_import(user, page)]
        field = self.fields["document"]
        field.queryset = documents.filter(pk__in=allowed)  # type: ignore[attr-defined]
        if not may_import(user, None):
            field.required = True
            field.empty_label = "Choose a document"  # type: ignore[attr-defined]
            del self.fields["document_title"]

    def clean_file(self) -> Any:
        """Refuse at once what can be seen to be unreadable without reading it all."""
        file = self.cleaned_data["file"]
        try:
            sniff(load(file), file.name)
        except UnreadableFile as error:
            raise forms.ValidationError(str(error)) from error
        file.seek(0)
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        document_slug = self._document_slug(cleaned)
        if document_slug is None:
            return cleaned
        slug = cleaned["edition_slug"] or default_edition_slug(
            cleaned["stage"], cleaned["published"]
        )
        target = ImportTarget(
            document_slug, slug, cleaned["stage"], cleaned["published"], cleaned["in_force_from"]
        )
        try:
            target.check()
        except ImportRefused as error:
            field = "document_title" if error.field == "document_slug" else error.field
            self.add_error(field if field in self.fields else None, str(error))
        cleaned["target"] = target
        return cleaned

    def _document_slug(self, cleaned: dict[str, Any]) -> str | None:
        if cleaned["document"]:
            return str(cleaned["document"].slug)
        title = cleaned.get("document_title", "")
        slug = slugify(title)[:100].strip("-")
        if not slug:
            self.add_error("document_title", "Give the new document a title.")
        elif GuidancePage.objects.filter(slug=slug).exists():
            self.add_error(
                "document_title",
                "There is already a document with this address: choose it in the list above, or "
                "give this one another title.",
            )
        else:
            return slug
        return None


def default_edition_slug(stage: str, published: Any) -> str:
    """As in "draft-november-2007" or "final-april-2009"."""
    word = "draft" if stage == Stage.CONSULTATION else stage
    return f"{word}-{slugify(str(MONTHS[published.month]))}-{published.year}"
