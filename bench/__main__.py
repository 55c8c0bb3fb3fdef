"""`make bench`: every measurement in one run, as ratios to a baseline of the same run.

Give names of modules ("python -m bench reading ledger") to run those alone.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

os.environ["DJANGO_SETTINGS_MODULE"] = "guidance_site.settings.bench"

MODULES = ("importing", "ledger", "reading")


def main(names: list[str]) -> None:
    import django

    django.setup()
    from bench.report import print_rows

    for name in names or MODULES:
        print_rows(import_module(f"bench.{name}").run())


if __name__ == "__main__":
    main(sys.argv[1:])
