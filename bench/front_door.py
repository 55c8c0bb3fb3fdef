"""The front door: requests per second of the landing page and of what an authority must do, against
an empty view under the same middleware.

Served and asked as the reading pages are (`bench.reading`). The landing page is also asked for with
a kind of authority remembered in a cookie, for it is another page then.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from bench.report import Row
from bench.serving import requests_per_second, server

SITE = "bench.front_door_site"
ROUNDS, SECONDS = 5, 1
COOKIE = "Cookie: authority=county-councils"
ASKED = {
    "landing page": ("/", ""),
    "landing page that remembers an authority": ("/", COOKIE),
    "what county councils must do": ("/duties/county-councils/", ""),
    "an empty view": ("/empty/", ""),
}
EMPTY = "an empty view"


def run() -> list[Row]:
    """Nothing is measured, and a sentence says so, where `wrk` is not installed."""
    if shutil.which("wrk") is None:
        print("front_door: install wrk (Debian: apt-get install wrk) to measure the front door")
        return []
    with TemporaryDirectory(prefix="guidance-bench-") as folder, server(Path(folder), SITE) as base:
        size = {name: len(urlopen(base + path).read()) for name, (path, _) in ASKED.items()}
        rates: dict[str, list[float]] = {name: [] for name in ASKED}
        for _ in range(ROUNDS):
            for name, (path, header) in ASKED.items():
                urlopen(base + path).read()  # waits behind what is left of the last round
                rates[name].append(requests_per_second(base + path, SECONDS, header))
    best = {name: max(found) for name, found in rates.items()}
    return [
        Row(
            f"{name} ({size[name] / 1000:.0f} KB) against an empty view",
            best[name],
            "requests/s",
            best[name] / best[EMPTY],
            "at least 0.5",
        )
        for name in ASKED
        if name != EMPTY
    ]
