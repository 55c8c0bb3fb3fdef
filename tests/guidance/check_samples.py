"""For every check a draft in which it finds something, and one close to it in which it does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from guidance.actions.publishing import publish_edition
from guidance.models import EditionPage, SectionPage
from tests import factories as make

Sample = Callable[[], EditionPage]

LONG = " ".join(["word"] * 51) + "."
PLAIN = " ".join(["A dog ran to me."] * 12)
HEAVY = " ".join(
    ["Institutional representatives subsequently determined procedural arrangements."] * 8
)
ASKED = ["Do you agree with this?", "Should it apply to parks?", "Is the duty clear enough?"]


def text(*blocks: Any, number: str = "1", **fields: Any) -> EditionPage:
    """A draft of one section that holds these blocks."""
    return make.draft(make.document(), [make.section(number=number, blocks=blocks)], **fields)


def numbers(*given: str) -> EditionPage:
    return text(*map(make.paragraph, given))


def said(words: str, number: str = "1.1") -> EditionPage:
    return text(make.paragraph(number, words))


def noted(*notes: tuple[str, str, str]) -> EditionPage:
    """Paragraphs 1.1, 1.2 … of (marker in the text, mark of the note, its words)."""
    return text(
        *(
            make.paragraph(f"1.{at}", f"<p>As said.<sup>{used}</sup></p>", notes={mark: words})
            for at, (used, mark, words) in enumerate(notes, 1)
        )
    )


def figure(**value: Any) -> EditionPage:
    given = {"image": None, "alt": "", "caption": "Figure 1", "description": "", **value}
    return text(make.paragraph("1.1"), make.block("figure", **given))


def stated(*statements: Any, words: str = "") -> EditionPage:
    paragraphs = [make.paragraph("1.1", words) if words else make.paragraph("1.1")]
    return text(*paragraphs, make.box("Boats"), statements=statements)


def second(**fields: Any) -> EditionPage:
    """A draft in a document that has issued an edition "first" on 1 January 2008."""
    document = make.document()
    make.issued(document, slug="first", published=date(2008, 1, 1))
    return make.draft(document, **{"slug": "second", **fields})


def corrigendum(*, elsewhere: bool = False, named: bool = True, **fields: Any) -> EditionPage:
    document = make.document()
    wrong = make.issued(make.document() if elsewhere else document, published=date(2008, 1, 1))
    given = {"stage": "corrigendum", "correction": "1.1 said may; it says must.", **fields}
    return make.draft(
        document, published=date(2008, 2, 1), corrects=wrong if named else None, **given
    )


def strangers(*, copied: bool) -> EditionPage:
    edition = make.issued(make.document())
    if not copied:
        return make.draft(make.document())
    return edition.page.copy(recursive=True, to=make.document(), user=make.user())


def asked(*printed: tuple[str, str], listed: list[str] = ASKED) -> EditionPage:
    items = [
        make.block("item", label=f"{at}.", depth=1, text=words)
        for at, words in enumerate(listed, 1)
    ]
    listing = make.paragraph("1.1")
    listing["value"]["body"].append(make.block("subparagraphs") | {"value": items})
    questions = [make.block("question", number=number, text=words) for number, words in printed]
    return text(listing, *questions)


def moved(*, now: str) -> EditionPage:
    """1.1 said "see paragraph 1.2"; in the draft the paragraph meant has the number `now`."""
    document, one, two, three = make.document(), uuid4(), uuid4(), uuid4()
    blocks = [
        make.paragraph("1.1", "For this see paragraph 1.2 of this guidance.", one),
        make.paragraph("1.2", "Parks stay open.", two),
    ]
    first = make.draft(document, [make.section(number="1", blocks=blocks)])
    publish_edition(user=make.user(), page=first)
    other = make.paragraph("1.3" if now == "1.2" else "1.2", "Ponds do not.", three)
    blocks = [blocks[0], make.paragraph(now, "Parks stay open.", two), other]
    blocks.sort(key=lambda block: block["value"]["number"])
    section = make.section(number="1", blocks=blocks)
    return make.draft(document, [section], published=date(2009, 1, 1))


def reworded(words: str) -> EditionPage:
    """1.1 said "Parks stay open." in the edition issued last."""
    document, identity = make.document(), uuid4()
    first = make.section(blocks=[make.paragraph("1.1", "Parks stay open.", identity)])
    make.issued(document, [first], published=date(2008, 1, 1))
    section = make.section(blocks=[make.paragraph("1.1", words, identity)])
    return make.draft(document, [section], published=date(2009, 1, 1))


def cited(section: str) -> EditionPage:
    """A statement rests on section 3A; the paragraph on a section of the same Act."""
    words = f"By virtue of section {section} of the Local Government Act 1999, parks are kept open."
    return stated(make.statement("1.1", on="keeping parks open"), words=words)


IDENTITY = uuid4()
NOWHERE = "section 3 of the Nowhere Act 1812"


def named(words: str, status: str = "statutory") -> EditionPage:
    """A statement that names provisions in words, whatever its status."""
    statement = make.statement("1.1", status)
    statement["value"]["provisions"] = [make.block("item") | {"value": words}] if words else []
    return stated(statement)


SAMPLES: dict[str, tuple[Sample, Sample]] = {
    "published-missing": (
        lambda: make.draft(make.document(), published=None, in_force_from=date(2008, 1, 1)),
        lambda: make.draft(make.document()),
    ),
    "in-force-missing": (
        lambda: make.draft(make.document(), published=None),
        lambda: make.draft(make.document(), stage="consultation"),
    ),
    "in-force-on-draft": (
        lambda: make.draft(make.document(), stage="consultation", in_force_from=date(2008, 1, 1)),
        lambda: make.draft(make.document(), stage="consultation"),
    ),
    "dates-taken": (
        lambda: second(published=date(2008, 1, 1)),
        lambda: second(published=date(2008, 1, 2)),
    ),
    "slug-taken": (
        lambda: _with_slug(second(published=date(2009, 1, 1)), "first"),
        lambda: second(published=date(2009, 1, 1)),
    ),
    "slug-reserved": (
        lambda: make.draft(make.document(), slug="as-at"),
        lambda: make.draft(make.document(), slug="as-at-2008"),
    ),
    "section-title-missing": (lambda: _without_title(numbers("1")), lambda: numbers("1")),
    "no-paragraphs": (lambda: text(make.heading("Nothing else")), lambda: numbers("1")),
    "identity-missing": (
        lambda: text(make.paragraph("1", identity="not-an-id")),
        lambda: text(make.paragraph("1", identity=uuid4())),
    ),
    "identity-repeated": (
        lambda: text(make.paragraph("1", identity=IDENTITY), make.paragraph("2", identity=IDENTITY)),
        lambda: numbers("1", "2"),
    ),
    "identity-elsewhere": (lambda: strangers(copied=True), lambda: strangers(copied=False)),
    "number-unreadable": (lambda: numbers("1", "–"), lambda: numbers("1", "2A")),
    "number-repeated": (lambda: numbers("1.1", "1.1"), lambda: numbers("1.1", "1.1A")),
    "ranges-unreadable": (
        lambda: stated(make.statement("all of it, mostly")),
        lambda: stated(make.statement("1.1")),
    ),
    "corrects-elsewhere": (lambda: corrigendum(elsewhere=True), corrigendum),
    "corrects-missing": (lambda: corrigendum(named=False), corrigendum),
    "correction-missing": (lambda: corrigendum(correction=" "), corrigendum),
    "corrects-unasked": (lambda: corrigendum(stage="final"), corrigendum),
    "changes-undecided": (lambda: reworded("Parks shut."), lambda: reworded("Parks stay open.")),
    "range-names-nothing": (
        lambda: stated(make.statement("1.1 to 1.9")),
        lambda: stated(make.statement("1.1")),
    ),
    "provision-unresolved": (
        lambda: named(NOWHERE),
        lambda: named("section 3 of the Local Government Act 1999"),
    ),
    "provision-unknown": (lambda: named(NOWHERE, "non-statutory"), lambda: named(NOWHERE)),
    "provision-missing": (lambda: named(""), lambda: named("", "non-statutory")),
    "exception-names-nothing": (
        lambda: stated(make.statement("1.1, except the box on bees")),
        lambda: stated(make.statement("1.1, except the box on boats")),
    ),
    "statements-disagree": (
        lambda: stated(make.statement("1.1"), make.statement("1.1", "non-statutory")),
        lambda: stated(make.statement("1.1"), make.statement("1.1")),
    ),
    "section-empty": (
        lambda: make.draft(make.document(), [make.section("Who"), make.section("What")]),
        lambda: make.draft(
            make.document(), [make.section("Part 1 Who"), make.section("What", [make.paragraph("1")])]
        ),
    ),
    "number-gap": (lambda: numbers("2.1", "2.3"), lambda: numbers("2.1", "2.1A", "2.2")),
    "number-order": (lambda: numbers("2.1", "2.3", "2.2"), lambda: numbers("2.9", "2.10")),
    "provision-differs": (lambda: cited("1"), lambda: cited("3A")),
    "citation-unresolved": (
        lambda: said(f"Parks are open under {NOWHERE}."),
        lambda: said("Parks are open under section 3 of the Local Government Act 1999."),
    ),
    "cross-reference-unresolved": (
        lambda: said("For this see paragraph 7.9 of this guidance."),
        lambda: text(
            make.paragraph("1.1", "For this see paragraph 1.2 of this guidance."),
            make.paragraph("1.2"),
        ),
    ),
    "cross-reference-out-of-date": (lambda: moved(now="1.3"), lambda: moved(now="1.2")),
    "note-missing": (
        lambda: said("<p>As said.<sup>4</sup></p>"),
        lambda: said("<p>The 1<sup>st</sup> of May.</p>"),
    ),
    "note-unreferenced": (
        lambda: text(make.paragraph("1", "As said.", notes={"4": "There."})),
        lambda: text(
            make.heading("What was said ⁴"), make.paragraph("1", "As said.", notes={"4": "There."})
        ),
    ),
    "note-incomplete": (
        lambda: noted(("1", "1", "Parks and ponds (second edition, 2001")),
        lambda: noted(("1", "1", "Parks and ponds (second edition), 2001")),
    ),
    "note-order": (
        lambda: noted(("1", "1", "Here."), ("3", "3", "There."), ("2", "2", "Anywhere.")),
        lambda: noted(("1", "1", "Here."), ("2", "2", "There."), ("1", "1", "Anywhere.")),
    ),
    "question-differs": (
        lambda: asked(("1", "Do you agree?"), ("2", ASKED[1]), ("3", ASKED[2])),
        lambda: asked(*((str(at), words) for at, words in enumerate(ASKED, 1))),
    ),
    "question-unlisted": (
        lambda: asked(("1", ASKED[0]), ("", "What have we left out of this chapter?")),
        lambda: asked(("1", ASKED[0])),
    ),
    "question-not-printed": (
        lambda: asked(("1", ASKED[0])),
        lambda: asked(*((str(at), words) for at, words in enumerate(ASKED, 1))),
    ),
    "abbreviation-undefined": (
        lambda: said("The JWB keeps parks open."),
        lambda: said("The Joint Waste Board (JWB) keeps parks open; the JWB shuts them, as an MP did."),
    ),
    "alt-missing": (lambda: figure(image=1), lambda: figure(image=1, alt="A river in three parts")),
    "alt-unhelpful": (
        lambda: figure(image=1, alt="image1.png"),
        lambda: figure(image=1, alt="A river in three parts"),
    ),
    "picture-missing": (figure, lambda: figure(description="<p>A river in three parts.</p>")),
    "sentence-long": (lambda: said(LONG), lambda: said(LONG.replace("word word", "word; word. A", 1))),
    "reading-hard": (lambda: said(HEAVY), lambda: said(PLAIN)),
}  # fmt: skip


def _with_slug(page: EditionPage, slug: str) -> EditionPage:
    """An address that is taken: the site itself never gives it out, a careless import may."""
    page.slug = slug
    EditionPage.objects.filter(pk=page.pk).update(slug=slug, has_unpublished_changes=False)
    return EditionPage.objects.get(pk=page.pk)


def _without_title(page: EditionPage) -> EditionPage:
    """A section that lost its title: the editor does not allow it, a careless import may."""
    section = SectionPage.objects.child_of(page)
    section.update(title="", has_unpublished_changes=False)
    return page
