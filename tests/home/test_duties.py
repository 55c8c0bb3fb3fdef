""" "What must my authority do?": which duties are told of which kind, and how the choice is kept."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from guidance.models import GuidancePage
from home.authorities import COOKIE
from home.duties import what_binds
from tests import factories
from tests.home.front_door_samples import TODAY, edition, world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2010")]
COUNTY = "/duties/county-councils/"


def told(client, address):
    """The page's words, with single spaces."""
    response = client.get(address)
    return " ".join(html.fromstring(response.content).text_content().split())


def links(client, address):
    return [a.get("href") for a in html.fromstring(client.get(address).content).iter("a")]


def of(name, slug="x", day=TODAY):
    return what_binds(name, slug, day, None)


def titles(duties):
    return [duty.title for duty in duties]


def test_a_kind_is_bound_by_itself_and_through_the_class_that_includes_it():
    world()
    assert titles(of("county councils").duties) == ["Duty to involve", "Duty to plan"]
    assert of("county councils").duties[0].through == ["best value authorities"]
    assert titles(of("best value authorities").duties) == ["Duty to involve"]


def test_a_kind_that_a_duty_excepts_is_told_so_and_is_not_bound():
    world()
    police = of("police authorities")
    assert titles(police.duties) == []
    assert titles(police.excepted) == ["Duty to involve"]


def test_a_kind_that_nothing_names_has_no_duty():
    world()
    trust = of("the Rivers Trust")
    assert (trust.duties, trust.excepted) == ([], [])


def test_duties_come_in_the_order_of_their_fuzzy_dates_and_say_where_these_lie():
    world()
    timings = [(d.commences, d.timing(TODAY)) for d in of("county councils").duties]
    assert timings == [("1 April 2009", "past"), ("Early 2011", "to come")]
    assert of("county councils").duties[1].timing(date(2011, 2, 1)) == "about now"


def test_the_paragraphs_that_explain_a_duty_are_those_of_its_range_in_what_is_in_force():
    world()
    involve, plan = of("county councils").duties
    assert [p.number for p in involve.places[0].paragraphs] == ["2.1", "2.2"]
    assert involve.places[0].paragraphs[0].address == "/guidance/rivers-0/para/2.1/"
    assert (plan.places[0].words, plan.places[0].paragraphs) == ("throughout", [])


def test_demands_stand_beside_the_duty_that_their_paragraph_explains_and_the_rest_below():
    world()
    found = of("county councils")
    beside = [(d.paragraph.number, d.strength) for d in found.duties[0].places[0].demands]
    assert beside == [("2.1", "must"), ("2.2", "should")]
    [other] = found.others
    assert [d.paragraph.number for d in other.demands] == ["3.1"]
    assert other.unnamed == 1


def test_a_duty_that_several_documents_explain_is_told_once_with_each_place():
    world(documents=2)
    involve, _ = of("county councils").duties
    assert [place.source.document for place in involve.places] == ["rivers-0", "rivers-1"]


def test_a_duty_counts_from_the_day_on_which_the_edition_that_explains_it_is_in_force():
    world()
    assert of("county councils", day=date(2008, 6, 30)).duties == []
    assert len(of("county councils", day=date(2008, 7, 1)).duties) == 2


def test_a_draft_binds_nobody():
    world()
    document = GuidancePage.objects.get(slug="rivers-0")
    factories.draft(document, slug="secret", title="Secret", published=date(2010, 1, 1))
    edition(document, [], slug="draft", stage="consultation", published=date(2010, 2, 1))
    assert len(of("county councils").duties) == 2


def test_the_page_tells_duty_class_day_paragraphs_and_demands(client):
    world()
    words = told(client, COUNTY)
    for expected in (
        "What must county councils do?",
        "2 duties that the guidance in force today explains.",
        "Commences 1 April 2009 (that day has passed)",
        "Early 2011 Still to come",
        "so also county councils, being among the best value authorities",
        "A county council should keep a register.",
        "1 sentence names no kind of authority",
    ):
        assert expected in words
    assert "/guidance/rivers-0/para/2.2/" in links(client, COUNTY)


