"""Consultations under load, on PostgreSQL: respondents who submit and forms that save themselves,
while workers of the site are killed and come back; the same across the closing minute.

gunicorn answers on loopback with four workers; one of them is killed every few seconds. Requests are
sent when they are due, whether the last one was answered or not, and a respondent who gets no answer
sends again, as a person presses the button again. Times are from when a request was due until it was
acknowledged, so waiting for a killed worker counts. Afterwards the database is asked whether every
response that was acknowledged is there once, and every text that was acknowledged as saved.

BENCH_LOAD_SECONDS makes it shorter or longer than a minute.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.consultation_played import WRITERS, Job, Played, Site
from bench.report import Row
from bench.searching_postgres import scratch
from bench.serving import ROOT, free_port, wait_for

SECONDS = int(os.environ.get("BENCH_LOAD_SECONDS", "60"))
SUBMITTED, SAVED = 30, 100
"""A second."""
ACROSS = 30
"""Seconds of the run across the close, half of them after it."""
DATABASE, PORT = "guidance_bench_consultation", "54330"


def run() -> list[Row]:
    """Nothing is measured, and a sentence says so, where there is no PostgreSQL."""
    with TemporaryDirectory(prefix="guidance-bench-") as folder, _postgres() as url:
        if not url:
            print("consultation: install PostgreSQL (make services) to measure this")
            return []
        with scratch(url, DATABASE) as database:
            return _measured(Path(folder), database)


def _measured(folder: Path, database: str) -> list[Row]:
    rows: list[Row] = []
    drafts = SUBMITTED * (SECONDS + ACROSS) + WRITERS
    with _site(folder, database, drafts) as site:
        empty = site.play(_schedule(10, {"empty": SUBMITTED + SAVED}), kill=False)
        baseline = _percentile(empty.times("empty"), 95)
        minute = site.play(_schedule(SECONDS, {"submit": SUBMITTED, "save": SAVED}), kill=True)
        rows += _under_load(minute, site, baseline)
        rows += _across_the_close(site)
    return rows


def _under_load(minute: Played, site: Site, baseline: float) -> list[Row]:
    wrong = [*minute.wrong, *site.faults(minute)]
    name = f"{SUBMITTED} submissions and {SAVED} saves a second for {SECONDS} s, {minute.killed} workers killed"
    found = [
        Row(f"{name}: lost, doubled or wrong", len(wrong), "responses", None, "0"),
    ]
    for kind, words in (("submit", "submission"), ("save", "save")):
        times = minute.times(kind)
        p95 = _percentile(times, 95)
        found += [
            Row(f"  {words}: p50", _percentile(times, 50), "ms"),
            Row(f"  {words}: p95, against an empty view", p95, "ms", p95 / baseline),
            Row(f"  {words}: slowest", times[-1], "ms"),
        ]
    for fault in wrong[:5]:
        print(f"consultation: {fault}")
    return found


def _across_the_close(site: Site) -> list[Row]:
    now = datetime.now(UTC)
    ends = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    if (ends - now).total_seconds() < ACROSS / 2 + 2:
        ends += timedelta(minutes=1)
    site.close_at(ends - timedelta(minutes=1))  # the minute that is named still counts
    time.sleep((ends - datetime.now(UTC)).total_seconds() - ACROSS / 2)
    played = site.play(_schedule(ACROSS, {"submit": SUBMITTED}), kill=True)
    wrong = [*site.faults(played), *site.wrong_side(played, ends)]
    for fault in wrong[:5]:
        print(f"consultation: {fault}")
    late = site.one("SELECT count(*) FROM consultation_response WHERE lateness = 'waiting'")
    return [
        Row(
            f"across the close, {late} of {len(played.jobs)} late, {played.killed} workers killed:"
            " lost, doubled or on the wrong side",
            len(wrong),
            "responses",
            None,
            "0",
        )
    ]


def _schedule(seconds: int, rates: dict[str, int]) -> list[Job]:
    jobs = [
        Job(at / rate, kind, at) for kind, rate in rates.items() for at in range(rate * seconds)
    ]
    return sorted(jobs, key=lambda job: job.due)


def _percentile(times: Sequence[float], percent: int) -> float:
    return times[min(len(times) - 1, len(times) * percent // 100)]


@contextmanager
def _postgres() -> Iterator[str]:
    """A server of our own that waits for its disk, as in production; the one for tests does not.
    "" where PostgreSQL is not installed."""
    environment = {**os.environ, "POSTGRES_PORT": PORT, "POSTGRES_FSYNC": "on"}
    script = [ROOT / "scripts" / "postgres"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    ran = subprocess.run(script, env=environment, **quiet)  # type: ignore[call-overload]
    try:
        yield "" if ran.returncode else f"postgres://guidance:guidance@127.0.0.1:{PORT}/guidance"
    finally:
        subprocess.run([*script, "stop"], env=environment, **quiet)  # type: ignore[call-overload]


@contextmanager
def _site(folder: Path, database: str, drafts: int) -> Iterator[Site]:
    held = folder / "held.json"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.consultation_site.settings",
        "DATABASE_URL": database,
        "BENCH_STATIC": str(folder / "static"),
        "LOG_LEVEL": "CRITICAL",
    }
    closes = datetime.now(UTC) + timedelta(days=30)
    populate = (
        "from datetime import datetime; from pathlib import Path;"
        " from bench.consultation_site.populate import populate;"
        f" populate({drafts}, datetime.fromisoformat('{closes.isoformat()}'), Path('{held}'))"
    )
    for command in (
        ["manage.py", "migrate", "--verbosity", "0"],
        ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        ["manage.py", "shell", "-v0", "-c", populate],
    ):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True)
    port = free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "guidance_site.wsgi", "--workers", "4"),
            *(
                "--bind",
                f"127.0.0.1:{port}",
                "--backlog",
                "2048",
                "--preload",
                "--log-level",
                "critical",
            ),
        ],
        cwd=ROOT,
        env=environment,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield Site(port, process.pid, database, json.loads(held.read_text()))
    finally:
        process.terminate()
        process.wait(timeout=20)
