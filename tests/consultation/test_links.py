"""Links to return by: once, dated, signed, revocable, rotated; and the people who work together."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultation.actions.access import find_access, open_access
from consultation.actions.colleagues import (
    call_oneself,
    colleagues,
    leave,
    name_is_taken,
    take_away,
    way_back,
)
from consultation.actions.letters import send_due
from consultation.actions.link_keys import NotAKey, make_key, read_key
from consultation.actions.links import (
    LinkRefused,
    NameRefused,
    Spent,
    TooManyLetters,
    find_link,
    invite,
    masked,
    offer_link,
    outstanding,
    read_name,
    renew_link,
    send_again,
    use_link,
)
from consultation.actions.submitting import amend, submit, throw_away
from consultation.models import Access, Channel, Letter, Response, ReturnLink
from tests.consultation import samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()


@pytest.fixture
def consultation():
    return samples.consultation()


@pytest.fixture
def response(consultation):
    return samples.written(consultation, comments={"1.1": "Ours."})[0]


def refused(key, consultation):
    with pytest.raises(LinkRefused) as found:
        find_link(key=key, consultation=consultation.pk)
    return found.value


def use(key, consultation, form="a form"):
    return use_link(key=key, consultation=consultation.pk, form=form)


def test_a_link_lets_one_device_in_and_sends_the_next(response, consultation, mailoutbox):
    offer_link(response=response, email="jo@example.org", person="Jo")
    assert send_due() == 1
    key = re.search(r"/respond/return/([^/]+)/", mailoutbox[0].body)[1]
    used = use(key, consultation)
    found = find_access(used.key, consultation=consultation.pk)
    assert (found.response, found.person) == (response, "Jo")
    assert refused(key, consultation).why == Spent.USED
    assert used.following.email == "jo@example.org"
    assert send_due() == 1
    second = re.search(r"/respond/return/([^/]+)/", mailoutbox[1].body)[1]
    assert use(second, consultation, "another").response == response


def test_only_the_digest_of_a_key_is_kept(response):
    link = offer_link(response=response, email="jo@example.org")
    key = make_key(link)
    kept = str(ReturnLink.objects.values().get())
    assert key not in kept
    assert key.rpartition("-")[2] not in kept


def test_the_same_form_sent_twice_gives_the_same_device_key_and_one_letter(response, consultation):
    key = make_key(offer_link(response=response, email="jo@example.org"))
    first, second = use(key, consultation), use(key, consultation)
    assert first.key == second.key
    assert second.following is None
    assert Letter.objects.filter(kind="link").count() == 2
    assert Access.objects.filter(response=response).count() == 2


def test_after_leaving_the_same_form_opens_nothing(response, consultation):
    key = make_key(offer_link(response=response, email="jo@example.org"))
    used = use(key, consultation)
    leave(access=find_access(used.key, consultation=consultation.pk))
    assert find_access(used.key, consultation=consultation.pk) is None
    with pytest.raises(LinkRefused):
        use(key, consultation)


def test_the_key_of_a_device_is_like_any_other(response, consultation):
    key = make_key(offer_link(response=response, email="jo@example.org"))
    assert re.fullmatch(r"[-\w]{43}", use(key, consultation).key)


def test_an_expired_link_says_so_and_can_be_renewed(response, consultation, settings):
    settings.CONSULTATION_LINK_DAYS = 0
    key = make_key(offer_link(response=response, email="jo@example.org", person="Jo"))
    assert refused(key, consultation).why == Spent.EXPIRED
    settings.CONSULTATION_LINK_DAYS = 30
    renewed = renew_link(key=key, consultation=consultation.pk)
    assert (renewed.email, renewed.person) == ("jo@example.org", "Jo")


def test_the_date_in_a_key_holds_whatever_the_row_says(response, consultation, settings):
    settings.CONSULTATION_LINK_DAYS = 0
    key = make_key(offer_link(response=response, email="jo@example.org"))
    ReturnLink.objects.update(expires_at=timezone.now() + timedelta(days=9))
    assert refused(key, consultation).why == Spent.EXPIRED


@pytest.mark.parametrize(
    "change", [lambda k: k[:-1], lambda k: "9" + k, lambda k: k + "A", lambda k: ""]
)
def test_a_key_that_was_changed_opens_nothing(response, consultation, change):
    key = make_key(offer_link(response=response, email="jo@example.org"))
    assert refused(change(key), consultation).why == Spent.UNKNOWN


@given(st.text(max_size=120))
def test_no_text_is_taken_for_a_key(text):
    with pytest.raises(NotAKey):
        read_key(text)


def test_a_link_of_another_consultation_opens_nothing_here(response, consultation):
    other = samples.consultation(consultation.edition)
    key = make_key(offer_link(response=response, email="jo@example.org"))
    assert refused(key, other).why == Spent.GONE


def test_of_a_link_that_was_sent_twice_the_newest_works(response, consultation):
    link = offer_link(response=response, email="jo@example.org")
    first, second = make_key(link), make_key(link)
    assert refused(first, consultation).why == Spent.REPLACED
    assert find_link(key=second, consultation=consultation.pk) == link


def test_using_one_link_ends_the_others_to_the_same_address(response, consultation, mailoutbox):
    first = make_key(offer_link(response=response, email="jo@example.org"))
    second = make_key(offer_link(response=response, email="JO@example.org"))
    others = make_key(offer_link(response=response, email="sam@example.org"))
    use(first, consultation)
    assert refused(second, consultation).why == Spent.USED
    assert find_link(key=others, consultation=consultation.pk)
    assert outstanding(response).filter(email__iexact="jo@example.org").count() == 1


def test_a_link_to_what_was_thrown_away_says_so(response, consultation):
    key = make_key(offer_link(response=response, email="jo@example.org"))
    throw_away(response=response)
    assert refused(key, consultation).why == Spent.GONE


def test_a_link_leads_to_the_copy_while_a_response_is_amended(consultation):
    sent = samples.submitted(consultation)
    key = make_key(offer_link(response=sent, email="jo@example.org"))
    copy = amend(response=sent)
    assert use(key, consultation).response == copy


def test_letters_to_one_address_are_limited(response):
    for _ in range(5):
        offer_link(response=response, email="jo@example.org")
    with pytest.raises(TooManyLetters, match="last hour"):
        offer_link(response=response, email="JO@example.org")
    offer_link(response=response, email="sam@example.org")


def test_letters_for_one_response_are_limited(response):
    for n in range(20):
        offer_link(response=response, email=f"p{n}@example.org")
    with pytest.raises(TooManyLetters):
        offer_link(response=response, email="more@example.org")


def test_a_lost_link_is_sent_to_the_address_of_the_draft_and_to_no_other(response, consultation):
    offer_link(response=response, email="jo@example.org")
    before = ReturnLink.objects.count()
    assert send_again(consultation=consultation.pk, typed=" ROBIN@example.org ") == 1
    assert send_again(consultation=consultation.pk, typed="jo@example.org") == 1
    assert send_again(consultation=consultation.pk, typed="stranger@example.org") == 0
    assert send_again(consultation=consultation.pk, typed="%") == 0
    assert ReturnLink.objects.count() == before + 2
    newest = Letter.objects.order_by("-pk").values_list("to", flat=True)
    assert {n.casefold() for n in newest[:2]} == {"robin@example.org", "jo@example.org"}


def test_a_reference_fetches_a_link_to_the_address_on_record(consultation):
    sent = samples.submitted(consultation)
    assert send_again(consultation=consultation.pk, typed=sent.reference.lower()) == 1
    assert ReturnLink.objects.get().email == "robin@example.org"
    copy = amend(response=sent)
    assert send_again(consultation=consultation.pk, typed=sent.reference) == 1
    assert ReturnLink.objects.latest("pk").response == copy


def test_what_came_by_post_is_not_opened_by_a_link(consultation):
    sent = samples.submitted(consultation)
    Response.objects.filter(pk=sent.pk).update(channel=Channel.POST)
    assert send_again(consultation=consultation.pk, typed=sent.reference) == 0
    assert send_again(consultation=consultation.pk, typed=sent.email) == 0


def test_a_lost_link_is_not_found_in_another_consultation(response, consultation):
    other = samples.consultation(consultation.edition)
    assert send_again(consultation=other.pk, typed="robin@example.org") == 0


def people(access):
    return [(p.person, len(p.devices), len(p.links), p.here) for p in colleagues(access=access)]


@pytest.fixture
def access(response):
    found = Access.objects.select_related("response").get(response=response)
    call_oneself(access=found, person="Robin")
    return found


def test_everybody_who_works_on_it_is_listed_by_name(response, access, consultation):
    invite(response=response, email="jo@example.org", person="Jo", invited_by="Robin")
    key = make_key(ReturnLink.objects.get())
    assert people(access) == [("Robin", 1, 0, True), ("Jo", 0, 1, False)]
    use(key, consultation)
    assert people(access) == [("Robin", 1, 0, True), ("Jo", 1, 1, False)]


def test_taking_access_away_ends_devices_links_and_renewals(response, access, consultation):
    invite(response=response, email="jo@example.org", person="Jo", invited_by="Robin")
    old = make_key(ReturnLink.objects.get())
    used = use(old, consultation)
    waiting = make_key(used.following)
    jo = next(c for c in colleagues(access=access) if c.person == "Jo")
    take_away(access=access, colleague=jo.key)
    assert find_access(used.key, consultation=consultation.pk) is None
    for key in (old, waiting):
        assert refused(key, consultation).why == Spent.TAKEN_AWAY
        with pytest.raises(LinkRefused):
            renew_link(key=key, consultation=consultation.pk)
    assert send_again(consultation=consultation.pk, typed="jo@example.org") == 0
    assert people(access) == [("Robin", 1, 0, True)]


def test_a_device_without_a_name_loses_the_links_by_which_it_came(response, access, consultation):
    key = make_key(offer_link(response=response, email="jo@example.org"))
    used = use(key, consultation)
    nameless = next(c for c in colleagues(access=access) if not c.person and c.devices)
    take_away(access=access, colleague=nameless.key)
    assert find_access(used.key, consultation=consultation.pk) is None
    assert refused(key, consultation).why == Spent.TAKEN_AWAY
    assert not outstanding(response).exists()


def test_whoever_was_taken_off_can_be_asked_in_again(response, access, consultation):
    invite(response=response, email="jo@example.org", person="Jo", invited_by="Robin")
    jo = next(c for c in colleagues(access=access) if c.person == "Jo")
    take_away(access=access, colleague=jo.key)
    link = invite(response=response, email="jo@example.org", person="Jo", invited_by="Robin")
    assert use(make_key(link), consultation).person == "Jo"


def test_of_oneself_only_the_other_devices_are_taken(response, access, consultation):
    other = open_access(response=response, person="Robin")
    own = colleagues(access=access)[0]
    take_away(access=access, colleague=own.key)
    assert find_access(other, consultation=consultation.pk) is None
    assert people(access) == [("Robin", 1, 0, True)]


def test_a_colleague_of_another_response_is_out_of_reach(access, consultation):
    _other, key = samples.written(consultation)
    theirs = colleagues(access=find_access(key, consultation=consultation.pk))[0]
    assert take_away(access=access, colleague=theirs.key) is None
    assert find_access(key, consultation=consultation.pk)


def test_a_new_name_replaces_the_old_one_on_devices_and_links(response, access):
    offer_link(response=response, email="robin@example.org", person="Robin")
    open_access(response=response, person="Robin")
    call_oneself(access=access, person="Robin  Example")
    assert people(access) == [("Robin Example", 2, 1, True)]


def test_a_name_that_stands_for_somebody_else_is_known(response, access):
    offer_link(response=response, email="jo@example.org", person="Jo")
    assert name_is_taken(response=response, person="JO", email="other@example.org")
    assert not name_is_taken(response=response, person="Jo", email="jo@example.org")
    assert name_is_taken(response=response, person="robin", email="x@example.org")


@pytest.mark.parametrize(
    "typed", ["see http://x", "www.buy.example", "a@b", "cheap.com", "x" * 101]
)
def test_a_name_is_not_used_to_write_to_strangers(typed):
    with pytest.raises(NameRefused):
        read_name(typed)


@given(st.text(max_size=100))
def test_a_name_is_one_printable_line(typed):
    try:
        name = read_name(typed)
    except NameRefused:
        return
    assert name.isprintable()
    assert "\n" not in name


def test_the_way_back_is_known(consultation):
    response, key = samples.written(consultation, email="")
    access = find_access(key, consultation=consultation.pk)
    assert not way_back(access=access)
    offer_link(response=response, email="jo@example.org")
    assert way_back(access=access)


def test_an_address_is_masked():
    assert masked("robin@example.org") == "r•••@example.org"


def test_nothing_of_the_keys_is_written_to_the_log(response, consultation, caplog):
    key = make_key(offer_link(response=response, email="jo@example.org", person="Jo"))
    with caplog.at_level("DEBUG"):
        use(key, consultation)
        send_due()
        submit(response=response)
    assert key not in caplog.text
    assert "example.org" not in caplog.text.replace("parks@department.example", "")
