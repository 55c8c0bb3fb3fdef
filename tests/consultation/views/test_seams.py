"""What the rest of the site says of consultations: drafts, paragraphs, the folder, search, feeds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from consultation import known
from consultation.models import ConsultationPage, Extension
from guidance.consultations import consultations, that_speaks
from guidance.models import Entry
from guidance.standing import day_words
from guidance.views import kept
from search.actions.phrases import phrases_of
from tests import factories
from tests.consultation import samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept.forget()
    known._forget_now()
    yield
    known._forget_now()


@pytest.fixture
def page() -> ConsultationPage:
    found = samples.consultation(title="Parks: have your say", slug="parks")
    asked = samples.question(found, paragraphs=["1.2"])
    row = Entry.objects.get(edition=found.edition, version__kind="question", version__number="1")
    asked.printed_id = row.paragraph_id
    asked.save()
    return found


def addresses(page: ConsultationPage) -> list[str]:
    document = f"/guidance/{page.document_slug}/"
    edition = f"{document}{page.edition.slug}/"
    return [document, edition, f"{edition}1-beginning/", f"{document}para/1.1/"]


def words(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_page_of_the_draft_says_when_it_closes_and_leads_to_the_consultation(client, page):
    for address in addresses(page):
        said = f'href="/consultations/parks/">closes {day_words(page.closes.date())}</a>'
        assert said in words(client, address), address


def test_before_and_after_it_says_opens_and_closed_and_nothing_leads_to_a_form(
    client, page, monkeypatch
):
    section = addresses(page)[2]
    for at, said in (
        (page.opens - timedelta(minutes=1), "opens "), (page.opens, "closes "),
        (page.ends - timedelta(seconds=1), "closes "), (page.ends, "closed "),
    ):  # fmt: skip
        monkeypatch.setattr(timezone, "now", lambda at=at: at)
        monkeypatch.setattr(timezone, "localtime", lambda *a, at=at, **k: at)
        monkeypatch.setattr(timezone, "localdate", lambda *a, at=at, **k: at.date())
        html = words(client, section)
        assert f'href="/consultations/parks/">{said}' in html
        assert ("Answer this question" in html) == (said == "closes ")


def test_a_printed_question_leads_to_where_it_is_answered(client, page):
    [asked] = page.questions.all()
    html = words(client, addresses(page)[2])
    assert html.count("Answer this question") == 1
    assert f'href="/consultations/parks/respond/question/{asked.key}/"' in html
    assert (
        html.index("Is asking users enough?")
        < html.index("Answer this question")
        < html.index('id="1.3"')
    )


def test_a_paragraph_says_who_asks_about_it(client, page):
    asked, other = (f"/guidance/{page.document_slug}/para/{n}/" for n in ("1.2", "1.1"))
    html = words(client, asked)
    assert "This paragraph is being consulted on" in html
    assert "What do you think?" in html
    assert "being consulted on" not in words(client, other)


def test_a_final_edition_says_nothing_of_it_and_costs_nothing_more(
    client, page, django_assert_num_queries
):
    factories.issued(page.edition.document, slug="final")
    kept.forget()
    with django_assert_num_queries(2):
        html = words(client, f"/guidance/{page.document_slug}/final/1-governance/")
    assert "/consultations/parks/" not in html


@pytest.mark.parametrize("count", [1, 10])
def test_a_section_of_a_draft_costs_two_more_while_it_is_asked_about(
    client, page, django_assert_num_queries, count
):
    """The editions, the section, the consultations on it, and where its questions are printed."""
    for _ in range(count - 1):
        samples.question(page, paragraphs=["1.1"])
    section = addresses(page)[2]
    kept.forget()
    with django_assert_num_queries(4):
        client.get(section)
    with django_assert_num_queries(2):
        client.get(section)


def test_an_extension_and_a_new_question_are_seen_at_once_in_the_process_that_made_them(
    client, page, settings, django_capture_on_commit_callbacks
):
    settings.READING_UNASKED_SECONDS = 60.0
    section = addresses(page)[2]
    for address in (section, "/", "/folder/feeds/consultations.atom"):
        client.get(address)
    with django_capture_on_commit_callbacks(execute=True):
        before = page.closes
        page.closes += timedelta(days=30)
        page.save()
        Extension.objects.create(
            consultation=page, closed_before=before, closes=page.closes, reason="Snow.",
            made_at=timezone.now(), made_by=factories.user(),
        )  # fmt: skip
    assert f"closes {day_words(page.closes.date())}" in words(client, section)
    for address in ("/", "/folder/feeds/consultations.atom"):
        assert day_words(page.closes.date()) in words(client, address)


def test_what_was_kept_before_it_opened_is_not_sent_after(client, page, monkeypatch):
    opens = timezone.now() + timedelta(hours=1)
    samples.consultation(
        page.edition, title="Ponds", opens=opens, closes=opens + timedelta(days=30)
    )
    feed = "/folder/feeds/consultations.atom"
    assert "Ponds" not in words(client, feed)
    for name, at in (("now", opens), ("localtime", timezone.localtime(opens))):
        monkeypatch.setattr(timezone, name, lambda *a, at=at, **k: at)
    assert "Ponds" in words(client, feed)


def test_the_list_is_asked_for_once_a_moment(page, settings, django_assert_num_queries):
    settings.READING_UNASKED_SECONDS = 60.0
    consultations()
    with django_assert_num_queries(0):
        assert [c.title for c in consultations()] == ["Parks: have your say"]


def test_of_several_on_one_draft_the_open_one_speaks(page):
    samples.closed(page.edition)
    samples.consultation(page.edition, opens=timezone.now() + timedelta(days=2))
    askings = known.on_edition(page.document_slug, page.edition.slug)
    assert len(askings) == 3
    speaking = that_speaks(askings, timezone.now())
    assert speaking is not None
    assert speaking.consultation.address == "/consultations/parks/"
    assert [q.label for q in speaking.questions] == ["Question 1"]


def test_a_question_that_was_taken_out_leads_nowhere(client, page):
    page.questions.update(retired_at=timezone.now())
    kept.forget()
    assert "Answer this question" not in words(client, addresses(page)[2])
    assert "being consulted on" not in words(client, f"/guidance/{page.document_slug}/para/1.2/")


def test_its_title_is_offered_while_one_types_and_it_is_in_the_map(client, page):
    [phrase] = [p for p in phrases_of("") if p.kind == "consultation"]
    assert (phrase.text, phrase.address) == ("Parks: have your say", "/consultations/parks/")
    for address in ("/consultations/", "/consultations/parks/", "/consultations/parks/draft/"):
        assert f"<loc>http://testserver{address}</loc>" in words(client, "/sitemap.xml")


def test_what_is_only_drafted_is_known_to_nobody(client, page):
    samples.consultation(title="Secret plans", slug="secret", live=False)
    assert "Secret plans" not in str(consultations()) + str(phrases_of(""))
    for address in (
        "/",
        "/folder/feeds/consultations.atom",
        "/sitemap.xml",
        "/timetable/calendar.ics",
    ):
        html = words(client, address)
        assert "secret" not in html.lower(), address


def test_what_is_kept_of_respondents_and_the_cookie_are_told(client):
    assert "response-" in words(client, "/cookies/")
    assert "Freedom of Information Act 2000" in words(client, "/privacy/")
