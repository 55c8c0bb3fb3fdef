"""Our search, as the page and the API ask it: with extracts, and all the facets that they show.

The process runs with `bench.searching_settings`, on a database that is migrated and on indexes
in folders of its own.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from bench.corpus import day_of, units
from bench.searching_queries import Question, questions
from bench.searching_timing import ASKED, give, timed


def build(count: str, versions: str) -> float:
    """Seconds to make the index anew. Where nothing has older versions, the units are ready before
    the clock runs."""
    from search.actions.using import engine

    found = units(int(count), int(versions))
    rows: Iterator[Any] = _drained(deque(found)) if versions == "1" else found
    started = perf_counter()
    engine().rebuild(rows)
    return perf_counter() - started


def ask() -> list[float]:
    """Milliseconds of each question, in the text in force today."""
    from search.actions.searching import search
    from search.results import Wanted

    return timed(lambda question: search(Wanted(question.text)))


def ask_versions(one: str, many: str, versions: str) -> dict[str, list[float]]:
    """Milliseconds of each question in the text in force, in the index at `one` and in that at
    `many`, which holds so many versions of everything; and there in the text of a day in between.

    The three are asked in turn, so that what else the machine does falls on all of them.
    """
    from django.conf import settings

    from search.actions.searching import search
    from search.results import Wanted

    middle = day_of(int(versions) // 2) + timedelta(days=1)
    ways: dict[str, tuple[str, date | None]] = {
        "one": (one, None),
        "many": (many, None),
        "as at": (many, middle),
    }
    taken: dict[str, list[float]] = {way: [] for way in ways}

    def answer(question: Question) -> None:
        for way, (url, day) in ways.items():
            settings.SEARCH_URL = url
            started = perf_counter()
            search(Wanted(question.text, day=day))
            taken[way].append((perf_counter() - started) * 1000)

    timed(answer)
    return {way: times[-ASKED:] for way, times in taken.items()}


def publish() -> list[float]:
    """Milliseconds from the click on "publish" until the search finds a word that was not there."""
    from bench.searching_published import editions
    from search.actions.searching import search
    from search.results import Wanted

    taken = []
    for word, issue in editions():
        exactly = Wanted(f'"{word}"')  # which is never taken for a slip
        assert not search(exactly).total
        started = perf_counter()
        issue()
        while not search(exactly).total:
            if perf_counter() - started > 60:
                raise RuntimeError("What was published is not found.")
        taken.append((perf_counter() - started) * 1000)
    return taken


def profile(count: str = "220") -> None:
    """Prints where the time of a search goes."""
    import cProfile
    import pstats

    from search.actions.searching import search
    from search.results import Wanted

    for question in questions(100, seed=1):
        search(Wanted(question.text))
    with cProfile.Profile() as found:
        for question in questions(int(count)):
            search(Wanted(question.text))
    pstats.Stats(found).sort_stats("tottime").print_stats(25)


def _drained(rows: deque[Any]) -> Iterator[Any]:
    """Lets go of each unit once it is indexed, so that memory does not grow with what is kept."""
    while rows:
        yield rows.popleft()


if __name__ == "__main__":
    import django

    django.setup()
    give(
        {
            "build": build,
            "ask": ask,
            "ask_versions": ask_versions,
            "publish": publish,
            "profile": profile,
        }
    )
