"""The folder with 300 items and the timetable with 200 milestones: requests per second as served,
against an empty view under the same middleware.

Served and asked as the reading pages are (`bench.reading`).
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from bench.report import Row
from bench.serving import requests_per_second, server

SITE = "bench.folder_site"
ROUNDS, SECONDS = 5, 1
ADDRESSES = {
    "The folder with 300 items": "/folder/",
    "An item of the folder": "/folder/guidance-34/",
    "The timetable with 200 milestones": "/timetable/",
    "The folder by API": "/api/v1/folder/",
    "The calendar": "/timetable/calendar.ics",
}
EMPTY = "/empty/"


def run() -> list[Row]:
    """Nothing is measured, and a sentence says so, where `wrk` is not installed."""
    if shutil.which("wrk") is None:
        print("folder: install wrk (Debian: apt-get install wrk) to measure the folder")
        return []
    with TemporaryDirectory(prefix="guidance-bench-") as folder, server(Path(folder), SITE) as base:
        sizes = {path: len(urlopen(base + path).read()) for path in ADDRESSES.values()}
        rates: dict[str, list[float]] = {path: [] for path in (EMPTY, *ADDRESSES.values())}
        for _ in range(ROUNDS):
            for path in rates:
                urlopen(base + path).read()  # waits behind what is left of the last round
                rates[path].append(requests_per_second(base + path, SECONDS))
    best = {path: max(found) for path, found in rates.items()}
    return [
        Row(
            f"{words} ({sizes[path] / 1000:.0f} KB) against an empty view",
            best[path],
            "requests/s",
            best[path] / best[EMPTY],
            "at least 0.5",
        )
        for words, path in ADDRESSES.items()
    ]
