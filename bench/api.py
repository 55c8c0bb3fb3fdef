"""The API: twenty paragraphs against twenty pages of like size from Wagtail's own APIs, which apply
their permissions (live, public, of this site), and a 304 against an empty view.

Served and asked as the reading pages are (`bench.reading`). Ours is measured twice: as it is served,
and with nothing kept from one request to the next.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from bench.report import Row
from bench.serving import requests_per_second, server

ROUNDS, SECONDS = 5, 1
LIST = "v1/guidance/benchmark/paragraphs/?page_size=20"
ADDRESSES = {
    "kept": f"/api/{LIST}",
    "anew": f"/anew/{LIST}",
    "v3": "/wagtail/v3/pages/?type=guidance.SectionPage&limit=20",
    "v2": "/wagtail/v2/pages/?type=guidance.SectionPage&fields=body&limit=20",
    "304": f"/api/{LIST}",
    "empty": "/empty/",
}
SITE = "bench.api_site"


def run() -> list[Row]:
    """Nothing is measured, and a sentence says so, where `wrk` is not installed."""
    if shutil.which("wrk") is None:
        print("api: install wrk (Debian: apt-get install wrk) to measure the API")
        return []
    with TemporaryDirectory(prefix="guidance-bench-") as folder, server(Path(folder), SITE) as base:
        sizes = {name: _checked(base, name) for name in ADDRESSES}
        etag = urlopen(base + ADDRESSES["304"]).headers["ETag"]
        rates: dict[str, list[float]] = {name: [] for name in ADDRESSES}
        for _ in range(ROUNDS):
            for name, path in ADDRESSES.items():
                urlopen(base + path).read()  # waits behind what is left of the last round
                header = f"If-None-Match: {etag}" if name == "304" else ""
                rates[name].append(requests_per_second(base + path, SECONDS, header))
    best = {name: max(found) for name, found in rates.items()}
    rows = [
        Row(
            f"20 paragraphs by API ({_kb(sizes['kept'])}), {how}, against"
            f" Wagtail's {version} ({_kb(sizes[version])})",
            best[ours],
            "requests/s",
            best[ours] / best[version],
            f"at least {target}",
        )
        for ours, how in (("kept", "as served"), ("anew", "nothing kept"))
        for version, target in (("v3", 6), ("v2", 9))
    ]
    ratio = best["304"] / best["empty"]
    return [
        *rows,
        Row("304 by API against an empty view", best["304"], "requests/s", ratio, "at least 0.8"),
    ]


def _checked(base: str, name: str) -> int:
    """The size of an answer, once it is seen to hold twenty of what it lists."""
    body = urlopen(base + ADDRESSES[name]).read()
    if name != "empty":
        value = json.loads(body)
        listed = value.get("results") or value["items"]
        if len(listed) != 20:
            raise RuntimeError(f"{ADDRESSES[name]} lists {len(listed)}.")
    return len(body)


def _kb(size: int) -> str:
    return f"{size / 1000:.0f} KB"
