"""A mail server in the test's own process: as much of IMAP4rev1 (RFC 3501) and MOVE (RFC 6851) as a
mailbox that is read and emptied needs, spoken over a real socket."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Box:
    """Folders of messages by the numbers that they keep. `moves` says whether the server knows MOVE;
    with `breaks_at` it hangs up on the command of that name, once."""

    folders: dict[str, dict[int, bytes]] = field(default_factory=lambda: {"INBOX": {}})
    date: str = "02-Jan-2026 10:00:00 +0000"
    moves: bool = True
    breaks_at: str = ""
    port: int = 0
    _next: int = 1

    def deliver(self, message: bytes) -> None:
        self._put("INBOX", message)

    def _put(self, folder: str, message: bytes) -> None:
        self.folders.setdefault(folder, {})[self._next] = message
        self._next += 1

    @property
    def counts(self) -> dict[str, int]:
        return {name: len(messages) for name, messages in self.folders.items()}


class _Session(socketserver.StreamRequestHandler):
    box: Box

    def handle(self) -> None:
        self.say("* OK ready")
        self.deleted: set[int] = set()
        while line := self.rfile.readline().decode().strip():
            tag, _, command = line.partition(" ")
            name, _, rest = command.partition(" ")
            if name.upper() == "UID":
                name, _, rest = rest.partition(" ")
            if self.box.breaks_at == name.upper():
                self.box.breaks_at = ""
                return
            answer = getattr(self, f"on_{name.lower()}", None)
            ok = answer(rest) if answer else False
            self.say(f"{tag} {'OK done' if ok is not False else 'NO not that'}")
            if name.upper() == "LOGOUT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def on_capability(self, _: str) -> None:
        self.say("* CAPABILITY IMAP4rev1" + (" MOVE" if self.box.moves else " UIDPLUS"))

    def on_login(self, rest: str) -> bool:
        return rest.split() == ["team", '"p@ss word"'] or rest.endswith('"p@ss word"')

    def on_select(self, _: str) -> None:
        self.say(f"* {len(self.box.folders['INBOX'])} EXISTS")

    def on_create(self, rest: str) -> bool:
        name = rest.strip('"')
        new = name not in self.box.folders
        self.box.folders.setdefault(name, {})
        return new

    def on_search(self, _: str) -> None:
        left = [n for n in self.box.folders["INBOX"] if n not in self.deleted]
        self.say("* SEARCH " + " ".join(map(str, left)))

    def on_fetch(self, rest: str) -> None:
        number = int(rest.split()[0])
        message = self.box.folders["INBOX"][number]
        if "SIZE" in rest:
            self.say(f"* 1 FETCH (UID {number} RFC822.SIZE {len(message)})")
            return
        head = f'* 1 FETCH (UID {number} INTERNALDATE "{self.box.date}" BODY[] {{{len(message)}}}'
        self.wfile.write(head.encode() + b"\r\n" + message + b")\r\n")

    def on_move(self, rest: str) -> None:
        number, folder = re.match(r'(\d+) "(.*)"', rest).groups()  # type: ignore[union-attr]
        self.box._put(folder, self.box.folders["INBOX"].pop(int(number)))

    def on_copy(self, rest: str) -> None:
        number, folder = re.match(r'(\d+) "(.*)"', rest).groups()  # type: ignore[union-attr]
        self.box._put(folder, self.box.folders["INBOX"][int(number)])

    def on_store(self, rest: str) -> None:
        self.deleted.add(int(rest.split()[0]))

    def on_expunge(self, rest: str) -> None:
        self.box.folders["INBOX"].pop(int(rest))

    def on_logout(self, _: str) -> None:
        self.say("* BYE")


@contextmanager
def serving(box: Box) -> Iterator[str]:
    """The server for as long as the block lasts; gives its address."""
    session = type("Session", (_Session,), {"box": box})
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), session) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"imap://team:p%40ss%20word@127.0.0.1:{server.server_address[1]}/INBOX"
        finally:
            server.shutdown()
            thread.join()
