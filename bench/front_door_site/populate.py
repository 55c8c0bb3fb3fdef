"""Ten documents in force, each with three duties that it explains and sixty paragraphs that demand."""

from __future__ import annotations

import json
from datetime import date
from random import Random
from uuid import UUID

from django.contrib.auth import get_user_model

from bench.reading_site.populate import WORDS
from guidance.actions.obligation_proposals import proposals
from guidance.actions.obligations import Decision, decide_obligations
from guidance.actions.publishing import publish_edition
from guidance.models import AuthorityType, Duty, EditionPage, GuidancePage, SectionPage
from guidance.outline import model
from guidance.streams import section_stream
from home.site_tree import ensure_site_tree

DOCUMENTS, SECTIONS, PARAGRAPHS = 10, 3, 20
COUNCILS = "county councils"


def populate() -> None:
    """Builds and publishes the documents; the database is migrated and has none."""
    user = get_user_model().objects.create_superuser(email="bench@example.com", password="bench")
    index, random = ensure_site_tree(), Random(2007)
    councils, _ = AuthorityType.objects.get_or_create(
        name=COUNCILS, defaults={"slug": "county-councils"}
    )
    duties = [
        Duty.objects.create(title=f"Duty {n}", commences=f"April {2008 + n}")
        for n in range(1, SECTIONS + 1)
    ]
    for duty in duties:
        duty.binds.add(councils)
    for number in range(DOCUMENTS):
        document = index.add_child(
            instance=GuidancePage(title=f"Benchmark {number}", slug=f"benchmark-{number}")
        )
        page = _edition(document, duties, random)
        decide_obligations(
            user=user,
            page=page,
            decisions=[
                Decision(p.paragraph, p.digest, True, p.strength, (COUNCILS,), ())
                for p in proposals(page).proposals
            ],
        )
        publish_edition(user=user, page=page)


def _edition(document: GuidancePage, duties: list[Duty], random: Random) -> EditionPage:
    told = [
        {"type": "duty", "value": {"duty": duty.pk, "explained_in": f"{n}.1 to {n}.{PARAGRAPHS}"}}
        for n, duty in enumerate(duties, 1)
    ]
    page: EditionPage = document.add_child(
        instance=EditionPage(
            title="First edition", slug="first", stage="final", published=date(2026, 1, 1),
            in_force_from=date(2026, 1, 1), live=False, duties=json.dumps(told),
        )
    )  # fmt: skip
    for n in range(1, SECTIONS + 1):
        outline = model.Section(title=f"Section {n}", number=str(n))
        for i in range(1, PARAGRAPHS + 1):
            words = " ".join(random.choices(WORDS, k=40))
            body: list[model.Part] = [model.Prose(f"<p>County councils must {words}.</p>")]
            outline.blocks.append(model.Paragraph(number=f"{n}.{i}", body=body, notes=[]))
        identities = [UUID(int=random.getrandbits(128), version=4) for _ in outline.blocks]
        page.add_child(
            instance=SectionPage(
                title=outline.title, slug=f"section-{n}", number=str(n), live=False,
                body=section_stream(outline, identities),
            )
        )  # fmt: skip
    return page
