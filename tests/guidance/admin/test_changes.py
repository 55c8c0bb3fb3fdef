"""Review changes and Start new edition in the admin: who may, what is shown, what is kept."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import command_user
from guidance.actions.publishing import publish_edition
from guidance.actions.starting import start_edition
from guidance.models import ChangeDecision, EditionPage, GuidancePage, SectionPage
from tests import factories
from tests.guidance.admin.conftest import ROLES, make_edition
from tests.guidance.sample_texts import SECOND

pytestmark = pytest.mark.django_db

# role: may start an edition, review and decide
MAY = {
    "nobody": False,
    "member": False,
    "Editors": True,
    "Publishers": True,
    "Administrators": True,
    "superuser": True,
}


def changes(page: EditionPage, query: str = "") -> str:
    return reverse("guidance_changes", args=[page.pk]) + query


def start(document: GuidancePage) -> str:
    return reverse("guidance_start", args=[document.pk])


@pytest.fixture
def revised(draft) -> EditionPage:
    """A draft of the second edition beside the first, which is issued."""
    publish_edition(user=command_user(), page=draft)
    return make_edition(SECOND, "second")


def identity(page: EditionPage, number: str) -> str:
    for section in SectionPage.objects.child_of(page):
        for block in section.body.raw_data:
            if block["value"].get("number") == number:
                return str(block["id"])
    raise AssertionError(number)


def fields(html: str, **typed: str) -> dict[str, str]:
    """What a browser would send of the form as it stands, with some of it typed over."""
    import lxml.html

    form = lxml.html.fromstring(html).xpath("//form[@data-review]")[0]
    return {**{name: value or "" for name, value in form.form_values()}, **typed}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_review_and_decide(as_role, revised, role):
    client = as_role(role)
    answer = client.get(changes(revised))
    assert (answer.status_code == 200) is MAY[role]
    key = identity(revised, "1.2")
    sent = {f"was-{key}": "", f"change-{key}": "substantive", f"reason-{key}": "A month is long"}
    client.post(changes(revised), sent)
    assert ChangeDecision.objects.exists() is MAY[role]


@pytest.mark.parametrize("role", ROLES)
def test_who_may_start_an_edition(as_role, draft, role):
    publish_edition(user=command_user(), page=draft)
    client = as_role(role)
    document = GuidancePage.objects.get()
    assert (client.get(start(document)).status_code == 200) is MAY[role]
    client.post(start(document), {"stage": "final"})
    assert EditionPage.objects.filter(issued=False).exists() is MAY[role]


def test_starting_leads_to_the_draft_and_a_second_draft_is_warned_of(as_role, draft):
    publish_edition(user=command_user(), page=draft)
    client = as_role("Editors")
    document = GuidancePage.objects.get()
    assert "There is a draft already" not in client.get(start(document)).content.decode()
    sent = {"stage": "final", "published": "2009-04-01", "in_force_from": "2009-04-01"}
    made = client.post(start(document), sent, follow=True)
    page = EditionPage.objects.get(issued=False)
    assert made.redirect_chain[-1][0] == reverse("wagtailadmin_explore", args=[page.pk])
    assert (page.title, page.slug) == ("Final edition, April 2009", "final-april-2009")
    again = client.get(start(document)).content.decode()
    assert "There is a draft already" in again
    assert changes(page) in again


def test_a_wrong_answer_is_refused_at_its_field_and_keeps_what_was_typed(as_role, draft):
    publish_edition(user=command_user(), page=draft)
    sent = {"stage": "consultation", "in_force_from": "2009-04-01", "title": "My own title"}
    shown = as_role("Editors").post(start(GuidancePage.objects.get()), sent).content.decode()
    assert "A draft for consultation is never in force" in shown
    assert "My own title" in shown
    assert EditionPage.objects.count() == 1


def test_a_document_with_nothing_published_says_what_to_do(as_role, draft):
    client = as_role("Editors")
    shown = client.get(start(GuidancePage.objects.get())).content.decode()
    assert "there is nothing to copy" in shown
    assert reverse("wagtailadmin_explore", args=[draft.pk]) in shown
    assert client.post(start(GuidancePage.objects.get()), {"stage": "final"}).status_code == 200


def test_the_buttons_stand_where_they_are_of_use(as_role, revised):
    client = as_role("Editors")
    document = GuidancePage.objects.get()
    issued = EditionPage.objects.get(issued=True)
    assert start(document) in client.get(f"/admin/pages/{document.pk}/").content.decode()
    assert changes(revised) in client.get(f"/admin/pages/{revised.pk}/").content.decode()
    assert changes(issued) not in client.get(f"/admin/pages/{issued.pk}/").content.decode()
    section = revised.get_children().first()
    assert changes(revised) in client.get(f"/admin/pages/{section.pk}/edit/").content.decode()


def test_changes_are_shown_word_by_word_and_unchanged_paragraphs_are_not(as_role, revised):
    shown = as_role("Editors").get(changes(revised)).content.decode()
    assert '<ins><span class="w-sr-only">[inserted: </span>' in shown
    assert "within a month" in shown
    assert "2.2" in shown  # removed
    assert "should walk each of its rivers" not in shown


def test_everything_shows_what_is_unchanged_folded(as_role, revised):
    shown = as_role("Editors").get(changes(revised, "?show=all")).content.decode()
    assert "should walk each of its rivers" in shown
    assert '<details class="guidance-unchanged">' in shown


def test_filters_are_by_kind_section_and_what_is_undecided(as_role, revised):
    client = as_role("Editors")
    headings = {
        query: client.get(changes(revised, query)).content.decode().count("<article")
        for query in (
            "", "?kind=inserted", "?kind=removed", "?show=undecided", "?section=nowhere", "?kind=odd",
            f"?section={SectionPage.objects.child_of(revised).last().slug}", "?kind=merged",
        )
    }  # fmt: skip
    assert headings[""] == headings["?show=undecided"] == headings["?section=nowhere"]
    assert headings["?kind=inserted"] == headings["?kind=removed"] == 1
    assert headings["?kind=merged"] == 0
    assert (
        0 < headings[f"?section={SectionPage.objects.child_of(revised).last().slug}"] < headings[""]
    )


def test_a_button_saves_everything_that_was_typed_and_comes_back_to_its_place(as_role, revised):
    client = as_role("Editors")
    one, two = identity(revised, "1.2"), identity(revised, "1.3")
    shown = client.get(changes(revised)).content.decode()
    sent = fields(shown, **{f"reason-{one}": "Quicker", f"reason-{two}": "Help is needed"})
    answer = client.post(changes(revised), {**sent, "save": one})
    assert answer["Location"] == f"{changes(revised)}#p-{one}"
    kept = dict(ChangeDecision.objects.values_list("after", "reason"))
    assert kept == {UUID(one): "Quicker", UUID(two): "Help is needed"}


def test_what_nobody_typed_is_not_decided(as_role, revised):
    client = as_role("Editors")
    shown = client.get(changes(revised)).content.decode()
    client.post(changes(revised), {**fields(shown), "save": "all"})
    assert not ChangeDecision.objects.exists()


def test_a_refusal_keeps_nothing_and_loses_nothing(as_role, revised):
    client = as_role("Editors")
    one, two = identity(revised, "1.2"), identity(revised, "1.3")
    shown = client.get(changes(revised)).content.decode()
    typed = {f"reason-{one}": "Quicker", f"change-{two}": "split", f"other-{two}": "8.8"}
    refused = client.post(changes(revised), {**fields(shown, **typed), "save": "all"})
    again = refused.content.decode()
    assert "Nothing was kept yet" in again
    assert 'value="8.8"' in again
    assert "Quicker" in again
    assert not ChangeDecision.objects.exists()


def test_words_that_changed_meanwhile_are_not_decided_on(as_role, revised):
    client = as_role("Editors")
    key = identity(revised, "1.2")
    sent = fields(client.get(changes(revised)).content.decode(), **{f"reason-{key}": "Quicker"})
    section = SectionPage.objects.child_of(revised).first()
    factories.reword(section, {"1.2": "It should burn what it finds."})
    refused = client.post(changes(revised), {**sent, "save": key}).content.decode()
    assert "was changed while you decided" in refused
    assert not ChangeDecision.objects.exists()


def test_a_decision_on_other_words_asks_again(as_role, revised):
    client = as_role("Editors")
    key = identity(revised, "1.2")
    sent = fields(client.get(changes(revised)).content.decode(), **{f"reason-{key}": "Quicker"})
    client.post(changes(revised), {**sent, "save": key})
    assert "Decided by" in client.get(changes(revised)).content.decode()
    section = SectionPage.objects.child_of(revised).first()
    factories.reword(section, {"1.2": "It should burn what it finds."})
    shown = client.get(changes(revised)).content.decode()
    assert "Changed since" in shown
    assert "Decide again" in shown
    client.post(changes(revised), {**fields(shown), "save": key})
    assert "Changed since" not in client.get(changes(revised)).content.decode()


def test_one_reason_is_given_to_many(as_role, revised):
    client = as_role("Editors")
    sent = fields(client.get(changes(revised)).content.decode())
    many = {"save": "many", "many-kind": "removed", "many-reason": "Said elsewhere"}
    client.post(changes(revised), {**sent, **many})
    decision = ChangeDecision.objects.get()
    assert (decision.change, decision.reason) == ("removed", "Said elsewhere")
    without = client.post(changes(revised), {**sent, **many, "many-reason": " "})
    assert "write the reason" in without.content.decode()


def test_a_first_edition_and_a_published_one_have_nothing_to_review(as_role, draft):
    client = as_role("Publishers")
    assert "nothing to compare it with" in client.get(changes(draft)).content.decode()
    publish_edition(user=command_user(), page=draft)
    assert "is published" in client.get(changes(draft)).content.decode()


def test_a_draft_that_says_the_same_says_so(as_role, draft):
    publish_edition(user=command_user(), page=draft)
    page = start_edition(user=command_user(), document=GuidancePage.objects.get(), stage="final")
    assert "Nothing has changed" in as_role("Editors").get(changes(page)).content.decode()


def test_a_draft_that_cannot_be_compared_shows_what_to_put_right(as_role, draft):
    publish_edition(user=command_user(), page=draft)
    page = start_edition(user=command_user(), document=GuidancePage.objects.get(), stage="final")
    page.statements = [factories.statement("1.1 to somewhere")]
    page.save_revision(clean=False)
    shown = as_role("Editors").get(changes(page)).content.decode()
    assert "cannot be compared" in shown


def test_the_queries_of_the_page_do_not_grow_with_what_changed(as_role):
    client = as_role("Editors")
    counts = []
    for many in (1, 10):
        page = trees(12, many)
        client.get(changes(page))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(changes(page)).content.decode().count("<article") == many
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_page_of_a_thousand_paragraphs_with_fifty_changes_is_light(as_role):
    page = trees(1000, 50)
    client = as_role("Editors")
    for query in ("", "?show=all"):
        assert len(client.get(changes(page, query)).content) < 1_000_000


def trees(count: int, changed: int) -> EditionPage:
    """A draft in which some of its paragraphs, of about 80 words, are other than before."""
    document = factories.document()
    words = "An oak stands beside the path, and a warden measures it each year. " * 6
    old = [
        factories.paragraph(f"1.{n}", f"Tree {n}. {words}", uuid4()) for n in range(1, count + 1)
    ]
    factories.issued(document, [factories.section("Trees", number="1", blocks=old)])
    page = start_edition(user=command_user(), document=document, stage="final")
    section = SectionPage.objects.child_of(page).get()
    factories.reword(section, {f"1.{n}": f"Tree {n} fell. {words}" for n in range(1, changed + 1)})
    return page
