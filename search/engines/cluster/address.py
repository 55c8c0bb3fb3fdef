"""Where a cluster is: what an address in SEARCH_URL says, read once. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

KINDS = ("opensearch", "elasticsearch")
DEFAULT_PREFIX = "guidance"
DEFAULT_PORT = 9200

_SHAPE = re.compile(
    r"(?P<kind>\w+)\+(?P<scheme>https?)://"
    r"(?:(?P<user>[^:@/]*):(?P<password>[^@/]*)@)?"
    r"(?P<hosts>[^@/]+)/?(?P<prefix>[^/?#]*)/?"
)
_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::(?P<port>\d{1,5}))?")
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")


@dataclass(frozen=True, slots=True)
class Address:
    """A cluster, its nodes as (host, port), and the prefix of our indices on it. User and password
    stay out of what is printed."""

    kind: str
    secure: bool
    hosts: tuple[tuple[str, int], ...]
    prefix: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: str) -> Address:
        """Reads an address. Raises ValueError, without what might be a password, where it is none."""
        found = _SHAPE.fullmatch(url)
        if not found or found["kind"] not in KINDS:
            raise ValueError(
                "The address of the search cluster cannot be read; write it like"
                " opensearch+https://user:password@host:9200/guidance, any sign but letters and"
                " digits in the password as % and its code."
            )
        prefix = found["prefix"] or DEFAULT_PREFIX
        if not _PREFIX.fullmatch(prefix):
            raise ValueError(
                f"“{prefix}” cannot begin the names of indices; use small letters, digits and “-”."
            )
        return cls(
            kind=found["kind"],
            secure=found["scheme"] == "https",
            hosts=tuple(_host(host) for host in found["hosts"].split(",")),
            prefix=prefix,
            user=unquote(found["user"] or ""),
            password=unquote(found["password"] or ""),
        )

    def __str__(self) -> str:
        """For people: where it is, and nothing of who may enter."""
        return ", ".join(f"{host}:{port}" for host, port in self.hosts)


def _host(text: str) -> tuple[str, int]:
    found = _HOST.fullmatch(text.strip())
    port = int(found["port"] or DEFAULT_PORT) if found else 0
    if not found or not 0 < port < 65536:
        raise ValueError(f"“{text}” is no host of a search cluster; write host:9200.")
    return found["name"].strip("[]"), port
