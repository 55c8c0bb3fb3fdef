"""Limits against robots: counted by the hour, without keeping who asked."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from consultation.actions import limits


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> Iterator[list[float]]:
    cache.clear()
    now = [1_800_000_000.0]
    monkeypatch.setattr(limits, "time", lambda: now[0])
    yield now
    cache.clear()


def from_(address, **posted):
    return RequestFactory().post("/", posted, REMOTE_ADDR=address)


def test_one_address_begins_only_so_many_responses_in_an_hour(settings, clock):
    settings.CONSULTATION_BEGUN_PER_HOUR = 2
    assert [limits.may_begin(from_("192.0.2.1")) for _ in range(3)] == [True, True, False]
    assert limits.may_begin(from_("192.0.2.2"))
    clock[0] += limits.HOUR
    assert limits.may_begin(from_("192.0.2.1"))


def test_of_a_network_of_ipv6_one_address_stands_for_all(settings):
    settings.CONSULTATION_BEGUN_PER_HOUR = 1
    assert limits.may_begin(from_("2001:db8:1:2::1"))
    assert not limits.may_begin(from_("2001:db8:1:2::ffff"))


def test_what_a_stranger_says_of_proxies_is_not_believed(settings):
    settings.CONSULTATION_BEGUN_PER_HOUR, settings.API_TRUSTED_PROXIES = 1, 0
    request = from_("192.0.2.1")
    request.META["HTTP_X_FORWARDED_FOR"] = "198.51.100.9"
    assert limits.may_begin(from_("192.0.2.1"))
    assert not limits.may_begin(request)


def test_the_cache_holds_no_address(monkeypatch):
    keys = []
    incr = cache.incr
    monkeypatch.setattr(cache, "incr", lambda key: keys.append(key) or incr(key), raising=False)
    limits.may_begin(from_("192.0.2.1"))
    limits.may_write_to("robin@example.org", response=7)
    assert len(keys) == 3
    assert not any("192.0.2.1" in key or "robin" in key for key in keys)


def test_a_device_saves_ten_times_a_second_for_a_minute(clock):
    assert all(limits.may_save(1) for _ in range(600))
    assert not limits.may_save(1)
    assert limits.may_save(2)
    clock[0] += limits.MINUTE
    assert limits.may_save(1)


@pytest.mark.parametrize(
    ("posted", "robot"), [({}, False), ({"website": ""}, False), ({"website": "x"}, True)]
)
def test_only_a_filled_field_gives_a_robot_away(posted, robot):
    assert limits.caught(from_("192.0.2.1", **posted)) is robot
