"""SQLite's full text search (FTS5) as somebody who knows it well would set it up: BM25 ranking inside
the index, extracts by snippet() for the page alone, facets counted in one pass over a narrow table,
the index optimised, everything in memory.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator

from bench.corpus import units
from bench.searching_queries import Question
from bench.searching_timing import give, timed

SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000;
CREATE TABLE passage (id INTEGER PRIMARY KEY, title TEXT, trail TEXT, section TEXT, body TEXT);
CREATE TABLE facet (id INTEGER PRIMARY KEY, document INTEGER, status TEXT, kind TEXT);
CREATE VIRTUAL TABLE found USING fts5 (title, trail, section, body, content = 'passage',
    content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2');
"""
FINISHED = """
INSERT INTO found (found) VALUES ('rebuild');
INSERT INTO found (found) VALUES ('optimize');
INSERT INTO found (found, rank) VALUES ('rank', 'bm25(1.5, 0.7, 0.25, 1.0)');
ANALYZE;
"""
PAGE = """
SELECT rowid, snippet(found, 3, '[', ']', '…', 40) FROM found
WHERE found MATCH ? ORDER BY rank LIMIT 10
"""
FACETS = """
SELECT document, status, kind, count(*) FROM found JOIN facet ON facet.id = found.rowid
WHERE found MATCH ? GROUP BY document, status, kind
"""


def build(path: str, count: str) -> None:
    database = sqlite3.connect(path)
    database.executescript(SCHEMA)
    for table, row in (("passage", _passage), ("facet", _facet)):
        marks = ", ".join("?" * len(next(row(1))))
        database.executemany(f"INSERT INTO {table} VALUES ({marks})", row(int(count)))
    database.commit()
    database.executescript(FINISHED)
    database.close()


def ask(path: str, count: str, seconds: str) -> list[float]:
    """Milliseconds of each question."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA cache_size = -4000000")
    database.execute("PRAGMA mmap_size = 16000000000")

    def answer(question: Question) -> None:
        query = _query(question)
        database.execute(PAGE, (query,)).fetchall()
        counts: dict[int, Counter[object]] = {0: Counter(), 1: Counter(), 2: Counter()}
        for *values, number in database.execute(FACETS, (query,)):
            for facet, value in enumerate(values):
                counts[facet][value] += number

    return timed(answer, int(count), float(seconds))


def _query(question: Question) -> str:
    quoted = [f'"{word}"' for word in question.words]
    return f'"{" ".join(question.words)}"' if question.exact else " ".join(quoted)


def _passage(count: int) -> Iterator[tuple[object, ...]]:
    for n, unit in enumerate(units(count), 1):
        yield n, unit.title, " ".join(unit.trail), unit.section_title, unit.text


def _facet(count: int) -> Iterator[tuple[object, ...]]:
    for n, unit in enumerate(units(count), 1):
        yield n, unit.order >> 24, unit.status, unit.kind


if __name__ == "__main__":
    give({"build": build, "ask": ask})
