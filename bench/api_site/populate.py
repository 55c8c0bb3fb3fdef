"""One edition of 24 sections, each with one paragraph: so a page of Wagtail's is a paragraph of ours."""

from __future__ import annotations

from datetime import date
from random import Random
from uuid import UUID

from django.contrib.auth import get_user_model

from bench.reading_site.populate import WORDS
from guidance.actions.publishing import publish_edition
from guidance.models import EditionPage, GuidancePage, SectionPage
from guidance.outline import model
from guidance.streams import section_stream
from home.site_tree import ensure_site_tree

SECTIONS = 24


def populate() -> None:
    """Builds the pages and publishes the edition; the database is migrated and has no document."""
    user = get_user_model().objects.create_superuser(email="bench@example.com", password="bench")
    document = ensure_site_tree().add_child(
        instance=GuidancePage(title="Benchmark", slug="benchmark")
    )
    under = "section 138 of the Local Government and Public Involvement in Health Act 2007"
    statement = {"paragraphs": f"1 to {SECTIONS}", "status": "statutory", "provisions": [under]}
    edition = document.add_child(
        instance=EditionPage(
            title="First edition",
            slug="first",
            stage="final",
            published=date(2026, 1, 1),
            in_force_from=date(2026, 1, 1),
            live=False,
            statements=[("statement", statement)],
        )
    )
    random = Random(2007)
    for number in range(1, SECTIONS + 1):
        words = " ".join(random.choices(WORDS, k=80)).capitalize()
        body: list[model.Part] = [model.Prose(f"<p>{words}.</p>")]
        section = model.Section(title=f"Section {number}", number=str(number))
        section.blocks.append(model.Paragraph(number=str(number), body=body, notes=[]))
        identity = UUID(int=random.getrandbits(128), version=4)
        edition.add_child(
            instance=SectionPage(
                title=section.title,
                slug=f"section-{number}",
                number=str(number),
                body=section_stream(section, [identity]),
                live=False,
            )
        )
    publish_edition(user=user, page=edition)
