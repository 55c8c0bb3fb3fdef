"""The check that every change of a draft has a reason; it counts what `reviewing.undecided` counts,
from identities and digests alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guidance.actions.earlier import Earlier
from guidance.actions.edition_source import Source
from guidance.actions.finding import Check
from guidance.edition_text import EditionText
from guidance.lineage import Stood, trace
from guidance.models import Change, ChangeDecision

CODE = "changes-undecided"


def check_decisions(source: Source, text: EditionText, before: Earlier) -> Iterator[Check]:
    """One finding for all changes of paragraphs that can be cited and have no reason, or one that
    was given for other words. Takes one query, and none for a first edition."""
    if before.edition is None or source.page.issued:
        return
    wanting = _changed(text, before)
    rows = ChangeDecision.objects.filter(page=source.page).exclude(reason="")
    for row in rows if wanting else ():
        if wanting.get(about := row.subject) == row.digest:
            del wanting[about]
    if wanting:
        count = len(wanting)
        yield Check(
            CODE,
            f"{count} change{'' if count == 1 else 's'} of paragraphs ha{'s' if count == 1 else 've'}"
            " no reason.",
            "the changes of the edition",
            "Open “Review changes”, and say why for each or for many at once.",
            page=source.page.pk,
        )


def changes_that_hold(
    source: Source, text: EditionText, before: Earlier
) -> list[Mapping[str, Any]]:
    """The changes decided on the words that stand now (or, of what is gone, that stood last): a
    reason given for other words is never published."""
    if source.page.issued:
        return list(text.facts.changes)
    digests = {stood.identity: stood.digest for stood in before.stood}
    digests |= {line.identity: line.digest for line in text.lines}
    decided = zip(text.facts.changes, source.decided_on, strict=True)
    return [change for change, (about, digest) in decided if digests.get(about) == digest]


def _changed(text: EditionText, before: Earlier) -> dict[str, str]:
    """The digest on which to decide, by the identity of each paragraph that changed in any way."""
    references = [place[0] for place in before.places]
    cited = {s.identity for s, name in zip(before.stood, references, strict=True) if name}
    cited |= {line.identity for line in text.lines if line.reference}
    old = {stood.identity: stood.digest for stood in before.stood}
    new = {line.identity: line.digest for line in text.lines}
    changed = {key: digest for key, digest in new.items() if old.get(key) != digest}
    changed |= {key: digest for key, digest in old.items() if key not in new}
    was = [Stood(stood.identity, "", stood.section) for stood in before.stood]
    now = [Stood(line.identity, "", line.section) for line in text.lines]
    steps = trace(was, now, {})
    changed |= {s.identity: new[s.identity] for s in steps if s.change == Change.MOVED}
    return {key: digest for key, digest in changed.items() if key in cited}
