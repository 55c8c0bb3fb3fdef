"""Word differences: nothing is lost, and they read as a person would mark them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guidance.comparison import Piece, redline

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A machine that does other work too is no fault of what is tested."""

WORDS = st.sampled_from(
    ["authority", "must", "the", "a", ",", ".", "2.13", "co-operate", "section", "(a)", "\n", "  "]
)
TEXTS = st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=60)


def marked(before: str, after: str) -> str:
    marks = {"equal": "{}", "delete": "[-{}-]", "insert": "[+{}+]"}
    return "".join(marks[piece.op].format(piece.text) for piece in redline(before, after))


@BUSY
@given(TEXTS, TEXTS)
@example("", " ")
@example("a\nb", "a b")
def test_both_wordings_can_be_read_back(before, after):
    pieces = redline(before, after)
    assert "".join(p.text for p in pieces if p.op != "insert") == before
    assert "".join(p.text for p in pieces if p.op != "delete") == after
    assert all(p.text for p in pieces)
    assert all(a.op != b.op for a, b in pairwise(pieces))
    assert not any((a.op, b.op) == ("insert", "delete") for a, b in pairwise(pieces))


@BUSY
@given(TEXTS)
def test_the_same_words_are_one_kept_run(text):
    assert redline(text, text) == ([Piece("equal", text)] if text else [])


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (
            "The authority should consult local people.",
            "The authority must consult local people.",
            "The authority [-should-][+must+] consult local people.",
        ),
        (
            "Partners should agree a plan every year, and publish it.",
            "Partners should agree and publish it.",
            "Partners should agree [-a plan every year, -]and publish it.",
        ),
        (
            "Follow section 106(2)(c) of the Act.",
            "Follow section 106(2)(d) of the Act.",
            "Follow section 106(2)([-c-][+d+]) of the Act.",
        ),
        ("See paragraph 2.13.", "See paragraph 2.14.", "See paragraph [-2.13-][+2.14+]."),
        ("to co-operate fully", "to cooperate fully", "to [-co-operate-][+cooperate+] fully"),
        ("• one\n• three", "• one\n• two\n• three", "• one\n[+• two\n+]• three"),
        (
            "It opens. It shuts.",
            "It opens. It waits. It shuts.",
            "It opens. [+It waits. +]It shuts.",
        ),
        (
            "Open.\nThis is a draft. It tells.",
            "Open.\nIt tells.",
            "Open.\n[-This is a draft. -]It tells.",
        ),
        ("", "All new.", "[+All new.+]"),
        ("All gone.", "", "[-All gone.-]"),
    ],
)
def test_changes_are_marked_word_by_word(before, after, wanted):
    assert marked(before, after) == wanted


def test_a_lone_article_between_two_changes_does_not_break_them_up():
    before = "Every council shall appoint the auditor yearly at its meeting."
    after = "Every council shall instruct an external firm for the next decade at its meeting."
    assert marked(before, after) == (
        "Every council shall [-appoint the auditor yearly-]"
        "[+instruct an external firm for the next decade+] at its meeting."
    )


def test_a_telling_word_between_two_small_changes_is_kept():
    assert "consult" in [
        p.text.strip()
        for p in redline("It must consult them now.", "It should consult us now.")
        if p.op == "equal"
    ]


def test_wordings_that_share_next_to_nothing_replace_each_other_as_a_whole():
    before = "A library opens on the first Monday of the month."
    after = "Fees are set by the board and of them a part goes to the fund."
    assert [p.op for p in redline(before, after)] == ["delete", "insert"]
