"""One way to turn a value into bytes and a digest, so that anybody can compute a digest again.

The bytes are JSON with sorted keys, no spaces, strings in Unicode NFC, encoded as UTF-8.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID


def canonical_json(value: Any) -> bytes:
    """The one JSON form of `value`: mappings, sequences, strings, integers, booleans and None.

    Dates and UUIDs are written as their ISO and plain text. Floats are refused (TypeError), since
    two machines may print one number in two ways; so is anything else, and a mapping in which two
    keys become the same string.
    """
    return json.dumps(
        _plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode("utf-8")


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int():
            return value
        case str():
            return unicodedata.normalize("NFC", value)
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Mapping():
            return _plain_mapping(value)
        case list() | tuple():
            return [_plain(item) for item in value]
    raise TypeError(f"A {type(value).__name__} has no canonical form; use text or an integer.")


def _plain_mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise TypeError(f"The key {key!r} is not text; canonical JSON has text keys only.")
        name = unicodedata.normalize("NFC", key)
        if name in plain:
            raise TypeError(f"Two keys are both written {name!r}.")
        plain[name] = _plain(item)
    return plain
