"""The review of a draft edition: all checks, the comparison with the edition issued before, and the
page itself, at 100, 1,000 and 5,000 paragraphs, and with few and many of them changed.

Its cost should be that of a pass over the edition and of the paragraphs that changed. It runs in a
process and a scratch database of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import astuple
from datetime import date
from random import Random
from time import perf_counter
from typing import Any
from uuid import UUID

from bench.apart import measured_apart
from bench.report import Row

EACH, ROUNDS, FEW = 50, 5, 10
SIZES = (100, 1_000, 5_000)
CHANGES = (10, 100)
WORDS = (
    "authority must should partner area duty consult local guidance plan service have regard to the "
    "of and in a person community strategy agreement section under which it is for each body when"
).split()


def run() -> list[Row]:
    """The figures, from a process that has its own database."""
    return measured_apart("reviewing")


def measure() -> list[Row]:
    """All figures, in this process, in a database that is migrated and empty."""
    writer = _Writer()
    rows: list[Row] = []
    first = 0.0
    for size in SIZES:
        page = writer.draft(size)
        if size == 1_000:
            rows.append(_started(writer, size))
        writer.change(page, FEW)
        spent, weight = writer.review(page)
        first = first or spent
        rows.append(
            Row(
                f"review of {size:,} paragraphs, {FEW} changed ({weight // 1000} KB)",
                spent * 1000,
                "ms",
                spent / first,
                f"at most {size / SIZES[0]:.0f}" if size > SIZES[0] else "",
            )
        )
    return rows + _by_changes(writer)


def _started(writer: _Writer, size: int) -> Row:
    spent = min(_timed(writer.start) for _ in range(3))
    return Row(
        f"starting a new edition of {size:,} paragraphs", spent * 1000, "ms", None, "a second"
    )


def _by_changes(writer: _Writer) -> list[Row]:
    """What each further changed paragraph costs."""
    found = []
    for count in CHANGES:
        page = writer.draft(1_000)
        writer.change(page, count)
        found.append(writer.review(page)[0])
    few, many = found
    each = (many - few) / (CHANGES[1] - CHANGES[0])
    return [
        Row("review of 1,000 paragraphs, 100 changed, against 10", many * 1000, "ms", many / few),
        Row(
            "each further changed paragraph, against the whole review",
            each * 1000,
            "ms",
            each / few,
        ),
    ]


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


class _Writer:
    """Issues editions, starts new ones, and opens their review as a person who is signed in."""

    def __init__(self) -> None:
        from django.contrib.auth import get_user_model
        from django.test import Client

        from home.site_tree import ensure_site_tree

        self._user = get_user_model().objects.create_superuser(email="bench@example.com")
        self._index = ensure_site_tree()
        self._client = Client()
        self._client.force_login(self._user)
        self._documents = 0
        self._document: Any = None

    def draft(self, size: int) -> Any:
        """A draft that says the same as the edition issued before it, of a document of its own."""
        from guidance.actions.publishing import publish_edition
        from guidance.models import EditionPage, GuidancePage, SectionPage

        self._documents += 1
        slug = f"document-{self._documents}"
        self._document = self._index.add_child(instance=GuidancePage(title=slug, slug=slug))
        day = date(2008, 1, 1)
        page = EditionPage(
            title="First", slug="first", stage="final", published=day, in_force_from=day
        )
        self._document.add_child(instance=page)
        page.save_revision(clean=False)
        random = Random(self._documents)
        for number in range(1, size // EACH + 1):
            body = [_paragraph(f"{number}.{n}", random) for n in range(1, EACH + 1)]
            section = SectionPage(
                title="Part", slug=f"part-{number}", number=str(number), body=body
            )
            page.add_child(instance=section)
            section.save_revision(clean=False)
        publish_edition(user=self._user, page=page)
        return self.start()

    def start(self) -> Any:
        from guidance.actions.starting import start_edition

        return start_edition(user=self._user, document=self._document, stage="final")

    def change(self, page: Any, count: int) -> None:
        """Reword `count` paragraphs, spread over the edition."""
        from guidance.models import SectionPage

        sections = list(SectionPage.objects.child_of(page))
        random = Random(count)
        places = random.sample(range(len(sections) * EACH), count)
        for at, section in enumerate(sections):
            wanted = {place % EACH for place in places if place // EACH == at}
            if wanted:
                raw = list(section.body.raw_data)
                section.body = [
                    _reworded(b, random) if n in wanted else b for n, b in enumerate(raw)
                ]
                section.save_revision(clean=False)

    def review(self, page: Any) -> tuple[float, int]:
        """The least seconds for the page of the review, and how many bytes it has; the first opening
        of a page is not timed."""
        address = f"/admin/editions/{page.pk}/changes/"
        weight = len(self._client.get(address).content)
        return min(_timed(lambda: self._client.get(address)) for _ in range(ROUNDS)), weight


def _paragraph(number: str, random: Random) -> dict[str, Any]:
    """About ninety words in sentences of fifteen."""
    from guidance.outline import model
    from guidance.streams import to_stream

    text = " ".join(_sentence(random) for _ in range(6))
    block = model.Paragraph(number=number, body=[model.Prose(f"<p>{text}</p>")], notes=[])
    return to_stream(block, UUID(int=random.getrandbits(128), version=4))


def _reworded(block: dict[str, Any], random: Random) -> dict[str, Any]:
    text, *rest = block["value"]["body"]
    body = [{**text, "value": f"{text['value'][:-4]} {_sentence(random)}</p>"}, *rest]
    return {**block, "value": {**block["value"], "body": body}}


def _sentence(random: Random) -> str:
    return " ".join(random.choices(WORDS, k=15)).capitalize() + "."


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps([astuple(row) for row in measure()]))
