"""What the legislation pages look up: which paragraphs rest on a provision or cite it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Model, Q, QuerySet

from guidance.models import Citation, Entry, Instrument, Kind, Provision, VersionProvision
from guidance.rendering.addresses import paragraph_path, provision_path, section_path
from guidance.standing import Applies, Standing, in_force_on, shown_on, standing
from guidance.statute import Provision as Place
from guidance.statute import parse_provision
from guidance.views.ledger import EditionFacts
from guidance.views.listing import issued_documents

AROUND = 110
"""Characters shown on either side of a citation."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition whose paragraphs a page lists, with what it is on the day."""

    document: str
    title: str
    edition: EditionFacts
    standing: Standing
    current: bool

    def address(self, reference: str) -> str:
        """The paragraph; without the edition where it is the one in force."""
        return paragraph_path(
            self.document, reference, edition="" if self.current else self.edition.slug
        )


@dataclass(frozen=True, slots=True)
class Quoted:
    """A paragraph that cites the provision: its name and address, and the words around it."""

    name: str
    address: str
    before: str
    words: str
    after: str


@dataclass(slots=True)
class InEdition:
    """The paragraphs of one edition that rest on a provision, as (name, address), and that cite it."""

    shown: Shown
    resting: list[tuple[str, str]] = field(default_factory=list)
    citing: list[Quoted] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Counted:
    """An instrument or provision with how many paragraphs rest on it and how many cite it."""

    words: str
    address: str
    resting: int
    citing: int


_ORDER = (Applies.IN_FORCE, Applies.NOT_YET, Applies.DRAFT, Applies.WITHDRAWN, Applies.SUPERSEDED)


def shown_editions(day: date, *, every: bool) -> list[Shown]:
    """What each document shows on the day, or every issued edition; what applies first. One query."""
    found: list[Shown] = []
    for document, _ in issued_documents():
        applies = in_force_on(document.editions, day)
        chosen = document.editions if every else [shown_on(document.editions, day)]
        found += [
            Shown(
                document.slug, document.title, e, standing(e, document.editions, day), e is applies
            )
            for e in chosen
            if isinstance(e, EditionFacts)
        ]
    found.sort(key=lambda s: (_ORDER.index(s.standing.applies), s.title.casefold(), s.document))
    return found


def instruments(shown: Sequence[Shown]) -> list[Counted]:
    """Every instrument that is rested on or cited, by title, in three queries."""
    resting, citing = _counts(shown, "provision__instrument")
    rows = Instrument.objects.filter(pk__in=set(resting) | set(citing)).order_by("title")
    return [
        Counted(i.title, provision_path(i.path), resting.get(i.pk, 0), citing.get(i.pk, 0))
        for i in rows
    ]


def provisions(instrument: Instrument, shown: Sequence[Shown]) -> list[Counted]:
    """The provisions of an instrument that are rested on or cited, by number, in three queries."""
    resting, citing = _counts(shown, "provision", provision__instrument=instrument)
    used = Provision.objects.filter(pk__in=set(resting) | set(citing))
    places = [
        (parse_provision(f"{instrument.path}/{p}"), pk) for pk, p in used.values_list("pk", "place")
    ]
    return [
        Counted(
            _named(p),
            provision_path(p.path) if p.place else "#whole",
            resting.get(pk, 0),
            citing.get(pk, 0),
        )
        for p, pk in sorted(places)
    ]


def paragraphs_at(place: Place, shown: Sequence[Shown]) -> list[InEdition]:
    """The paragraphs that rest on a provision, or a part of it, or cite it; of an instrument only
    those that name it as a whole. In two queries."""
    found = {s.edition.pk: InEdition(s) for s in shown}
    entries = Entry.objects.filter(edition__in=list(found)).order_by("edition", "position")
    resting = entries.filter(_within("version__bases__provision", place)).distinct()
    for edition, _, *names in resting.values_list(*_STANDING):
        at = found[edition]
        at.resting.append(_paragraph(at.shown, *names))
    _add_citing(found, entries, place)
    return [at for at in found.values() if at.resting or at.citing]


_STANDING = (
    "edition_id",
    "position",
    "reference",
    "section__slug",
    "version__kind",
    "version__number",
    "version__title",
    "after",
)


def _add_citing(found: dict[int, InEdition], entries: QuerySet[Entry], place: Place) -> None:
    """A paragraph that cites it more than once is quoted where it does so first."""
    rows = (
        entries.filter(
            _within("paragraph__citations__provision", place),
            paragraph__citations__edition=F("edition"),
        )
        .order_by("edition", "position", "paragraph__citations__position")
        .values_list(
            *_STANDING, "version__text", "paragraph__citations__start", "paragraph__citations__end"
        )
    )
    quoted: set[tuple[int, int]] = set()
    for edition, position, *names, text, start, end in rows:
        if (edition, position) not in quoted:
            quoted.add((edition, position))
            at = found[edition]
            name, address = _paragraph(at.shown, *names)
            at.citing.append(Quoted(name, address, *_around(text, start, end)))


def _within(field: str, place: Place) -> Q:
    """Whether a provision is the place or a part of it; of a whole instrument nothing is a part."""
    same = Q(**{f"{field}__instrument__path": place.instrument.path})
    exactly = Q(**{f"{field}__place": place.place})
    if not place.place:
        return same & exactly
    return same & (exactly | Q(**{f"{field}__place__startswith": f"{place.place}/"}))


def _counts(
    shown: Sequence[Shown], group: str, **only: Model
) -> tuple[dict[int, int], dict[int, int]]:
    """Distinct paragraphs by `group`: that rest on it, and that cite it."""
    editions = [s.edition.pk for s in shown]
    resting = VersionProvision.objects.filter(version__entries__edition__in=editions, **only)
    citing = Citation.objects.filter(edition__in=editions, **only).exclude(provision=None)
    return (
        dict(
            resting.order_by()
            .values_list(group)
            .annotate(Count("version__paragraph", distinct=True))
        ),
        dict(citing.order_by().values_list(group).annotate(Count("paragraph", distinct=True))),
    )


def _named(place: Place) -> str:
    words = place.words
    return words[:1].upper() + words[1:] if words else "The instrument as a whole"


def _paragraph(
    shown: Shown, reference: str, section: str, kind: str, number: str, title: str, after: str
) -> tuple[str, str]:
    """The name of a paragraph and its address; text without one is found in its section."""
    name = str(Kind(kind).label).lower()
    if kind == Kind.PARAGRAPH:
        name = f"paragraph {number}"
    elif title:
        name = f"{name} “{title}”"
    elif after:
        name = f"{name} after {after}"
    if reference:
        return name, shown.address(reference)
    return name, section_path(shown.document, shown.edition.slug, section)


def _around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The words of a citation, and those before and after them."""
    before = " ".join(text[max(0, start - AROUND) : start].split())
    after = " ".join(text[end : end + AROUND].split())
    if start > AROUND:
        before = f"… {before.partition(' ')[2]}"
    if end + AROUND < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    lead = " " if before and text[start - 1 : start].isspace() else ""
    space = " " if text[end : end + 1].isspace() else ""
    return before + lead, " ".join(text[start:end].split()), space + after
