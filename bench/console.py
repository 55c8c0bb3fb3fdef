"""The console of responses at 1,000 and at 100,000: lists, filters, counts, reading by question and by
paragraph, and exports, as cost for each row shown.

It runs in a process and a scratch database of its own (`BENCH_DATABASE_URL`, else SQLite). Pages are
opened as an official who is signed in; the first opening is not timed.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import astuple
from datetime import timedelta
from random import Random
from time import perf_counter
from typing import Any

from bench.apart import measured_apart
from bench.report import Row

FEW, MANY = 1_000, int(os.environ.get("BENCH_RESPONSES", "100000"))
ROUNDS, BATCH, DAYS = 7, 2_000, 90
TARGET = "at most 1.5"
FORMS = ("csv responses", "csv answers", "json", "xlsx")
Figures = dict[str, tuple[float, int]]
"""Seconds and rows, by what was done."""
LINE, SAID, ROW = b"console-who", b'<article class="console-said"', b"<td><a href="
"""What each row of a page has, by which rows are counted."""
WORDS = (
    "authority must should partner area duty consult local guidance plan service have regard to the "
    "of and in a person community strategy agreement section under which it is for each body when"
).split()
CHANNELS = {"online": 80, "email": 8, "word": 6, "post": 6}
TYPES = {"": 70, "local-authority": 12, "charity": 10, "business": 8}
AGREE = {"agree": 40, "disagree": 35, "neither": 15, "do-not-know": 10}


def run() -> list[Row]:
    """The figures, from a process that has its own database."""
    return measured_apart("console")


def measure() -> list[Row]:
    """All figures, in this process, in a database that is migrated and empty."""
    site = _Site()
    few, many = site.measured([site.filled(FEW), site.filled(MANY)])
    return [
        Row(
            f"{name}, {MANY:,} responses, {rows} rows shown",
            spent * 1000,
            "ms",
            (spent / rows) / (few[name][0] / few[name][1]),
            TARGET,
        )
        for name, (spent, rows) in many.items()
    ]


Figures = dict[str, tuple[float, int]]


def _pages(page: Any) -> dict[str, tuple[str, bytes]]:
    """Addresses, and what each row of the page has."""
    from consultation.actions.reading_responses import Key
    from consultation.models import Response

    question = page.questions.first()
    rows = Response.objects.filter(consultation=page).received().order_by("received_at", "pk")
    place = Key.of(rows[rows.count() // 10])
    base = f"/admin/consultations/{page.pk}/"
    paragraph = question.paragraphs.get().paragraph_id
    return {
        "list": (f"{base}responses/", LINE),
        "list, nine tenths down": (f"{base}responses/?after={place}", LINE),
        "filter by channel": (f"{base}responses/?channel=post", LINE),
        "filter by kind": (f"{base}responses/?kind=charity", LINE),
        "filter by channel and kind": (f"{base}responses/?channel=online&kind=charity", LINE),
        "filter by lateness": (f"{base}responses/?lateness=waiting", LINE),
        "filter by unchecked": (f"{base}responses/?checked=unchecked", LINE),
        "filter by confidential": (f"{base}responses/?confidential=passages", LINE),
        "filter by answer": (f"{base}responses/?answer={question.pk}:disagree", LINE),
        "search by name": (f"{base}responses/?who=person+7", LINE),
        "search in words": (f"{base}responses/?words=heron", LINE),
        "search in words, nothing found": (f"{base}responses/?words=pelican", b""),
        "by question": (f"{base}answers/{question.pk}/", SAID),
        "by question and answer": (f"{base}answers/{question.pk}/?choice=disagree", SAID),
        "paragraphs": (f"{base}paragraphs/", ROW),
        "on a paragraph": (f"{base}paragraphs/{paragraph}/", SAID),
        "counts": (f"{base}counts/", b""),
        "one response": (f"/admin/consultations/responses/{rows[0].pk}/", b""),
    }


class _Site:
    """Consultations with many responses, and an official who reads them."""

    def __init__(self) -> None:
        from django.contrib.auth import get_user_model
        from django.test import Client

        from home.site_tree import ensure_site_tree

        ensure_site_tree()
        self._user = get_user_model().objects.create_superuser(email="bench@example.com")
        self._client = Client()
        self._client.force_login(self._user)

    def filled(self, number: int) -> Any:
        """A consultation with so many responses, and a fifth as many that are still being written."""
        from django.db import connection

        page = _consultation()
        _Filler(page).fill(number)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return page

    def measured(self, pages: list[Any]) -> list[Figures]:
        """For each consultation the least seconds and the rows of each page and export. They take
        turns, so that what else the machine does falls on all of them."""
        found: list[Figures] = [{} for _ in pages]
        for name in _pages(pages[0]):
            for _ in range(ROUNDS):
                for page, figures in zip(pages, found, strict=True):
                    _keep(figures, name, self._opened(*_pages(page)[name]))
        for form in FORMS:
            for rounds, page, figures in zip((ROUNDS, 1), pages, found, strict=True):
                for _ in range(rounds):
                    _keep(figures, f"export, {form}", self._exported(page, form))
        return found

    def _opened(self, address: str, listed: bytes) -> tuple[float, int]:
        """Seconds for a page, and how many rows it shows (1 where it shows no list)."""
        start = perf_counter()
        shown = self._client.get(address)
        spent = perf_counter() - start
        assert shown.status_code == 200, (address, shown.status_code)
        return spent, shown.content.count(listed) if listed else 1

    def _exported(self, page: Any, form: str) -> tuple[float, int]:
        """Seconds for a whole export, and its responses."""
        from consultation.models import Response

        rows = Response.objects.filter(consultation=page).received().count()
        start = perf_counter()
        sent: Any = self._client.post(f"/admin/consultations/{page.pk}/export/", {"form": form})
        for _ in sent.streaming_content:
            pass
        return perf_counter() - start, rows


def _keep(figures: Figures, name: str, found: tuple[float, int]) -> None:
    """The least."""
    figures[name] = min(found, figures.get(name, found))


class _Filler:
    """Writes responses as they would have been received, in batches."""

    def __init__(self, page: Any) -> None:
        from consultation.actions.anchors import anchors

        self._page, self._random = page, Random(7)
        self._questions = list(page.questions.asked())
        self._anchors = list(anchors(page.edition_id).values())
        self._tallies: Counter[tuple[Any, ...]] = Counter()
        self._texts = [" ".join(self._random.choices(WORDS, k=60)) for _ in range(200)]

    def fill(self, number: int) -> None:
        from consultation.models import Tally

        for start in range(0, number, BATCH):
            self._batch(min(BATCH, number - start), received=True)
            self._batch(min(BATCH, number - start) // 5, received=False)
        Tally.objects.bulk_create(
            (
                Tally(consultation=self._page, question_id=question, value=value, day=day,
                      channel=channel, respondent=kind, lateness=lateness, count=count)
                for (question, value, day, channel, kind, lateness), count in self._tallies.items()
            ),
            batch_size=BATCH,
        )  # fmt: skip

    def _batch(self, number: int, *, received: bool) -> None:
        from consultation.models import Answer, ParagraphComment, Response

        rows = Response.objects.bulk_create(self._response(received) for _ in range(number))
        answers = [answer for row in rows for answer in self._answers(row, received)]
        Answer.objects.bulk_create(answers, batch_size=BATCH)
        comments = [self._comment(row) for row in rows]
        ParagraphComment.objects.bulk_create(comments, batch_size=BATCH)

    def _response(self, received: bool) -> Any:
        from consultation.models import Response
        from consultation.references import new_reference

        kind = self._chosen(TYPES)
        at = self._page.opens + timedelta(seconds=self._random.randrange(DAYS * 86_400))
        facts: dict[str, Any] = {}
        if received:
            late = self._random.random() < 0.06
            facts = {
                "reference": new_reference(), "state": "submitted", "received_at": at,
                "channel": self._chosen(CHANNELS), "lateness": "waiting" if late else "in-time",
            }  # fmt: skip
        return Response(
            consultation=self._page, started_at=at, saved_at=at, organisation_type=kind,
            respondent="organisation" if kind else "individual",
            name=f"Person {self._random.randrange(10_000)}", email="person@example.org",
            organisation=f"Body {self._random.randrange(10_000)}" if kind else "",
            publish_name=True, publish_answer=True, **facts,
        )  # fmt: skip

    def _answers(self, row: Any, received: bool) -> list[Any]:
        from consultation.models import Answer

        found = []
        said = self._tally_of(row)
        if received:
            self._tallies[(None, "", *said)] += 1
        for question in self._questions:
            if self._random.random() < 0.2:
                continue
            value = {"choice": self._chosen(AGREE)} if question.wording.kind == "agree" else {}
            text = self._random.choice(self._texts)
            if self._random.random() < 0.03:
                text += " A heron lives there."
            marked = self._random.random() < 0.02
            found.append(
                Answer(response=row, question=question, wording=question.wording, value=value,
                       text=f"{text} [[of one person]]" if marked else text,
                       has_confidential=marked, saved_at=row.saved_at)
            )  # fmt: skip
            if value and received:
                self._tallies[(question.pk, value["choice"], *said)] += 1
        return found

    def _tally_of(self, row: Any) -> tuple[Any, ...]:
        return (
            row.saved_at.date(), row.channel, row.organisation_type or row.respondent, row.lateness,
        )  # fmt: skip

    def _comment(self, row: Any) -> Any:
        from consultation.models import ParagraphComment

        anchor = self._random.choice(self._anchors)
        text = self._random.choice(self._texts)
        return ParagraphComment(response=row, **anchor.fields, text=text, saved_at=row.saved_at)

    def _chosen(self, shares: dict[str, int]) -> str:
        return self._random.choices(list(shares), list(shares.values()))[0]


def _consultation() -> Any:
    """On a draft of sixty paragraphs, with three questions to agree with and three for words."""
    from django.utils import timezone

    from tests import factories
    from tests.consultation import samples

    blocks = [factories.paragraph(f"1.{n}", " ".join(WORDS)) for n in range(1, 61)]
    edition = factories.issued(
        factories.document(), [factories.section("Part", blocks, number="1")], stage="consultation"
    )
    page = samples.consultation(edition, opens=timezone.now() - timedelta(days=DAYS + 1))
    for at in range(6):
        kind = "agree" if at < 3 else "text"
        samples.question(page, kind=kind, paragraphs=[f"1.{at + 1}"])
    return page


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps([astuple(row) for row in measure()]))
