"""What somebody asks the search and what they are answered, as page, API, feed and file show it.

Pure: made by `search.actions.searching` and `search.actions.completing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from search.engines import Facet, When
from search.query import Query
from search.units import Phrase, Unit

MOST_PAGES = 50
PAGE_SIZE = 10
LARGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks. `day` None is today; `edition` ("document/edition") looks in one edition
    alone; `exempt` also shows what exempts the authority types chosen; `like` is the id of a unit
    to find more like; `page` counts from 1 up to `MOST_PAGES`."""

    text: str = ""
    when: When = When.IN_FORCE
    day: date | None = None
    edition: str = ""
    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    exempt: bool = False
    like: str = ""
    page: int = 1
    size: int = 10


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of plain words, marked where they are what was looked for. Not yet HTML."""

    words: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A paragraph that was found.

    `heading` is what it is called ("Paragraph 2.13", "Box: What is a partner?"), `title` its own
    title with the words marked, `extract` its sentence or two that match best. `where` leads to it
    from outside in: document, section, headings. `standing` says whether it applies ("In force
    since 1 April 2009"), `applies` is the value of `guidance.standing.Applies` for style, `basis`
    its status and provisions in words. `address` is the page that shows these words: the
    paragraph's own where they are in force, the edition's otherwise.
    """

    unit: Unit
    score: float
    heading: str
    title: Sequence[Piece]
    extract: Sequence[Piece]
    where: Sequence[str]
    standing: str
    applies: str
    basis: str
    address: str
    api_address: str
    promoted: bool = False


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that may be chosen; `label` is for people, `count` what choosing it would show."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetCounts:
    facet: Facet
    label: str
    values: Sequence[FacetValue]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How many there are in other text: among drafts, or superseded."""

    when: When
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """The answer. `groups` are documents, editions and what else is found by its title; `corrected`
    are the words that were looked for instead of misspelt ones, "" where none were; `without_some`
    says that no paragraph has all the words, and these have most. `engine` answered in `took_ms`;
    `down` is a sentence for readers where nothing could answer, `instead` where the fallback did."""

    wanted: Wanted
    query: Query
    day: date
    total: int = 0
    pages: int = 0
    results: Sequence[Result] = ()
    groups: Sequence[Phrase] = ()
    facets: Sequence[FacetCounts] = ()
    did_you_mean: str = ""
    corrected: str = ""
    without_some: bool = False
    elsewhere: Sequence[Elsewhere] = ()
    like: Unit | None = None
    problems: Sequence[str] = ()
    engine: str = ""
    took_ms: float = 0.0
    down: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """A completion of what is being typed: `text` to search for, or `address` to go to."""

    text: str
    kind: str
    note: str
    address: str
    pieces: Sequence[Piece]
