"""Measures in a process of its own, with a database of its own, so that nothing is left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.report import Row

ROOT = Path(__file__).resolve().parent.parent


def measured_apart(module: str) -> list[Row]:
    """The rows that `python -m bench.<module>` prints as JSON in its last line, in a database that is
    migrated and empty (`BENCH_DATABASE_URL`, else SQLite)."""
    with TemporaryDirectory(prefix="guidance-bench-") as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "guidance_site.settings.test",
            "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{folder}/b.sqlite3",
            "LOG_LEVEL": "ERROR",
        }
        for command in (["manage.py", "migrate", "--verbosity", "0"], ["-m", f"bench.{module}"]):
            done = subprocess.run(
                [sys.executable, *command],
                cwd=ROOT,
                env=environment,
                check=True,
                stdout=subprocess.PIPE,
            )
    return [Row(*row) for row in json.loads(done.stdout.splitlines()[-1])]
