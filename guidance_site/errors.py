"""What a person sees when something is wrong: pages that say what to do next.

That of an error of ours asks neither the database nor anything else that may be what failed.
"""

from __future__ import annotations

import logging
import re
import sys
from dataclasses import dataclass
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from rapidfuzz import fuzz, utils

from guidance.rendering.addresses import LEGISLATION, document_path, paragraph_path
from home.standing_now import shown_documents

RETRY_AFTER = 30
"""Seconds."""
LIKE_ENOUGH = 80
TELLING = 8
"""Characters of a name that are enough to know it inside other words."""
LONGEST = 100
"""Characters of an address that are looked at."""

_NUMBER = re.compile(
    r"(?<![A-Z\d.])((?:[A-Z]{1,2}\.?)?\d{1,3}(?:\.\d{1,3}){1,3}[A-Z]?)(?![A-Z\d]|\.\d)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"(?<=\d)[_-](?=\d)")
_PROVISION = re.compile(r"\b((?:uk|ws|ni|as|nis)[a-z]{1,4}/\d{4}/\d{1,5}(?:/[\w/-]+)?)", re.I)
_IDLE = frozenset(
    "guidance para paras paragraph paragraphs edition section page pages html htm aspx php index"
    " pdf doc the of and in to for a".split()
)

PLAIN = (
    '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Something went wrong'
    "</title></head><body><h1>Something went wrong</h1><p>The page could not be made. Try again in"
    " a few minutes.</p></body></html>"
)
"""Where not even the page of the error can be made."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Meant:
    """What an address seems to ask for: words to search by, and addresses that are there."""

    words: str
    number: str
    likely: list[tuple[str, str]]


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with what the address seems to mean; one query."""
    documents = shown_documents(timezone.localdate())
    context = {
        "meant": meant(request.path, documents),
        "documents": documents[:12],
        "searching": True,
    }
    return HttpResponse(render_to_string("404.html", context), status=404)


def meant(path: str, documents: list[tuple[str, str]]) -> Meant:
    """What a path may have been to lead to; `documents` are titles and addresses."""
    path = unquote(path)[:LONGEST]
    found = _NUMBER.search(_JOINT.sub(".", path))
    number = found[1] if found else ""
    words = re.findall(r"[^\W_]+(?:[.’']\w+)*", _JOINT.sub(".", path))
    asked = " ".join(word for word in map(_bare, words) if word.lower() not in _IDLE)
    likely = _likely(asked, number, documents)
    if provision := _PROVISION.search(path):
        named = provision[1].lower().rstrip("/")
        likely.insert(0, (f"Guidance under {named}", f"{LEGISLATION}{named}/"))
    return Meant(asked, number, likely)


def _likely(asked: str, number: str, documents: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Documents that are named much like that, at the paragraph where a number was asked for."""
    text = asked.replace(number, " ") if number else asked
    alike = sorted(((_alike(text, *document), document) for document in documents), reverse=True)
    close = [document for score, document in alike[:3] if score >= LIKE_ENOUGH]
    if not number:
        return close
    return [
        (f"Paragraph {number} of {title}", paragraph_path(_slug(address), number))
        for title, address in close or (documents if len(documents) <= 3 else [])
    ]


def _alike(text: str, title: str, address: str) -> float:
    """How much words of an address are like the name of a document, out of 100: they may hold more
    than its name, and may be spelt otherwise."""
    asked = utils.default_process(text)
    names = [utils.default_process(name) for name in (title, _slug(address).replace("-", " "))]
    if not asked:
        return 0
    return max(
        fuzz.partial_ratio(asked, name)
        if min(len(asked), len(name)) >= TELLING
        else fuzz.token_set_ratio(asked, name)
        for name in names
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    large = isinstance(exception, RequestDataTooBig)
    return _static("400.html", 400, large=large)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _static("403.html", 403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the mark by which this site knows its own."""
    return _static("403_csrf.html", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 where it is the database that does not answer, since asking again may help."""
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _static("500.html", 500)
    response = _static("503.html", 503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _static(template: str, status: int, **context: object) -> HttpResponse:
    try:
        body: str = render_to_string(template, {**context, "contact": settings.CONTACT_EMAIL})
    except Exception:  # whatever broke the page may break this one too; somebody still waits
        logger.exception("event=error_page_failed template=%s", template)
        body = PLAIN
    return HttpResponse(body, status=status)


def _bare(word: str) -> str:
    """Without the ending of a file."""
    return re.sub(r"\.(?:html?|aspx?|php|pdf|docx?)$", "", word, flags=re.IGNORECASE)


def _slug(address: str) -> str:
    return address.removeprefix(document_path("").rstrip("/")).strip("/")
