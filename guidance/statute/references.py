"""References to instruments and provisions as paths and addresses of legislation.gov.uk.

Source: the site's URI scheme, https://www.legislation.gov.uk/developer/uris.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from guidance.numbering import sort_key
from guidance.statute.places import PLACE_NAMES, place_words

SITE = "https://www.legislation.gov.uk/"
TYPES = frozenset(
    (
        *("ukpga", "ukla", "ukppa", "ukcm", "asp", "acts", "asc", "anaw", "mwa", "nia"),
        *("uksi", "uksro", "ukmo", "ukmd", "ssi", "wsi", "nisi", "nisr", "nisro"),
        *("aep", "aip", "aosp", "apgb", "apni", "gbla", "mnia"),
        *("eur", "eudn", "eudr", "eut"),
    )
)
"""The types of legislation: Acts, instruments, Acts of former parliaments, and of the EU."""

_YEAR = r"(?:\d{4}|[A-Z][A-Za-z0-9]*(?:and[A-Z][A-Za-z0-9]*)?/\d+(?:-\d+)*)"
_INSTRUMENT = re.compile(
    rf"(?P<type>[a-z]{{3,5}})/(?P<year>{_YEAR})/(?P<number>\d+)(?:/(?P<rest>.*))?"
)
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?legislation\.gov\.uk/(?:id/)?", re.IGNORECASE)
_STEP = re.compile(r"[A-Za-z0-9][A-Za-z0-9.–-]*")
_TRAILING = re.compile(
    r"(?:enacted|made|created|adopted|prospective|contents|introduction|body|notes|schedules"
    r"|england|wales|scotland|ni|\d{4}-\d{2}-\d{2}|data\..*|england\+.*|revision)$"
)


@dataclass(frozen=True, slots=True, order=True)
class Instrument:
    """An Act or a statutory instrument by its path, such as `ukpga/2007/28`."""

    path: str

    def __str__(self) -> str:
        return self.path

    @property
    def address(self) -> str:
        return SITE + self.path

    @property
    def year(self) -> int | None:
        """The calendar year, or None where the year is regnal."""
        year = self.path.split("/")[1]
        return int(year) if year.isdigit() else None


@dataclass(frozen=True, slots=True)
class Provision:
    """A place in an instrument; `place` is a path such as `section/106/2/c/i`, empty for all."""

    instrument: Instrument
    place: str = ""

    def __str__(self) -> str:
        return self.path

    def __lt__(self, other: Provision) -> bool:
        return (self.instrument, sort_key(self.place)) < (other.instrument, sort_key(other.place))

    @property
    def path(self) -> str:
        return f"{self.instrument.path}/{self.place}" if self.place else self.instrument.path

    @property
    def address(self) -> str:
        return SITE + self.path

    @property
    def words(self) -> str:
        """How the place is cited, as in "section 106(2)(c)(i)"; empty for the whole instrument."""
        return place_words(self.place)

    def contains(self, other: Provision) -> bool:
        """Whether `other` is this provision or a part of it."""
        return other.path == self.path or other.path.startswith(self.path + "/")


def parse_instrument(text: str) -> Instrument:
    """The instrument of a path or address; whatever follows it is left out."""
    return parse_provision(text).instrument


def parse_provision(text: str) -> Provision:
    """The provision of a path ("ukpga/2007/28/section/138") or an address of legislation.gov.uk.

    Version, extent and format at the end of an address are left out. Raises ValueError with one
    sentence where it is neither.
    """
    path = _ADDRESS.sub("", text.strip(), count=1)
    path = re.split(r"[?#\s]", path, maxsplit=1)[0].strip("/")
    found = _INSTRUMENT.fullmatch(path)
    if found is None or found["type"] not in TYPES:
        raise ValueError(
            f"“{text.strip()}” is not a reference to legislation; write, for example, "
            "“ukpga/2007/28/section/138” or its address on legislation.gov.uk."
        )
    instrument = Instrument("/".join((found["type"], found["year"], found["number"])))
    return Provision(instrument, "/".join(_steps(found["rest"] or "")))


def _steps(rest: str) -> list[str]:
    """The steps of a place up to the first that belongs to a version, an extent or a format."""
    steps: list[str] = []
    for step in filter(None, rest.split("/")):
        if _TRAILING.fullmatch(step) or not _STEP.fullmatch(step):
            break
        steps.append(step.lower() if step.lower() in PLACE_NAMES else step)
    if not steps or steps[0] not in PLACE_NAMES:
        return []
    return steps[:-1] if steps[-1] in PLACE_NAMES else steps
