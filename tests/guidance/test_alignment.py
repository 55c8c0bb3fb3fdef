"""Which paragraph of a further edition is which of the one before."""

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.alignment import Change, Difference, Item, align, difference

TEXTS = [
    "Local authorities must consult each partner before they adopt the plan and publish it.",
    "Partners should share what they know about local needs, and agree who leads on each by summer.",
    "The board meets four times a year and reports to the council on progress against its targets.",
    "A district may prepare its own strategy or join the county in one strategy for the whole area.",
]


def item(name, number, text, section="2", kind="paragraph", title=""):
    return Item(name, kind, number, title, text, section)


OLD = [item(f"o{i}", f"2.{i + 1}", text) for i, text in enumerate(TEXTS)]


def lines(new, old=OLD):
    return {a.new.id: (a.old, a.change) for a in align(old, new).items}


def test_the_same_edition_is_unchanged():
    result = align(OLD, [replace(i, id=f"n{i.id}") for i in OLD])
    assert {a.change for a in result.items} == {Change.UNCHANGED}
    assert [a.old for a in result.items] == [i.id for i in OLD]
    assert {a.confidence for a in result.items} == {1.0}
    assert result.removed == ()


def test_an_inserted_paragraph_renumbers_those_after_it():
    new = [
        item("a", "2.1", TEXTS[0]),
        item("x", "2.2", "Something of which the last edition said nothing whatever."),
        item("b", "2.3", TEXTS[1]),
    ]
    result = align(OLD[:2], new)
    assert [(a.old, a.change) for a in result.items] == [
        ("o0", "unchanged"),
        (None, "inserted"),
        ("o1", "renumbered"),
    ]


def test_a_paragraph_left_out_is_removed():
    result = align(OLD, [replace(i, id=f"n{i.id}") for i in OLD[:3]])
    assert result.removed == ("o3",)


def test_same_number_and_close_words_keep_the_identity():
    assert lines([item("a", "2.1", TEXTS[0].replace("must", "should"))])["a"] == (
        "o0",
        Change.SUBSTANTIVE,
    )
    assert lines([item("a", "2.1", TEXTS[0].replace("partner", "Partner") + "..")])["a"] == (
        "o0",
        Change.EDITORIAL,
    )


def test_renumbered_and_reworded_is_still_the_same():
    assert lines([item("a", "2.9", TEXTS[2].replace("four", "six"))])["a"] == (
        "o2",
        Change.SUBSTANTIVE,
    )


def test_a_paragraph_in_another_section_has_moved():
    old = [*OLD, item("o9", "3.1", "Something else stands here.", section="3")]
    new = [
        item("a", "2.1", TEXTS[0]),
        item("b", "2.2", TEXTS[1]),
        item("c", "2.3", TEXTS[2]),
        item("z", "3.1", "Something else stands here.", section="3"),
        item("d", "3.2", TEXTS[3], section="3"),
    ]
    assert lines(new, old)["d"] == ("o3", Change.MOVED)
    assert lines(new, old)["z"] == ("o9", Change.UNCHANGED)


def test_a_section_that_is_renamed_has_not_moved():
    assert {
        c for _, c in lines([replace(i, id=f"n{i.id}", section="two") for i in OLD]).values()
    } == {Change.UNCHANGED}


def test_a_split_paragraph_leaves_its_identity_to_one_part():
    first, second = TEXTS[1].split(", and ")
    result = align(
        OLD,
        [
            item("a", "2.1", TEXTS[0]),
            item("b", "2.2", first + "."),
            item("c", "2.3", "They should " + second),
        ],
    )
    split = {a.new.id: a for a in result.items if a.change is Change.SPLIT}
    assert set(split) == {"b", "c"}
    assert sorted(str(a.old) for a in split.values()) == ["None", "o1"]
    assert all(a.origins == ("o1",) for a in split.values())


def test_merged_paragraphs_keep_one_identity_and_name_both_origins():
    result = align(
        OLD,
        [
            item("a", "2.1", f"{TEXTS[0]} {TEXTS[1]}"),
            item("b", "2.2", TEXTS[2]),
            item("c", "2.3", TEXTS[3]),
        ],
    )
    merged = result.items[0]
    assert merged.change is Change.MERGED
    assert set(merged.origins) == {"o0", "o1"}
    assert result.merged == {next(o for o in ("o0", "o1") if o != merged.old): "a"}
    assert result.removed == ()


