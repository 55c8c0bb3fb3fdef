"""Editions that are ready to be published, each with one word that no text had before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from bench.corpus import FIRST_DAY, sentence

SECTIONS, EACH, EDITIONS = 5, 50, 6
NEW_WORDS = ("quaggas", "wombats", "zorillas", "narwhals", "okapis", "pangolins")

Blocks = list[dict[str, Any]]


def editions() -> Iterator[tuple[str, Callable[[], object]]]:
    """Of a document of 250 paragraphs: the new word of each edition, and what publishes it."""
    from django.contrib.auth import get_user_model

    from guidance.actions.publishing import publish_edition
    from guidance.models import GuidancePage
    from home.site_tree import ensure_site_tree

    user = get_user_model().objects.create_superuser("bench@example.com")
    page = GuidancePage(title="Published while it is searched", slug="published")
    document = ensure_site_tree().add_child(instance=page)
    random = Random(EDITIONS)
    text = [
        [_paragraph(f"{section}.{n}", sentence(random), random) for n in range(1, EACH + 1)]
        for section in range(1, SECTIONS + 1)
    ]
    for number, word in enumerate(NEW_WORDS):
        blocks, at = text[number % SECTIONS], random.randrange(EACH)
        again = _paragraph(blocks[at]["value"]["number"], f"{sentence(random)} {word}", random)
        blocks[at] = {**again, "id": blocks[at]["id"]}
        edition = _draft(document, number, text)
        yield word, lambda edition=edition: publish_edition(user=user, page=edition)


def _draft(document: Any, number: int, text: list[Blocks]) -> Any:
    from guidance.models import EditionPage, SectionPage

    day = FIRST_DAY + timedelta(days=number)
    page = EditionPage(
        title=f"Edition {number}",
        slug=f"edition-{number}",
        stage="final",
        published=day,
        in_force_from=day,
    )
    document.add_child(instance=page)
    page.save_revision(clean=False)
    for n, blocks in enumerate(text, 1):
        section = SectionPage(title=f"Section {n}", slug=f"section-{n}", number=str(n), body=blocks)
        page.add_child(instance=section)
        section.save_revision(clean=False)
    return page


def _paragraph(number: str, words: str, random: Random) -> dict[str, Any]:
    part = {"type": "text", "id": _id(random), "value": f"<p>{words}.</p>"}
    value = {"number": number, "body": [part], "notes": []}
    return {"type": "paragraph", "id": _id(random), "value": value}


def _id(random: Random) -> str:
    return str(UUID(int=random.getrandbits(128), version=4))
