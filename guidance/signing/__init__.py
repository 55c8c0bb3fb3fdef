"""Certificates: statements that are signed, so that anybody can prove who made them. Pure.

A certificate is a JSON object of a `statement` and a `signature`: Ed25519 (RFC 8032) over the
canonical JSON of the statement (`guidance.digests`), with the id of the key that made it.
"""

from guidance.signing.certificate import (
    MAX_BYTES,
    Certificate,
    Genuine,
    NotACertificate,
    read_certificate,
    sign,
    verify,
)
from guidance.signing.keys import PublicKey, SigningKey, UnusableKey

__all__ = [
    "MAX_BYTES",
    "Certificate",
    "Genuine",
    "NotACertificate",
    "PublicKey",
    "SigningKey",
    "UnusableKey",
    "read_certificate",
    "sign",
    "verify",
]
