"""The admin's page "What it demands": who may decide, what is shown, and what is saved."""

from __future__ import annotations

import pytest
from django.urls import reverse

from guidance.actions.obligation_proposals import proposals
from guidance.actions.obligations import decide_obligations, decisions_of
from guidance.actions.publishing import publish_edition
from guidance.models import AuthorityType
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = "An authority must ask. A best value authority should listen."


@pytest.fixture
def edition(db):
    sections = [
        factories.section(
            "Asking", [factories.paragraph("1.1", WORDS), factories.paragraph("1.2", "It rains.")]
        ),
        factories.section("Money", [factories.paragraph("2.1", "Section 4 says how a fee should be set.")]),
    ]  # fmt: skip
    return factories.draft(factories.document("parks"), sections, slug="first")


def address(page, query=""):
    return f"{reverse('guidance_demands', args=[page.pk])}{query}"


def fields(proposal, decision, **changes):
    """What the form sends for one sentence."""
    key = proposal.key
    return {
        "row": key,
        f"decision-{key}": decision,
        f"strength-{key}": changes.get("strength", proposal.strength),
        f"binds-{key}": changes.get("binds", []),
        f"excepts-{key}": changes.get("excepts", []),
    }


def pk_of(name):
    return AuthorityType.objects.get(name=name).pk


# role: (sees the page, may decide)
MAY = {
    "nobody": (False, False),
    "member": (False, False),
    "Editors": (True, True),
    "Policy leads": (True, True),
    "Legal": (True, True),
    "Sounding Board": (False, False),
    "Publishers": (True, True),
    "Administrators": (True, True),
    "superuser": (True, True),
}


@pytest.mark.parametrize("role", MAY)
def test_who_may_see_and_who_may_decide(as_role, edition, role):
    sees, decides = MAY[role]
    client = as_role(role)
    assert (client.get(address(edition)).status_code == 200) is sees
    first = next(proposals(edition).proposals)
    client.post(address(edition), fields(first, "confirm"))
    assert bool(decisions_of(edition)) is decides


def test_a_section_shows_its_sentences_with_what_is_proposed(as_role, edition):
    page = as_role("Editors").get(address(edition)).content.decode()
    assert "An authority <mark>must</mark> ask." in page
    assert 'Binds <b data-names="binds">best value authorities</b>' in page
    assert "2 of 2 undecided" in page
    assert "1 of 1 undecided" in page
    assert "how a fee" not in page
    other = proposals(edition).sections[1]
    page = as_role("Publishers").get(address(edition, f"?section={other.page}")).content.decode()
    assert "how a fee" in page
    assert "Look closely: it may only describe how something is done." in page


def test_decisions_are_saved_and_the_place_is_kept(as_role, edition):
    first, second, _ = proposals(edition).proposals
    sent = fields(
        first, "confirm", strength="should", binds=[pk_of("county councils")], excepts=[pk_of("police authorities")]
    )  # fmt: skip
    dropped = fields(second, "drop")
    data = {**sent, **dropped, "row": [first.key, second.key], "at": f"p-{first.paragraph}"}
    answer = as_role("Editors").post(address(edition, "?section=0&show=undecided"), data)
    assert answer.url.endswith(f"?section=0&show=undecided#p-{first.paragraph}")
    one, two = decisions_of(edition)
    assert (one.confirmed, one.strength, one.binds, one.excepts) == (
        True,
        "should",
        ("county councils",),
        ("police authorities",),
    )
    assert two.confirmed is False


def test_all_plain_proposals_of_a_section_are_confirmed_at_once(as_role, edition):
    client = as_role("Editors")
    first, _, doubtful = proposals(edition).proposals
    client.post(address(edition), {**fields(first, "drop"), "act": "confirm-all"})
    assert [d.confirmed for d in decisions_of(edition)] == [False, True]
    assert decisions_of(edition)[1].binds == ("best value authorities",)
    other = proposals(edition).sections[1].page
    client.post(address(edition, f"?section={other}"), {"act": "confirm-all"})
    assert doubtful.digest not in [d.sentence for d in decisions_of(edition)]


