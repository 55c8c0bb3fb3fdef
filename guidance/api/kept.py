"""Answers kept in the process, and the 304 that saves making them.

An answer's ETag is known before the answer is made: it is a digest of the address, of what the
ledger holds of the documents concerned, of the day where the answer is about today, and of the code
that writes it. It is weak, since rendering the same words anew may space their HTML otherwise. For
`READING_UNASKED_SECONDS` an answer is sent again without looking at the ledger, as section pages are.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from wagtail.signals import page_published

SECONDS = 60.0
ANSWERS = 512
LONGEST = 512 * 1024
"""Bytes of an answer that is worth keeping."""

FRESH_SECONDS = 10
FRESH = f"public, max-age={FRESH_SECONDS}"
FOREVER = "public, max-age=31536000, immutable"

Key = tuple[str, str, str]


@dataclass(slots=True)
class Kept:
    """An answer as it is sent, when it was made, and until when it is sent unasked. There is no
    body where only its ETag was asked for."""

    headers: dict[str, str]
    modified: int
    body: bytes | None
    made: float
    unasked: float


@dataclass(frozen=True, slots=True)
class State:
    """What an answer depends on: `parts` in words, and when it last changed.

    `today` says that it is another tomorrow; `forever` that nothing can ever change it;
    `negotiated` that Accept has a say in its format; `until` is the instant at which it changes of
    itself, as when a consultation closes.
    """

    parts: Sequence[Any]
    modified: datetime
    today: bool = True
    forever: bool = False
    negotiated: bool = False
    until: datetime | None = None


_kept: OrderedDict[Key, Kept] = OrderedDict()
_lock = Lock()


def recall(request: HttpRequest) -> HttpResponseBase | None:
    """The answer that was given to this address in the last moment, if one was."""
    kept = _kept.get(_key(request))
    if kept is None or monotonic() >= kept.unasked:
        return None
    if kept.body is None and not _same(request, kept.headers["ETag"]):
        return None
    return _send(request, kept)


def answered(
    request: HttpRequest, state: State, make: Callable[[], bytes], media_type: str
) -> HttpResponseBase:
    """The answer: 304 where the asker has it, the one kept where it stands, else made now."""
    now = timezone.localtime()
    etag = _etag(request, state, now.date(), media_type)
    key = _key(request)
    kept = _kept.get(key)
    same = _same(request, etag)
    if kept is None or kept.headers["ETag"] != etag or monotonic() - kept.made >= SECONDS:
        modified = _modified(state, now)
        headers = _headers(etag, modified, state, media_type)
        kept = Kept(headers, modified, None, monotonic(), 0.0)
    if kept.body is None and not same:
        kept.body = make()
    kept.headers["Cache-Control"] = _freshness(state, now)
    kept.unasked = _unasked(now, state)
    if not settings.DEBUG:
        _keep(key, kept)
    return _send(request, kept)


def streamed(
    request: HttpRequest, state: State, make: Callable[[], Iterable[bytes]], media_type: str
) -> HttpResponseBase:
    """An answer too long to keep, sent as it is made, or 304."""
    now = timezone.localtime()
    etag = _etag(request, state, now.date(), media_type)
    headers = _headers(etag, _modified(state, now), state, media_type)
    if _same(request, etag):
        return _nothing_new(headers)
    return _with(StreamingHttpResponse(make()), headers)


def forget(**_: Any) -> None:
    """Keep nothing any longer, as after publishing in this process."""
    with _lock:
        _kept.clear()


page_published.connect(forget, dispatch_uid="guidance.api.kept")


def _key(request: HttpRequest) -> Key:
    asked = request.META
    return request.path, asked.get("QUERY_STRING", ""), asked.get("HTTP_ACCEPT", "")


def _unasked(now: datetime, state: State) -> float:
    """Until when an answer is sent unasked, by the monotonic clock: never past midnight, nor past
    the instant at which it changes."""
    left = (_midnight(now) + timedelta(days=1) - now).total_seconds()
    if state.until is not None:
        left = min(left, max(0.0, (state.until - now).total_seconds()))
    return monotonic() + min(settings.READING_UNASKED_SECONDS, left)


def _freshness(state: State, now: datetime) -> str:
    """How long others may keep an answer: ten seconds, or up to the instant at which it changes."""
    if state.forever:
        return FOREVER
    if state.until is None or state.until - now >= timedelta(seconds=FRESH_SECONDS):
        return FRESH
    return f"public, max-age={max(0, int((state.until - now).total_seconds()))}"


def _keep(key: Key, kept: Kept) -> None:
    if kept.body is not None and len(kept.body) > LONGEST:
        return
    with _lock:
        _kept[key] = kept
        _kept.move_to_end(key)
        while len(_kept) > ANSWERS:
            _kept.popitem(last=False)


def _send(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    """The answer, or 304 by its ETag, or by its date where the asker has no ETag."""
    etag = kept.headers["ETag"]
    if kept.body is None or _same(request, etag):
        return _nothing_new(kept.headers)
    if "HTTP_IF_MODIFIED_SINCE" in request.META:
        response = get_conditional_response(request, etag, kept.modified)
        if response is not None and response.status_code == 304:
            return _nothing_new(kept.headers)
    return _with(HttpResponse(kept.body), kept.headers)


def _nothing_new(headers: Mapping[str, str]) -> HttpResponseBase:
    """304, with what RFC 9110 (15.4.5) has it say."""
    response = HttpResponse(status=304)
    response.headers["ETag"] = headers["ETag"]
    response.headers["Cache-Control"] = headers["Cache-Control"]
    if "Vary" in headers:
        response.headers["Vary"] = headers["Vary"]
    return response


def _same(request: HttpRequest, etag: str) -> bool:
    """Whether the asker names this ETag. "*" stands for any answer that there is, and whether
    there is one is not known yet; it has no use in reading, and so matches nothing."""
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    return asked is not None and (asked == etag or etag in map(str.strip, asked.split(",")))


def _with(response: HttpResponseBase, headers: Mapping[str, str]) -> HttpResponseBase:
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _headers(etag: str, modified: int, state: State, media_type: str) -> dict[str, str]:
    return {
        "Content-Type": media_type,
        "ETag": etag,
        "Last-Modified": http_date(modified),
        "Cache-Control": FOREVER if state.forever else FRESH,
        **({"Vary": "Accept"} if state.negotiated else {}),
    }


def _etag(request: HttpRequest, state: State, day: date, media_type: str) -> str:
    about = day if state.today else ""
    parts = [_code(), request.get_full_path(), media_type, *state.parts, about]
    return f'W/"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _modified(state: State, now: datetime) -> int:
    """Never later than now: a clock that was put back would make a date of the future."""
    latest = state.modified
    if state.today:
        latest = max(latest, _midnight(now))
    return int(min(latest, now).timestamp())


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


@cache
def _code() -> str:
    """A digest of the code that writes answers: a new version of it makes every ETag new."""
    here = Path(__file__).resolve().parent
    files = sorted([*here.glob("*.py"), *here.parent.joinpath("rendering").glob("*.py")])
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
