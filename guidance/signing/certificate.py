"""A statement with its signature: made, read from what a stranger sends, and checked."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn

from guidance.digests import canonical_json
from guidance.signing.keys import PublicKey, SigningKey

ALGORITHM = "Ed25519"
MAX_BYTES = 4 * 1024 * 1024
"""Of a certificate that is read: one of an edition of 10,000 paragraphs has some two million."""

_SIGNATURE_LENGTH = 64


class NotACertificate(ValueError):
    """What was sent is no certificate; the message is a sentence for the person who sent it."""


class Genuine(StrEnum):
    """What the signature of a certificate proves."""

    YES = "genuine"
    CHANGED = "changed"
    UNKNOWN_KEY = "unknown-key"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A statement, the id of the key that signed it, and the signature."""

    statement: Mapping[str, Any]
    key: str
    signature: bytes

    def as_json(self) -> bytes:
        """The file that people keep: the same certificate always gives the same bytes."""
        value = base64.b64encode(self.signature).decode()
        signature = {"algorithm": ALGORITHM, "key": self.key, "value": value}
        whole = json.loads(
            canonical_json({"signature": signature, "statement": dict(self.statement)})
        )
        return json.dumps(whole, indent=2, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def sign(statement: Mapping[str, Any], key: SigningKey) -> Certificate:
    """Signed over its canonical JSON. TypeError where it holds what has no canonical form."""
    return Certificate(statement, key.public.id, key.sign(canonical_json(statement)))


def verify(certificate: Certificate, keys: Iterable[PublicKey]) -> Genuine:
    """Whether one of these keys signed exactly this statement."""
    key = next((key for key in keys if key.id == certificate.key), None)
    if key is None:
        return Genuine.UNKNOWN_KEY
    made = key.made(certificate.signature, canonical_json(certificate.statement))
    return Genuine.YES if made else Genuine.CHANGED


def read_certificate(sent: bytes) -> Certificate:
    """The certificate in a file. NotACertificate, with what to do, for everything else."""
    if len(sent) > MAX_BYTES:
        raise NotACertificate(
            "That is larger than any certificate: send the JSON file as you got it."
        )
    whole = _json(sent)
    if not isinstance(whole, dict) or not isinstance(whole.get("statement"), dict):
        _refuse("It has no “statement”")
    signature = whole.get("signature")
    if not isinstance(signature, dict) or signature.get("algorithm") != ALGORITHM:
        _refuse(f"It has no “signature” of the algorithm {ALGORITHM}")
    if set(whole) != {"statement", "signature"}:
        _refuse("It has parts beside its statement and signature, which nothing vouches for")
    key, value = signature.get("key"), signature.get("value")
    if not isinstance(key, str) or not isinstance(value, str):
        _refuse("Its signature lacks a key or a value")
    try:
        canonical_json(whole["statement"])
    except (TypeError, RecursionError, UnicodeEncodeError):
        _refuse("Its statement holds what no certificate holds")
    return Certificate(whole["statement"], key[:64], _bytes(value))


def _json(sent: bytes) -> Any:
    try:
        return json.loads(
            sent.decode("utf-8-sig"), object_pairs_hook=_no_name_twice, parse_constant=_no_number
        )
    except NotACertificate:
        raise
    except (ValueError, RecursionError):
        _refuse("It is not JSON, or not whole")


def _no_name_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """What stands twice could be read as one thing and checked as another."""
    found = dict(pairs)
    if len(found) != len(pairs):
        _refuse("One of its names stands twice")
    return found


def _bytes(value: str) -> bytes:
    try:
        signature = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        signature = b""
    if len(signature) != _SIGNATURE_LENGTH:
        _refuse("Its signature is not 64 bytes in base64")
    return signature


def _no_number(constant: str) -> NoReturn:
    _refuse(f"It holds {constant}, which is no number")


def _refuse(why: str) -> NoReturn:
    raise NotACertificate(
        f"This is not a certificate of this site. {why}. Send the JSON file as you got it."
    )
