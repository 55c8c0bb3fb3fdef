"""Ed25519 keys (RFC 8032) as text: made, read, named, and published as JWK (RFC 8037) and PEM."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_LENGTH = 32
"""Bytes of a private and of a public key."""


class UnusableKey(ValueError):
    """A key that cannot be read; says what to do and never repeats the key."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that checks signatures; `raw` is its 32 bytes."""

    raw: bytes

    @classmethod
    def of(cls, text: str) -> PublicKey:
        """From base64, as `text` gives it."""
        return cls(_decoded(text, "public"))

    @property
    def id(self) -> str:
        """By what a certificate names it: the first 16 hexadecimal digits of its SHA-256."""
        return hashlib.sha256(self.raw).hexdigest()[:16]

    @property
    def text(self) -> str:
        return base64.b64encode(self.raw).decode()

    @property
    def jwk(self) -> dict[str, str]:
        """A JSON Web Key of the kind OKP."""
        x = base64.urlsafe_b64encode(self.raw).decode().rstrip("=")
        return {
            "kty": "OKP",
            "crv": "Ed25519",
            "x": x,
            "kid": self.id,
            "use": "sig",
            "alg": "EdDSA",
        }

    @property
    def pem(self) -> str:
        key = Ed25519PublicKey.from_public_bytes(self.raw)
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def made(self, signature: bytes, message: bytes) -> bool:
        """Whether this key's owner signed the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs; its 32 bytes are shown nowhere but in `text`."""

    _raw: bytes = field(repr=False)

    @classmethod
    def of(cls, text: str) -> SigningKey:
        """From base64, as `text` gives it."""
        return cls(_decoded(text, "signing"))

    @classmethod
    def generated(cls) -> SigningKey:
        """A new one, from the system's source of randomness."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def text(self) -> str:
        """The secret itself, in base64, to be kept where secrets are kept."""
        return base64.b64encode(self._raw).decode()

    @property
    def public(self) -> PublicKey:
        return PublicKey(self._private().public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        return self._private().sign(message)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._raw)


def _decoded(text: str, kind: str) -> bytes:
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != _LENGTH:
        raise UnusableKey(
            f"A {kind} key for certificates is 32 bytes in base64 (44 characters);"
            " make one with: manage.py make_certificate_key"
        )
    return raw
