"""The search: against Wagtail's own and against what two databases do at their best, and against
itself as what it holds grows in paragraphs and in versions.

BENCH_SEARCH_SIZES says how many paragraphs, "100000,1000000" unless told otherwise (about a quarter
of an hour, 20 GB of disk). Every engine is asked the same questions, the slow ones fewer of them;
each runs in a process of its own, and nothing else runs while one is asked.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.report import Row
from bench.searching_postgres import scratch, started
from bench.searching_quality import JUDGEMENTS
from bench.searching_timing import ASKED, ROOT, answer, child, share

SIZES = os.environ.get("BENCH_SEARCH_SIZES", "100000,1000000")
VERSIONS = 50
SECONDS = 100.0
"""How long a slow engine is asked."""
OURS, WAGTAIL = "bench.searching_settings", "bench.searching_site.settings"

Times = list[float]


def run() -> list[Row]:
    """What needs PostgreSQL is left out, and a sentence says so, where it cannot be started."""
    sizes = [int(size) for size in SIZES.split(",")]
    small, large = sizes[0], sizes[-1]
    postgres = started()
    if not postgres:
        print("searching: run scripts/postgres to compare with PostgreSQL as well")
    with TemporaryDirectory(prefix="guidance-bench-") as folder:
        bench = _Bench(Path(folder), postgres)
        rows = bench.quality()
        rows += bench.indexing(small, large)
        rows += bench.versions(large // VERSIONS)
        rows += bench.growing(small, large)
        rows += bench.against_databases(large)
        rows += bench.against_wagtail(small)
        return [*rows, *bench.published(small)]


class _Bench:
    def __init__(self, folder: Path, postgres: str) -> None:
        self._folder, self._postgres = folder, postgres
        self._database = f"sqlite:///{folder}/site.sqlite3"
        self._times: dict[int, Times] = {}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": OURS,
                "DATABASE_URL": self._database,
                "SEARCH_URL": self._index("none"),
                "LOG_LEVEL": "ERROR",
            },
            check=True,
        )

    def _index(self, name: object) -> str:
        return f"embedded:{self._folder}/index-{name}"

    def _ours(self, index: object, *arguments: object) -> subprocess.Popen[str]:
        return child(
            "searching_ours",
            *arguments,
            DJANGO_SETTINGS_MODULE=OURS,
            DATABASE_URL=self._database,
            SEARCH_URL=self._index(index),
        )

    def quality(self) -> list[Row]:
        """On a database and an index of its own, which it leaves with a document in them."""
        if not JUDGEMENTS.is_file():
            print(f"searching: {JUDGEMENTS} is not there to measure how good the search is")
            return []
        with self._scratch("quality") as url:
            wagtail = url or f"sqlite:///{self._folder}/quality-wagtail.sqlite3"
            found = answer(
                child(
                    "searching_quality",
                    *("quality", wagtail),
                    DJANGO_SETTINGS_MODULE=OURS,
                    DATABASE_URL=self._database,
                    SEARCH_URL=self._index("quality"),
                )
            )
        good = found["ours"]
        return [
            Row("nDCG@10 on judged queries", good * 100, "of 100", good, "at least 0.85"),
            *(
                Row(
                    f"nDCG@10 of Wagtail's search, {what}; ours against it",
                    found[operator] * 100,
                    "of 100",
                    good / max(found[operator], 0.0001),
                )
                for operator, what in (("and", "all words needed"), ("or", "any word"))
            ),
        ]

    def indexing(self, small: int, large: int) -> list[Row]:
        """Also makes the two indexes."""
        tantivy = answer(child("searching_tantivy", "build", self._new("tantivy"), large))
        ours = answer(self._ours(large, "build", large, 1))
        if small != large:
            answer(self._ours(small, "build", small, 1))
        name = f"index {large:,} paragraphs, against tantivy's own time for the same text"
        return [Row(name, ours, "s", ours / tantivy, "at most 2")]

    def growing(self, small: int, large: int) -> list[Row]:
        for size in {small, large}:
            self._times[size] = answer(self._ours(size, "ask"))
        rows = [
            Row(f"p{part} of a search in {size:,} paragraphs", share(times, part / 100), "ms")
            for size, times in sorted(self._times.items())
            for part in (50, 95)
        ]
        grown = share(self._times[large], 0.95)
        ratio = grown / share(self._times[small], 0.95)
        return [*rows, Row(f"p95 in {large:,} against {small:,}", grown, "ms", ratio, "at most 8")]

    def versions(self, size: int) -> list[Row]:
        """One index with as many paragraphs in force as the other, and 49 older versions of each."""
        answer(self._ours("one", "build", size, 1))
        answer(self._ours("many", "build", size, VERSIONS))
        found = answer(
            self._ours("one", "ask_versions", self._index("one"), self._index("many"), VERSIONS)
        )
        where = f"{size:,} paragraphs in {VERSIONS} versions"
        return [
            Row(f"{name}, p{part}", share(found[way], part / 100), "ms", ratio, target)
            for way, base, name, target in (
                ("many", "one", f"in force in {where}, against 1 version", "at most 1.1"),
                ("as at", "many", f"as at a day in {where}, against in force", "at most 2.5"),
            )
            for part in (50, 95)
            for ratio in [share(found[way], part / 100) / share(found[base], part / 100)]
        ]

    def against_databases(self, size: int) -> list[Row]:
        """The two are filled side by side, and asked one after the other."""
        ours, path = share(self._times[size], 0.95), f"{self._folder}/fts.sqlite3"
        rows = []
        with self._scratch("text") as url:
            filling = [child("searching_fts", "build", path, size)]
            filling += [child("searching_postgres", "build", url, size)] if url else []
            for process in filling:
                answer(process)
            asked = [("SQLite's FTS5, tuned", "searching_fts", path, "at least 12")]
            if url:
                asked.append(("PostgreSQL with GIN", "searching_postgres", url, "at least 30"))
            for name, module, where, target in asked:
                times: Times = answer(child(module, "ask", where, ASKED, SECONDS))
                rows.append(_against(f"{name}, {size:,} paragraphs", 0.95, times, ours, target))
        return rows

    def against_wagtail(self, size: int) -> list[Row]:
        path = f"sqlite:///{self._folder}/wagtail.sqlite3"
        rows = []
        with self._scratch("wagtail") as url:
            asked = [("SQLite", path, 0.95, "at least 1,000")]
            if url:
                asked.append(("PostgreSQL", url, 0.5, "at least 300"))
            for _, where, *_ in asked:
                answer(self._wagtail(where, "build", size))
            for name, where, part, target in asked:
                times: Times = answer(self._wagtail(where, "ask", ASKED, SECONDS))
                ours = share(self._times[size], part)
                wagtail = f"Wagtail's search in {name}, {size:,} paragraphs"
                rows.append(_against(wagtail, part, times, ours, target))
        return rows

    def published(self, size: int) -> list[Row]:
        times: Times = answer(self._ours(size, "publish"))
        name = f"from publishing 250 paragraphs until what is new is found, among {size:,}"
        return [
            Row(f"{name}, median", median(times), "ms", None, "at most 1,000"),
            Row(f"{name}, slowest of {len(times)}", max(times), "ms", None, "at most 1,000"),
        ]

    def _wagtail(self, url: str, *arguments: object) -> subprocess.Popen[str]:
        return child(
            "searching_wagtail", *arguments, DJANGO_SETTINGS_MODULE=WAGTAIL, DATABASE_URL=url
        )

    def _new(self, name: str) -> Path:
        path = self._folder / name
        path.mkdir()
        return path

    @contextmanager
    def _scratch(self, name: str) -> Iterator[str]:
        """An empty database of its own, or "" where there is no PostgreSQL."""
        if not self._postgres:
            yield ""
            return
        with scratch(self._postgres, f"guidance_bench_{name}") as url:
            yield url


def _against(name: str, part: float, theirs: Times, ours: float, target: str) -> Row:
    """How many times as long they take; `theirs` may be fewer questions."""
    value = share(theirs, part)
    asked = f"p{part * 100:.0f} of {len(theirs)} questions"
    return Row(f"{name}, {asked}: times as long as ours", value, "ms", value / ours, target)
