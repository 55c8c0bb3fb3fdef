"""What a paragraph cites, which paragraphs cite it, and the terms that it uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.safestring import mark_safe

from guidance.actions.explaining import terms_of
from guidance.actions.ledger_html import provision_cited
from guidance.models import Citation, Entry, Kind
from guidance.rendering.addresses import paragraph_path, provision_path, section_path
from guidance.rendering.annotate import Link, annotate
from guidance.views.ledger import EditionFacts
from guidance.views.paragraph_facts import ParagraphFacts

OPENING = 140
"""Characters of a paragraph that stand beside its number."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something cited or citing, as a list shows it: its name, the first of its words, its address."""

    name: str
    words: str
    address: str


_CITED = (
    "start",
    "end",
    "to_paragraph_id",
    "provision__instrument__path",
    "provision__place",
    "provision__instrument__title",
    "to_section__slug",
    "to_section__number",
    "to_section__title",
    "version__text",
)
_STANDING = (
    "paragraph_id",
    "reference",
    "after",
    "version__kind",
    "version__number",
    "version__title",
    "version__text",
    "section__slug",
    "section__title",
    "citing",
    "edition__document__slug",
)


def cites(
    issued: EditionFacts, found: ParagraphFacts, definitions: Sequence[Mapping[str, str]] = ()
) -> dict[str, object]:
    """The context of `guidance/parts/paragraph_citations.html`, and the `words` of the paragraph
    with links to what they cite and to the terms they use; in two queries."""
    rows = list(
        Citation.objects.filter(edition=issued.pk, paragraph=found.identity)
        .order_by("position")
        .values_list(*_CITED)
    )
    beside = _Beside(issued, found, [row[2] for row in rows if row[2]])
    cited = {target.address: target for row in rows if (target := beside.target(row))}
    links = [Link(row[0], row[1], t.address) for row in rows if (t := beside.target(row))]
    text = rows[0][-1] if rows else ""
    terms = terms_of(beside.glossary, definitions)
    html, used = annotate(found.html, text, links, terms, found.reference)
    opened = html.replace('<details class="notes">', '<details class="notes" open>')
    return {
        "words": mark_safe(opened),  # noqa: S308  stored by `render_version`, which escapes
        "cited": list(cited.values()),
        "cited_by": beside.citing,
        "terms": list(dict.fromkeys(used)),
    }


class _Beside:
    """The other paragraphs of the edition that matter here: cited, citing, and its glossary."""

    def __init__(self, issued: EditionFacts, found: ParagraphFacts, targets: Sequence[Any]) -> None:
        self._edition = issued.slug
        self.document = ""
        self.citing: list[Named] = []
        self.glossary: list[tuple[str, str, str, str]] = []
        self._targets: dict[Any, Named] = {}
        pointing = Citation.objects.filter(
            edition=issued.pk, paragraph=OuterRef("paragraph"), to_paragraph=found.identity
        )
        entries = (
            Entry.objects.filter(edition=issued.pk)
            .annotate(citing=Exists(pointing))
            .filter(
                Q(citing=True)
                | Q(paragraph__in=[*targets, found.identity])
                | Q(version__kind=Kind.GLOSSARY)
            )
            .order_by("position")
        )
        for row in entries.values_list(*_STANDING):
            self._add(row, set(targets))

    def _add(self, row: tuple[Any, ...], targets: set[Any]) -> None:
        identity, reference, after, kind, number, title, text, *place, citing, self.document = row
        section, heading = place
        address = (
            paragraph_path(self.document, reference, edition=self._edition)
            if reference
            else section_path(self.document, self._edition, section)
        )
        if kind == Kind.GLOSSARY:
            self.glossary.append((title, text.partition("\n")[2], reference, address))
        if citing or identity in targets:
            named = Named(
                _name(kind, number, title, after, heading), _opening(text, title), address
            )
            if citing:
                self.citing.append(named)
            if identity in targets:
                self._targets[identity] = named

    def target(self, row: tuple[Any, ...]) -> Named | None:
        """What one citation leads to."""
        _, _, paragraph, instrument, place, title, slug, number, heading, _ = row
        if paragraph:
            return self._targets.get(paragraph)
        if instrument:
            path = f"{instrument}/{place}".rstrip("/")
            return Named(provision_cited(path, title), "", provision_path(path))
        name = f"section {number}" if number.isdigit() else number
        return Named(name, heading, section_path(self.document, self._edition, slug))


def _name(kind: str, number: str, title: str, after: str, section: str) -> str:
    if kind == Kind.PARAGRAPH:
        return f"paragraph {number}"
    label = str(Kind(kind).label).lower()
    if title:
        return f"{label} “{title}”"
    return f"{label} after paragraph {after}" if after else f"{label} in {section}"


def _opening(text: str, title: str) -> str:
    words = " ".join(text.removeprefix(title).split())
    return words if len(words) <= OPENING else f"{words[:OPENING].rpartition(' ')[0]} …"
