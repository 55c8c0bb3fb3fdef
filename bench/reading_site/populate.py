"""One document with one edition, whose middle section has sixty paragraphs."""

from __future__ import annotations

from datetime import date
from random import Random
from uuid import UUID

from django.contrib.auth import get_user_model

from guidance.actions.publishing import publish_edition
from guidance.models import EditionPage, GuidancePage, SectionPage
from guidance.outline import model
from guidance.streams import section_stream
from home.site_tree import ensure_site_tree

PARAGRAPHS = 60
WORDS = (
    "authority must should partner area duty consult local guidance plan service have regard to the "
    "of and in a person community strategy agreement section under which it is for each body when "
    "priorities review evidence need outcome decision publish report council officer health"
).split()


def populate() -> None:
    """Builds the pages and publishes the edition; the database is migrated and has no document."""
    user = get_user_model().objects.create_superuser(email="bench@example.com", password="bench")
    index = ensure_site_tree()
    document = index.add_child(instance=GuidancePage(title="Benchmark", slug="benchmark"))
    edition = document.add_child(
        instance=EditionPage(
            title="First edition",
            slug="first",
            stage="final",
            published=date(2026, 1, 1),
            in_force_from=date(2026, 1, 1),
            live=False,
            statements=[("statement", _statement("2.1 to 2.40"))],
        )
    )
    random = Random(2007)
    for number in (1, 2, 3):
        outline = _section(number, PARAGRAPHS if number == 2 else 5, random)
        identities = [UUID(int=random.getrandbits(128), version=4) for _ in outline.blocks]
        edition.add_child(
            instance=SectionPage(
                title=outline.title,
                slug=f"section-{number}",
                number=str(number),
                body=section_stream(outline, identities),
                live=False,
            )
        )
    publish_edition(user=user, page=edition)


def _statement(paragraphs: str) -> dict[str, object]:
    return {
        "paragraphs": paragraphs,
        "status": "statutory",
        "provisions": [
            "section 138 of the Local Government and Public Involvement in Health Act 2007"
        ],
    }


def _section(number: int, count: int, random: Random) -> model.Section:
    section = model.Section(title=f"What section {number} says", number=str(number))
    for i in range(1, count + 1):
        if i % 10 == 1:
            section.blocks.append(model.Heading(text=_sentence(random, 5), level=2))
        section.blocks.append(_paragraph(f"{number}.{i}", i, random))
        if i % 20 == 10:
            body: list[model.Part] = [model.Prose(f"<p>{_sentence(random, 60)}</p>")]
            section.blocks.append(model.Box(title=_sentence(random, 4), body=body))
        if i == 30:
            rows = [[_sentence(random, 4) for _ in range(3)] for _ in range(5)]
            section.blocks.append(
                model.Table(caption="Who does what", header=["Who", "What", "When"], rows=rows)
            )
    return section


def _paragraph(number: str, i: int, random: Random) -> model.Paragraph:
    notes = [model.Note(str(i), _sentence(random, 12))] if i % 5 == 0 else []
    marker = f"<sup>{i}</sup>" if notes else ""
    body: list[model.Part] = [model.Prose(f"<p>{_sentence(random, 28)}{marker}</p>")]
    if i % 4 == 0:
        items = "".join(f"<li>{_sentence(random, 8)}</li>" for _ in range(3))
        body.append(model.Prose(f"<ul>{items}</ul>"))
    return model.Paragraph(number=number, body=body, notes=notes)


def _sentence(random: Random, words: int) -> str:
    return " ".join(random.choices(WORDS, k=words)).capitalize() + "."
