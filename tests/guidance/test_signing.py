"""Signing: what was signed and nothing else is genuine; what strangers send gets a sentence."""

from __future__ import annotations

import base64
import json
import unicodedata

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import given
from hypothesis import strategies as st

from guidance.signing import (
    MAX_BYTES,
    Genuine,
    NotACertificate,
    PublicKey,
    SigningKey,
    UnusableKey,
    read_certificate,
    sign,
    verify,
)

# RFC 8032, section 7.1, test 2: secret key, public key, message, signature
SECRET = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
SIGNED = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
KEY = SigningKey.generated()
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(TEXT.map(lambda t: unicodedata.normalize("NFC", t)), inner, max_size=3)
    ),
    max_leaves=8,
)
STATEMENTS = st.dictionaries(
    TEXT.map(lambda t: unicodedata.normalize("NFC", t)), VALUES, max_size=4
)


def test_keys_and_signatures_are_those_of_the_standard():
    key = SigningKey.of(base64.b64encode(bytes.fromhex(SECRET)).decode())
    assert key.public.raw.hex() == PUBLIC
    assert key.sign(b"\x72").hex() == SIGNED
    assert key.public.made(bytes.fromhex(SIGNED), b"\x72")
    assert not key.public.made(bytes.fromhex(SIGNED), b"\x73")


def test_a_public_key_is_published_in_forms_that_others_read():
    public = KEY.public
    pem = load_pem_public_key(public.pem.encode())
    assert isinstance(pem, Ed25519PublicKey)
    assert pem.public_bytes_raw() == public.raw
    assert base64.urlsafe_b64decode(public.jwk["x"] + "=") == public.raw
    assert public.jwk["kid"] == public.id
    assert PublicKey.of(public.text) == public


def test_a_secret_key_is_not_shown_by_accident():
    assert KEY.text not in repr(KEY)
    assert SigningKey.of(f" {KEY.text}\n").public == KEY.public


@pytest.mark.parametrize(
    "text", ["", "short", "é" * 44, "A" * 43, base64.b64encode(b"x" * 31).decode()]
)
def test_what_is_no_key_is_refused_without_repeating_it(text):
    with pytest.raises(UnusableKey) as refused:
        SigningKey.of(text)
    assert "make_certificate_key" in str(refused.value)
    assert len(text) < 5 or text not in str(refused.value)


@given(STATEMENTS)
def test_what_was_signed_is_genuine_after_its_way_through_a_file(statement):
    certificate = sign(statement, KEY)
    found = read_certificate(certificate.as_json())
    assert verify(found, [KEY.public]) is Genuine.YES
    assert verify(found, [SigningKey.generated().public]) is Genuine.UNKNOWN_KEY
    assert found.as_json() == certificate.as_json()


@given(STATEMENTS, STATEMENTS)
def test_a_signature_holds_for_one_statement_only(statement, other):
    file = json.loads(sign(statement, KEY).as_json())
    expected = Genuine.YES if _same(statement, other) else Genuine.CHANGED
    file["statement"] = other
    assert verify(read_certificate(json.dumps(file).encode()), [KEY.public]) is expected


def _same(one, other):
    from guidance.digests import canonical_json

    return canonical_json(one) == canonical_json(other)


def _file(**parts):
    whole = json.loads(sign({"a": "b"}, KEY).as_json())
    return json.dumps(whole | parts).encode()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"hello",
        b"[]",
        b"null",
        b"{",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"statement": {"n": NaN}}',
        b'{"statement": {"n": ' + b"9" * 5000 + b"}}",
        b'{"statement": {}, "statement": {}}',
        _file(statement=[]),
        _file(statement={"n": 1.5}),
        _file(statement={"n": "\ud800"}),
        _file(statement=None),
        _file(signature=None),
        _file(signature="x"),
        _file(signature={}),
        _file(signature={"algorithm": "none", "key": KEY.public.id, "value": ""}),
        _file(signature={"algorithm": "Ed25519", "key": 1, "value": []}),
        _file(signature={"algorithm": "Ed25519", "key": KEY.public.id, "value": "AAAA"}),
        _file(signature={"algorithm": "Ed25519", "key": KEY.public.id, "value": "é"}),
        _file(more="x"),
        b" " * (MAX_BYTES + 1),
    ],
)
def test_anything_else_gets_a_sentence_that_says_what_to_do(sent):
    with pytest.raises(NotACertificate) as refused:
        read_certificate(sent)
    assert str(refused.value).endswith("as you got it.")
    assert len(str(refused.value)) < 200


@given(st.binary(max_size=200) | TEXT.map(lambda text: json.dumps({"statement": text}).encode()))
def test_no_bytes_break_the_reader(sent):
    with pytest.raises(NotACertificate):
        read_certificate(sent)


def test_a_mark_at_the_start_that_some_editors_write_does_no_harm():
    assert read_certificate(b"\xef\xbb\xbf" + _file()).statement == {"a": "b"}
