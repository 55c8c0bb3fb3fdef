"""Files wait for clamd before anybody opens them; a scanner that is down opens nothing and loses
nothing. The scanner here is a small server that speaks clamd's protocol over a real socket."""

import socket
import socketserver
import struct
import threading
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from consultation.actions import following
from consultation.actions.attaching import attach
from consultation.actions.scanning import ScannerFailed, ask_clamd, scan_waiting
from consultation.models import Attachment, Scan
from consultation.models.attachments import private_files
from tests.consultation import samples

HARMFUL = b"this part stands for a virus"


class Clamd(socketserver.StreamRequestHandler):
    """INSTREAM as clamd 1.0 speaks it."""

    def handle(self):
        self.server.asked += 1
        assert self.rfile.read(10) == b"zINSTREAM\0"
        held = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            held += self.rfile.read(length)
            if len(held) > self.server.most:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        if self.server.silent:
            return
        found = HARMFUL in held
        self.wfile.write(b"stream: Test.Virus FOUND\0" if found else b"stream: OK\0")


@pytest.fixture
def clamd(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.asked, server.most, server.silent = 0, 1_000_000, False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


@pytest.fixture
def nobody(settings):
    """An address at which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.CLAMD = f"127.0.0.1:{free.getsockname()[1]}"


def attached(data=b"Our plan.", name="plan.txt"):
    response, _ = samples.written(samples.consultation())
    return attach(response=response, file=ContentFile(data, name=name))


def result(made):
    return Attachment.objects.get(pk=made.pk).scan


@pytest.mark.django_db(transaction=True)
def test_a_file_is_looked_at_as_soon_as_it_is_kept(clamd):
    assert result(attached()) == Scan.CLEAN
    assert clamd.asked == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_harmful_is_never_openable(clamd):
    made = attached(b"Hello " * 30_000 + HARMFUL)
    assert result(made) == Scan.INFECTED
    assert not Attachment.objects.get(pk=made.pk).openable


@pytest.mark.django_db(transaction=True)
def test_while_the_scanner_is_down_a_file_waits_and_is_looked_at_later(nobody, clamd, settings):
    address, settings.CLAMD = settings.CLAMD, "127.0.0.1:1"
    made = attached()
    assert (result(made), made.openable) == (Scan.WAITING, False)
    following.follow()
    assert result(made) == Scan.WAITING
    settings.CLAMD = address
    following.follow()
    assert result(made) == Scan.CLEAN


@pytest.mark.django_db(transaction=True)
def test_a_file_that_fails_keeps_no_other_waiting(clamd, monkeypatch):
    monkeypatch.setattr("consultation.actions.attaching.scan_soon", lambda pk: None)
    monkeypatch.setattr("consultation.actions.scanning.AT_ONCE", 1)
    lost, fine = attached(), attached(b"Another.")
    private_files().delete(lost.file.name)
    assert [scan_waiting(), scan_waiting()] == [0, 1]
    assert (result(lost), result(fine)) == (Scan.WAITING, Scan.CLEAN)


@pytest.mark.django_db(transaction=True)
def test_taking_the_scanner_away_opens_nothing_that_waits(clamd, settings, monkeypatch):
    monkeypatch.setattr("consultation.actions.attaching.scan_soon", lambda pk: None)
    made = attached()
    settings.CLAMD = ""
    scan_waiting()
    assert result(made) == Scan.WAITING


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_shares_the_bytes_is_looked_at_with_them(clamd, monkeypatch):
    monkeypatch.setattr("consultation.actions.attaching.scan_soon", lambda pk: None)
    made = attached()
    Attachment.objects.create(
        response=made.response, file=made.file.name, name="b", media_type="text/plain", size=9,
        sha256="0" * 64, added_at=made.added_at,
    )  # fmt: skip
    scan_waiting()
    assert set(Attachment.objects.values_list("scan", flat=True)) == {Scan.CLEAN}
    assert clamd.asked == 1


def test_the_answers_of_the_scanner_are_told_apart(clamd):
    assert ask_clamd(f"127.0.0.1:{clamd.server_address[1]}", [b"fine"]) == ""
    assert ask_clamd(f"127.0.0.1:{clamd.server_address[1]}", [b"not ", HARMFUL]) == "Test.Virus"
    clamd.silent = True
    with pytest.raises(ScannerFailed):
        ask_clamd(f"127.0.0.1:{clamd.server_address[1]}", [b"fine"])
    clamd.most = 10
    with pytest.raises(ScannerFailed):
        ask_clamd(f"127.0.0.1:{clamd.server_address[1]}", [b"x" * 60_000] * 50)


@pytest.mark.parametrize("address", ["nowhere", "127.0.0.1:x", "/no/such/socket"])
def test_an_address_that_is_none_is_a_scanner_that_is_not_there(address):
    with pytest.raises(ConnectionError):
        ask_clamd(address, [b"fine"])


def test_the_scanner_is_reached_by_a_socket_of_the_machine_too(tmp_path):
    with socketserver.ThreadingUnixStreamServer(str(tmp_path / "clamd.ctl"), Clamd) as server:
        server.asked, server.most, server.silent = 0, 1_000_000, False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert ask_clamd(str(tmp_path / "clamd.ctl"), [HARMFUL]) == "Test.Virus"
        server.shutdown()


@pytest.mark.django_db(transaction=True)
def test_the_command_says_what_was_done_and_what_waits(clamd, settings, monkeypatch):
    monkeypatch.setattr("consultation.actions.attaching.scan_soon", lambda pk: None)
    attached()
    said = StringIO()
    call_command("scan_files", stdout=said)
    assert said.getvalue() == "1 looked at, 0 still waiting.\n"
    settings.CLAMD = ""
    with pytest.raises(CommandError, match="set CLAMD"):
        call_command("scan_files")
