"""Has files looked at by clamd before anybody may open them.

The protocol is clamd's own INSTREAM (https://linux.die.net/man/8/clamd): the file in pieces, each
after its length, and one line back. While clamd cannot be reached a file waits; nothing is opened
unlooked at because a scanner is down.
"""

from __future__ import annotations

import logging
import socket
import struct
from collections.abc import Iterable
from contextlib import closing

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks import task

from consultation.models import Attachment, Scan

logger = logging.getLogger("consultation")

CONNECTING, ANSWERING = 5.0, 60.0
"""Seconds to wait for clamd."""
AT_ONCE = 200
"""Files that one turn of the follower looks at."""
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096


class ScannerFailed(OSError):
    """clamd is not there, or does not say what it found."""


def scanner() -> str:
    """Where clamd is, "" where none is set up: then files are kept unscanned, and say so."""
    return str(settings.CLAMD).strip()


def scan_soon(attachment: int) -> None:
    """Look at a file as soon as its row is there for good."""
    transaction.on_commit(lambda: scan_file.enqueue(attachment))


@task(backend="background")
def scan_file(attachment: int) -> None:
    """The task of one file; where it fails the file waits for `scan_waiting`."""
    found = Attachment.objects.filter(pk=attachment, scan=Scan.WAITING).first()
    if found is not None and scanner():
        try:
            scan(found)
        except OSError as error:
            logger.warning("event=scan_failed attachment=%s kind=%s", attachment, _kind(error))


def scan_waiting() -> int:
    """Look at files that still wait, the oldest first; how many were looked at. A scanner that is not
    there is asked once; a file that alone fails does not keep the others waiting."""
    if not scanner():
        return 0
    done = 0
    for found in _waiting()[:AT_ONCE]:
        if not Attachment.objects.filter(pk=found.pk, scan=Scan.WAITING).exists():
            continue  # looked at meanwhile, by another process or with a row of the same bytes
        try:
            scan(found)
        except ConnectionError as error:
            logger.error("event=scanner_unreachable kind=%s", _kind(error))
            break
        except OSError as error:
            logger.error("event=scan_failed attachment=%s kind=%s", found.pk, _kind(error))
            Attachment.objects.filter(pk=found.pk).update(scanned_at=timezone.now())
            continue
        done += 1
    return done


def _waiting() -> QuerySet[Attachment]:
    """Those that were never tried first, so that some that always fail keep nobody from their turn."""
    tried = F("scanned_at").asc(nulls_first=True)
    return Attachment.objects.filter(scan=Scan.WAITING).order_by(tried, "added_at", "pk")


def scan(attachment: Attachment) -> Scan:
    """Look at a file and write down what was found, for every row that names the same bytes.
    ScannerFailed or another OSError where it cannot be said."""
    with attachment.file.open("rb") as file:
        harmful = ask_clamd(scanner(), iter(lambda: file.read(_PIECE), b""))
    result = Scan.INFECTED if harmful else Scan.CLEAN
    rows = Attachment.objects.filter(file=attachment.file.name, scan=Scan.WAITING)
    rows.update(scan=result, scanned_at=timezone.now())
    if harmful:
        logger.warning("event=file_infected attachment=%s", attachment.pk)
    return result


def ask_clamd(address: str, pieces: Iterable[bytes]) -> str:
    """What clamd calls what it found, "" where it found nothing. `address` is "host:port" or the path
    of a socket. ConnectionError where it is not there, ScannerFailed where it does not say."""
    with closing(_connect(address)) as connection:
        connection.settimeout(ANSWERING)
        try:
            connection.sendall(b"zINSTREAM\0")
            for piece in pieces:
                connection.sendall(struct.pack("!L", len(piece)) + piece)
            connection.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it says why, where the file is longer than it takes
        answer = _answer(connection)
    if answer.endswith(" OK"):
        return ""
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerFailed("clamd did not say what it found")


def _connect(address: str) -> socket.socket:
    try:
        if "/" in address:
            return _at_path(address)
        host, _, port = address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), CONNECTING)
    except ValueError as error:
        raise ConnectionError("the setting CLAMD is neither host:port nor a path") from error
    except OSError as error:
        raise ConnectionError("clamd cannot be reached") from error


def _at_path(path: str) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(CONNECTING)
    try:
        connection.connect(path)
    except OSError:
        connection.close()
        raise
    return connection


def _answer(connection: socket.socket) -> str:
    said = b""
    try:
        while b"\0" not in said and len(said) < _LONGEST_ANSWER:
            piece = connection.recv(_LONGEST_ANSWER)
            if not piece:
                break
            said += piece
    except OSError as error:
        raise ScannerFailed("clamd broke off") from error
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _kind(error: OSError) -> str:
    return type(error).__name__
