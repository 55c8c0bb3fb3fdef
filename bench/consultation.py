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
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from queue import Empty, Queue
from random import Random
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlencode

import psycopg

from bench.report import Row
from bench.searching_postgres import scratch
from bench.serving import ROOT, free_port, wait_for

SECONDS = int(os.environ.get("BENCH_LOAD_SECONDS", "60"))
SUBMITTED, SAVED = 30, 100
"""A second."""
ACROSS = 30
"""Seconds of the run across the close, half of them after it."""
THREADS, TRIES = 48, 60
KILLED_EVERY = 5.0
DATABASE, PORT = "guidance_bench_consultation", "54330"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Job:
    """One request: when it is due and what it is; then when it was acknowledged, after how many
    tries."""

    due: float
    kind: str
    who: int
    text: str = ""
    first_sent: float = 0.0
    done: float = 0.0
    tries: int = 0

    @property
    def took(self) -> float:
        return (self.done - self.due) * 1000


@dataclass
class Played:
    """A run: its jobs, and how many workers were killed in it."""

    jobs: list[Job]
    killed: int = 0
    wrong: list[str] = field(default_factory=list)

    def times(self, kind: str) -> list[float]:
        return sorted(job.took for job in self.jobs if job.kind == kind and job.done)


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
    drafts = SUBMITTED * (SECONDS + ACROSS) + SAVED
    with _site(folder, database, drafts) as site:
        empty = site.play(_schedule(10, {"empty": SUBMITTED + SAVED}), kill=False)
        baseline = _percentile(empty.times("empty"), 95)
        minute = site.play(_schedule(SECONDS, {"submit": SUBMITTED, "save": SAVED}), kill=True)
        rows += _under_load(minute, site, baseline)
        rows += _across_the_close(site)
    return rows


def _under_load(minute: Played, site: _Site, baseline: float) -> list[Row]:
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


def _across_the_close(site: _Site) -> list[Row]:
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


