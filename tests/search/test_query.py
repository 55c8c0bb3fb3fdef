"""What a query is taken for, whatever was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import LONGEST, Reference, Words, parse_query

TITLES = {
    "Local Government Act 1999": "ukpga/1999/27",
    "Local Government and Public Involvement in Health Act 2007": "ukpga/2007/28",
    "LGPIHA 2007": "ukpga/2007/28",
    "Local Authorities (Functions and Responsibilities) (England) Regulations 2000": (
        "uksi/2000/2853"
    ),
}
DEFINITIONS = {"the Act": "ukpga/2007/28"}


def read(text):
    return parse_query(text, TITLES, DEFINITIONS)


def told(text):
    """The groups, briefly: words as they are, "phrases" in quotes, references as kind:value."""
    return [" | ".join(_told(item) for item in group) for group in read(text).groups]


def _told(item):
    if isinstance(item, Reference):
        return f"{item.kind}:{item.value}{'!' if item.required else ''}"
    return f'"{item.text}"' if item.exact else item.text


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("parish plans", ["parish", "plans"]),
        ('"citizen juries" parish', ['"citizen juries"', "parish"]),
        ("“citizen juries”", ['"citizen juries"']),
        ('"never closed', ['"never closed"']),
        ("fire OR police", ["fire | police"]),
        ("fire or police", ["fire", "or", "police"]),
        ('fire OR "best value" OR police duty', ['fire | "best value" | police', "duty"]),
        ("OR fire OR", ["fire"]),
        ("non-designated targets?", ["non-designated", "targets"]),
        ("2.13", ["number:2.13"]),
        ("para 2.26", ["number:2.26"]),
        ("Paragraph 12", ["number:12"]),
        ("para. A4", ["number:A4"]),
        ("2.13A duty", ["number:2.13A", "duty"]),
        ("number:2.13", ["number:2.13!"]),
        ("s138", ["provision:section/138"]),
        ("s.138", ["provision:section/138"]),
        ("section 106(2)(c)(i)", ["provision:section/106/2/c/i"]),
        ("s138 LGPIHA 2007", ["provision:ukpga/2007/28/section/138"]),
        ("section 116 of the Act", ["provision:ukpga/2007/28/section/116"]),
        (
            "sections 106 and 111 of the Act",
            ["provision:ukpga/2007/28/section/106 | provision:ukpga/2007/28/section/111"],
        ),
        ("SI 2000/2853", ["provision:uksi/2000/2853"]),
        ("section 3A Local Government Act 1999 police", [
            "provision:ukpga/1999/27/section/3A", "police"
        ]),
        ("under:ukpga/1999/27/section/3A", ["provision:ukpga/1999/27/section/3A!"]),
        (
            'under:"section 3A of the Local Government Act 1999" police',
            ["provision:ukpga/1999/27/section/3A!", "police"],
        ),
        ("under:s138", ["provision:section/138!"]),
        ("", []),
        ('"" - -- : !!! OR', []),
    ],
)  # fmt: skip
def test_what_is_asked_for(typed, groups):
    assert told(typed) == groups


def test_what_is_to_be_left_out():
    query = read('duty -police -"best value" OR fire')
    assert query.without == (Words("police"), Words("best value", exact=True))
    assert query.groups == ((Words("duty"),), (Words("fire"),))
    assert read("-police").empty


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("number:often", "“often” is not a paragraph number"),
        ("under:nothing", "“nothing” is not a provision"),
        ("x" * (LONGEST + 1), f"first {LONGEST} characters"),
        ("a b " * 40, "first 32 words"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(typed, says):
    assert says in " ".join(read(typed).problems)


def test_a_query_is_one_tidy_line():
    assert read(" a\x00b\tc \u202e d\ud800 ").text == "a b c d"


@given(st.text(max_size=600))
def test_any_text_is_a_query(text):
    query = read(text)
    assert len(query.text) <= LONGEST
    for item in [*query.without, *(item for group in query.groups for item in group)]:
        assert (item.text if isinstance(item, Words) else item.value).strip()
    assert all(query.groups)


@given(st.lists(st.sampled_from(['"', "-", "OR", "number:", "under:", "s1", "2.1", "(", "a"])))
def test_pieces_of_the_language_in_any_order_are_a_query(parts):
    for joint in ("", " "):
        assert read(joint.join(parts)).problems is not None
