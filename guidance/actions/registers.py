"""The first rows of the registers: the Acts that guidance cites, and the classes of authority.

The names are facts from the Acts named. A register that holds anything is left as it is, so that
what an editor deletes stays deleted.
"""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify

from guidance.models import AuthorityType, Instrument
from guidance.statute import KNOWN_INSTRUMENTS

# Local Government and Public Involvement in Health Act 2007, section 103
RESPONSIBLE = (
    "county councils",
    "unitary district councils",
    "London boroughs",
    "Council of the Isles of Scilly",
    "Common Council of the City of London",
)

# Local Government Act 1999, section 1, as it stood in England in 2007
BEST_VALUE = (
    *RESPONSIBLE,
    "district councils",
    "national park authorities",
    "the Broads Authority",
    "fire and rescue authorities",
    "police authorities",
    "waste disposal authorities",
    "joint waste authorities",
    "passenger transport authorities",
    "Transport for London",
    "Greater London Authority",
    "London Development Agency",
)

# Local Government and Public Involvement in Health Act 2007, section 104
PARTNERS = (
    "Arts Council",
    "the Broads Authority",
    "chief officers of police",
    "district councils",
    "English Heritage",
    "Environment Agency",
    "fire and rescue authorities",
    "Health and Safety Executive",
    "Highways Agency",
    "Jobcentre Plus",
    "joint waste authorities",
    "joint waste disposal authorities",
    "Learning and Skills Council",
    "local probation boards",
    "metropolitan passenger transport authorities",
    "Museums, Libraries and Archives Council",
    "national park authorities",
    "Natural England",
    "NHS foundation trusts",
    "NHS health trusts",
    "police authorities",
    "primary care trusts",
    "probation trusts and other providers of probation services",
    "regional development agencies",
    "Sport England",
    "Transport for London",
    "youth offending teams",
)

CLASSES = {
    "responsible local authorities": RESPONSIBLE,
    "best value authorities": BEST_VALUE,
    "partner authorities": PARTNERS,
}


def ensure_registers(**_: Any) -> None:
    """Fill the registers that are empty. Takes and ignores the arguments of `post_migrate`."""
    if not Instrument.objects.exists():
        Instrument.objects.bulk_create(
            [Instrument(title=title, path=path) for title, path in KNOWN_INSTRUMENTS.items()]
        )
    if not AuthorityType.objects.exists():
        _add_authority_types()


def _add_authority_types() -> None:
    names = {*CLASSES, *(member for members in CLASSES.values() for member in members)}
    kinds = AuthorityType.objects.bulk_create(
        [AuthorityType(name=name, slug=slugify(name)) for name in sorted(names)]
    )
    by_name = {kind.name: kind for kind in kinds}
    for name, members in CLASSES.items():
        by_name[name].includes.set([by_name[member] for member in members])
