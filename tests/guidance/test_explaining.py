"""The terms that an edition explains, from its definitions, its glossary and its own brackets."""

from __future__ import annotations

from datetime import date

from guidance.actions.explaining import edition_terms, terms_of
from guidance.edition_text import Block, Facts, SectionSource, compose, placed
from guidance.rendering import render_version
from tests import factories as make


def terms(*blocks, definitions=()) -> dict[str, str]:
    source = SectionSource(1, "1", "", "One", "one", [Block(b) for b in blocks])
    day = date(2008, 1, 1)
    text = compose(
        Facts("d", "e", "E", "final", day, day, definitions=definitions), placed([source])
    )
    html = {(n.identity, n.digest): render_version(n.content) for n in text.lines}
    found = edition_terms(text, html)
    return {term.words: term.meaning for term in found.all} if found else {}


def test_definitions_and_the_glossary_are_explained_and_the_glossary_goes_first():
    said = terms(
        make.term("Park", "A green <b>place</b>."),
        definitions=[{"term": "park", "meaning": "Grass."}, {"term": "LAA", "meaning": "A & B"}],
    )
    assert said == {"Park": "A green place.", "LAA": "A &amp; B"}


def test_an_abbreviation_in_brackets_is_explained_by_the_words_whose_letters_it_has():
    said = terms(
        make.paragraph("1.1", "The new Local Area Agreements (LAAs) and Councils of Health &amp; Care (CHC)."),
        make.paragraph("1.2", "A Local Area Agreement (LAA)."),
    )  # fmt: skip
    assert said == {"LAA": "Local Area Agreement", "CHC": "Councils of Health &amp; Care"}


def test_other_brackets_and_abbreviations_with_two_meanings_are_left_out():
    said = terms(
        make.paragraph("1.1", "The Council (England) met; the Area Team (XYZ) did not. (LAA)"),
        make.paragraph("1.2", "A Local Sports Plan (LSP)."),
        make.paragraph("1.3", "A Local Schools Panel (LSP)."),
    )
    assert said == {}


def test_a_long_meaning_is_cut_at_a_word():
    found = terms_of([("Park", "green " * 200, "term-park", "/x/")], [])
    assert found is not None
    assert found.all[0].meaning.endswith("green …")
    assert len(found.all[0].meaning) <= 602
