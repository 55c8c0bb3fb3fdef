"""Paragraphs as an editor names them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from consultation.actions.anchors import anchors
from consultation.actions.naming import paragraphs_in_words, read_paragraphs
from tests import factories as make
from tests.consultation import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return samples.draft_edition()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("1.2", ["1.2"]),
        ("1.1 to 1.3", ["1.1", "1.2", "1.3"]),
        ("paragraphs 1.1–1.2 and 2.1", ["1.1", "1.2", "2.1"]),
        ("2.1; 1.1", ["1.1", "2.1"]),
        ("Box “Who uses a park”", ["Box “Who uses a park”"]),
        ('box "who uses a park"\n1.3', ["1.3", "Box “Who uses a park”"]),
        ("1.2, box 'Who uses a park'", ["1.2", "Box “Who uses a park”"]),
        ("section 1", ["1.1", "1.2", "1.3"]),
    ],
)
def test_what_is_typed_names_these_paragraphs_in_their_order(edition, typed, found):
    assert [anchor.number for anchor in read_paragraphs(edition.pk, typed)] == found


def test_every_piece_that_means_nothing_is_named(edition):
    with pytest.raises(ValidationError) as caught:
        read_paragraphs(edition.pk, "1.1; 9.9; 1.2 to 1.7; the middle part; section 8")
    words = " ".join(caught.value.messages)
    assert len(caught.value.messages) == 4
    for piece in ("“9.9”", "“1.7”", "“the middle part”", "section 8"):
        assert piece in words


def test_what_is_written_back_reads_the_same(edition):
    known = list(anchors(edition.pk).values())
    for typed in ("1.1 to 1.3; 2.1", "1.1; 1.3", "Box “Who uses a park”", "1.1 to 1.3"):
        read = read_paragraphs(edition.pk, typed)
        chosen = {anchor.paragraph for anchor in read}
        words = paragraphs_in_words(known, chosen)
        assert read_paragraphs(edition.pk, words) == read
    assert paragraphs_in_words(known, {a.paragraph for a in known}) == (
        "1.1 to 1.3; 2.1; Box “Who uses a park”"
    )


def test_numbers_that_begin_again_in_an_annex_are_told_apart():
    annex = make.section("Annex", [make.paragraph("1"), make.paragraph("2")], prefix="Annex")
    first = make.section("Beginning", [make.paragraph("1"), make.paragraph("2")], number="1")
    document = make.document()
    edition = make.issued(document, [first, annex], stage="consultation")
    assert [a.number for a in read_paragraphs(edition.pk, "Annex 1")] == ["Annex 1"]
    assert [a.number for a in read_paragraphs(edition.pk, "1 to 2")] == ["1", "2"]
    known = list(anchors(edition.pk).values())
    everything = {anchor.paragraph for anchor in known}
    words = paragraphs_in_words(known, everything)
    assert {a.paragraph for a in read_paragraphs(edition.pk, words)} == everything