def test_a_script_saves_one_sentence_and_is_told_the_counts(as_role, edition):
    first = next(proposals(edition).proposals)
    answer = as_role("Editors").post(
        address(edition), fields(first, "confirm"), headers={"accept": "application/json"}
    )
    found = answer.json()
    assert (found["stale"], found["undecided"], found["confirmed"], found["must"]) == (0, 2, 1, 1)


def test_what_is_wrong_is_said_and_nothing_is_saved(as_role, edition):
    client = as_role("Editors")
    first, second, _ = proposals(edition).proposals
    wrong = [
        fields(first, "confirm", strength="ought"),
        fields(first, "confirm", binds=["999999"]),
    ]
    for sent in wrong:
        data = {**fields(second, "confirm"), **sent, "row": [second.key, first.key]}
        assert client.post(address(edition), data).status_code == 400
        answer = client.post(address(edition), data, headers={"accept": "application/json"})
        assert answer.status_code == 400
        assert answer.json()["error"]
    assert decisions_of(edition) == []


def test_a_sentence_that_changed_meanwhile_is_not_decided(as_role, edition):
    first = next(proposals(edition).proposals)
    factories.reword(edition.get_children().first().specific, {"1.1": "Nothing is asked."})
    answer = as_role("Editors").post(address(edition), fields(first, "confirm"), follow=True)
    assert "1 sentence changed while you had this page open" in answer.content.decode()
    assert decisions_of(edition) == []


def test_a_decision_without_its_sentence_is_shown_and_can_be_forgotten(as_role, edition):
    user = factories.user()
    decide_obligations(
        user=user, page=edition, decisions=[p.shown for p in proposals(edition).proposals]
    )
    factories.reword(edition.get_children().first().specific, {"1.1": "Nothing is asked."})
    client = as_role("Editors")
    page = client.get(address(edition)).content.decode()
    assert "no longer in the text" in page
    assert "Paragraph 1.1: must, confirmed" in page
    client.post(address(edition), {"act": "forget"})
    assert len(decisions_of(edition)) == 1
    assert "no longer in the text" not in client.get(address(edition)).content.decode()


def test_an_issued_edition_is_read_only(as_role, edition):
    user = factories.user()
    first = next(proposals(edition).proposals)
    decide_obligations(user=user, page=edition, decisions=[first.shown])
    publish_edition(user=user, page=edition)
    client = as_role("Editors")
    page = client.get(address(edition)).content.decode()
    assert "1 “must”, 0 “should”, 0 “may”" in page
    assert "/guidance/parks/checklist/?edition=first" in page
    answer = client.post(address(edition), fields(first, "drop"))
    assert answer.status_code == 403
    assert len(decisions_of(edition)) == 1


def test_a_locked_draft_can_be_read_and_not_decided(as_role, edition, person):
    edition.locked = True
    edition.locked_by = factories.user()
    edition.save()
    client = as_role("Editors")
    assert "the edition is locked" in client.get(address(edition)).content.decode()
    first = next(proposals(edition).proposals)
    assert client.post(address(edition), fields(first, "confirm")).status_code == 403
    assert decisions_of(edition) == []


def test_a_draft_that_demands_nothing_says_so(as_role):
    page = factories.draft(
        factories.document(), [factories.section(blocks=[factories.paragraph("1", "It rains.")])]
    )
    assert "nothing to decide" in as_role("Editors").get(address(page)).content.decode()


def test_a_long_section_is_read_in_pages_and_the_queries_stay_the_same(
    as_role, django_assert_max_num_queries
):
    client = as_role("Editors")
    asked = []
    for size in (2, 150):
        blocks = [factories.paragraph(f"1.{n}", WORDS) for n in range(1, size + 1)]
        page = factories.draft(factories.document(), [factories.section(blocks=blocks, number="1")])
        client.get(address(page))
        with django_assert_max_num_queries(60) as queries:
            shown = client.get(address(page, "?p=2")).content.decode()
        asked.append(len(queries))
        assert shown.count("data-row=") <= 62
    assert asked[0] == asked[1]
    assert 'aria-label="Pages of this section"' in shown
