"""Reading on a date: pages of another day against the same pages of today, and against themselves
as the document grows from one edition to fifty.

Documents of 250 paragraphs of which each edition rewords five. The pages are asked of Django's test
client in one process, in turn, so that what else the machine does falls on both; counted is the
time that the process itself was at work.
"""

from __future__ import annotations

import json
from dataclasses import astuple
from datetime import date, timedelta
from random import Random
from statistics import median
from time import process_time
from typing import Any
from uuid import UUID

from bench.apart import measured_apart
from bench.report import Row

SECTIONS, EACH, CHANGED, MANY = 5, 50, 5, 50
ROUNDS = 41
FIRST_DAY = date(2001, 1, 1)
WORDS = "authority must should partner area duty consult local guidance plan service have".split()

Blocks = list[dict[str, Any]]


def run() -> list[Row]:
    """The figures, from a process that has its own database."""
    return measured_apart("as_at")


def measure() -> list[Row]:
    """All figures, in this process, in a database that is migrated and empty."""
    from django.test import Client

    client = Client()
    middle = {slug: _publish(slug, count) for slug, count in (("one", 1), ("many", MANY))}
    rows: list[Row] = []
    for name, now, then in (
        ("document", "", "as-at/{day}/"),
        ("paragraph", "para/3.10/", "para/3.10/?as_at={day}"),
        ("section", "{edition}/section-3/", "{edition}/section-3/?as_at={day}"),
    ):
        times: dict[str, tuple[float, float]] = {}
        for slug, (day, edition) in middle.items():
            addresses = [
                f"/guidance/{slug}/" + path.format(day=day, edition=edition) for path in (now, then)
            ]
            times[slug] = _compared(client, addresses)
            rows.append(
                Row(
                    f"{name} on a date, {'1 edition' if slug == 'one' else f'{MANY} editions'},"
                    " against today",
                    times[slug][1] * 1000,
                    "ms",
                    times[slug][1] / times[slug][0],
                    "at most 1.2",
                )
            )
        grown = [times["many"][i] / times["one"][i] for i in (0, 1)]
        rows.append(
            Row(
                f"{name} on a date, {MANY} editions against 1, beside how the page of today grows",
                times["many"][1] * 1000,
                "ms",
                grown[1] / grown[0],
                "about 1",
            )
        )
    return rows


def _compared(client: Any, addresses: list[str]) -> tuple[float, float]:
    """Median seconds of the page of today and of the one on a date."""
    taken: list[tuple[float, float]] = []
    for address in addresses:
        assert client.get(address).status_code == 200, address
    for _ in range(ROUNDS):
        taken.append((_timed(client, addresses[0]), _timed(client, addresses[1])))
    return median(now for now, _ in taken), median(then for _, then in taken)


def _timed(client: Any, address: str) -> float:
    start = process_time()
    client.get(address)
    return process_time() - start


def _publish(slug: str, count: int) -> tuple[str, str]:
    """A document of so many editions; a day in the middle of them, and the edition then in force."""
    from django.contrib.auth import get_user_model

    from guidance.actions.publishing import publish_edition
    from guidance.models import GuidancePage
    from home.site_tree import ensure_site_tree

    users = get_user_model().objects
    user = users.filter(is_superuser=True).first() or users.create_superuser("bench@example.com")
    document = ensure_site_tree().add_child(instance=GuidancePage(title=slug, slug=slug))
    random = Random(count)
    text = [
        [_paragraph(f"{section}.{n}", random) for n in range(1, EACH + 1)]
        for section in range(1, SECTIONS + 1)
    ]
    for number in range(count):
        for place in random.sample(range(SECTIONS * EACH), CHANGED if number else 0):
            blocks, at = text[place // EACH], place % EACH
            again = _paragraph(blocks[at]["value"]["number"], random)
            blocks[at] = {**again, "id": blocks[at]["id"]}
        publish_edition(user=user, page=_draft(document, number, text))
    middle = count // 2
    return (FIRST_DAY + timedelta(days=100 * middle + 1)).isoformat(), f"edition-{middle}"


def _draft(document: Any, number: int, text: list[Blocks]) -> Any:
    from guidance.models import EditionPage, SectionPage

    day = FIRST_DAY + timedelta(days=100 * number)
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


def _paragraph(number: str, random: Random) -> dict[str, Any]:
    words = " ".join(random.choices(WORDS, k=60)).capitalize()
    part = {"type": "text", "id": str(_id(random)), "value": f"<p>{words}.</p>"}
    value = {"number": number, "body": [part], "notes": []}
    return {"type": "paragraph", "id": str(_id(random)), "value": value}


def _id(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps([astuple(row) for row in measure()]))
