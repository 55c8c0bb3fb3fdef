"""Reading: requests per second of a section page, against the same page drawn by Wagtail from its
StreamField without a cache, and against an empty view under the same middleware.

gunicorn with one sync worker answers on loopback and `wrk` (Debian's package) asks, so that the
asking costs little. The three are asked in turn in several short rounds, and the best round of each
is taken: what it costs when the machine does nothing else.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from bench.report import Row

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, SECONDS = 9, 1
SECTION = "guidance/benchmark/first/section-2/"
POPULATE = "from bench.reading_site.populate import populate; populate()"
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
    with TemporaryDirectory(prefix="guidance-bench-") as folder, _server(Path(folder)) as base:
        size = {name: len(urlopen(base + path).read()) for name, path in ADDRESSES.items()}
        rates: dict[str, list[float]] = {name: [] for name in ADDRESSES}
        for _ in range(ROUNDS):
            for name, path in ADDRESSES.items():
                # The worker may still have requests of the last round; this waits behind them.
                urlopen(base + path).read()
                rates[name].append(_rate(base + path))
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


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """The site with one document, served until the block ends; gives its address."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.reading_site.settings",
        "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3",
        "BENCH_STATIC": str(folder / "static"),
        "LOG_LEVEL": "WARNING",
    }
    for command in (
        ["manage.py", "migrate", "--verbosity", "0"],
        ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        ["manage.py", "shell", "-c", POPULATE],
    ):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True)
    port = _free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "guidance_site.wsgi", "--workers", "1"),
            *("--bind", f"127.0.0.1:{port}", "--log-level", "warning"),
        ],
        cwd=ROOT,
        env=environment,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(base)
        yield base
    finally:
        process.terminate()
        process.wait(timeout=20)


def _rate(address: str) -> float:
    """Requests per second that were answered with 200."""
    found = subprocess.run(
        ["wrk", "-t1", "-c4", f"-d{SECONDS}s", address], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in found:
        raise RuntimeError(f"{address} did not answer with 200:\n{found}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", found)[1])  # type: ignore[index]


def _wait(base: str) -> None:
    for _ in range(100):
        try:
            urlopen(base + "/empty/").read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server did not start.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
