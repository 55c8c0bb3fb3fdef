"""Respondents, played: each request is sent when it is due and again until it is acknowledged, while
workers of the site are killed; afterwards the database is asked what became of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from queue import Empty, Queue
from random import Random
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlencode

import psycopg

WRITERS = 100
"""Respondents who write on; each of the others submits once."""
THREADS, TRIES = 48, 60
KILLED_EVERY = 5.0
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


class Site:
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
        writers = range(len(self._held["keys"]) - WRITERS, len(self._held["keys"]))
        for number, job in enumerate(jobs):
            if job.kind == "submit":
                job.who, self._next = self._next, self._next + 1
            elif job.kind == "save":
                job.who, job.text = writers[job.who % WRITERS], f"Written so far: {number}"

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
