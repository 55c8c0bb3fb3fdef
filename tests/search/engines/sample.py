"""Units and phrases to index, and what is asked of them most often."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from search.engines import Engine, Facet, Found, Request, Scope, When
from search.plan import Everything, Node, Term, Text
from search.units import Phrase, Unit

TODAY = date(2024, 6, 15)
ALL = Everything()

PLAIN = Unit(
    document="care",
    document_title="Care and support guidance",
    edition="2020",
    edition_title="First edition",
    editions=("2020",),
    stage="in-force",
    since=date(2020, 4, 1),
    until=None,
    paragraph="p1",
    order=1,
    kind="paragraph",
    number="1.1",
    reference="1.1",
    after="1.1",
    title="",
    text="Plain words that say nothing.",
    section="1-beginning",
    section_number="1",
    section_title="Beginning",
    trail=(),
    status="statutory",
    provisions=(),
    cites=(),
    binds=(),
    exempts=(),
    version="v1",
)


def unit(paragraph: str, text: str = PLAIN.text, **changes: Any) -> Unit:
    """A unit of its own in force since 1 April 2020; `order` comes from the last digits of its
    identity."""
    digits = "".join(filter(str.isdigit, paragraph)) or "0"
    given = {
        "paragraph": paragraph,
        "text": text,
        "order": int(digits),
        "version": f"v-{paragraph}",
    }
    return replace(PLAIN, **{**given, **changes})


def draft(paragraph: str, text: str = PLAIN.text, **changes: Any) -> Unit:
    given = {"since": None, "stage": "consultation", "edition": "draft", "editions": ("draft",)}
    return unit(paragraph, text, **{**given, **changes})


def superseded(paragraph: str, text: str, since: date, until: date, **changes: Any) -> Unit:
    given = {"since": since, "until": until, "edition": "2015", "editions": ("2015",)}
    return unit(paragraph, text, **{**given, **changes})


def phrase(text: str, **changes: Any) -> Phrase:
    return replace(Phrase(document="care", kind="heading", text=text), **changes)


def word(stem: str, field: Text = Text.BODY) -> Term:
    return Term(field, stem)


def find(engine: Engine, plan: Node = ALL, **asked: Any) -> Found:
    """Finds in the text in force on `TODAY`, up to 100 of it, unless asked otherwise."""
    given = {"scope": Scope(day=TODAY), "size": 100}
    return engine.search(Request(plan=plan, **{**given, **asked}))


def found(engine: Engine, plan: Node = ALL, **asked: Any) -> list[str]:
    """The identities of the paragraphs found, in order."""
    return [hit.unit.paragraph for hit in find(engine, plan, **asked).hits]


def on(day: date) -> Scope:
    return Scope(When.IN_FORCE, day)


EVERYTHING = Scope(When.EVERYTHING)
DRAFTS = Scope(When.DRAFTS)


def only(facet: Facet, *values: str) -> dict[Facet, frozenset[str]]:
    return {facet: frozenset(values)}


def held(engine: Engine, document: str = "care") -> dict[str, str]:
    return dict(engine.stored(document))


def digests(items: Iterable[Unit | Phrase]) -> dict[str, str]:
    return {item.id: item.digest for item in items}
