"""PostgreSQL's full text search as somebody who knows it well would set it up: a stored, weighted
tsvector under a GIN index, matches found once for ranking (ts_rank_cd) and facets together, extracts
by ts_headline() for the page alone, memory enough to sort in.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from bench.corpus import units
from bench.searching_queries import Question
from bench.searching_timing import ROOT, give, timed

URL = "postgres://guidance:guidance@127.0.0.1:54329/guidance"

LIMIT_MS = 60_000
"""A question is given up after so long and counts as that."""
SCHEMA = """
CREATE UNLOGGED TABLE passage (id integer, document integer, status text, kind text, title text,
    trail text, section text, body text, vector tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', trail), 'B')
    || setweight(to_tsvector('english', section), 'D')
    || setweight(to_tsvector('english', body), 'C')) STORED)
"""
FINISHED = (
    "SET maintenance_work_mem = '1GB'",
    "ALTER TABLE passage ADD PRIMARY KEY (id)",
    "CREATE INDEX ON passage USING gin (vector) WITH (fastupdate = off)",
    "VACUUM ANALYZE passage",
)
SEARCH = """
WITH found AS MATERIALIZED (
    SELECT id, document, status, kind, ts_rank_cd(vector, query) AS rank
    FROM passage, CAST(%(query)s AS tsquery) query WHERE vector @@ query
), page AS (SELECT id, rank FROM found ORDER BY rank DESC, id LIMIT 10)
SELECT 'page', CAST(id AS text), ts_headline('english', body, CAST(%(query)s AS tsquery)), rank
FROM page JOIN passage USING (id)
UNION ALL SELECT 'facet', NULL, CONCAT(document, '|', status, '|', kind), count(*)
FROM found GROUP BY GROUPING SETS ((document), (status), (kind))
"""
QUERY = {
    True: "SELECT phraseto_tsquery('english', %s)",
    False: "SELECT plainto_tsquery('english', %s)",
}


def started() -> str:
    """The address of a server: what BENCH_POSTGRES_URL names, or the one that `make services`
    starts; "" where there is none."""
    url = os.environ.get("BENCH_POSTGRES_URL", "")
    if not url:
        script = [ROOT / "scripts" / "postgres"]
        subprocess.run(script, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        psycopg.connect(url or URL).close()
    except psycopg.OperationalError:
        return ""
    return url or URL


@contextmanager
def scratch(url: str, name: str) -> Iterator[str]:
    """An empty database beside the one at `url`, dropped at the end."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{url.rpartition('/')[0]}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def build(url: str, count: str) -> None:
    with psycopg.connect(url, autocommit=True) as database:
        database.execute(SCHEMA)
        columns = "id, document, status, kind, title, trail, section, body"
        with database.cursor().copy(f"COPY passage ({columns}) FROM STDIN") as copy:
            for row in _rows(int(count)):
                copy.write_row(row)
        for statement in FINISHED:
            database.execute(statement)


def ask(url: str, count: str, seconds: str) -> list[float]:
    """Milliseconds of each question."""
    with psycopg.connect(url, autocommit=True) as database:
        for setting in (
            "work_mem = '512MB'",
            "jit = off",
            "max_parallel_workers_per_gather = 2",
            f"statement_timeout = {LIMIT_MS}",
        ):
            database.execute(f"SET {setting}")

        def answer(question: Question) -> None:
            words = " ".join(question.words)
            try:
                ((query,),) = database.execute(QUERY[question.exact], (words,)).fetchall()
                database.execute(SEARCH, {"query": query}).fetchall()
            except psycopg.errors.QueryCanceled:
                pass

        return timed(answer, int(count), float(seconds))


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    for n, unit in enumerate(units(count), 1):
        trail = " ".join(unit.trail)
        facets = unit.order >> 24, unit.status, unit.kind
        yield n, *facets, unit.title, trail, unit.section_title, unit.text


if __name__ == "__main__":
    give({"build": build, "ask": ask})
