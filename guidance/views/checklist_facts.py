"""What the guidance demands, as an officer reads it: the confirmed sentences of an issued edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from guidance.models import AuthorityType, Edition, Entry, Status, Strength
from guidance.models.ledger import VersionProvision
from guidance.obligations import Classes, marked
from guidance.rendering.addresses import paragraph_path
from guidance.views.provisions import in_words


@dataclass(frozen=True, slots=True)
class Sentence:
    """A confirmed sentence and how strongly it demands."""

    sentence: str
    strength: str

    @property
    def strength_words(self) -> str:
        return str(Strength(self.strength).label)

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The sentence in pieces, each with whether it is a word that demands."""
        return list(marked(self.sentence))


@dataclass(frozen=True, slots=True)
class Demanded(Sentence):
    """One confirmed sentence, with the paragraph that it stands in."""

    binds: tuple[str, ...]
    excepts: tuple[str, ...]
    number: str
    address: str
    status: str
    section: str
    section_title: str
    version: int

    @property
    def status_words(self) -> str:
        return str(Status(self.status).label)


@dataclass(frozen=True, slots=True)
class Register:
    """The authority types now: slugs by name, and which class includes which."""

    slugs: Mapping[str, str]
    classes: Classes

    def slug(self, name: str) -> str:
        """Of a type as it was named when the edition was issued, in the register still or not."""
        return self.slugs.get(name) or slugify(name)


def demanded(edition: int, document: str, slug: str) -> list[Demanded]:
    """The confirmed sentences of an edition in the order of the text, in two queries."""
    rows = Edition.objects.values_list("obligations", flat=True).get(pk=edition)
    if not rows:
        return []
    places = _places(edition)
    return [
        _demanded(row, places[row["paragraph"]], document, slug)
        for row in rows
        if row["paragraph"] in places
    ]


def register() -> Register:
    """The authority types and their classes, in two queries."""
    kinds = list(AuthorityType.objects.values_list("pk", "name", "slug"))
    names = {pk: name for pk, name, _ in kinds}
    included_in: defaultdict[str, list[str]] = defaultdict(list)
    links = AuthorityType.includes.through.objects.values_list(
        "from_authoritytype_id", "to_authoritytype_id"
    )
    for whole, part in links:
        included_in[names[part]].append(names[whole])
    return Register({name: slug for _, name, slug in kinds}, Classes(included_in))


def provisions_in_words(rows: Iterable[Demanded]) -> dict[int, str]:
    """By version, the provisions that a paragraph rests on, in two queries."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    wanted = {row.version for row in rows}
    bases = VersionProvision.objects.filter(version__in=wanted).order_by("version_id", "position")
    for version, path, place in bases.values_list(
        "version_id", "provision__instrument__path", "provision__place"
    ):
        found[version].append(f"{path}/{place}".rstrip("/"))
    words = in_words(path for paths in found.values() for path in paths)
    return {v: "; ".join(words[path].words for path in paths) for v, paths in found.items()}


_COLUMNS = (
    "paragraph_id",
    "reference",
    "version__number",
    "version__status",
    "version_id",
    "section__slug",
    "section__number",
    "section__prefix",
    "section__title",
)


def _places(edition: int) -> dict[str, tuple[Any, ...]]:
    entries = Entry.objects.filter(edition=edition, version__kind="paragraph")
    rows = entries.order_by().values_list(*_COLUMNS)
    return {str(identity): place for identity, *place in rows}


def _demanded(row: Mapping[str, Any], place: Sequence[Any], document: str, slug: str) -> Demanded:
    reference, number, status, version, section, section_number, prefix, title = place
    return Demanded(
        sentence=row["sentence"],
        strength=row["strength"],
        binds=tuple(row["binds"]),
        excepts=tuple(row["excepts"]),
        number=f"{prefix} {number}".strip() or reference,
        address=paragraph_path(document, reference, edition=slug),
        status=status,
        section=section,
        section_title=f"{section_number} {title}".strip(),
        version=version,
    )
