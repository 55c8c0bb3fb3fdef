"""The parameters of a search as the API takes them: strictly, and read by the page's own reader.

The types say in the OpenAPI document what may be given; what is given is read by `search.asking`, so
that page and API mean the same by it, and what that cannot read is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any

from django.http import QueryDict
from ninja import Field, Schema
from pydantic import WithJsonSchema

from guidance.api.problems import Fault, refused
from guidance.models import Stage, Status
from search.asking import LONGEST_VALUE, MOST_VALUES, wanted_from
from search.engines import Facet, When
from search.query import LONGEST
from search.results import LARGEST_PAGE, MOST_PAGES, PAGE_SIZE, Wanted


def _text(**said: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **said})


def _whole(**said: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "integer", **said})


_VALUE = Annotated[str, _text(minLength=1, maxLength=LONGEST_VALUE)]
_EDITION = "^[-A-Za-z0-9_]+/[-A-Za-z0-9_]+$"
_LIKE = "^[0-9a-f]{32}$"
_SEVERAL = " May be given several times: any of them will do."


class Asked(Schema):
    """What is searched for, and in which text."""

    q: str = Field(
        "",
        description='Words, an "exact phrase", -without, OR, number:2.13, under:ukpga/1999/27/section/3A'
        " and references as they are written: para 2.26, s138 LGPIHA 2007. No more than"
        f" {LONGEST} characters are looked for.",
    )
    when: Annotated[str, _text(enum=[str(when) for when in When])] = Field(
        str(When.IN_FORCE),
        description="Which text: in force on a date, published consultation drafts, or everything"
        " that was issued. With stage=consultation alone, drafts.",
    )
    as_at: Annotated[str, _text(format="date")] | None = Field(
        None, description="In force on this date. Default: today."
    )
    edition: Annotated[str, _text(pattern=_EDITION)] | None = Field(
        None, description="In one edition alone, whatever its stage and dates: document/edition."
    )
    document: list[_VALUE] = Field([], description="In these documents, by slug." + _SEVERAL)
    section: list[_VALUE] = Field([], description="In these sections: document/section." + _SEVERAL)
    stage: list[Annotated[str, _text(enum=list(Stage.values))]] = Field(
        [], description="Of editions of this stage." + _SEVERAL
    )
    status: list[Annotated[str, _text(enum=list(Status.values))]] = Field(
        [], description="With this status." + _SEVERAL
    )
    instrument: list[_VALUE] = Field(
        [], description="That rest on this Act or these regulations, as ukpga/2007/28." + _SEVERAL
    )
    provision: list[_VALUE] = Field(
        [], description="That rest on this provision, as ukpga/2007/28/section/138." + _SEVERAL
    )
    authority_type: list[_VALUE] = Field(
        [],
        description="That concern this type of authority, by slug: what binds it, and what names"
        " nobody in particular." + _SEVERAL,
    )
    kind: list[_VALUE] = Field([], description="Of this kind, as paragraph or box." + _SEVERAL)
    exempt: Annotated[str, _text(const="1")] | None = Field(
        None, description="1 to see what exempts the types of authority too."
    )
    like: Annotated[str, _text(pattern=_LIKE)] | None = Field(
        None, description="More like this one: the value of `like` of a result."
    )
    page: Annotated[str, _whole(minimum=1, maximum=MOST_PAGES)] = Field(
        "1", description=f"Counted from 1, up to {MOST_PAGES}."
    )
    page_size: Annotated[str, _whole(minimum=1, maximum=LARGEST_PAGE)] = Field(
        str(PAGE_SIZE), description="Results on a page."
    )


def wanted(given: QueryDict) -> Wanted:
    """What is asked; a problem that names every parameter that cannot be honoured."""
    faults = list(_faults(given))
    if faults:
        raise refused(faults)
    found, problems = wanted_from(given)
    if problems:
        raise refused(Fault(problem.field, str(problem)) for problem in problems)
    return found


def _faults(given: QueryDict) -> Iterable[Fault]:
    """What the page would leave out without a word, or in favour of something else."""
    for name, values in given.lists():
        if name != "q" and not all(value.strip() for value in values):
            yield Fault(name, f"Give “{name}” a value, or leave it out.")
        if len(values) > MOST_VALUES:
            yield Fault(name, f"Give “{name}” at most {MOST_VALUES} times.")
        if name in set(Facet) and any(len(value) > LONGEST_VALUE for value in values):
            yield Fault(name, f"A value of “{name}” has at most {LONGEST_VALUE} characters.")
    if given.get("edition") and not re.fullmatch(_EDITION, str(given["edition"])):
        yield Fault("edition", "Write the edition as document/edition, by their slugs.")
    if given.get("like") and not re.fullmatch(_LIKE, str(given["like"])):
        yield Fault("like", "Give the value of “like” of a result; this is none.")
    if "exempt" in given and given["exempt"] != "1":
        yield Fault("exempt", "Give exempt=1, or leave it out.")
    others = [name for name in ("as_at", "when") if name in given]
    if "edition" in given and others:
        yield Fault(others[0], f"Give edition or {others[0]}, not both.")
    if "as_at" in given and given.get("when", When.IN_FORCE) != When.IN_FORCE:
        yield Fault(
            "as_at", "Only what is in force is looked at on a date; leave out as_at or when."
        )
