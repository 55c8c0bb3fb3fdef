"""What a command does again and again with `--watch`, until it is told to stop."""

from __future__ import annotations

import signal
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any, NoReturn

from django.db import close_old_connections


def add_watch(parser: ArgumentParser) -> None:
    """The option, in seconds; without it the command does its work once."""
    parser.add_argument(
        "--watch",
        type=float,
        metavar="SECONDS",
        help="go on, looking again after so many seconds, until told to stop",
    )


def keep_at(work: Callable[[], None], seconds: float) -> NoReturn:
    """Ends at once when it is told to: what is under way is one transaction, or is still marked, and
    is done by the next run."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    while True:
        work()
        close_old_connections()
        time.sleep(seconds)


def _end(*_: Any) -> None:
    sys.exit(0)