def test_a_box_is_known_by_its_title():
    old = [
        item(
            "o",
            "",
            "Share only what is needed, and keep a record.",
            kind="box",
            title="Data sharing",
        )
    ]
    new = [
        item(
            "n",
            "",
            "Share only what is really needed, and keep a record of it.",
            kind="box",
            title="Data sharing",
        )
    ]
    assert lines(new, old)["n"][0] == "o"
    assert lines([replace(new[0], kind="paragraph")], old)["n"][0] is None


def test_equal_paragraphs_are_paired_in_order():
    old = [item(f"o{i}", f"2.{i}", "Not used.") for i in range(1, 4)]
    new = [item(f"n{i}", f"3.{i}", "Not used.") for i in range(1, 4)]
    assert [a.old for a in align(old, new).items] == ["o1", "o2", "o3"]


def test_ids_that_repeat_are_refused():
    with pytest.raises(ValueError, match="same id"):
        align([OLD[0], OLD[0]], [])


words = st.lists(
    st.sampled_from(
        ["must", "plan", "board", "agree", "share", "council", "target", "area", "need"]
    ),
    max_size=12,
).map(" ".join)
editions = st.lists(
    st.tuples(
        st.sampled_from(["paragraph", "box"]), st.integers(0, 6), words, st.sampled_from("12")
    ),
    max_size=10,
)


def edition(rows, mark):
    return [
        Item(f"{mark}{i}", kind, str(number or ""), "" if number else "T", text, section)
        for i, (kind, number, text, section) in enumerate(rows)
    ]


@given(editions, editions)
def test_every_identity_is_given_at_most_once_and_none_is_lost(before, after):
    old, new = edition(before, "o"), edition(after, "n")
    result = align(old, new)
    kept = [a.old for a in result.items if a.old is not None]
    assert len(kept) == len(set(kept))
    assert [a.new for a in result.items] == new
    assert sorted([*kept, *result.removed, *result.merged]) == sorted(i.id for i in old)
    assert all(0.0 <= a.confidence <= 1.0 for a in result.items)
    assert all(a.change in (Change.INSERTED, Change.SPLIT) for a in result.items if a.old is None)
    assert all(a.change is not Change.INSERTED for a in result.items if a.old is not None)
    assert align(old, new) == result


@given(editions)
def test_an_edition_aligned_with_itself_is_unchanged(rows):
    old = edition(rows, "o")
    distinct = len({(i.kind, i.number, i.section, i.title, i.text) for i in old}) == len(old)
    result = align(old, edition(rows, "n"))
    if distinct:
        assert [a.old for a in result.items] == [i.id for i in old]
        assert {a.change for a in result.items} <= {Change.UNCHANGED}


@settings(deadline=None, max_examples=3)
@given(st.integers(0, 100))
def test_a_thousand_wholly_different_paragraphs_are_bounded(seed):
    chance = random.Random(seed)
    vocabulary = [f"word{i}" for i in range(3000)]
    made = [
        [
            Item(f"{m}{i}", "paragraph", str(i), "", " ".join(chance.choices(vocabulary, k=60)), "")
            for i in range(1000)
        ]
        for m in "on"
    ]
    started = time.process_time()
    align(*made)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("The plan  is\nfinal.", "The plan is final.", Difference.NONE),
        ("The plan is final", "the plan is final.", Difference.EDITORIAL),
        ("They co-operate “well”", "They cooperate 'well'", Difference.EDITORIAL),
        ("They cooperate with partners", "They cooporate with partners", Difference.EDITORIAL),
        ("They must agree", "They should agree", Difference.SUBSTANTIVE),
        ("They may agree", "They may not agree", Difference.SUBSTANTIVE),
        ("within 12 weeks", "within 13 weeks", Difference.SUBSTANTIVE),
        ("consult partners", "consult residents", Difference.SUBSTANTIVE),
    ],
)
def test_what_is_editorial_and_what_is_of_substance(before, after, kind):
    assert difference(before, after) is kind
