"""The review of a draft: what changed against the edition issued last, and what editors decide."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageLogEntry

from guidance.actions.check_decisions import check_decisions
from guidance.actions.publishing import publish_edition
from guidance.actions.review_proposals import propose_joins
from guidance.actions.review_rows import fitting, proposed
from guidance.actions.reviewing import (
    Decision,
    DecisionsRefused,
    decide_changes,
    decisions_of,
    one_reason,
    review_edition,
    undecided,
)
from guidance.actions.starting import start_edition
from guidance.actions.statement_fit import misfits
from guidance.models import ChangeDecision, EditionPage, SectionPage
from tests import factories as make

pytestmark = pytest.mark.django_db

KEPT, REWORDED, SLIP, SPLIT, GONE, TAKES = (str(uuid4()) for _ in range(6))
ADDED, PART = str(uuid4()), str(uuid4())
LONG = (
    "Each warden walks the eastern boundary before breakfast and notes fallen branches. "
    "Visitors receive a printed leaflet that explains bathing, fishing and camping seasons."
)


def paragraphs() -> list[make.Raw]:
    return [
        make.paragraph("1.1", "A gate stands open all day.", KEPT),
        make.paragraph("1.2", "A council must keep a register.", REWORDED),
        make.paragraph("1.3", "The register is kept up to date.", SLIP),
        make.paragraph("1.4", LONG, SPLIT),
        make.paragraph("1.5", "Lanterns hang beside every bridge until midnight in winter.", GONE),
        make.paragraph("1.6", "Bridges carry a plate with their year.", TAKES),
    ]


def revised() -> list[make.Raw]:
    first, second = LONG.split(". ", 1)
    return [
        make.paragraph("1.1", "A gate stands open all day.", KEPT),
        make.paragraph("1.1A", "Dogs walk on a lead near the lake.", ADDED),
        make.paragraph("1.2", "A council should keep a register.", REWORDED),
        make.paragraph("1.3", "The register is kept up-to-date.", SLIP),
        make.paragraph("1.4", f"{first}.", SPLIT),
        make.paragraph("1.5", second, PART),
        make.paragraph(
            "1.6",
            "Bridges carry a plate with their year. "
            "Lanterns hang beside every bridge until midnight in winter.",
            TAKES,
        ),
    ]


def begun(statements=()) -> EditionPage:
    """A draft that follows an issued edition of six paragraphs and says the same."""
    document = make.document()
    section = make.section("Grounds", number="1", blocks=paragraphs())
    make.issued(document, [section], statements=statements, slug="first")
    return start_edition(
        user=make.user(),
        document=document,
        stage="final",
        published=date(2009, 7, 1),
        in_force_from=date(2009, 7, 1),
    )


def written(page: EditionPage, blocks: list[make.Raw]) -> EditionPage:
    section = SectionPage.objects.child_of(page).get()
    section.body = blocks
    section.save_revision()
    return EditionPage.objects.get(pk=page.pk)


@pytest.fixture
def page() -> EditionPage:
    return written(begun(), revised())


def decide(page: EditionPage, *decisions: Decision):
    return decide_changes(user=make.user("editor@example.org"), page=page, decisions=decisions)


def rows_of(page: EditionPage):
    return {row.side.identity: row for row in review_edition(page).comparison.rows}


def lineage_of(page: EditionPage):
    """Kinds and reasons as published, by the identity that they are about."""
    edition = publish_edition(user=make.user(), page=page)
    return {
        (str((row.after or row.before).paragraph_id), row.change): row.reason
        for row in edition.lineage.select_related("before", "after")
    }


def test_the_whole_draft_is_compared_with_the_edition_issued_last(page):
    rows = rows_of(page)
    assert {key: row.changes for key, row in rows.items()} == {
        ADDED: ("inserted",),
        REWORDED: ("substantive",),
        SLIP: ("editorial",),
        SPLIT: ("substantive",),
        PART: ("inserted",),
        GONE: ("removed",),
        TAKES: ("substantive",),
    }


def test_what_can_be_chosen_fits_what_happened_and_the_proposal_comes_first(page):
    rows = rows_of(page)
    assert {key: fitting(row) for key, row in rows.items()} == {
        ADDED: ("inserted", "split"),
        PART: ("inserted", "split"),
        REWORDED: ("substantive", "editorial"),
        SPLIT: ("substantive", "editorial"),
        TAKES: ("substantive", "editorial"),
        SLIP: ("editorial", "substantive"),
        GONE: ("removed", "merged"),
    }


def test_a_change_of_status_is_always_of_substance():
    page = written(begun([make.statement("1.1 to 1.6")]), revised())
    EditionPage.objects.filter(pk=page.pk).update(statements=[])
    page = EditionPage.objects.get(pk=page.pk)
    page.save_revision(clean=False)
    row = rows_of(page)[SLIP]
    assert (proposed(row), fitting(row)) == ("substantive", ("substantive",))
    with pytest.raises(DecisionsRefused):
        decide(page, Decision(SLIP, "editorial", "A hyphen"))


def test_splits_and_mergers_are_proposed_from_the_words_and_only_proposed(page):
    comparison = review_edition(page).comparison
    assert propose_joins(comparison.rows) == {PART: "1.4", GONE: "1.6"}
    assert comparison.counts["split"] == comparison.counts["merged"] == 0


def test_nothing_is_proposed_where_nothing_was_inserted_or_removed():
    page = written(begun(), [*paragraphs()[:-1], make.paragraph("1.6", "Other.", TAKES)])
    assert propose_joins(review_edition(page).comparison.rows) == {}


def test_what_was_decided_is_what_is_published(page):
    decide(
        page,
        Decision(REWORDED, "editorial", "The Act says must already"),
        Decision(ADDED, "inserted", "Asked for by visitors"),
        Decision(PART, "split", "Two matters, two paragraphs", other="1.4"),
        Decision(GONE, "merged", "It belongs with bridges", other="1.6"),
    )
    assert lineage_of(page) == {
        (ADDED, "inserted"): "Asked for by visitors",
        (REWORDED, "editorial"): "The Act says must already",
        (SLIP, "editorial"): "",
        (SPLIT, "substantive"): "",
        (PART, "split"): "Two matters, two paragraphs",
        (TAKES, "substantive"): "",
        (TAKES, "merged"): "It belongs with bridges",
    }


def test_a_reason_for_a_new_number_is_kept():
    blocks = paragraphs()
    blocks[0]["value"]["number"] = "1.0"
    page = written(begun(), blocks)
    assert fitting(rows_of(page)[KEPT]) == ("renumbered",)
    decide(page, Decision(KEPT, "renumbered", "Room for another"))
    assert lineage_of(page) == {(KEPT, "renumbered"): "Room for another"}


WRONG = {
    "a kind that did not happen": (Decision(REWORDED, "moved", "So"), REWORDED),
    "an insertion that is none": (Decision(REWORDED, "inserted", "So"), REWORDED),
    "a paragraph that did not change": (Decision(KEPT, "editorial", "So"), KEPT),
    "a paragraph that is nowhere": (Decision(str(uuid4()), "editorial", "So"), None),
    "a split from nothing": (Decision(PART, "split", "So", other="9.9"), PART),
    "a split without an end": (Decision(PART, "split", "So"), PART),
    "a split from a paragraph of the draft alone": (Decision(PART, "split", "So", other="1.1A"), PART),
    "a merger into a paragraph that is gone": (Decision(GONE, "merged", "So", other="1.7"), GONE),
    "other words than were seen": (Decision(SLIP, "editorial", "So", digest="0" * 64), SLIP),
    "a reason without end": (Decision(SLIP, "editorial", "So " * 1000), SLIP),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_kept(page, name):
    decision, key = WRONG[name]
    fine = Decision(ADDED, "inserted", "Asked for")
    with pytest.raises(DecisionsRefused) as error:
        decide(page, fine, decision)
    assert list(error.value.problems) == [key or decision.paragraph]
    assert error.value.problems[key or decision.paragraph].endswith(".")
    assert not ChangeDecision.objects.exists()
    assert not PageLogEntry.objects.filter(action="guidance.decide_changes").exists()


def test_deciding_again_replaces_what_was_decided(page):
    decide(page, Decision(PART, "split", "First thought", other="1.4"))
    decide(page, Decision(PART, "inserted", "Second thought"))
    kept = ChangeDecision.objects.get(page=page)
    assert (kept.before, str(kept.after), kept.change) == (None, PART, "inserted")
    decide(page, Decision(GONE, "merged", "Joined", other="1.6"))
    decide(page, Decision(GONE, "removed"))
    assert [row.change for row in decisions_of(page).values()] == ["inserted"]


def test_a_decision_on_other_words_wants_to_be_looked_at_again(page):
    comparison = review_edition(page).comparison
    assert undecided(page, comparison) == 7
    decide(page, Decision(SLIP, "editorial", "A hyphen"), Decision(REWORDED, "editorial"))
    assert undecided(page, review_edition(page).comparison) == 6
    blocks = revised()
    blocks[3] = make.paragraph("1.3", "The register is kept up-to-date, always.", SLIP)
    page = written(page, blocks)
    assert undecided(page, review_edition(page).comparison) == 7
    assert decisions_of(page)[SLIP].reason == "A hyphen"


def test_a_reason_that_was_given_for_other_words_is_not_published(page):
    decide(page, Decision(SLIP, "editorial", "A hyphen"), Decision(ADDED, "inserted", "Asked for"))
    blocks = revised()
    blocks[3] = make.paragraph("1.3", "The register is kept up-to-date, always.", SLIP)
    found = lineage_of(written(page, blocks))
    assert found[SLIP, "substantive"] == ""
    assert found[ADDED, "inserted"] == "Asked for"


def test_nothing_is_decided_while_the_draft_is_locked(page):
    page.locked = True
    page.save()
    with pytest.raises(DecisionsRefused, match="read by others"):
        decide(page, Decision(SLIP, "editorial", "A hyphen"))


def reminders(page: EditionPage) -> list[str]:
    reviewed = review_edition(page)
    found = check_decisions(reviewed.examined.source, reviewed.examined.text, reviewed.before)
    return [check.message for check in found]


def test_a_check_reminds_of_every_change_that_has_no_reason(page):
    assert reminders(page) == ["7 changes of paragraphs have no reason."]
    decide(page, Decision(SLIP, "editorial", "A hyphen"), Decision(REWORDED, "editorial"))
    assert reminders(page) == ["6 changes of paragraphs have no reason."]
    decide(page, Decision(GONE, "merged", "It belongs with bridges", other="1.6"))
    assert reminders(page) == ["5 changes of paragraphs have no reason."]
    assert undecided(page, review_edition(page).comparison) == 5


def test_the_check_counts_what_only_moved_and_is_silent_where_nothing_changed():
    page = begun()
    assert reminders(page) == []
    old = paragraphs()
    page = written(page, [*old[1:], old[0]])
    assert reminders(page) == ["1 change of paragraphs has no reason."]
    assert undecided(page, review_edition(page).comparison) == 1
    assert reminders(make.draft(make.document())) == []


def test_what_was_decided_about_a_change_that_was_undone_is_dropped(page):
    decide(page, Decision(SLIP, "editorial", "A hyphen"))
    blocks = revised()
    blocks[3] = make.paragraph("1.3", "The register is kept up to date.", SLIP)
    page = written(page, blocks)
    decide(page, Decision(ADDED, "inserted", "Asked for"))
    assert list(decisions_of(page)) == [ADDED]


def test_one_reason_is_given_to_all_that_changed_in_a_way_and_have_none(page):
    decide(page, Decision(REWORDED, "substantive", "The duty is gone"))
    decisions = one_reason(review_edition(page), kind="substantive", reason="Shorter")
    assert {d.paragraph for d in decisions} == {SPLIT, TAKES}
    decide(page, *decisions)
    reasons = {key: row.reason for key, row in decisions_of(page).items()}
    assert reasons == {REWORDED: "The duty is gone", SPLIT: "Shorter", TAKES: "Shorter"}
    assert one_reason(review_edition(page), kind="inserted", reason="x", section="elsewhere") == []


def test_every_decision_is_in_the_audit_log_with_who_and_why(page):
    decide(page, Decision(GONE, "merged", "It belongs with bridges", other="1.6"))
    entry = PageLogEntry.objects.get(page=page.pk, action="guidance.decide_changes")
    assert entry.user.email == "editor@example.org"
    told = {
        "paragraph": GONE,
        "change": "merged",
        "other": "1.6",
        "reason": "It belongs with bridges",
    }
    assert entry.data == {"decisions": [told]}
    assert entry.message == "Decided about 1 change"


@pytest.mark.parametrize(("group", "may"), [("Editors", True), ("Publishers", True), (None, False)])
def test_who_may_decide(page, group, may):
    person = make.user("someone@example.org", superuser=False)
    if group:
        person.groups.add(Group.objects.get(name=group))
    decision = Decision(SLIP, "editorial", "A hyphen")
    if may:
        assert decide_changes(user=person, page=page, decisions=[decision])[0].decided_by == person
    else:
        with pytest.raises(PermissionDenied):
            decide_changes(user=person, page=page, decisions=[decision])


def test_nothing_is_decided_about_an_edition_that_is_published(page):
    publish_edition(user=make.user(), page=page)
    with pytest.raises(DecisionsRefused):
        decide(page, Decision(SLIP, "editorial", "A hyphen"))


def test_a_first_edition_has_nothing_to_be_compared_with():
    page = make.draft(make.document())
    assert review_edition(page).comparison is None
    with pytest.raises(DecisionsRefused):
        decide(page, Decision(KEPT, "editorial", "So"))


def fits(page: EditionPage):
    reviewed = review_edition(page)
    return [
        (f.position, f.paragraphs, f.was, f.gained, f.lost)
        for f in misfits(reviewed.before, reviewed.examined.text)
    ]


def test_a_statement_of_status_tells_which_paragraphs_it_covers_now_and_no_longer():
    page = written(begun([make.statement("1.1 to 1.5")]), revised())
    assert fits(page) == [(1, "1.1 to 1.5", "", ("1.1A (new)", "1.5 (new)"), ("1.5 (removed)",))]


def test_a_statement_that_covers_what_it_covered_is_not_mentioned():
    assert fits(begun([make.statement("1.1 to 1.5"), make.statement("1.6", "non-statutory")])) == []


def test_a_new_number_slips_under_a_range():
    blocks = paragraphs()
    blocks[5]["value"]["number"] = "1.4A"
    page = written(begun([make.statement("1.1 to 1.5")]), blocks)
    assert fits(page) == [(1, "1.1 to 1.5", "", ("1.4A (was 1.6)",), ())]


def test_statements_that_were_widened_added_and_dropped_are_told():
    first = [make.statement("1.1 to 1.2"), make.statement("1.4", "non-statutory")]
    page = begun(first)
    page.statements = [make.statement("1.1 to 1.3"), make.statement("1.6", on="bridges")]
    page.save_revision(clean=False)
    page = EditionPage.objects.get(pk=page.pk)
    assert fits(page) == [
        (1, "1.1 to 1.3", "1.1 to 1.2", ("1.3",), ()),
        (2, "1.6", "", ("1.6",), ()),
        (0, "1.4", "1.4", (), ("1.4",)),
    ]


def test_the_queries_of_a_review_do_not_grow_with_what_changed():
    counts = [queries_of_a_review(many) for many in (1, 10)]
    assert counts[0] == counts[1]
    assert counts[0] <= 30


def queries_of_a_review(many: int) -> int:
    document = make.document()
    ids = [str(uuid4()) for _ in range(12)]
    old = [make.paragraph(f"1.{n}", f"Oak number {n} stands.", i) for n, i in enumerate(ids, 1)]
    new = [make.paragraph(f"1.{n}", f"Oak number {n} fell.", i) for n, i in enumerate(ids, 1)]
    make.issued(document, [make.section("Trees", number="1", blocks=old)])
    page = start_edition(user=make.user(), document=document, stage="final")
    page = written(page, [*new[:many], *old[many:]])
    with CaptureQueriesContext(connection) as queries:
        assert sum(bool(row.changes) for row in review_edition(page).comparison.rows) == many
    return len(queries)
