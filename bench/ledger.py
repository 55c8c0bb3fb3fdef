"""The ledger: a document of 1,000 paragraphs through fifty editions that each change 2%.

Measured are the paragraph versions that it holds, publishing ten changed paragraphs against the
first publication, and reading the last edition against the first. It runs in a process and a scratch
database of its own.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from dataclasses import astuple
from datetime import date, timedelta
from random import Random
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID

from bench.apart import measured_apart
from bench.report import Row

SECTIONS, EACH, EDITIONS = 20, 50, 50
FEW, PER_EDITION = 10, 20
FIRST_DAY = date(2000, 1, 1)
WORDS = (
    "authority must should partner area duty consult local guidance plan service have regard to the "
    "of and in a person community strategy agreement section under which it is for each body when"
).split()

Blocks = list[dict[str, Any]]


def run() -> list[Row]:
    """The figures, from a process that has its own database."""
    return measured_apart("ledger")


def measure() -> list[Row]:
    """All figures, in this process, in a database that is migrated and empty."""
    from guidance.models import Edition, ParagraphVersion

    writer = _Writer()
    firsts = [writer.publish(f"document-{n}", _text(Random(n))) for n in range(3)]
    nexts = [writer.publish("document-2", _changed(writer.last, FEW, n)) for n in range(5)]
    writer.publish("editions", _text(Random(EDITIONS)))
    for n in range(1, EDITIONS):
        writer.publish("editions", _changed(writer.last, PER_EDITION, n))
    versions = ParagraphVersion.objects.filter(paragraph__document__slug="editions").count()
    editions = Edition.objects.filter(document__slug="editions").order_by("issued_at")
    first, last = editions.first(), editions.last()
    rows = [
        Row("publish 1,000 paragraphs", median(firsts) * 1000, "ms"),
        Row(
            "publish 10 changed of 1,000, against the first publication",
            median(nexts) * 1000,
            "ms",
            median(nexts) / median(firsts),
            "at most 0.25",
        ),
        Row(
            f"paragraph versions of 1,000 paragraphs in {EDITIONS} editions of 2%",
            versions,
            "versions",
            versions / (SECTIONS * EACH),
            "at most 2.1",
        ),
    ]
    rows += _reading("all entries of the last edition, against the first", first, last, _entries)
    return rows + _reading(
        "a section of the last edition, against the first", first, last, _section
    )


def _reading(name: str, first: Any, last: Any, read: Callable[[Any], None]) -> list[Row]:
    """The two are read in turn, so that what else the machine does falls on both."""
    times: list[tuple[float, float]] = []
    for _ in range(31):
        times.append((_timed(lambda: read(first)), _timed(lambda: read(last))))
    ratio = median(b / a for a, b in times)
    return [Row(name, median(b for _, b in times) * 1000, "ms", ratio, "0.8 to 1.2")]


def _entries(edition: Any) -> None:
    assert len(edition.entries.select_related("version")) == SECTIONS * EACH


def _section(edition: Any) -> None:
    from guidance.views.ledger import find_section

    for n in range(1, SECTIONS + 1):
        assert find_section("editions", edition.slug, f"section-{n}")


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


class _Writer:
    """Drafts editions as an import does, and times their publication alone."""

    def __init__(self) -> None:
        from django.contrib.auth import get_user_model

        from home.site_tree import ensure_site_tree

        self._user = get_user_model().objects.create_superuser(email="bench@example.com")
        self._index = ensure_site_tree()
        self._editions = 0
        self.last: list[Blocks] = []

    def publish(self, slug: str, sections: list[Blocks]) -> float:
        """Seconds that the publication took. Objects that were there before are not collected."""
        from guidance.actions.publishing import publish_edition

        page = self._draft(slug, sections)
        self.last = sections
        gc.collect()
        gc.freeze()
        return _timed(lambda: publish_edition(user=self._user, page=page))

    def _draft(self, slug: str, sections: list[Blocks]) -> Any:
        from guidance.models import EditionPage, GuidancePage, SectionPage

        document = GuidancePage.objects.filter(slug=slug).first()
        if document is None:
            document = self._index.add_child(instance=GuidancePage(title=slug, slug=slug))
        self._editions += 1
        day = FIRST_DAY + timedelta(days=self._editions)
        page = EditionPage(
            title=f"Edition {self._editions}",
            slug=f"edition-{self._editions}",
            stage="final",
            published=day,
            in_force_from=day,
            statements=_statements(),
        )
        document.add_child(instance=page)
        page.save_revision(clean=False)
        for number, blocks in enumerate(sections, 1):
            section = SectionPage(
                title=f"Section {number}", slug=f"section-{number}", number=str(number), body=blocks
            )
            page.add_child(instance=section)
            section.save_revision(clean=False)
        return page


def _statements() -> Blocks:
    provision = {"type": "item", "id": str(UUID(int=1)), "value": "ukpga/2007/28/section/138"}
    return [
        {
            "type": "statement",
            "id": str(UUID(int=n)),
            "value": {
                "paragraphs": f"{n}.3 to {n}.{EACH - 5}",
                "status": "statutory",
                "provisions": [provision],
            },
        }
        for n in range(1, 8)
    ]


def _text(random: Random) -> list[Blocks]:
    return [
        [_paragraph(f"{chapter}.{n}", random) for n in range(1, EACH + 1)]
        for chapter in range(1, SECTIONS + 1)
    ]


def _changed(sections: list[Blocks], count: int, seed: int) -> list[Blocks]:
    """The same sections with `count` paragraphs reworded."""
    random = Random(1000 + seed)
    changed = [list(blocks) for blocks in sections]
    for place in random.sample(range(SECTIONS * EACH), count):
        blocks, at = changed[place // EACH], place % EACH
        blocks[at] = _reworded(blocks[at], random)
    return changed


def _reworded(block: dict[str, Any], random: Random) -> dict[str, Any]:
    """The paragraph with a sentence of its text replaced by another."""
    text, *rest = block["value"]["body"]
    words = text["value"].split(" ")
    words[20:32] = _words(random, 12).split(" ")
    body = [{**text, "value": " ".join(words)}, *rest]
    return {**block, "value": {**block["value"], "body": body}}


def _paragraph(number: str, random: Random) -> dict[str, Any]:
    """About a hundred words; every fourth has a list, every fifth sub-paragraphs and a note."""
    from guidance.outline import model
    from guidance.streams import to_stream

    kind, notes = random.randrange(20), []
    marker = "<sup>1</sup>" if kind % 5 == 0 else ""
    body: list[model.Part] = [model.Prose(f"<p>{_words(random, 80)}{marker}</p>")]
    if kind % 4 == 0:
        items = "".join(f"<li>{_words(random, 12)}</li>" for _ in range(4))
        body.append(model.Prose(f"<ul>{items}</ul>"))
    if kind % 5 == 0:
        parts = [model.SubParagraph(f"({c})", f"<p>{_words(random, 15)}</p>") for c in "abc"]
        body.append(model.SubParagraphs(parts))
        notes.append(model.Note("1", f"<p>{_words(random, 10)}</p>"))
    block = model.Paragraph(number=number, body=body, notes=notes)
    return to_stream(block, UUID(int=random.getrandbits(128), version=4))


def _words(random: Random, count: int) -> str:
    return " ".join(random.choices(WORDS, k=count)).capitalize() + "."


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps([astuple(row) for row in measure()]))