class _Site:
    """The site as it is served, and what its respondents hold."""

    def __init__(self, port: int, master: int, database: str, held: dict[str, Any]) -> None:
        self._port, self._master, self._held = port, master, held
        self._connection = psycopg.connect(database, autocommit=True)
        self._next = 0
        self._seen: dict[int, int] = {}
        self._writing: defaultdict[int, Lock] = defaultdict(Lock)
        self._random = Random(2008)

    def play(self, jobs: list[Job], *, kill: bool) -> Played:
        """Send every request when it is due."""
        self._dress(jobs)
        played, waiting = Played(jobs), Queue[Job]()
        begun = time.time()
        for job in jobs:
            job.due += begun
            waiting.put(job)
        threads = [Thread(target=self._work, args=(waiting, played)) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        while kill and any(thread.is_alive() for thread in threads):
            time.sleep(KILLED_EVERY)
            played.killed += self._kill()
        for thread in threads:
            thread.join()
        return played

    def faults(self, played: Played) -> Iterator[str]:
        """What was acknowledged and is not there once."""
        sent = {self._held["keys"][job.who][1]: job for job in played.jobs if job.kind == "submit"}
        rows = self._connection.execute(
            "SELECT id, state, reference FROM consultation_response WHERE id = ANY(%s)",
            [list(sent)],
        ).fetchall()
        references = [reference for _, _, reference in rows]
        if len(set(references)) != len(references):
            yield "two responses have one reference"
        for pk, state, _ in rows:
            if sent[pk].done and state != "submitted":
                yield f"response {pk} was acknowledged and is {state}"
        doubled = self.one(
            "SELECT count(*) FROM (SELECT reference FROM consultation_response WHERE reference <> ''"
            " GROUP BY reference HAVING count(*) > 1) doubled"
        )
        if doubled:
            yield f"{doubled} references stand on more than one response"
        stored = self.one("SELECT count(*) FROM consultation_response WHERE state = 'submitted'")
        tallied = self.one(
            "SELECT coalesce(sum(count), 0) FROM consultation_tally WHERE question_id IS NULL"
        )
        if stored != tallied:
            yield f"{stored} responses are stored and {tallied} counted"
        yield from self._unsaved(played)

    def wrong_side(self, played: Played, ends: datetime) -> Iterator[str]:
        """Responses that are late and were acknowledged before the close, or the reverse."""
        sides = dict(
            self._connection.execute(
                "SELECT id, lateness FROM consultation_response WHERE state = 'submitted'"
            ).fetchall()
        )
        for job in played.jobs:
            side = sides.get(self._held["keys"][job.who][1])
            if job.done and job.done < ends.timestamp() and side != "in-time":
                yield f"response {job.who} came in time and is {side}"
            if job.first_sent > ends.timestamp() and side != "waiting":
                yield f"response {job.who} came after the close and is {side}"
        crossed = self._connection.execute(
            "SELECT count(*) FROM consultation_response WHERE state = 'submitted'"
            " AND (received_at >= %s) <> (lateness = 'waiting')",
            [ends],
        ).fetchone()
        if crossed and crossed[0]:
            yield f"{crossed[0]} responses are on the other side than their time says"

    def close_at(self, closes: datetime) -> None:
        self._connection.execute("UPDATE consultation_consultationpage SET closes = %s", [closes])

    def one(self, query: str) -> int:
        row = self._connection.execute(query).fetchone()  # type: ignore[call-overload]
        return int(row[0])

    def _unsaved(self, played: Played) -> Iterator[str]:
        """A text acknowledged as saved may have been followed by another, never be missing."""
        last: dict[int, int] = {}
        for job in played.jobs:
            if job.kind == "save" and job.done:
                last[job.who] = max(last.get(job.who, 0), int(job.text.split()[-1]))
        pks = {self._held["keys"][who][1]: number for who, number in last.items()}
        rows = self._connection.execute(
            "SELECT a.response_id, a.text FROM consultation_answer a JOIN consultation_question q"
            " ON q.id = a.question_id WHERE q.key = %s AND a.response_id = ANY(%s)",
            [self._held["question"], list(pks)],
        ).fetchall()
        stored = {pk: int(text.split()[-1]) for pk, text in rows}
        for pk, number in pks.items():
            if stored.get(pk, -1) < number:
                yield f"response {pk}: save {number} was acknowledged, {stored.get(pk)} is stored"

    def _dress(self, jobs: list[Job]) -> None:
        """Give each submission a respondent of its own, and the saves to a hundred who write on."""
        writers = range(len(self._held["keys"]) - SAVED, len(self._held["keys"]))
        for number, job in enumerate(jobs):
            if job.kind == "submit":
                job.who, self._next = self._next, self._next + 1
            elif job.kind == "save":
                job.who, job.text = writers[job.who % SAVED], f"Written so far: {number}"

    def _work(self, waiting: Queue[Job], played: Played) -> None:
        while True:
            try:
                job = waiting.get_nowait()
            except Empty:
                return
            time.sleep(max(0.0, job.due - time.time()))
            with self._writing[job.who]:  # a device sends one save after another
                self._send(job)
            if not job.done:
                played.wrong.append(f"{job.kind} {job.who} was never acknowledged")

    def _send(self, job: Job) -> None:
        job.first_sent = time.time()
        while not job.done and job.tries < TRIES:
            job.tries += 1
            if self._acknowledged(job):
                job.done = time.time()
            else:
                time.sleep(0.1)

    def _acknowledged(self, job: Job) -> bool:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=20)
        try:
            method, path, body = self._request(job)
            key = self._held["keys"][job.who][0] if job.kind != "empty" else ""
            headers = {**FORM, "Cookie": f"{self._held['cookie']}={key}"}
            connection.request(method, path, urlencode(body), headers)
            answer = connection.getresponse()
            return self._says_yes(
                job, answer.status, answer.getheader("Location") or "", answer.read()
            )
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def _request(self, job: Job) -> tuple[str, str, dict[str, str]]:
        base = f"{self._held['address']}respond/"
        if job.kind == "empty":
            return "GET", "/empty/", {}
        if job.kind == "submit":
            return "POST", f"{base}check/", {"submit": "yes"}
        box = f"q-{self._held['question']}"
        seen = str(self._seen.get(job.who, 0))
        return "POST", f"{base}save/", {f"text.{box}": job.text, f"seen.{box}": seen}

    def _says_yes(self, job: Job, status: int, location: str, body: bytes) -> bool:
        if job.kind == "submit":
            return status in (302, 303) and location.endswith("/done/")
        if job.kind == "save":
            return status == 200 and self._stored(job, json.loads(body))
        return status == 200

    def _stored(self, job: Job, answer: dict[str, Any]) -> bool:
        """Whether it is saved. Where an answer was lost the next save meets what that one stored,
        and whoever writes chooses their own words."""
        for outcome in ("saved", "conflicts"):
            for box in answer[outcome].values():
                self._seen[job.who] = box["revision"]
        return bool(answer["saved"])

    def _kill(self) -> int:
        found = subprocess.run(
            ["pgrep", "-P", str(self._master)], capture_output=True, text=True
        ).stdout.split()
        if not found:
            return 0
        try:
            os.kill(int(self._random.choice(found)), signal.SIGKILL)
        except ProcessLookupError:
            return 0
        return 1


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
def _site(folder: Path, database: str, drafts: int) -> Iterator[_Site]:
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
        yield _Site(port, process.pid, database, json.loads(held.read_text()))
    finally:
        process.terminate()
        process.wait(timeout=20)
