"""Certificates of what a paragraph or an edition says and whether it applied on a date, signed.

For committee reports and appeals. A certificate states what this site's ledger holds when it is
made; `guidance.actions.certificate_checking` says later whether that still is so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone

from guidance.models import Edition, Entry, ParagraphVersion
from guidance.querysets import end_of
from guidance.rendering.addresses import certificate_path, dated, edition_path, paragraph_path
from guidance.signing import Certificate, PublicKey, SigningKey, sign
from guidance.standing import day_words, span_in_force, standing

TYPE = "statutory-guidance-certificate/1"


class NothingToCertify(LookupError):
    """The ledger has no such edition or paragraph, or had none that was known then; or the day is
    yet to come, and nobody can say what will apply on it."""


class NoSigningKey(RuntimeError):
    """This site has no key to sign with (`CERTIFICATE_KEY`)."""


class Issue(NamedTuple):
    """An issued edition as `guidance.standing` asks for it."""

    pk: int
    slug: str
    title: str
    stage: str
    published: date
    in_force_from: date | None
    digest: str
    withdrawn_from: date | None
    document_title: str


def certify_paragraph(
    *,
    document: str,
    edition: str,
    reference: str,
    on: date,
    known_on: date | None = None,
    now: datetime | None = None,
) -> Certificate:
    """What a paragraph says in an edition, and whether that applied `on` a day, as the site knows
    it now or as it knew it at the end of `known_on`. NothingToCertify, NoSigningKey."""
    key = _key()
    issues = issued(document, known_on)
    issue = _named(issues, edition)
    row = _entry(issue.pk, reference)
    path = paragraph_path(document, reference, edition=edition)
    own = certificate_path(document, edition=edition, reference=reference)
    statement = {
        **_common(document, issue, issues, on, known_on, now),
        "subject": "paragraph",
        "paragraph": _paragraph(row),
        "urls": _urls(path, f"{own}&{dated(on, known_on)[1:]}"),
    }
    return sign(statement, key)


def certify_edition(
    *,
    document: str,
    edition: str,
    on: date,
    known_on: date | None = None,
    now: datetime | None = None,
) -> Certificate:
    """The digest of an edition and of each of its paragraphs, and whether it applied `on` a day.
    NothingToCertify, NoSigningKey."""
    key = _key()
    issues = issued(document, known_on)
    issue = _named(issues, edition)
    own = certificate_path(document, edition=edition)
    statement = {
        **_common(document, issue, issues, on, known_on, now),
        "subject": "edition",
        "paragraphs": paragraphs_of(issue.pk),
        "urls": _urls(edition_path(document, edition), f"{own}{dated(on, known_on)}"),
    }
    return sign(statement, key)


def can_certify() -> bool:
    """Whether this site has a key to sign with."""
    return bool(settings.CERTIFICATE_KEY)


def public_keys() -> Sequence[PublicKey]:
    """The keys whose certificates are accepted: the present one first, then older ones."""
    older = [PublicKey.of(text) for text in settings.CERTIFICATE_OLD_KEYS]
    return [_key().public, *older] if can_certify() else older


def issued(document: str, known_on: date | None = None) -> list[Issue]:
    """The issued editions of a document, in one query; as known at the end of a day, if given."""
    instant = end_of(known_on) if known_on else None
    editions = Edition.objects.filter(document__slug=document)
    if instant:
        editions = editions.known_on(instant)
    rows = editions.annotate(
        withdrawn_from=Edition.objects.all().withdrawn_from(instant)
    ).values_list(*Issue._fields[:-1], "document__title")
    return [Issue(*row) for row in rows]


def applies(issue: Issue, issues: Sequence[Issue], on: date) -> dict[str, Any]:
    """Whether an edition applied on a day, as a certificate states it; `until` is the first day on
    which it no longer did."""
    found, span = standing(issue, issues, on), span_in_force(issue, issues)
    return {
        "standing": str(found.applies),
        "words": found.words,
        "note": found.note,
        "from": _iso(span.start if span else None),
        "until": _iso(span.end if span else None),
    }


def stated(version: ParagraphVersion) -> dict[str, Any]:
    """Everything that the digest of a paragraph version covers, as `edition_text.version_digest`
    takes it, with the digest."""
    return {
        "kind": version.kind,
        "number": version.number,
        "title": version.title,
        "status": version.status,
        "provisions": [basis.provision.path for basis in version.bases.all()],
        "content": version.content,
        "digest": version.digest,
    }


def paragraphs_of(edition: int) -> list[dict[str, str]]:
    """Reference, identity and digest of each paragraph of an edition, in order, in one query."""
    rows = (
        Entry.objects.filter(edition=edition)
        .exclude(reference="")
        .order_by("position")
        .values_list("reference", "paragraph_id", "version__digest")
    )
    return [{"reference": r, "id": str(identity), "digest": d} for r, identity, d in rows]


def _common(
    document: str,
    issue: Issue,
    issues: Sequence[Issue],
    on: date,
    known_on: date | None,
    now: datetime | None,
) -> dict[str, Any]:
    moment = (now or timezone.now()).astimezone(UTC).replace(microsecond=0, tzinfo=None)
    if on > moment.replace(tzinfo=UTC).astimezone(timezone.get_default_timezone()).date():
        raise NothingToCertify(f"{day_words(on)} has not come yet.")
    return {
        "type": TYPE,
        "issuer": {
            "name": settings.WAGTAIL_SITE_NAME,
            "address": settings.WAGTAILADMIN_BASE_URL,
        },
        "certified_at": f"{moment.isoformat()}Z",
        "document": {"slug": document, "title": issue.document_title},
        "edition": {
            "slug": issue.slug,
            "title": issue.title,
            "stage": issue.stage,
            "published": _iso(issue.published),
            "in_force_from": _iso(issue.in_force_from),
            "digest": issue.digest,
        },
        "on": _iso(on),
        "known_on": _iso(known_on),
        "applies": applies(issue, issues, on),
    }


def _paragraph(entry: Entry) -> dict[str, Any]:
    return {
        "id": str(entry.paragraph_id),
        "reference": entry.reference,
        "section": str(entry.section),
        "text": entry.version.text,
        **stated(entry.version),
    }


def _entry(edition: int, reference: str) -> Entry:
    rows = Entry.objects.citable().filter(edition=edition, reference=reference)
    found = (
        rows.select_related("version", "section")
        .prefetch_related("version__bases__provision__instrument")
        .first()
    )
    if found is None:
        raise NothingToCertify(f"This edition has no paragraph {reference}.")
    return found


def _named(issues: Sequence[Issue], slug: str) -> Issue:
    found = next((issue for issue in issues if issue.slug == slug), None)
    if found is None:
        raise NothingToCertify("There was no such edition.")
    return found


def _urls(page: str, certificate: str) -> Mapping[str, str]:
    base = settings.WAGTAILADMIN_BASE_URL
    return {
        "page": f"{base}{page}",
        "certificate": f"{base}{certificate}",
        "check": f"{base}/certificates/check/",
        "key": f"{base}/certificates/key/",
    }


def _key() -> SigningKey:
    if not can_certify():
        raise NoSigningKey("Set CERTIFICATE_KEY to sign certificates.")
    return _read_key(settings.CERTIFICATE_KEY)


@cache
def _read_key(text: str) -> SigningKey:
    return SigningKey.of(text)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
