"""Whether a certificate is genuine, and whether the ledger still says what it states.

The signature is looked at first: what an unknown key signed, or what was changed afterwards, is
compared with nothing, since none of it can be relied on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guidance.actions.certifying import (
    TYPE,
    Issue,
    applies,
    issued,
    paragraphs_of,
    public_keys,
    stated,
)
from guidance.actions.ledger_verifying import stored_digest
from guidance.edition_text import version_digest
from guidance.models import Edition, Entry
from guidance.signing import Genuine, read_certificate, verify
from guidance.standing import day_words, in_force_on


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it holds, and a sentence about it."""

    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a certificate proved to be. `statement` is there only where it is genuine."""

    genuine: Genuine
    findings: list[Finding]
    statement: Mapping[str, Any] | None = None

    @property
    def holds(self) -> bool:
        return all(finding.holds for finding in self.findings)


def check_certificate(sent: bytes) -> Checked:
    """What is to be said of a certificate as it was sent: NotACertificate where it is none."""
    certificate = read_certificate(sent)
    genuine = verify(certificate, public_keys())
    signature = _SIGNATURE[genuine](certificate)
    if genuine is not Genuine.YES:
        return Checked(genuine, [signature])
    statement = certificate.statement
    if statement.get("type") != TYPE:
        words = "It is of a kind that this version of the site no longer compares with its record."
        return Checked(genuine, [signature, Finding(False, words)], statement)
    return Checked(genuine, [signature, *_compared(statement)], statement)


_SIGNATURE = {
    Genuine.YES: lambda c: Finding(
        True, f"This site signed exactly these words, with its key {c.key}."
    ),
    Genuine.CHANGED: lambda c: Finding(
        False,
        "The signature does not fit: this was changed after it was signed, or was never signed by"
        " this site. Rely on nothing in it; ask whoever gave it to you for the file as they got it.",
    ),
    Genuine.UNKNOWN_KEY: lambda c: Finding(
        False,
        "It was signed with a key that is not this site’s. Rely on nothing in it, unless the site"
        " that it names says otherwise.",
    ),
}


def _compared(statement: Mapping[str, Any]) -> Iterator[Finding]:
    """The statement against the ledger as it is now."""
    document, slug = statement["document"]["slug"], statement["edition"]["slug"]
    issue = next((i for i in issued(document) if i.slug == slug), None)
    if issue is None:
        yield Finding(False, "The record no longer has this edition. Tell the publisher.")
        return
    yield _edition(statement, issue)
    yield (
        _paragraph(statement, issue) if "paragraph" in statement else _paragraphs(statement, issue)
    )
    yield from _standing(statement, document, slug)


def _edition(statement: Mapping[str, Any], issue: Issue) -> Finding:
    """Its digest as certified, as stored, and as it comes out of the rows now."""
    row = Edition.objects.select_related("document", "corrects").get(pk=issue.pk)
    if statement["edition"]["digest"] == issue.digest == stored_digest(row):
        return Finding(True, f"The record of {issue.title} still has the digest certified.")
    return Finding(
        False,
        f"The record of {issue.title} does not have the digest certified. Tell the publisher.",
    )


def _paragraph(statement: Mapping[str, Any], issue: Issue) -> Finding:
    """The words, status and provisions of the paragraph, by its identity."""
    said = statement["paragraph"]
    entry = (
        Entry.objects.filter(edition=issue.pk, paragraph=said["id"])
        .select_related("version")
        .prefetch_related("version__bases__provision__instrument")
        .first()
    )
    now = stated(entry.version) if entry else {}
    same = bool(entry) and all(said[name] == value for name, value in now.items())
    if entry and same and _digest(now) == said["digest"]:
        name = said["number"] or said["title"] or said["reference"]
        return Finding(
            True, f"The record still has exactly these words as {name} in {issue.title}."
        )
    return Finding(
        False, f"The record of {issue.title} does not have exactly these words. Tell the publisher."
    )


def _digest(said: Mapping[str, Any]) -> str:
    return version_digest(said["content"], said["status"], said["provisions"])


def _paragraphs(statement: Mapping[str, Any], issue: Issue) -> Finding:
    listed = statement["paragraphs"]
    if listed == paragraphs_of(issue.pk):
        return Finding(
            True, f"The record still has all {len(listed)} paragraphs with their digests."
        )
    return Finding(False, "The record does not have the paragraphs certified. Tell the publisher.")


def _standing(statement: Mapping[str, Any], document: str, slug: str) -> Iterator[Finding]:
    """What was certified of that day against what is known of it: as known on the day that the
    certificate names, if it names one, and now."""
    on, known_on = date.fromisoformat(statement["on"]), statement["known_on"]
    was, day = statement["applies"], day_words(on)
    if known_on:
        known = date.fromisoformat(known_on)
        then = _applies(issued(document, known), slug, on)
        words = f"What it says of {day} is what this site knew on {day_words(known)}"
        if then is None or then["words"] != was["words"]:
            yield Finding(False, f"It is not so that {words[0].lower()}{words[1:]}.")
            return
        yield Finding(True, f"{words}: “{was['words']}”.")
    issues = issued(document)
    now = _applies(issues, slug, on) or was
    if was["standing"] == now["standing"] and was["words"] == now["words"]:
        yield Finding(
            True, f"What it says of {day} still holds: “{now['words']}”.{_later(was, now)}"
        )
        return
    current = in_force_on(issues, on)
    instead = f" In force on that day: {current.title}." if current else ""
    yield Finding(
        False,
        f"More is known of {day} now than when this was certified: then “{was['words']}”,"
        f" now “{now['words']}”.{instead}",
    )


def _applies(issues: Sequence[Issue], slug: str, on: date) -> Mapping[str, Any] | None:
    issue = next((i for i in issues if i.slug == slug), None)
    return applies(issue, issues, on) if issue else None


def _later(was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """What came to be known since, where it changes nothing about the day itself."""
    if was["until"] == now["until"] or now["until"] is None:
        return ""
    return (
        f" Since then it became known to apply until {day_words(date.fromisoformat(now['until']))}."
    )
