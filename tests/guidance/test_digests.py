"""Canonical JSON and its digest."""

import json
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.digests import canonical_json, digest

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def normalised(value):
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {normalised(k): normalised(v) for k, v in value.items()}
    return [normalised(v) for v in value] if isinstance(value, list) else value


@given(values)
def test_canonical_json_reads_back_as_the_value_in_nfc(value):
    try:
        written = canonical_json(value)
    except TypeError:
        return  # two keys that NFC makes one
    assert json.loads(written) == normalised(value)


@given(st.dictionaries(st.text("abc", max_size=3), st.integers(), max_size=5))
def test_the_order_of_keys_does_not_change_the_digest(value):
    assert digest(dict(reversed(value.items()))) == digest(value)


def test_composed_and_decomposed_letters_have_one_digest():
    assert digest("e\u0301") == digest("\u00e9")


def test_a_known_digest_stays():
    assert (
        canonical_json({"b": [1, None, True], "a": "é"}) == '{"a":"é","b":[1,null,true]}'.encode()
    )
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_dates_are_written_as_iso():
    assert canonical_json(date(2008, 7, 1)) == b'"2008-07-01"'


@pytest.mark.parametrize(
    "value", [1.0, [0.5], {"a": {1, 2}}, {1: "a"}, b"x", {"e\u0301": 1, "\u00e9": 2}]
)
def test_what_has_no_one_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical_json(value)
