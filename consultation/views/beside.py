"""The draft with its questions beside the paragraphs that they concern.

A section is shown from its stored HTML, as everywhere; what a page adds (a question, a box to write
in, a link) is put after the paragraph that it belongs to, or in the place of the printed question.

For the pages of this app::

    layout = lay_out(consultation, desk.questions)           # one query
    found = draft_section(consultation, slug)                # two queries; None: 404
    places = layout.in_section(slug)
    html = section_with(
        found,
        after={reference: html_of(...) for reference, questions in places.after.items()},
        instead={block: html_of(question) for block, question in places.instead.items()},
        base=f"{desk.base}draft/",
    )

Whatever shows a question gives it the id `place_id(question)`: other pages lead there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from consultation.actions.anchors import displayed
from consultation.models import ConsultationPage, Question
from guidance.models import CITABLE, Entry, Kind, Section
from guidance.rendering.addresses import edition_path
from guidance.rendering.stored_blocks import StoredBlock, with_blocks


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section of the draft: its stored HTML, the identities of the blocks in which questions are
    printed, in order, and its paragraphs by reference, in order, as they are displayed ("2.13")."""

    slug: str
    title: str
    number: str
    html: str
    edition_path: str
    printed: Sequence[UUID]
    paragraphs: Mapping[str, str]

    @property
    def references(self) -> Sequence[str]:
        return list(self.paragraphs)

    @property
    def words(self) -> str:
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Place:
    """A block of the draft: its section, and its reference ("" for a printed question)."""

    block: UUID
    section: str
    reference: str
    position: int


@dataclass(frozen=True, slots=True)
class SectionPlaces:
    """What stands where in one section. `after`: the questions that are asked after a paragraph, by
    its reference; `instead`: those that are asked in the place of a printed one, by its block;
    `elsewhere`: those that ask about a paragraph and are asked at another place."""

    after: Mapping[str, Sequence[Question]]
    instead: Mapping[UUID, Question]
    elsewhere: Mapping[str, Sequence[Question]]


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of all questions in the draft. `home` is where a question is asked: where it is
    printed, else after the last paragraph that it asks about; a question on the whole draft has none.
    `about` are the paragraphs that it asks about, in the order of the draft."""

    questions: Sequence[Question]
    home: Mapping[int, Place] = field(default_factory=dict)
    about: Mapping[int, Sequence[Place]] = field(default_factory=dict)

    def in_section(self, slug: str) -> SectionPlaces:
        """Of the section with this slug."""
        after: defaultdict[str, list[Question]] = defaultdict(list)
        elsewhere: defaultdict[str, list[Question]] = defaultdict(list)
        instead: dict[UUID, Question] = {}
        for question in self.questions:
            home = self.home.get(question.pk)
            if home and home.section == slug:
                if home.reference:
                    after[home.reference].append(question)
                else:
                    instead[home.block] = question
            for place in self.about.get(question.pk, ()):
                if place.section == slug and not _together(place, home):
                    elsewhere[place.reference].append(question)
        return SectionPlaces(after, instead, elsewhere)

    def homeless(self) -> list[Question]:
        """Questions on the draft as a whole."""
        return [q for q in self.questions if q.pk not in self.home]

    def asked_in(self, slug: str) -> list[Question]:
        """The questions that are asked in a section, in its order."""
        here = [(self.home[q.pk].position, q) for q in self.questions if self._in(q, slug)]
        return [question for _, question in sorted(here, key=lambda pair: pair[0])]

    def _in(self, question: Question, slug: str) -> bool:
        home = self.home.get(question.pk)
        return home is not None and home.section == slug


def _together(place: Place, home: Place | None) -> bool:
    """Whether a question is asked at a paragraph, or right after it."""
    return home is not None and home.position - place.position in (0, 1)


def place_id(question: Question) -> str:
    """The id of a question on the page of its section."""
    return f"question-{question.key}"


def lay_out(consultation: ConsultationPage, questions: Sequence[Question]) -> Layout:
    """Where the questions stand in the edition that is consulted on; in one query. `questions` have
    their paragraphs at hand (`prefetch_related("paragraphs")`)."""
    asked = {q.pk: [row.paragraph_id for row in q.paragraphs.all()] for q in questions}
    wanted = {block for blocks in asked.values() for block in blocks}
    wanted |= {q.printed_id for q in questions if q.printed_id}
    found = _places(consultation.edition_id, wanted) if wanted else {}
    home: dict[int, Place] = {}
    about: dict[int, Sequence[Place]] = {}
    taken: set[UUID] = set()
    for question in questions:
        places = [found[block] for block in asked[question.pk] if block in found]
        about[question.pk] = sorted(places, key=lambda place: place.position)
        printed = found.get(question.printed_id) if question.printed_id else None
        if printed and printed.block not in taken:
            taken.add(printed.block)
            home[question.pk] = printed
        elif places:
            home[question.pk] = about[question.pk][-1]
    return Layout(questions, home, about)


def draft_section(consultation: ConsultationPage, slug: str) -> DraftSection | None:
    """A section of the edition that is consulted on; in two queries."""
    edition = consultation.edition
    assert edition is not None
    row = (
        Section.objects.filter(edition=edition.pk, slug=slug)
        .order_by()
        .values_list("pk", "title", "number", "html")
        .first()
    )
    if row is None:
        return None
    pk, title, number, html = row
    blocks = list(
        Entry.objects.filter(section=pk, version__kind__in=[*CITABLE, Kind.QUESTION])
        .order_by("position")
        .values_list(
            *("paragraph_id", "reference", "version__kind", "version__number"),
            *("version__title", "section__prefix"),
        )
    )
    return DraftSection(
        slug,
        title,
        number,
        html,
        edition_path(consultation.document_slug, edition.slug),
        [block for block, _, kind, *_ in blocks if kind == Kind.QUESTION],
        {
            reference: displayed(kind, *rest)
            for _, reference, kind, *rest in blocks
            if kind != Kind.QUESTION and reference
        },
    )


def section_with(
    section: DraftSection,
    *,
    after: Mapping[str, str],
    instead: Mapping[UUID, str],
    base: str = "",
) -> str:
    """The section's HTML with the HTML of `after` behind the paragraphs with these references, and
    that of `instead` in the place of printed questions, by block. Keys that are not in the section
    are passed over. With `base`, links to sections of the draft lead to those under it."""

    def placed(block: StoredBlock) -> str:
        if block.reference:
            return block.followed_by(after.get(block.reference, ""))
        printed = section.printed[block.question : block.question + 1]
        return instead.get(printed[0], block.html) if printed else block.html

    html = with_blocks(section.html, placed)
    return _leading_to(html, section.edition_path, base) if base else html


def _places(edition: int | None, blocks: Iterable[UUID]) -> dict[UUID, Place]:
    rows = Entry.objects.filter(edition=edition, paragraph__in=list(blocks)).order_by()
    found = rows.values_list("paragraph_id", "section__slug", "reference", "position")
    return {row[0]: Place(*row) for row in found}


def _leading_to(html: str, path: str, base: str) -> str:
    """The statements of status are no section: they stay where they are."""
    sections = rf'href="{re.escape(path)}(?!status/)([-\w]+/)(?=["#])'
    return re.sub(sections, rf'href="{base}\g<1>', html)