def test_the_links_of_another_day_name_it(client):
    world()
    assert "/guidance/rivers-0/para/2.2/?as_at=2009-01-01" in links(
        client, f"{COUNTY}?as_at=2009-01-01"
    )
    assert "names no duty" in told(client, f"{COUNTY}?as_at=2008-01-01")


@pytest.mark.parametrize("given", ["yesterday", "2009-02-30", "1", "2009-01-01'--", "99999-01-01"])
def test_what_is_no_date_is_refused_at_its_field(client, given):
    world()
    response = client.get(COUNTY, {"as_at": given})
    page = html.fromstring(response.content)
    assert response.status_code == 400
    assert page.get_element_by_id("as_at").get("value") == given
    assert "like 2008-07-01" in page.get_element_by_id("as_at-error").text_content()


def test_an_unknown_kind_is_a_404_that_lets_one_choose(client):
    world()
    response = client.get("/duties/dragons/")
    assert response.status_code == 404
    assert b"dragons" in response.content
    assert b'<option value="county-councils">' in response.content


def test_a_choice_leads_to_its_page_and_is_remembered_on_the_device(client):
    world()
    response = client.post("/duties/", {"authority": "county-councils"})
    assert (response.status_code, response.headers["Location"]) == (303, COUNTY)
    cookie = response.cookies[COOKIE]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == (
        "county-councils",
        "Lax",
        True,
    )
    assert COUNTY in links(client, "/")
    assert client.get("/").headers["Cache-Control"].startswith("private")


def test_a_choice_can_be_forgotten(client):
    world()
    client.post("/duties/", {"authority": "county-councils"})
    response = client.post("/duties/", {"forget": "1"})
    assert (response.status_code, response.headers["Location"]) == (303, "/duties/")
    assert COUNTY not in links(client, "/")


def test_in_production_the_cookie_is_sent_by_https_alone(client, settings):
    settings.SESSION_COOKIE_SECURE = True
    world()
    response = client.post("/duties/", {"authority": "county-councils"})
    assert response.cookies[COOKIE]["secure"]


def test_another_site_cannot_choose_for_a_reader(client):
    world()
    response = client.post(
        "/duties/", {"authority": "county-councils"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert COOKIE not in response.cookies


@pytest.mark.parametrize("given", [{}, {"authority": ""}, {"authority": "dragons"}])
def test_no_choice_or_a_wrong_one_is_told_at_the_list(client, given):
    world()
    response = client.post("/duties/", given)
    error = html.fromstring(response.content).get_element_by_id("authority-error")
    assert response.status_code == 400
    assert "Choose a kind of authority" in error.text_content()


@pytest.mark.parametrize("cookie", ["dragons", "", "<script>", "x" * 5000])
def test_a_cookie_that_names_no_kind_is_as_none(client, cookie):
    world()
    plain = client.get("/").content
    client.cookies[COOKIE] = cookie
    assert client.get("/").content == plain


def test_a_page_is_304_for_who_has_it(client):
    world()
    for address in ("/duties/", COUNTY, f"{COUNTY}?as_at=2009-01-01"):
        etag = client.get(address).headers["ETag"]
        again = client.get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("documents", [1, 10])
def test_no_page_asks_more_often_as_guidance_grows(client, django_assert_num_queries, documents):
    world(documents)
    for address, most in (("/duties/", 1), (COUNTY, 5), (f"{COUNTY}?as_at=2009-01-01", 5)):
        with django_assert_num_queries(most):
            assert client.get(address).status_code == 200


def test_a_page_that_was_read_this_second_costs_nothing(
    client, settings, django_assert_num_queries
):
    settings.READING_UNASKED_SECONDS = 60.0
    world()
    first = client.get(COUNTY).content
    with django_assert_num_queries(0):
        assert client.get(COUNTY).content == first
