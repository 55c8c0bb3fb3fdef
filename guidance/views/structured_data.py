"""What programs that read pages are told of a document, an edition or a paragraph: its lasting
address, and the facts of the page as schema.org's `Legislation`, in JSON-LD.

A data block is not run, so the content security policy lets it stand in the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from guidance.rendering.addresses import document_path, edition_path, paragraph_path
from guidance.standing import Applies, in_force_on, span_in_force, standing
from guidance.views.ledger import DocumentFacts, EditionFacts
from guidance.views.paragraph_facts import ParagraphFacts
from guidance.views.provisions import Named

SCHEMA = "https://schema.org"
KIND = "Statutory guidance"
_UNSAFE = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}

Data = dict[str, Any]


def absolute(path: str) -> str:
    """The path at the site's public address; what is absolute already stays."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}" if path.startswith("/") else path


def canonical(path: str) -> str:
    """The link that says which address of a page is the lasting one."""
    return f'<link rel="canonical" href="{escape(absolute(path))}">'


def document_head(
    facts: DocumentFacts, shown: EditionFacts, day: date, about: Mapping[str, str]
) -> SafeString:
    """For the page of a document; `about` has its summary, publisher and extent."""
    path = document_path(facts.slug)
    data = {
        **_legislation(facts.title, path),
        "identifier": facts.slug,
        "description": about["summary"],
        "publisher": _organisation(about["publisher"]),
        "legislationJurisdiction": about["extent"],
        **_standing(facts, shown, day),
        "version": shown.title,
        "workExample": [_named(e.title, edition_path(facts.slug, e.slug)) for e in facts.editions],
    }
    return _head(path, data)


def edition_head(
    facts: DocumentFacts, issued: EditionFacts, day: date, provisions: Iterable[Named]
) -> SafeString:
    """For the page of an edition, with the provisions that its statements of status name."""
    path = edition_path(facts.slug, issued.slug)
    data = {
        **_legislation(f"{facts.title}: {issued.title}", path),
        "identifier": _digest(issued.digest),
        **_standing(facts, issued, day),
        "version": issued.title,
        "exampleOfWork": _named(facts.title, document_path(facts.slug)),
        "isBasedOn": _bases(provisions),
    }
    return _head(path, data)


def paragraph_head(
    facts: DocumentFacts,
    issued: EditionFacts,
    found: ParagraphFacts,
    day: date,
    provisions: Sequence[Named],
) -> SafeString:
    """For the page of a paragraph in an edition, with the provisions that it rests on. While the
    edition is in force the lasting address names none; after that it names the edition."""
    current = in_force_on(facts.editions, day)
    in_force = current is not None and current.slug == issued.slug
    path = paragraph_path(facts.slug, found.reference, edition="" if in_force else issued.slug)
    edition = _named(f"{facts.title}: {issued.title}", edition_path(facts.slug, issued.slug))
    data = {
        **_legislation(f"{facts.title}, {found.heading}", path),
        "legislationType": found.status_words,
        "identifier": _digest(found.digest),
        "legislationIdentifier": found.number or found.reference,
        **_standing(facts, issued, day),
        "version": issued.title,
        "isPartOf": {"@type": "Legislation", **edition},
        "isBasedOn": _bases(provisions),
    }
    return _head(path, data)


def _legislation(name: str, path: str) -> Data:
    return {
        "@context": SCHEMA,
        "@type": "Legislation",
        "@id": absolute(path),
        "url": absolute(path),
        "name": name,
        "inLanguage": "en-GB",
        "legislationType": KIND,
    }


def _standing(facts: DocumentFacts, issued: EditionFacts, day: date) -> Data:
    """When it was issued, when it applies, and whether it does on `day`."""
    found = standing(issued, facts.editions, day)
    span = span_in_force(issued, facts.editions)
    applies = found.applies == Applies.IN_FORCE
    data: Data = {
        "legislationDate": issued.published.isoformat(),
        "datePublished": issued.published.isoformat(),
        "legislationLegalForce": f"{SCHEMA}/{'InForce' if applies else 'NotInForce'}",
        "creativeWorkStatus": found.words,
    }
    if span and (span.end is None or span.start < span.end):
        end = span.end.isoformat() if span.end else ".."
        data["legislationDateVersion"] = span.start.isoformat()
        data["temporalCoverage"] = f"{span.start.isoformat()}/{end}"
    return data


def _bases(provisions: Iterable[Named]) -> list[Data]:
    return [{"@type": "Legislation", **_named(p.words, p.address)} for p in provisions]


def _named(words: str, path: str) -> Data:
    return {"name": words, "url": absolute(path)} if path else {"name": words}


def _organisation(name: str) -> Data | None:
    return {"@type": "Organization", "name": name} if name else None


def _digest(digest: str) -> Data:
    return {"@type": "PropertyValue", "propertyID": "sha256", "value": digest}


def _head(path: str, data: Mapping[str, Any]) -> SafeString:
    told = {key: value for key, value in data.items() if value not in ("", None, [])}
    words = json.dumps(told, ensure_ascii=False).translate(_UNSAFE)
    return mark_safe(  # noqa: S308  nothing in it can end the data block or the attribute
        f'{canonical(path)}\n    <script type="application/ld+json">{words}</script>'
    )
