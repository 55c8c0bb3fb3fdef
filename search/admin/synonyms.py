"""Synonyms: words that mean the same, with a look at what they find before they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from guidance.models import Edition
from guidance.rendering.addresses import edition_path
from search.actions.knowledge import abbreviations
from search.actions.searching import search
from search.actions.teaching import (
    LONGEST_WORDS,
    add_synonym,
    change_synonym,
    checked_words,
    remove_synonym,
)
from search.admin.page import SearchAdminView, sentences
from search.asking import address_of
from search.engines import When
from search.models import Synonym
from search.results import Result, Wanted

SHOWN = 50
MOST_LOOKED_AT = 8
"""Phrases of one group that a look searches for, each on its own."""


class WordsForm(forms.Form):
    """The words of one group."""

    words = forms.CharField(
        label="Words that mean the same",
        max_length=LONGEST_WORDS,
        help_text="Words or phrases with commas between them, as in: bins, refuse, household waste."
        " Whoever searches for one of them also finds the others.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Give at least two different words or phrases, with commas between them.",
            "max_length": f"Keep them within {LONGEST_WORDS} characters; make two groups of them.",
        },
    )


@dataclass(frozen=True, slots=True)
class Look:
    """What words find: each on its own and all together, and the first few results. `refusal` says
    why the words would not be kept."""

    each: list[tuple[str, int]]
    together: int
    first: list[Result]
    address: str
    refusal: str
    down: str


class Synonyms(SearchAdminView):
    """Those that editors added, and those that guidance itself defines, to read."""

    template_name = "search/admin/synonyms.html"
    page_title = "Synonyms"
    tab = "search_synonyms"

    def get(self, request: HttpRequest) -> HttpResponse:
        q = " ".join(request.GET.get("q", "").split())[:100]
        rows = Synonym.objects.select_related("made_by")
        if q:
            rows = rows.filter(words__icontains=q)
        page = Paginator(rows, SHOWN).get_page(request.GET.get("p"))
        taught = Paginator(_of_guidance(q), SHOWN).get_page(request.GET.get("of"))
        return self.render_to_response(
            self.get_context_data(
                page_obj=page, q=q, taught=taught, add=reverse("search_synonym_add")
            )
        )


def _of_guidance(q: str) -> list[tuple[str, str, str, str]]:
    """Short, long, and the edition that says so with its address, in the order of the words; one
    query, where what guidance says was read before."""
    said = abbreviations()
    editions = Edition.objects.filter(pk__in=said).values_list(
        "pk", "title", "slug", "document__title", "document__slug"
    )
    rows = [
        (short, long, f"{document}: {title}", edition_path(document_slug, slug))
        for pk, title, slug, document, document_slug in editions
        for short, long in said[pk]
        if q.lower() in f"{short}, {long}".lower()
    ]
    return sorted(rows, key=lambda row: [words.lower() for words in row])


class AddSynonym(SearchAdminView):
    """The words may stand in the address: from the list of searches one comes here with the search."""

    template_name = "search/admin/synonym.html"
    page_title = "Add a synonym"
    tab = "search_synonyms"

    @cached_property
    def synonym(self) -> Synonym | None:
        return None

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        words = request.GET.get("words", "")[:LONGEST_WORDS]
        given = self.synonym.words if self.synonym and "words" not in request.GET else words
        return self._show(WordsForm(initial={"words": given}), given, looked="look" in request.GET)

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        form = WordsForm(request.POST)
        words = request.POST.get("words", "")
        if "look" in request.POST or not form.is_valid():
            return self._show(form, words, looked="look" in request.POST)
        try:
            kept = self._keep(form.cleaned_data["words"])
        except ValidationError as error:
            form.add_error("words", sentences(error))
            return self._show(form, words)
        messages.success(request, f"From now on these mean the same: {kept.words}.")
        return redirect("search_synonyms")

    def _keep(self, words: str) -> Synonym:
        return add_synonym(user=self.request.user, words=words)

    def _show(self, form: WordsForm, words: str, *, looked: bool = False) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                form=form,
                synonym=self.synonym,
                look=look(words, self.synonym) if words.strip() else None,
                looked=looked,
                look_address=reverse("search_synonym_look"),
            )
        )


class EditSynonym(AddSynonym):
    page_title = "Edit a synonym"

    @cached_property
    def synonym(self) -> Synonym | None:
        return get_object_or_404(Synonym, pk=self.kwargs["pk"])

    def _keep(self, words: str) -> Synonym:
        assert self.synonym is not None
        return change_synonym(user=self.request.user, synonym=self.synonym, words=words)


class DeleteSynonym(SearchAdminView):
    """Asks once, and says what will no longer be found."""

    template_name = "search/admin/synonym_delete.html"
    page_title = "Delete a synonym"
    tab = "search_synonyms"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        synonym = get_object_or_404(Synonym, pk=pk)
        return self.render_to_response(self.get_context_data(synonym=synonym))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        synonym = get_object_or_404(Synonym, pk=pk)
        words = synonym.words
        remove_synonym(user=request.user, synonym=synonym)
        messages.success(request, f"These no longer mean the same: {words}.")
        return redirect("search_synonyms")


class LookAtSynonym(SearchAdminView):
    """What words would find, for the script of the form."""

    template_name = "search/admin/synonym_look.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("words", "")[:LONGEST_WORDS]
        given = request.GET.get("synonym", "")
        synonym = Synonym.objects.filter(pk=given).first() if given.isdecimal() else None
        found = look(words, synonym) if words.strip() else None
        return self.render_to_response({"look": found})


def look(words: str, synonym: Synonym | None = None) -> Look:
    """What the words find in text in force today; `synonym` is the group that is being changed."""
    phrases = list(dict.fromkeys(filter(None, (_plain(phrase) for phrase in words.split(",")))))
    exact = [f'"{phrase}"' for phrase in phrases[:MOST_LOOKED_AT]]
    answers = [search(Wanted(text)) for text in exact]
    wanted = Wanted(" OR ".join(exact), when=When.IN_FORCE)
    together = search(wanted)
    try:
        checked_words(words, synonym)
        refusal = ""
    except ValidationError as error:
        refusal = sentences(error)
    return Look(
        each=[(phrase, a.total) for phrase, a in zip(phrases, answers, strict=False)],
        together=together.total,
        first=list(together.results)[:3],
        address=address_of(wanted),
        refusal=refusal,
        down=together.down,
    )


def _plain(phrase: str) -> str:
    return " ".join(phrase.replace('"', " ").split())
