"""The search: against Wagtail's own and against what two databases do at their best, and against
itself as what it holds grows in paragraphs and in versions.

BENCH_SEARCH_SIZES says how many paragraphs, "100000,1000000" unless told otherwise (about 20 minutes
on two cores, 15 GB of disk). Every engine is asked the same questions, the slow ones fewer of them;
each runs in a process of its own, and nothing else runs while one is asked.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.report import Row
from bench.searching_postgres import scratch, started
from bench.searching_quality import JUDGEMENTS
from bench.searching_timing import ASKED, ROOT, answer, child, share

SIZES = os.environ.get("BENCH_SEARCH_SIZES", "100000,1000000")
VERSIONS = 50
SECONDS = 60
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
    with TemporaryDirectory(prefix="guidance-bench-") as folder, ExitStack() as databases:
        bench = _Bench(Path(folder), postgres, databases)
        return [
            *bench.quality(),
            *bench.indexing(small, large),
            *bench.growing(small, large),
            *bench.versions(large // VERSIONS),
            *bench.others(small, large),
            *bench.published(small),
        ]


class _Bench:
    def __init__(self, folder: Path, postgres: str, databases: ExitStack) -> None:
        self._folder, self._postgres, self._databases = folder, postgres, databases
        self._times: dict[int, Times] = {}
        environment = {**os.environ, **self._site("none"), "LOG_LEVEL": "ERROR"}
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)

    def quality(self) -> list[Row]:
        """On an index of its own; the document stays in the site's database."""
        if not JUDGEMENTS.is_file():
            print(f"searching: {JUDGEMENTS} is not there to measure how good the search is")
            return []
        wagtail = self._scratch("quality") or self._sqlite("quality")
        found = answer(child("searching_quality", "quality", wagtail, **self._site("quality")))
        good = found["ours"]
        rows = [Row("nDCG@10 on judged queries", good * 100, "of 100", good, "at least 0.85")]
        for operator, what in (("and", "all words needed"), ("or", "any word enough")):
            name = f"nDCG@10 of Wagtail's search, {what}; ours against it"
            rows.append(Row(name, found[operator] * 100, "of 100", good / found[operator]))
        return rows

    def indexing(self, small: int, large: int) -> list[Row]:
        """Also makes the two indexes."""
        (self._folder / "tantivy").mkdir()
        tantivy = answer(child("searching_tantivy", "build", self._folder / "tantivy", large))
        ours = self._build(large, large)
        if small != large:
            self._build(small, small)
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
        self._build("one", size)
        self._build("many", size, VERSIONS)
        asked = self._ours("one", "ask_versions", self._index("one"), self._index("many"), VERSIONS)
        found = answer(asked)
        where = f"{size:,} paragraphs in {VERSIONS} versions"
        rows = []
        for way, base, name, target in (
            ("many", "one", f"in force in {where}, against 1 version", "at most 1.1"),
            ("as at", "many", f"as at a day in {where}, against in force", "at most 2.5"),
        ):
            for part in (50, 95):
                taken, least = share(found[way], part / 100), share(found[base], part / 100)
                rows.append(Row(f"{name}, p{part}", taken, "ms", taken / least, target))
        return rows

    def others(self, small: int, large: int) -> list[Row]:
        """All are filled side by side, and asked one after the other."""
        fts, path = f"{self._folder}/fts.sqlite3", self._sqlite("wagtail")
        text, wagtail = self._scratch("text"), self._scratch("wagtail")
        filling = [child("searching_fts", "build", fts, large), self._wagtail(path, "build", small)]
        if text and wagtail:
            filling.append(child("searching_postgres", "build", text, large))
            filling.append(self._wagtail(wagtail, "build", small))
        for process in filling:
            answer(process)
        asking = ("ask", ASKED, SECONDS)
        theirs: Times = answer(child("searching_fts", *asking[:1], fts, *asking[1:]))
        rows = [self._against("SQLite's FTS5, tuned", large, 95, theirs, "at least 12")]
        theirs = answer(self._wagtail(path, *asking))
        rows.append(self._against("Wagtail's, SQLite", small, 95, theirs, "at least 1,000"))
        if text and wagtail:
            theirs = answer(child("searching_postgres", *asking[:1], text, *asking[1:]))
            rows.insert(1, self._against("PostgreSQL, GIN", large, 95, theirs, "at least 30"))
            theirs = answer(self._wagtail(wagtail, *asking))
            rows.append(self._against("Wagtail's, PostgreSQL", small, 50, theirs, "at least 300"))
        return rows

    def published(self, size: int) -> list[Row]:
        times: Times = answer(self._ours(size, "publish"))
        name = f"from publishing 250 paragraphs until what is new is found, among {size:,}"
        return [
            Row(f"{name}, median", median(times), "ms", None, "at most 1,000"),
            Row(f"{name}, slowest of {len(times)}", max(times), "ms", None, "at most 1,000"),
        ]

    def _against(self, name: str, size: int, part: int, theirs: Times, target: str) -> Row:
        """How many times as long they take."""
        value, ours = share(theirs, part / 100), share(self._times[size], part / 100)
        asked = f"p{part} of {len(theirs)} questions in {size:,}"
        return Row(f"{name}, {asked}: times ours", value, "ms", value / ours, target)

    def _build(self, index: object, size: int, versions: int = 1) -> float:
        return float(answer(self._ours(index, "build", size, versions)))

    def _ours(self, index: object, *arguments: object) -> subprocess.Popen[str]:
        return child("searching_ours", *arguments, **self._site(index))

    def _wagtail(self, url: str, *arguments: object) -> subprocess.Popen[str]:
        environment = {"DJANGO_SETTINGS_MODULE": WAGTAIL, "DATABASE_URL": url}
        return child("searching_wagtail", *arguments, **environment)

    def _site(self, index: object) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": OURS,
            "DATABASE_URL": self._sqlite("site"),
            "SEARCH_URL": self._index(index),
        }

    def _index(self, name: object) -> str:
        return f"embedded:{self._folder}/index-{name}"

    def _sqlite(self, name: str) -> str:
        return f"sqlite:///{self._folder}/{name}.sqlite3"

    def _scratch(self, name: str) -> str:
        """An empty database until the end, or "" where there is no PostgreSQL."""
        if not self._postgres:
            return ""
        return self._databases.enter_context(scratch(self._postgres, f"guidance_bench_{name}"))
