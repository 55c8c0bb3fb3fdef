"""Consultations as everybody reads them: the list, one of them, its questions, its calendar file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar
from lxml import html

from consultation.closing import LONDON, in_words
from consultation.models import Extension
from tests import factories
from tests.consultation import samples

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def text(response) -> str:
    assert response.status_code == 200
    tree = html.fromstring(response.content.decode())
    return " ".join(" ".join(tree.xpath("//main//text()")).split())


def section(client, name: str, address: str = "/consultations/") -> str:
    tree = html.fromstring(client.get(address).content.decode())
    found = tree.xpath(f"//section[@aria-labelledby='{name}']")
    return " ".join(found[0].text_content().split()) if found else ""


def extended(page, by: timedelta, reason: str = "Easter fell early.") -> None:
    before = page.closes
    page.closes = before + by
    page.save()
    Extension.objects.create(
        consultation=page, closed_before=before, closes=page.closes, reason=reason,
        made_at=timezone.now(), made_by=factories.user("official@example.org"),
    )  # fmt: skip


# The list


def test_what_closes_first_stands_first_and_what_closed_last_comes_first_of_the_closed(client):
    now, edition = timezone.now(), samples.draft_edition()
    for title, opens, closes in (
        ("Later", -9, 20), ("Sooner", -2, 10), ("Far ahead", 30, 60), ("Ahead", 3, 90),
        ("Old", -900, -800), ("Lately closed", -90, -1),
    ):  # fmt: skip
        samples.consultation(
            edition, title=title, opens=now + timedelta(days=opens), closes=now + timedelta(days=closes)
        )  # fmt: skip
    for name, titles in (
        ("open", ["Sooner", "Later"]), ("upcoming", ["Ahead", "Far ahead"]),
        ("closed", ["Lately closed", "Old"]),
    ):  # fmt: skip
        words = section(client, name)
        assert [words.index(title) for title in titles] == sorted(map(words.index, titles)), name


def test_with_none_open_the_list_says_how_to_hear_of_the_next(client):
    assert "No consultation is open" in section(client, "open")
    assert "feed of open consultations" in section(client, "open")
    assert not section(client, "closed")


def test_a_page_that_is_not_published_shows_nowhere(client):
    samples.consultation(title="Secret plans", slug="secret", live=False)
    assert "Secret" not in text(client.get("/consultations/"))
    for address in ("", "questions/", "draft/", "calendar.ics"):
        assert client.get(f"/consultations/secret/{address}").status_code == 404


@pytest.mark.parametrize("count", [1, 10])
def test_the_list_asks_no_more_as_it_grows(client, django_assert_num_queries, count):
    edition = samples.draft_edition()
    for _ in range(count):
        samples.consultation(edition)
    with django_assert_num_queries(2):
        client.get("/consultations/")


# One of them


def test_it_says_until_when_with_the_clock_and_how_to_respond(client):
    page = samples.consultation(postal_address="1 Long Street")
    words = text(client.get(page.address))
    assert f"Open until {in_words(page.closes)}" in words
    for said in ("Respond online", "Download the form", "By e-mail", "parks@department.example",
                 "By post", "1 Long Street", "Freedom of Information Act 2000", "24 months"):  # fmt: skip
        assert said in words, said


def test_what_was_not_filled_in_leaves_no_empty_heading(client):
    page = samples.consultation(coordinator="", contact_email="")
    tree = html.fromstring(client.get(page.address).content)
    headings = {h.text_content() for h in tree.iter("h2")}
    assert not headings & {"What it is about", "Who should respond", "Whom to ask", "Documents"}


@pytest.mark.parametrize(("days", "said", "button"), [
    ((1, 90), "Opens at", False), ((-1, 90), "Open until", True), ((-90, -1), "Closed at", False),
])  # fmt: skip
def test_only_while_it_is_open_can_one_respond(client, days, said, button):
    now = timezone.now()
    page = samples.consultation(
        opens=now + timedelta(days=days[0]), closes=now + timedelta(days=days[1])
    )
    samples.question(page, paragraphs=["1.2"])
    for address in ("", "questions/", "draft/", "draft/1-beginning/"):
        answer = client.get(f"{page.address}{address}")
        assert said in text(answer), address
        leads = f'href="{page.address}respond/question' in answer.content.decode()
        assert leads == (button and address not in ("", "draft/")), address
    assert ("Respond online" in text(client.get(page.address))) == button


def test_the_minute_that_is_named_still_counts(client, monkeypatch):
    page = samples.consultation()
    for seconds, said in ((59, "Open until"), (60, "Closed at")):
        at = page.closes + timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda at=at: at)
        assert said in text(client.get(page.address))


def test_extensions_and_a_shorter_period_are_published_with_their_reasons(client):
    page = samples.consultation(shorter_reason="The Act commences in May.")
    before = page.closes
    extended(page, timedelta(days=14))
    words = text(client.get(page.address))
    for said in (
        "The Act commences in May.",
        "Easter fell early.",
        in_words(before),
        in_words(page.closes),
    ):
        assert said in words


def test_a_closed_one_says_what_came_of_it_and_where_its_paragraphs_are_now(client):
    edition = samples.draft_edition()
    page = samples.closed(edition)
    samples.question(page, paragraphs=["1.2", "2.1"])
    assert "What happens next" in text(client.get(page.address))
    blocks = [
        factories.paragraph("1.1", "An authority must ask first.", row.paragraph_id)
        for row in page.questions.get().paragraphs.all()[:1]
    ]
    factories.issued(
        edition.document, [factories.section(blocks=blocks, number="1")], title="Final 2026"
    )
    words = text(client.get(page.address))
    assert "What came after it Final 2026" in words
    assert "Changed in Final 2026; now paragraph 1.1" in words
    assert "Taken out in Final 2026" in words


def test_kept_pages_never_outlive_the_close(client):
    now = timezone.now().replace(second=0, microsecond=0)
    page = samples.consultation(closes=now + MINUTE, opens=now - timedelta(days=3))
    left = page.ends - timezone.now()
    age = int(client.get(page.address).headers["Cache-Control"].partition("max-age=")[2])
    assert age <= max(0, left.total_seconds())


def test_a_page_is_sent_once_and_says_nothing_of_who_asks(client, admin_client):
    page = samples.consultation()
    for address in ("", "questions/", "draft/", "draft/1-beginning/", "calendar.ics"):
        first = client.get(f"{page.address}{address}")
        assert first.headers["Cache-Control"].startswith("public")
        assert not first.cookies
        etag = first.headers["ETag"]
        again = client.get(f"{page.address}{address}", headers={"If-None-Match": etag})
        assert again.status_code == 304
        assert admin_client.get(f"{page.address}{address}").content == first.content


@pytest.mark.parametrize("count", [1, 10])
def test_its_pages_ask_no_more_as_it_grows(client, django_assert_num_queries, count):
    page = samples.consultation()
    for _ in range(count):
        samples.question(page, paragraphs=["1.1", "2.1"])
        extended(page, timedelta(days=1))
    for address, queries in (
        ("", 6), ("questions/", 5), ("draft/", 5), ("draft/1-beginning/", 6), ("calendar.ics", 2),
    ):  # fmt: skip
        with django_assert_num_queries(queries):
            client.get(f"{page.address}{address}")


# The questions


def test_every_question_is_shown_with_help_and_paragraphs_and_how_to_answer(client):
    page = samples.consultation()
    samples.question(
        page, text="Is it enough?", kind="agree", help="Think of last year.", paragraphs=["1.2", "2.1"],
        word_guide=200,
    )  # fmt: skip
    answer = client.get(f"{page.address}questions/")
    words = text(answer)
    for said in ("Question 1", "Is it enough?", "Think of last year.", "Strongly agree", "about 200 words",
                 "It should ask those who use a park before it closes."):  # fmt: skip
        assert said in words, said
    for address in ("draft/1-beginning/#1.2", "draft/2-money/#2.1"):
        assert f'href="{page.address}{address}"' in answer.content.decode()


def test_a_question_that_was_taken_out_is_asked_no_more(client):
    page = samples.consultation()
    gone = samples.question(page, text="Gone?")
    gone.retired_at = timezone.now()
    gone.save()
    assert "Gone?" not in text(client.get(f"{page.address}questions/"))
    assert "no listed questions" in text(client.get(f"{page.address}questions/"))


def test_words_of_a_question_are_words_and_not_html(client):
    page = samples.consultation()
    samples.question(page, text="<script>alert(1)</script>", help="<b>x</b>", paragraphs=["1.1"])
    for address in ("questions/", "draft/", "draft/1-beginning/"):
        assert b"<script>alert" not in client.get(f"{page.address}{address}").content


# The calendar file


def events(client, page):
    found = Calendar.from_ical(client.get(f"{page.address}calendar.ics").content)
    return {str(e["summary"]).partition(":")[0]: e for e in found.walk("VEVENT")}


def test_the_calendar_has_the_opening_and_the_very_minute_of_the_close(client):
    closes = datetime(2030, 7, 12, 23, 45, tzinfo=LONDON)
    page = samples.consultation(closes=closes)
    found = events(client, page)
    assert found["Consultation closes"].decoded("dtstart") == closes.astimezone(UTC)
    assert found["Consultation closes"].decoded("dtend") == closes + MINUTE
    assert found["Consultation opens"].decoded("dtstart") == page.opens


def test_an_extension_changes_the_event_that_calendars_have(client):
    page = samples.consultation()
    first = events(client, page)["Consultation closes"]
    extended(page, timedelta(days=7))
    second = events(client, page)["Consultation closes"]
    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 1)
    assert second.decoded("dtstart") - first.decoded("dtstart") == timedelta(days=7)
