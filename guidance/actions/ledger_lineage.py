"""The lineage of an edition: compares its entries with those of the edition issued before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guidance.actions.batches import batches
from guidance.actions.earlier import Earlier, Key
from guidance.edition_text import EditionText
from guidance.lineage import Decided, Said, Stood, changed, trace
from guidance.models import Edition, Lineage, ParagraphVersion, VersionProvision


def lineage_rows(
    edition: Edition, text: EditionText, before: Earlier, versions: Mapping[Key, int]
) -> list[Lineage]:
    """Unsaved rows, in order; none for the first edition of a document. `versions` are the primary
    keys of the versions of both editions."""
    if before.edition is None:
        return []
    after = [Stood(n.identity, n.digest, n.section) for n in text.lines]
    digests = {s.identity: s.digest for s in before.stood}
    said = _said(text, digests, changed(before.stood, after), versions)

    def pk(identity: str, digest: str | None) -> int | None:
        return versions[identity, digest] if digest else None

    decided = [Decided(**row) for row in text.facts.changes]
    return [
        Lineage(
            edition=edition,
            change=step.change,
            before_id=pk(step.origin or step.identity, step.before),
            after_id=pk(step.identity, step.after),
            reason=step.reason,
        )
        for step in trace(before.stood, after, said, decided)
    ]


def _said(
    text: EditionText,
    before: Mapping[str, str],
    identities: Iterable[str],
    versions: Mapping[Key, int],
) -> dict[Key, Said]:
    """Both versions of the paragraphs that changed: the new from the text, the old looked up."""
    wanted = set(identities)
    said = {
        (line.identity, line.digest): Said(line.content, line.basis.status, line.provisions)
        for line in text.lines
        if line.identity in wanted
    }
    old = {
        versions[identity, before[identity]]: (identity, before[identity]) for identity in wanted
    }
    bases: dict[int, list[str]] = {pk: [] for pk in old}
    for some in batches(list(old)):
        rows = VersionProvision.objects.filter(version__in=some).order_by("position")
        for basis in rows.select_related("provision__instrument"):
            bases[basis.version_id].append(basis.provision.path)
        found = ParagraphVersion.objects.filter(pk__in=some)
        for pk, content, status in found.values_list("pk", "content", "status"):
            said[old[pk]] = Said(content, status, tuple(bases[pk]))
    return said
