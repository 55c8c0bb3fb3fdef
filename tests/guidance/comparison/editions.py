"""Three editions of one document, in which everything that can happen to a paragraph happens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from guidance.actions.publishing import publish_edition
from guidance.models import Edition, EditionPage, GuidancePage
from tests import factories

Decision = tuple[str, str, str, str]
"""Names of the paragraphs before and after ("" for none), the change, and the reason."""


def identity(name: str) -> UUID:
    """The identity of a paragraph that these tests call by a letter."""
    return UUID(int=0x40008000000000000000 + ord(name) + (4 << 76))


def block(name: str, number: str, text: str) -> factories.Raw:
    return factories.paragraph(number, text, identity(name))


def issue(
    document: GuidancePage,
    aims: Iterable[tuple[str, str, str]],
    money: Iterable[tuple[str, str, str]],
    decided: Iterable[Decision] = (),
    **fields: object,
) -> Edition:
    """An edition of two sections, with what an editor decided about its changes."""
    sections = [
        factories.section("Aims", [block(*b) for b in aims], number="1", slug="aims"),
        factories.section("Money", [block(*b) for b in money], number="2", slug="money"),
    ]
    page = factories.draft(document, sections, **fields)  # type: ignore[arg-type]
    decide(page, decided)
    return publish_edition(user=factories.user("publisher@example.org"), page=page)


def decide(page: EditionPage, decided: Iterable[Decision]) -> None:
    rows = [
        (identity(before) if before else None, identity(after) if after else None, change, reason)
        for before, after, change, reason in decided
    ]
    factories.decided(page, *rows)


def three_editions(slug: str = "parks") -> GuidancePage:
    """2007 (a draft), 2008 (in force) and 2009 (in force).

    2008 rewords b (of substance), c (a comma), renumbers d and inserts x before it, removes e.
    2009 splits y off b, merges f into g, moves c to the other section, rewords b again, makes
    section 2 non-statutory.
    """
    document = factories.document(slug, "Keeping parks open")
    issue(
        document,
        [
            ("a", "1.1", "Parks are for everybody."),
            ("b", "1.2", "Councils should open parks daily and should light the paths."),
            ("c", "1.3", "Gates, fences and walls are kept safe."),
            ("d", "1.4", "Dogs are welcome."),
            ("e", "1.5", "Bands may play on Sundays."),
        ],
        [("f", "2.1", "Fees are fair."), ("g", "2.2", "Fees are published each spring.")],
        slug="draft-2007", title="Draft 2007", stage="consultation", published=date(2007, 11, 1),
    )  # fmt: skip
    issue(
        document,
        [
            ("a", "1.1", "Parks are for everybody."),
            ("b", "1.2", "Councils must open parks daily and should light the paths."),
            ("c", "1.3", "Gates, fences, and walls are kept safe."),
            ("x", "1.4", "Ponds are fenced."),
            ("d", "1.5", "Dogs are welcome."),
        ],
        [("f", "2.1", "Fees are fair."), ("g", "2.2", "Fees are published each spring.")],
        [
            ("b", "b", "substantive", "The duty was strengthened after consultation."),
            ("", "x", "inserted", "Asked for by respondents."),
            ("e", "", "removed", "Said elsewhere."),
        ],
        slug="final-2008", title="Final 2008", published=date(2008, 7, 1),
        statements=[factories.statement("1.1 to 2.2")],
    )  # fmt: skip
    issue(
        document,
        [
            ("a", "1.1", "Parks are for everybody."),
            ("b", "1.2", "Councils must open parks every day."),
            ("y", "1.2A", "Councils should light the paths."),
            ("x", "1.4", "Ponds are fenced."),
            ("d", "1.5", "Dogs are welcome."),
        ],
        [
            ("g", "2.2", "Fees are fair and are published each spring."),
            ("c", "2.3", "Gates, fences, and walls are kept safe."),
        ],
        [
            ("b", "b", "substantive", "Two duties in one paragraph were mistaken for one."),
            ("b", "y", "split", "Two duties in one paragraph were mistaken for one."),
            ("f", "g", "merged", "They said the same."),
        ],
        slug="amended-2009", title="Amended 2009", published=date(2009, 7, 1),
        statements=[
            factories.statement("1.1 to 1.5"),
            factories.statement("2.2 to 2.3", "non-statutory"),
        ],
    )  # fmt: skip
    return document
