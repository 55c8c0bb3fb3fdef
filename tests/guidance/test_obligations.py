"""What a draft demands: proposals, decisions, and how an edition keeps those that were confirmed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry, PageLogEntry

from guidance.actions.edition_source import drafted
from guidance.actions.ledger_rebuilding import rebuild_ledger
from guidance.actions.ledger_verifying import verify_ledger
from guidance.actions.obligation_proposals import proposals
from guidance.actions.obligations import Decision, decide_obligations, decisions_of
from guidance.actions.publishing import publish_edition
from guidance.actions.starting import start_edition
from guidance.models import AuthorityType, Duty, Edition, EditionPage, ObligationDecision
from tests import factories

pytestmark = pytest.mark.django_db
MUST = "An authority must consult the people it serves."
TEXT = "<p>Best value authorities except police authorities should keep a record. It may be published.</p>"


def sections():
    return [
        factories.section(
            "Aims",
            [
                factories.paragraph("1.1", MUST),
                factories.paragraph("1.2", TEXT, notes={"1": "A note must not count."}),
                factories.box("Advice", "Boxes should not count."),
            ],
            number="1",
        ),
        factories.section("Money", [factories.paragraph("2.1", "Money is short.")], number="2"),
    ]


@pytest.fixture
def page(db) -> EditionPage:
    return factories.draft(factories.document("parks"), sections(), slug="first")


@pytest.fixture
def editor(db):
    return factories.user("editor@example.org")


def confirm_all(user, page, **changes):
    decisions = [p.shown for p in proposals(page).proposals]
    decide_obligations(user=user, page=page, decisions=decisions)
    return decisions


def test_each_sentence_of_a_numbered_paragraph_is_proposed_with_whom_it_binds(page):
    found = proposals(page)
    assert [
        (p.number, p.strength, p.binds, p.excepts, p.origin, p.state) for p in found.proposals
    ] == [
        ("1.1", "must", (), (), "nobody", "undecided"),
        ("1.2", "should", ("best value authorities",), ("police authorities",), "sentence", "undecided"),
        ("1.2", "may", (), (), "nobody", "undecided"),
    ]  # fmt: skip
    assert [len(section.proposals) for section in found.sections] == [3, 0]
    assert list(found.gone) == []


def test_a_sentence_that_names_nobody_binds_those_of_the_duty_explained_there(page):
    duty = Duty.objects.create(title="Duty to ask")
    duty.binds.add(AuthorityType.objects.get(name="best value authorities"))
    page.duties = [factories.block("duty", duty=duty.pk, explained_in="1.1")]
    page.save_revision(clean=False)
    first, second, third = proposals(page).proposals
    assert (first.binds, first.origin, first.duty) == (
        ("best value authorities",),
        "duty",
        "Duty to ask",
    )
    assert (second.origin, third.origin) == ("sentence", "nobody")


def test_what_was_confirmed_is_frozen_into_the_edition_in_the_order_of_the_text(page, editor):
    first, second, third = (p.shown for p in proposals(page).proposals)
    decide_obligations(
        user=editor,
        page=page,
        decisions=[
            second,
            Decision(first.paragraph, first.sentence, True, "should", ("county councils",)),
            Decision(third.paragraph, third.sentence, False, "may"),
        ],
    )
    edition = publish_edition(user=editor, page=page)
    assert edition.obligations == [
        {
            "paragraph": first.paragraph,
            "sentence": MUST,
            "strength": "should",
            "binds": ["county councils"],
            "excepts": [],
        },
        {
            "paragraph": second.paragraph,
            "sentence": "Best value authorities except police authorities should keep a record.",
            "strength": "should",
            "binds": ["best value authorities"],
            "excepts": ["police authorities"],
        },
    ]


def test_the_digest_covers_them_and_the_ledger_is_rebuilt_with_them(page, editor):
    confirm_all(editor, page)
    edition = publish_edition(user=editor, page=page)
    other = factories.issued(factories.document("other"), sections(), slug="first")
    assert len(edition.obligations) == 3
    assert edition.digest != other.digest
    rebuild_ledger()
    again = Edition.objects.get(slug="first", document=edition.document)
    assert (again.digest, again.obligations) == (edition.digest, edition.obligations)
    assert list(verify_ledger()) == []


def test_a_decision_falls_with_its_sentence_and_comes_back_with_it(page, editor):
    confirm_all(editor, page)
    section = page.get_children().first().specific
    factories.reword(section, {"1.1": "An authority must consult everybody."})
    found = proposals(page)
    assert [p.state for p in found.proposals] == ["undecided", "confirmed", "confirmed"]
    assert [(gone.number, gone.decision.strength) for gone in found.gone] == [("1.1", "must")]
    assert [row["strength"] for row in drafted(page).facts.obligations] == ["should", "may"]
    factories.reword(section, {"1.1": "An  authority must consult the people it\nserves."})
    assert [p.state for p in proposals(page).proposals] == ["confirmed"] * 3


def test_the_next_edition_keeps_the_decisions_of_the_sentences_that_stand(page, editor):
    confirm_all(editor, page)
    issued = publish_edition(user=editor, page=page)
    following = start_edition(
        user=editor,
        document=issued.document,
        stage="final",
        published=date(2009, 1, 1),
        in_force_from=date(2009, 4, 1),
    )
    section = following.get_children().first().specific
    factories.reword(section, {"1.1": "An authority should consult everybody."})
    found = proposals(following)
    assert [p.state for p in found.proposals] == ["undecided", "confirmed", "confirmed"]
    edition = publish_edition(user=editor, page=following)
    assert [row["strength"] for row in edition.obligations] == ["should", "may"]
    assert [row["strength"] for row in issued.obligations] == ["must", "should", "may"]


def test_where_no_decision_was_copied_the_edition_before_is_what_is_proposed(page, editor):
    first = next(proposals(page).proposals).shown
    decide_obligations(
        user=editor,
        page=page,
        decisions=[Decision(first.paragraph, first.sentence, True, "may", ("county councils",))],
    )
    issued = publish_edition(user=editor, page=page)
    following = start_edition(
        user=editor,
        document=issued.document,
        stage="final",
        published=date(2009, 1, 1),
        in_force_from=date(2009, 4, 1),
    )
    ObligationDecision.objects.filter(page=following).delete()
    proposed = next(proposals(following).proposals)
    assert (proposed.origin, proposed.strength, proposed.binds) == (
        "before",
        "may",
        ("county councils",),
    )


def test_deciding_again_replaces_and_taking_back_leaves_nothing(page, editor):
    first = next(proposals(page).proposals).shown
    for confirmed, kept in ((True, 1), (False, 1), (None, 0), (None, 0)):
        decision = Decision(first.paragraph, first.sentence, confirmed, "may")
        decide_obligations(user=editor, page=page, decisions=[decision])
        assert [d.confirmed for d in decisions_of(page)] == [confirmed] * kept


def test_only_what_changes_is_recorded_in_the_log(page, editor):
    decisions = confirm_all(editor, page)
    assert decide_obligations(user=editor, page=page, decisions=decisions) == 0
    (entry,) = PageLogEntry.objects.filter(action="guidance.obligations.decide")
    assert entry.data == {"confirmed": 3, "dropped": 0, "undecided": 0}
    assert (entry.page_id, entry.user) == (page.pk, editor)
    assert not ModelLogEntry.objects.filter(action="guidance.obligations.decide").exists()


def test_an_unknown_strength_or_authority_is_refused_and_nothing_is_written(page, editor):
    first, second, _ = (p.shown for p in proposals(page).proposals)
    wrong = (
        Decision(second.paragraph, second.sentence, True, "ought"),
        Decision(second.paragraph, second.sentence, True, "must", ("choirs",)),
        Decision(second.paragraph, second.sentence, True, "must", (), ("choirs",)),
    )
    for decision in wrong:
        with pytest.raises(ValidationError):
            decide_obligations(user=editor, page=page, decisions=[first, decision])
    assert not ObligationDecision.objects.exists()


def test_nobody_decides_without_the_right_or_once_the_edition_is_issued(page, editor):
    first = next(proposals(page).proposals).shown
    stranger = factories.user("stranger@example.org", superuser=False)
    with pytest.raises(PermissionDenied):
        decide_obligations(user=stranger, page=page, decisions=[first])
    publish_edition(user=editor, page=page)
    with pytest.raises(PermissionDenied):
        decide_obligations(user=editor, page=page, decisions=[first])
    assert not ObligationDecision.objects.exists()


def test_an_edition_of_which_nothing_was_decided_costs_one_query_more(
    page, django_assert_num_queries
):
    from guidance.actions.obligations import confirmed_obligations

    source = drafted(page)
    with django_assert_num_queries(1):
        assert confirmed_obligations(page, source.sections) == []


@pytest.mark.parametrize("size", [3, 40])
def test_proposals_cost_the_same_queries_whatever_the_number_of_paragraphs(
    size, django_assert_max_num_queries
):
    blocks = [factories.paragraph(f"1.{n}", MUST) for n in range(1, size + 1)]
    page = factories.draft(factories.document(), [factories.section(blocks=blocks, number="1")])
    with django_assert_max_num_queries(12):
        assert len(list(proposals(page).proposals)) == size
