"""Reading: requests per second of a section page, against the same page drawn by Wagtail from its
StreamField without a cache, and against an empty view under the same middleware.

gunicorn with one sync worker answers on loopback and `wrk` (Debian's package) asks, so that the
asking costs little. The three are asked in turn in several short rounds, and the best round of each
is taken: what it costs when the machine does nothing else.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from bench.report import Row
from bench.serving import requests_per_second, server

SITE = "bench.reading_site"
ROUNDS, SECONDS = 9, 1
SECTION = "guidance/benchmark/first/section-2/"
ADDRESSES = {
    "section": f"/{SECTION}",
    "streamfield": f"/streamfield/{SECTION}",
    "empty": "/empty/",
}


def run() -> list[Row]:
    """Nothing is measured, and a sentence says so, where `wrk` is not installed."""
    if shutil.which("wrk") is None:
        print("reading: install wrk (Debian: apt-get install wrk) to measure pages")
        return []
    with TemporaryDirectory(prefix="guidance-bench-") as folder, server(Path(folder), SITE) as base:
        size = {name: len(urlopen(base + path).read()) for name, path in ADDRESSES.items()}
        rates: dict[str, list[float]] = {name: [] for name in ADDRESSES}
        for _ in range(ROUNDS):
            for name, path in ADDRESSES.items():
                # The worker may still have requests of the last round; this waits behind them.
                urlopen(base + path).read()
                rates[name].append(requests_per_second(base + path, SECONDS))
    best = {name: max(found) for name, found in rates.items()}
    section = best["section"]
    return [
        Row(
            f"section page ({size['section'] // 1000} KB) against Wagtail's StreamField"
            f" ({size['streamfield'] // 1000} KB)",
            section,
            "requests/s",
            section / best["streamfield"],
            "at least 12",
        ),
        Row(
            "section page against an empty view",
            section,
            "requests/s",
            section / best["empty"],
            "at least 0.75",
        ),
    ]
