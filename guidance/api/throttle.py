"""How often one address may ask: counted in the cache, a minute at a time, and said in headers.

The headers are those of the IETF's draft "RateLimit header fields for HTTP" (version 10).
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from time import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

WINDOW = 60
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to an address in this window of time: requests, and seconds until the next."""

    limit: int
    left: int
    reset: int

    @property
    def spent(self) -> bool:
        return self.left < 0

    @property
    def headers(self) -> dict[str, str]:
        """`RateLimit-Policy` is the rule, `RateLimit` what is left of it."""
        return {
            "RateLimit-Policy": f'"default";q={self.limit};w={WINDOW}',
            "RateLimit": f'"default";r={max(self.left, 0)};t={self.reset}',
        }


def count(request: HttpRequest) -> Allowance:
    """Count one request of this address; `settings.API_REQUESTS_PER_MINUTE` is the limit."""
    window, passed = divmod(int(time()), WINDOW)
    key = f"api-requests:{window}:{address(request)}"
    try:
        number = cache.incr(key)
    except ValueError:  # the first of this window
        number = 1 if cache.add(key, 1, WINDOW) else cache.incr(key)
    limit = settings.API_REQUESTS_PER_MINUTE
    return Allowance(limit, limit - number, WINDOW - passed)


def address(request: HttpRequest) -> str:
    """Who asks. What a proxy says of it (X-Forwarded-For) counts only where
    `settings.API_TRUSTED_PROXIES` says how many proxies of ours stand in front; anybody can write
    the rest of that header. Of an IPv6 address its network (/64) counts, since a person has one."""
    found = request.META.get("REMOTE_ADDR", "")
    proxies = settings.API_TRUSTED_PROXIES
    if proxies:
        said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(said) >= proxies and said[-proxies].strip():
            found = said[-proxies].strip()
    if found.count(".") == 3 and len(found) < 16:
        return str(found)
    return _network(found)


def _network(text: str) -> str:
    try:
        parsed = ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return parsed.exploded[:19]
    return str(parsed)
