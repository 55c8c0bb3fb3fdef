"""Says of a certificate whether it is genuine and whether the record still says what it states."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guidance.actions.certificate_checking import check_certificate
from guidance.signing import MAX_BYTES, NotACertificate


class Command(BaseCommand):
    help = "Check a certificate. Exit code 1 where anything in it does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the certificate as JSON, or - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            checked = check_certificate(_read(options["file"]))
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except NotACertificate as error:
            raise CommandError(str(error)) from error
        for finding in checked.findings:
            self.stdout.write(f"{'holds' if finding.holds else 'FAILS'}  {finding.words}")
        if not checked.holds:
            raise SystemExit(1)


def _read(name: str) -> bytes:
    """No more than is needed to say that it is too large."""
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MAX_BYTES + 1)
