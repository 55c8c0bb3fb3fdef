"""Serves a site on loopback with gunicorn and one sync worker, and asks it with `wrk` (Debian's
package), so that the asking costs little."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def server(folder: Path, site: str) -> Iterator[str]:
    """A site (its package has `settings`, and `populate` to fill its empty database), served until
    the block ends; gives its address, at which /empty/ answers with nothing."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": f"{site}.settings",
        "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3",
        "BENCH_STATIC": str(folder / "static"),
        "LOG_LEVEL": "WARNING",
    }
    for command in (
        ["manage.py", "migrate", "--verbosity", "0"],
        ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        ["manage.py", "shell", "-c", f"from {site}.populate import populate; populate()"],
    ):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True)
    port = free_port()
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
        wait_for(base)
        yield base
    finally:
        process.terminate()
        process.wait(timeout=20)


def requests_per_second(address: str, seconds: int, header: str = "") -> float:
    """How many were answered, and none with an error; `header` is sent with each."""
    command = ["wrk", "-t1", "-c4", f"-d{seconds}s", *(["-H", header] if header else []), address]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in found:
        raise RuntimeError(f"{address} answered with an error:\n{found}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", found)[1])  # type: ignore[index]


def wait_for(base: str) -> None:
    for _ in range(100):
        try:
            urlopen(base + "/empty/").read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server did not start.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
