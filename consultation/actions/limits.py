"""Limits against robots that people hardly ever meet, and a field that only robots fill.

Counts are kept in the cache for an hour at most, under a digest of the address with a salt of that
day which lies in the cache alone: nothing here says afterwards who asked.
"""

from __future__ import annotations

import secrets
from hashlib import sha256
from time import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from guidance.api.throttle import address

HOUR, MINUTE, DAY = 3600, 60, 86_400
LETTERS_TO_ONE_ADDRESS = 5
LETTERS_FOR_ONE_RESPONSE = 20
ASKED_FROM_ONE_PLACE = 20
"""Each of them an hour."""
SAVES_FROM_ONE_DEVICE = 600
"""A minute."""

HONEYPOT = "website"
"""The field of consultation/parts/honeypot.html; a name that robots like and browsers do not fill."""


def may_begin(request: HttpRequest) -> bool:
    """Count one response that this address is about to begin, and say whether it still may
    (`CONSULTATION_BEGUN_PER_HOUR`).

    For a view that saves, before `Desk.ensure` where the desk has no response yet. Where the answer
    is no, `views.respond.once_more.too_many` gives back what was typed, ready to be sent later.
    """
    return _within("begun", address(request), settings.CONSULTATION_BEGUN_PER_HOUR, HOUR)


def may_save(access: int) -> bool:
    """Count one save of a device (the primary key of its access); whether it still may."""
    return _within("saved", str(access), SAVES_FROM_ONE_DEVICE, MINUTE)


def may_ask(request: HttpRequest) -> bool:
    """Count one request for a letter by somebody who showed no key; whether they still may."""
    return _within("asked", address(request), ASKED_FROM_ONE_PLACE, HOUR)


def may_write_to(email: str, *, response: int) -> bool:
    """Count one letter that somebody asks for, to an address and for a response; whether it may
    still be sent."""
    to_address = _within("to", email.casefold(), LETTERS_TO_ONE_ADDRESS, HOUR)
    return _within("for", str(response), LETTERS_FOR_ONE_RESPONSE, HOUR) and to_address


def caught(request: HttpRequest) -> bool:
    """Whether a form came with the field filled that people and screen readers never meet.

    Such a form is not thrown away, since nobody's words may be lost:
    `views.respond.once_more.once_more` gives it back with one button that sends it.
    """
    return bool(request.POST.get(HONEYPOT, ""))


def _within(kind: str, who: str, limit: int, window: int) -> bool:
    """Count one; locked to the clock, so that two windows may follow each other closely."""
    now = int(time())
    digest = sha256(f"{_salt(now // DAY)}:{who}".encode()).hexdigest()
    key = f"consultation-{kind}:{now // window}:{digest}"
    try:
        number = cache.incr(key)
    except ValueError:  # the first of this window
        number = 1 if cache.add(key, 1, window) else cache.incr(key)
    return bool(number <= limit)


def _salt(day: int) -> str:
    salt = cache.get_or_set(f"consultation-salt:{day}", lambda: secrets.token_hex(16), 2 * DAY)
    return str(salt)
