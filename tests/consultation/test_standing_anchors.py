"""Where a paragraph that a draft was asked about stands, through editions that did everything to it."""

from __future__ import annotations

from datetime import date

import pytest

from consultation.actions.anchors import anchors
from consultation.actions.standing_anchors import Fate, where_now
from consultation.models import QuestionParagraph
from guidance.models import Edition
from tests import factories
from tests.consultation import samples
from tests.guidance.comparison.editions import block, three_editions

pytestmark = pytest.mark.django_db


def rows_of(edition: Edition, *references: str) -> list[QuestionParagraph]:
    found = anchors(edition.pk)
    return [QuestionParagraph(**found[reference].fields) for reference in references]


@pytest.fixture
def draft() -> Edition:
    return three_editions().issued_editions.get(slug="draft-2007")


@pytest.mark.parametrize(
    ("reference", "fate", "words", "now"),
    [
        ("1.2", Fate.SUBSTANTIVE, "Changed in Amended 2009; part of it is now paragraph 1.2A", "1.2"),
        ("1.3", Fate.SUBSTANTIVE, "Changed in Amended 2009; now paragraph 2.3", "2.3"),
        ("1.4", Fate.SUBSTANTIVE, "Changed in Amended 2009; now paragraph 1.5", "1.5"),
        ("1.5", Fate.REMOVED, "Taken out in Final 2008", ""),
        ("2.1", Fate.MERGED, "Merged into paragraph 2.2 of Amended 2009", ""),
    ],
)  # fmt: skip
def test_an_anchor_follows_its_lineage_and_says_so(draft, reference, fate, words, now):
    [found] = where_now(rows_of(draft, reference), edition=draft)
    assert (found.fate, found.words, found.number) == (fate, words, now)


def test_what_it_became_has_an_address(draft, client):
    for found in where_now(rows_of(draft, "1.2", "1.3", "2.1"), edition=draft):
        assert found.places
        for place in found.places:
            assert client.get(place.address).status_code == 200


def test_while_nothing_was_issued_since_there_is_nothing_to_say():
    edition = samples.draft_edition()
    [found] = where_now(rows_of(edition, "1.1"), edition=edition)
    assert (found.fate, found.words, list(found.places)) == (Fate.SAME_EDITION, "", [])


def test_what_stands_word_for_word_is_unchanged_and_what_only_has_another_number_says_so():
    document = factories.document("plain")
    names = [("a", "1.1", "Ask first."), ("b", "1.2", "Then wait.")]
    first = factories.issued(
        document, [factories.section(blocks=[block(*n) for n in names], number="1")],
        stage="consultation", published=date(2007, 1, 1),
    )  # fmt: skip
    later = [
        block("a", "1.1", "Ask first."),
        block("x", "1.2", "Listen."),
        block("b", "1.3", "Then wait."),
    ]
    factories.issued(
        document, [factories.section(blocks=later, number="1")], title="Final", published=date(2008, 1, 1)
    )  # fmt: skip
    same, renumbered = where_now(rows_of(first, "1.1", "1.2"), edition=first)
    assert (same.fate, same.words) == (Fate.UNCHANGED, "Unchanged in Final")
    assert renumbered.fate == Fate.RENUMBERED
    assert renumbered.words == "Unchanged but for its number in Final; now paragraph 1.3"


def test_words_that_were_split_off_and_then_merged_are_still_found():
    document = factories.document("long")
    first = factories.issued(
        document, [factories.section(blocks=[block("a", "1.1", "Ask and listen.")], number="1")],
        stage="consultation", published=date(2007, 1, 1),
    )  # fmt: skip
    second = factories.draft(
        document, [factories.section(blocks=[block("b", "1.1", "Ask."), block("c", "1.2", "Listen.")], number="1")],
        title="Second", published=date(2008, 1, 1),
    )  # fmt: skip
    _issue(second, ("a", "b", "split"), ("a", "c", "split"))
    third = factories.draft(
        document, [factories.section(blocks=[block("d", "1.1", "Listen to all.")], number="1")],
        title="Third", published=date(2009, 1, 1),
    )  # fmt: skip
    _issue(third, ("c", "d", "merged"), ("b", "d", "merged"))
    [found] = where_now(rows_of(first, "1.1"), edition=first)
    assert [place.number for place in found.places] == ["1.1"]
    assert found.words == "Split into paragraph 1.1 of Third"


def _issue(page, *steps):
    from guidance.actions.publishing import publish_edition
    from tests.guidance.comparison.editions import decide

    decide(page, [(before, after, change, "So.") for before, after, change in steps])
    publish_edition(user=factories.user("publisher@example.org"), page=page)


@pytest.mark.parametrize("times", [1, 60])
def test_many_anchors_cost_as_many_queries_as_one(draft, django_assert_num_queries, times):
    rows = rows_of(draft, "1.2") * times
    draft.document.slug  # noqa: B018  at hand, as pages have it
    with django_assert_num_queries(3):
        assert len(where_now(rows, edition=draft)) == times
