"""What editors teach the search: refused where it would teach nothing, and told in the audit log."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from guidance.models import Paragraph
from search.actions.teaching import (
    MOST_PROMOTED,
    add_synonym,
    arrange,
    change_synonym,
    promote,
    promoted_for,
    promotions_of,
    remove_synonym,
    unpromote,
)
from search.models import Promotion, Synonym
from tests import factories
from tests.guidance.review_samples import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return member("Editors")


@pytest.fixture
def parks():
    document = factories.document("parks", "Keeping parks open")
    blocks = [factories.paragraph(f"2.{number}") for number in range(1, 9)]
    factories.issued(document, [factories.section("Governance", blocks, number="2")])
    return document


def paragraphs(document):
    rows = Paragraph.objects.filter(document=document)
    return sorted(rows, key=lambda one: one.versions.get().number)


def acts():
    return [(e.action, e.label, e.user_id) for e in ModelLogEntry.objects.order_by("pk")]


def test_words_that_mean_the_same_are_kept_tidied_and_each_once(editor):
    synonym = add_synonym(user=editor, words=" bins,refuse , Refuse,bin,  household   waste,, ")
    assert synonym.words == "bins, refuse, household waste"
    assert synonym.made_by == editor
    assert acts() == [("search.synonym_added", synonym.words, editor.pk)]


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("", "at least two"),
        ("bins", "One word alone"),
        ("bins, bin, BINS", "at least two"),
        ("bins, ?!", "at least two"),
        ("bins, the", "“the” is in nearly every paragraph"),
        ("what is it, bins, refuse", "“what is it” is in nearly every paragraph"),
        (f"bins, {'x' * 600}", "500 characters"),
    ],
)
def test_what_would_teach_nothing_is_refused_at_its_field(editor, words, advice):
    with pytest.raises(ValidationError) as refused:
        add_synonym(user=editor, words=words)
    assert advice in " ".join(refused.value.message_dict["words"])
    assert not Synonym.objects.exists()
    assert acts() == []


def test_what_is_known_already_is_not_taught_again(editor):
    first = add_synonym(user=editor, words="bins, refuse, waste")
    with pytest.raises(ValidationError, match="bins, refuse, waste"):
        add_synonym(user=editor, words="Waste, bin")
    add_synonym(user=editor, words="waste, rubbish")
    assert change_synonym(user=editor, synonym=first, words="bins, refuse").words == "bins, refuse"


def test_changing_and_removing_say_what_it_was(editor):
    synonym = add_synonym(user=editor, words="bins, refuse")
    change_synonym(user=editor, synonym=synonym, words="bins, rubbish")
    remove_synonym(user=editor, synonym=synonym)
    assert not Synonym.objects.exists()
    changed, removed = ModelLogEntry.objects.order_by("pk")[1:]
    assert (changed.label, changed.data) == ("bins, rubbish", {"before": "bins, refuse"})
    assert (removed.action, removed.deleted) == ("search.synonym_removed", True)


def test_what_is_promoted_is_found_for_the_same_question_in_order(editor, parks):
    first, second, *_ = paragraphs(parks)
    promote(user=editor, search=" Duties to  involve? ", document=parks, paragraph=second)
    promote(user=editor, search="duty to involve", document=parks)
    last = promote(user=editor, search="duty to involve", document=parks, paragraph=first)
    expected = [("parks", str(second.pk)), ("parks", ""), ("parks", str(first.pk))]
    assert promoted_for("DUTY to involve") == expected
    assert promoted_for("duty to inform") == promoted_for("") == []
    order = [last.pk, 987654]
    arranged = arrange(user=editor, search="duties to involve", order=order)
    assert [one.position for one in arranged] == [1, 2, 3]
    assert promoted_for("duty to involve") == [expected[2], expected[0], expected[1]]
    unpromote(user=editor, promotion=last)
    assert promoted_for("duty to involve") == expected[:2]
    assert [action for action, *_ in acts()] == [
        *["search.promoted"] * 3,
        "search.promotions_arranged",
        "search.unpromoted",
    ]


def test_an_order_that_changes_nothing_is_no_act(editor, parks):
    assert arrange(user=editor, search="bins", order=[1, 2]) == []
    one = promote(user=editor, search="bins", document=parks)
    assert arrange(user=editor, search="bins", order=[one.pk]) == [one]
    assert len(acts()) == 1


def test_one_query_finds_what_is_promoted(editor, parks, django_assert_num_queries):
    for paragraph in paragraphs(parks)[:MOST_PROMOTED]:
        promote(user=editor, search="bins", document=parks, paragraph=paragraph)
    with django_assert_num_queries(1):
        assert len(promoted_for("bins")) == MOST_PROMOTED
    with django_assert_num_queries(0):
        assert promoted_for(" ?! ") == []


def test_a_result_is_promoted_once_for_a_search(editor, parks):
    one = paragraphs(parks)[0]
    for place in ({"paragraph": one}, {}):
        promote(user=editor, search="bins", document=parks, **place)
        with pytest.raises(ValidationError, match="already"):
            promote(user=editor, search="Bin", document=parks, **place)
    assert promotions_of("bins").count() == 2


def test_no_more_are_promoted_than_leave_room_for_the_search(editor, parks):
    for paragraph in paragraphs(parks)[:MOST_PROMOTED]:
        promote(user=editor, search="bins", document=parks, paragraph=paragraph)
    with pytest.raises(ValidationError, match="remove one first"):
        promote(user=editor, search="bins", document=parks)


def test_what_nobody_may_read_is_not_promoted(editor, parks):
    hidden = factories.document("hidden", "Hidden")
    factories.draft(hidden)
    one = paragraphs(parks)[0]
    with pytest.raises(ValidationError, match="published"):
        promote(user=editor, search="bins", document=hidden)
    other = factories.issued(factories.document("ponds", "Ponds")).document
    with pytest.raises(ValidationError, match="no such paragraph"):
        promote(user=editor, search="bins", document=other, paragraph=one)
    with pytest.raises(ValidationError, match="at least one word"):
        promote(user=editor, search=" ?! ", document=parks)
    assert not Promotion.objects.exists()


MAY = {
    "Editors": True,
    "Policy leads": True,
    "Legal": False,
    "Sounding Board": False,
    "Publishers": True,
    "Administrators": True,
}


@pytest.mark.parametrize("role", MAY)
def test_who_may_teach_the_search(role, editor, parks):
    user = member(role)
    synonym = add_synonym(user=editor, words="bins, refuse")
    promotion = promote(user=editor, search="bins", document=parks)
    tried = (
        lambda: add_synonym(user=user, words="dogs, hounds"),
        lambda: change_synonym(user=user, synonym=synonym, words="bins, rubbish"),
        lambda: remove_synonym(user=user, synonym=synonym),
        lambda: promote(user=user, search="dogs", document=parks),
        lambda: arrange(user=user, search="bins", order=[promotion.pk]),
        lambda: unpromote(user=user, promotion=promotion),
    )
    for act in tried:
        if MAY[role]:
            act()
        else:
            with pytest.raises(PermissionDenied):
                act()


def test_who_was_sent_away_may_teach_nothing(editor):
    editor.is_active = False
    with pytest.raises(PermissionDenied):
        add_synonym(user=editor, words="bins, refuse")
