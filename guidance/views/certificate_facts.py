"""A certificate in words, for the page and the PDF: the sentence, the facts, the words, the proof."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from guidance.models import Stage, Status
from guidance.signing import Certificate
from guidance.standing import day_words
from guidance.views.provisions import in_words


def shown(certificate: Certificate) -> dict[str, Any]:
    """Everything that is shown of a certificate, as text, lists and pairs alone. The words that
    provisions are known by cost a query."""
    return shown_statement(certificate.statement) | {
        "key": certificate.key,
        "signature": base64.b64encode(certificate.signature).decode(),
    }


def shown_statement(said: Mapping[str, Any]) -> dict[str, Any]:
    """The same without the signature."""
    paragraph, edition = said.get("paragraph"), said["edition"]
    return {
        "title": f"Certificate: {_what(said)}",
        "issuer": said["issuer"]["name"],
        "sentence": _sentence(said),
        "facts": [(key, value) for key, value in _facts(said).items() if value],
        "words": paragraph["text"].split("\n") if paragraph else [],
        "paragraphs": [(p["reference"], p["digest"]) for p in said.get("paragraphs", ())],
        "digests": [
            *([("This paragraph", paragraph["digest"])] if paragraph else []),
            (edition["title"], edition["digest"]),
        ],
        "urls": said["urls"],
        "page": _path(said["urls"]["page"]),
    }


def _what(said: Mapping[str, Any]) -> str:
    title = said["document"]["title"]
    if "paragraph" not in said:
        return f"{said['edition']['title']} of {title}"
    return f"{_place(said['paragraph'])} of {title}"


def _place(paragraph: Mapping[str, Any]) -> str:
    if paragraph["number"]:
        return f"paragraph {paragraph['number']}"
    return f"{paragraph['kind']} “{paragraph['title'] or paragraph['reference']}”"


def _sentence(said: Mapping[str, Any]) -> str:
    """What is certified, in one sentence of everyday words."""
    on, edition, title = _day(said["on"]), said["edition"]["title"], said["document"]["title"]
    known = f", as this site knew it on {_day(said['known_on'])}" if said["known_on"] else ""
    what = (
        f"the words of {_place(said['paragraph'])} of {title} in {edition}"
        if "paragraph" in said
        else f"the digests of {edition} of {title} and of its paragraphs"
    )
    return (
        f"{said['issuer']['name']} certifies {what}, as below, and the standing of that edition"
        f" on {on}{known}: {said['applies']['words']}."
    )


def _facts(said: Mapping[str, Any]) -> dict[str, str]:
    edition, applies, paragraph = said["edition"], said["applies"], said.get("paragraph", {})
    provisions = in_words(paragraph.get("provisions", ()))
    return {
        "Document": said["document"]["title"],
        "Edition": f"{edition['title']} ({Stage(edition['stage']).label})",
        "Section": paragraph.get("section", ""),
        "Published": _day(edition["published"]),
        "In force from": _day(edition["in_force_from"]),
        "As at": _day(said["on"]),
        "As this site knew it on": _day(said["known_on"]),
        "On that date": ". ".join(filter(None, (applies["words"], _capital(applies["note"])))),
        "Status": str(Status(paragraph["status"]).label) if paragraph else "",
        "Under": " and ".join(named.words for named in provisions.values()),
        "Certified": _moment(said["certified_at"]),
    }


def _path(address: str) -> str:
    """The same on the site where it is read, whatever name that is reached by."""
    split = urlsplit(address)
    return f"{split.path}?{split.query}" if split.query else split.path


def _day(iso: str | None) -> str:
    return day_words(date.fromisoformat(iso)) if iso else ""


def _moment(stamp: str) -> str:
    moment = datetime.fromisoformat(stamp.replace("Z", "+00:00"))
    when = moment.astimezone(timezone.get_default_timezone())
    return f"{day_words(when.date())}, {when:%H:%M:%S}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
