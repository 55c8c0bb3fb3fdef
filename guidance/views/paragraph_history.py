"""The history of a paragraph through all editions of its document, as its page tells it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.safestring import SafeString

from guidance.comparison import redline
from guidance.rendering.addresses import edition_path, paragraph_path
from guidance.rendering.redline import redline_html
from guidance.views.changes import (
    Link,
    change_words,
    destinations_words,
    name_of,
    origins_words,
    status_words,
)
from guidance.views.ledger import DocumentFacts, EditionFacts
from guidance.views.paragraph_life import Moment, Relative, life_of

__all__ = ["Appearance", "history", "life_of"]


@dataclass(slots=True)
class Appearance:
    """The paragraph from one edition on; `unchanged_in` are the editions after it that kept it so.

    `happened` are the kinds of change in words. `words` are marked against the version before, and
    empty where they are the same; `restated` says in words how its status changed.
    """

    edition: EditionFacts
    present: bool
    name: str
    address: str
    happened: list[str]
    reasons: Sequence[str]
    words: SafeString | str
    restated: str
    origins_words: str
    origins: list[Link]
    destinations_words: str
    destinations: list[Link]
    unchanged_in: list[Link] = field(default_factory=list)


def history(document: DocumentFacts, identity: UUID) -> list[Appearance]:
    """What became of the paragraph, newest first, in two queries; as far as `document` has its
    editions, which may be those known on an earlier day."""
    editions = {edition.pk: edition for edition in document.editions}
    found: list[Appearance] = []
    last: Moment | None = None
    for moment in life_of(document.pk, identity):
        if moment.edition not in editions:
            continue
        edition = editions[moment.edition]
        if last is not None and _stands(last, moment):
            found[-1].unchanged_in.append((edition.title, _address(document, edition, moment)))
        else:
            found.append(_appearance(document, editions, moment, last))
        last = moment
    return found[::-1]


def _stands(last: Moment, moment: Moment) -> bool:
    """Whether nothing happened to it since, so that it needs no line of its own."""
    quiet = not (moment.changes or moment.destinations)
    return last.present and moment.present and last.version == moment.version and quiet


def _appearance(
    document: DocumentFacts,
    editions: dict[int, EditionFacts],
    moment: Moment,
    last: Moment | None,
) -> Appearance:
    edition = editions[moment.edition]
    changed = last is not None and moment.present and last.text != moment.text
    return Appearance(
        edition,
        moment.present,
        name_of(moment),
        _address(document, edition, moment),
        [change_words(change) for change in moment.changes] or [_begins(document, edition, last)],
        moment.reasons,
        redline_html(redline(last.text, moment.text)) if changed and last else "",
        _restated(moment, last),
        origins_words(moment.changes),
        _links(document, editions, moment.origins),
        destinations_words(moment.changes, present=moment.present),
        _links(document, editions, moment.destinations),
    )


def _begins(document: DocumentFacts, edition: EditionFacts, last: Moment | None) -> str:
    """How a line without a change is told: it is the first, or other words were split off it."""
    if last is not None:
        return "Unchanged"
    first = min(document.editions, key=lambda e: (e.issued_at, e.pk))
    return "First edition here" if edition.pk == first.pk else "First known here"


def _restated(moment: Moment, last: Moment | None) -> str:
    if last is None or not moment.present:
        return ""
    if last.status != moment.status:
        return f"Was {status_words(last.status)}, now {status_words(moment.status)}"
    if "substantive" in moment.changes and last.text == moment.text:
        return "The words are the same; the provisions that it rests on changed"
    return ""


def _address(document: DocumentFacts, edition: EditionFacts, moment: Moment) -> str:
    if not moment.reference:
        return edition_path(document.slug, edition.slug)
    return paragraph_path(document.slug, moment.reference, edition=edition.slug)


def _links(
    document: DocumentFacts, editions: dict[int, EditionFacts], relatives: Iterable[Relative]
) -> list[Link]:
    return [
        (name_of(r), paragraph_path(document.slug, r.reference, edition=editions[r.edition].slug))
        for r in relatives
        if r.edition in editions and r.reference
    ]
