"""Wagtail's own search (modelsearch) of the same paragraphs, in its database backends: a page of
ten best first and three facets. It gives no extracts, and none are made for it.

The process runs with `bench.searching_site.settings` on the database that DATABASE_URL names.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from bench.corpus import units
from bench.searching_queries import Question
from bench.searching_timing import give, timed

LIMIT_MS = 30_000
"""A question is given up after so long and counts as that."""
BATCH = 5_000
FACETS = ("document", "status", "kind")


def build(count: str) -> None:
    """Fills the table and Wagtail's index of it."""
    from django.core.management import call_command
    from django.db import transaction
    from modelsearch.backends import get_search_backend

    from bench.searching_site.models import Passage

    call_command("migrate", verbosity=0, run_syncdb=True)
    search_index = get_search_backend().get_index_for_model(Passage)
    rows = _passages(int(count))
    with transaction.atomic():
        while batch := list(islice(rows, BATCH)):
            search_index.add_items(Passage, Passage.objects.bulk_create(batch))
    _tidied()


def ask(count: str, seconds: str) -> list[float]:
    """Milliseconds of each question."""
    from django.db import connection
    from django.db.utils import OperationalError
    from modelsearch.backends import get_search_backend
    from modelsearch.query import Phrase, PlainText

    from bench.searching_site.models import Passage

    backend = get_search_backend()
    connection.ensure_connection()

    def answer(question: Question) -> None:
        words = " ".join(question.words)
        query: Any = Phrase(words) if question.exact else PlainText(words)
        _limited(connection)
        with suppress(OperationalError, sqlite3.OperationalError):
            found = backend.search(query, Passage.objects.all())
            list(found[:10])
            for facet in FACETS:
                found.facet(facet)

    return timed(answer, int(count), float(seconds))


def rank(path: str) -> dict[str, dict[str, list[str]]]:
    """For the queries in a file, the numbers of its passages, best first: with all words needed,
    and with any of them."""
    from django.core.management import call_command
    from modelsearch.backends import get_search_backend
    from modelsearch.query import PlainText

    from bench.searching_site.models import Passage

    given = json.loads(Path(path).read_text())
    call_command("migrate", verbosity=0, run_syncdb=True)
    rows = [
        Passage(pk=n, document=1, status="", kind="", title=row["title"], text=row["text"])
        for n, row in enumerate(given["passages"], 1)
    ]
    backend = get_search_backend()
    backend.get_index_for_model(Passage).add_items(Passage, Passage.objects.bulk_create(rows))
    return {
        operator: {
            query: _numbers(
                backend.search(PlainText(query, operator), Passage.objects.all()), given
            )
            for query in given["queries"]
        }
        for operator in ("and", "or")
    }


def _numbers(found: Any, given: Any) -> list[str]:
    numbers = (given["passages"][passage.pk - 1]["number"] for passage in found[:50])
    return list(dict.fromkeys(filter(None, numbers)))


def _passages(count: int) -> Any:
    from bench.searching_site.models import Passage

    for unit in units(count):
        title = " ".join((unit.title, *unit.trail, unit.section_title)).strip()
        facets = {"document": unit.order >> 24, "status": unit.status, "kind": unit.kind}
        yield Passage(title=title, text=unit.text, **facets)


def _tidied() -> None:
    """Statistics for the planner, as a database that has run for a day has them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _limited(connection: Any) -> None:
    """From now on at most `LIMIT_MS`."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {LIMIT_MS}")
        return
    ends = time.perf_counter() + LIMIT_MS / 1000
    connection.connection.set_progress_handler(lambda: time.perf_counter() > ends, 10_000)


if __name__ == "__main__":
    import django

    django.setup()
    give({"build": build, "ask": ask, "rank": rank})
