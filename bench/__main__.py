"""`make bench`: every measurement in one run, as ratios to a baseline of the same run.

Give names of modules ("python -m bench reading ledger") to run those alone.
"""

from __future__ import annotations

import sys
from importlib import import_module

from bench.report import print_rows

MODULES = (
    "comparing",
    "importing",
    "ledger",
    "reading",
    "api",
    "as_at",
    "reviewing",
    "folder",
    "front_door",
    "searching",
    "consultation",
    "console",
    "letters",
)


def main(names: list[str]) -> None:
    for name in names or MODULES:
        print_rows(import_module(f"bench.{name}").run())


if __name__ == "__main__":
    main(sys.argv[1:])
