"""What a reader is told about numbers that changed hands, as sentences with the ways on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guidance.models import Change
from guidance.rendering.addresses import paragraph_path
from guidance.standing import day_words, span_in_force
from guidance.views.ledger import DocumentFacts, EditionFacts
from guidance.views.old_numbers import Fate, Holder, Numbers
from guidance.views.paragraph_facts import ParagraphFacts

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence or two, and links. One that is `quiet` concerns drafts alone."""

    words: str
    links: Sequence[Link] = ()
    quiet: bool = False


def asked_for(
    document: DocumentFacts,
    issued: EditionFacts,
    found: ParagraphFacts,
    numbers: Numbers,
    asked: str,
) -> list[Notice]:
    """For a reader who came with a number that the paragraph has in another edition; what it never
    had is not repeated."""
    editions = numbers.editions_with(asked, document)
    if not asked or asked == found.reference or not editions:
        return []
    titles = _listed([e.title for e in editions])
    words = (
        f"You asked for {asked}. That is the {_name(asked)} of this paragraph in {titles};"
        f" in {issued.title} it is {found.reference}."
    )
    return [Notice(words, [_as_it_stood(document, asked, editions[0])])]


def same_number(
    document: DocumentFacts,
    issued: EditionFacts,
    reference: str,
    others: Sequence[Holder],
    day: date,
) -> list[Notice]:
    """For each other paragraph that has this number in another edition."""
    return [_same(document, issued, reference, holder, day) for holder in others]


def elsewhere(
    document: DocumentFacts,
    current: EditionFacts,
    numbers: Numbers,
    fate: Fate | None,
) -> list[Notice]:
    """For a reader of an edition that is not the `current` one: what the paragraph is there."""
    now = numbers.own.get(current.pk)
    if now:
        link = (
            f"{now} in {current.title}",
            paragraph_path(document.slug, now, edition=current.slug),
        )
        return [Notice(f"In {current.title} this paragraph is {now}.", [link])]
    if fate is None:
        return []
    return [
        Notice(f"This paragraph is not in {current.title}. {told(fate)}", _into(document, fate))
    ]


def told(fate: Fate) -> str:
    """What became of a paragraph, by which edition and why, as one or two sentences."""
    into = _listed(fate.into)
    what = {
        Change.MERGED.value: f"merged into {into}" if into else "merged into others",
        Change.SPLIT.value: f"split into {into}" if into else "split",
    }.get(fate.change, "removed")
    reason = f" The reason given: {fate.reason}" if fate.reason else ""
    return f"It was {what} by {fate.edition.title}.{reason}"


def of_holder(
    document: DocumentFacts, issued: EditionFacts, asked: str, holder: Holder, fate: Fate | None
) -> Notice:
    """What a paragraph that has the number asked for elsewhere is in this edition."""
    titles = _listed([e.title for e in holder.editions])
    stood = _as_it_stood(document, asked, holder.editions[0])
    if holder.here:
        now = paragraph_path(document.slug, holder.here, edition=issued.slug)
        words = f"{asked} in {titles} is {holder.here} in {issued.title}."
        return Notice(words, [(f"{holder.here} in {issued.title}", now), stood])
    if fate:
        words = f"{asked} stands in {titles}. {told(fate)}"
        return Notice(words, [*_into(document, fate), stood])
    return Notice(f"{asked} stands in {titles}, and not in {issued.title}.", [stood])


def _same(
    document: DocumentFacts, issued: EditionFacts, reference: str, holder: Holder, day: date
) -> Notice:
    when, quiet = _when(document, holder, reference, day)
    links = [_as_it_stood(document, reference, holder.editions[0])]
    if holder.here is None:
        return Notice(f"{when} another paragraph, which is not in {issued.title}.", links, quiet)
    path = paragraph_path(document.slug, holder.here, edition=issued.slug)
    words = f"{when} another paragraph, which is {holder.here} in {issued.title}."
    return Notice(words, [(f"{holder.here} in {issued.title}", path), *links], quiet)


def _when(document: DocumentFacts, holder: Holder, reference: str, day: date) -> tuple[str, bool]:
    """Since or until when the number is another's, as far as editions in force say so."""
    spans = [s for e in holder.editions if (s := span_in_force(e, document.editions))]
    real = [s for s in spans if s.end is None or s.start < s.end]
    ended = [s.end for s in real if s.end is not None and s.end <= day]
    coming = [s.start for s in real if s.start > day]
    name = f"{_name(reference)} {reference}"
    if ended and len(ended) == len(real):
        return f"Before {day_words(max(ended))} the {name} belonged to", False
    if coming and len(coming) == len(real):
        return f"From {day_words(min(coming))} the {name} belongs to", False
    return f"In {_listed([e.title for e in holder.editions])} the {name} belongs to", not real


def _as_it_stood(document: DocumentFacts, reference: str, edition: EditionFacts) -> Link:
    path = paragraph_path(document.slug, reference, edition=edition.slug)
    return f"{reference} in {edition.title}", path


def _into(document: DocumentFacts, fate: Fate) -> list[Link]:
    return [_as_it_stood(document, reference, fate.edition) for reference in fate.into]


def _name(reference: str) -> str:
    return "number" if any(c.isdigit() for c in reference) else "name"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
