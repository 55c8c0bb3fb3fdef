"""How the paragraphs of an edition came from the edition before."""

from hypothesis import given
from hypothesis import strategies as st

from guidance.content import content_of
from guidance.edition_text import version_digest
from guidance.lineage import Decided, Said, Stood, changed, trace
from tests import factories as make


class Edition:
    """Paragraphs as (identity, number, words, section[, status])."""

    def __init__(self, *paragraphs):
        self.said, self.stood = {}, []
        for identity, number, words, section, *status in paragraphs:
            content = content_of(make.paragraph(number, words))
            said = Said(content, status[0] if status else "unstated", ())
            digest = version_digest(content, said.status, ())
            self.said[str(identity), digest] = said
            self.stood.append(Stood(str(identity), digest, section))

    def to(self, other):
        return [(int(step.identity), step.change) for step in self.steps_to(other)]

    def steps_to(self, other, *decided):
        return trace(self.stood, other.stood, self.said | other.said, decided)


BEFORE = Edition(
    (1, "1", "An authority must ask first.", 1), (2, "2", "Wait.", 1), (3, "3", "Then decide.", 2)
)


def test_what_is_unchanged_has_no_step():
    assert BEFORE.to(BEFORE) == []


def test_words_are_changed_in_substance_or_by_the_pen():
    after = Edition(
        (1, "1", "An authority may ask first.", 1), (2, "2", "Wait", 1), (3, "3", "Then decide.", 2)
    )
    assert BEFORE.to(after) == [(1, "substantive"), (2, "editorial")]


def test_another_status_is_a_change_of_substance_though_the_words_are_the_same():
    after = Edition(
        (1, "1", "An authority must ask first.", 1, "statutory"),
        (2, "2", "Wait.", 1),
        (3, "3", "Then decide.", 2),
    )
    assert BEFORE.to(after) == [(1, "substantive")]


def test_an_inserted_paragraph_renumbers_the_next_and_moves_nothing():
    after = Edition(
        (1, "1", "An authority must ask first.", 1),
        (9, "2", "Listen.", 1),
        (2, "3", "Wait.", 1),
        (3, "4", "Then decide.", 2),
    )
    assert BEFORE.to(after) == [(9, "inserted"), (2, "renumbered"), (3, "renumbered")]


def test_a_paragraph_can_be_reworded_renumbered_and_moved_at_once():
    after = Edition(
        (1, "1", "An authority must ask first.", 1),
        (3, "2", "Then decide.", 2),
        (2, "3", "Run.", 2),
    )
    assert BEFORE.to(after) == [
        (3, "renumbered"),
        (2, "substantive"),
        (2, "renumbered"),
        (2, "moved"),
    ]


def test_the_fewest_paragraphs_are_said_to_have_moved():
    words = ["One.", "Two.", "Three.", "Four."]
    before = Edition(*((i, "", w, 1) for i, w in enumerate(words)))
    after = Edition(
        (1, "", "Two.", 1), (2, "", "Three.", 1), (3, "", "Four.", 1), (0, "", "One.", 1)
    )
    assert before.to(after) == [(0, "moved")]


def test_a_section_that_is_put_elsewhere_as_a_whole_moves_nothing_inside_it():
    after = Edition(
        (3, "3", "Then decide.", 1),
        (1, "1", "An authority must ask first.", 2),
        (2, "2", "Wait.", 2),
    )
    assert BEFORE.to(after) == []


def test_what_is_removed_is_named_last_in_its_old_order():
    assert BEFORE.to(Edition((2, "2", "Wait.", 1))) == [(1, "removed"), (3, "removed")]


def decided(before, after, change, reason="Because."):
    return Decided(str(before or ""), str(after or ""), change, reason)


def told(steps):
    return [(s.origin, s.identity, s.change, s.reason) for s in steps]


def test_an_editor_says_whether_a_rewording_is_one_of_substance():
    after = Edition(
        (1, "1", "An authority may ask first.", 1), (2, "2", "Wait", 1), (3, "3", "Then decide.", 2)
    )
    steps = BEFORE.steps_to(
        after, decided(1, 1, "editorial", "A slip."), decided(2, 2, "substantive")
    )
    assert told(steps) == [
        ("", "1", "editorial", "A slip."),
        ("", "2", "substantive", "Because."),
    ]


def test_a_change_of_status_is_never_decided_to_be_editorial():
    after = Edition(
        (1, "1", "An authority must ask first.", 1, "statutory"),
        (2, "2", "Wait.", 1),
        (3, "3", "Then decide.", 2),
    )
    steps = BEFORE.steps_to(after, decided(1, 1, "editorial"))
    assert told(steps) == [("", "1", "substantive", "Because.")]


def test_a_reason_goes_with_every_change_of_its_paragraph():
    after = Edition(
        (1, "1", "An authority must ask first.", 1),
        (3, "2", "Then decide.", 2),
        (2, "3", "Run.", 2),
    )
    steps = BEFORE.steps_to(after, decided(2, 2, "moved"))
    assert {(s.change, s.reason) for s in steps if s.identity == "2"} == {
        ("substantive", "Because."),
        ("renumbered", "Because."),
        ("moved", "Because."),
    }


def test_what_was_split_off_is_not_called_inserted():
    after = Edition(
        (1, "1", "An authority must ask.", 1),
        (9, "1A", "First.", 1),
        (2, "2", "Wait.", 1),
        (3, "3", "Then decide.", 2),
    )
    steps = BEFORE.steps_to(after, decided(1, 9, "split"))
    assert told(steps) == [("", "1", "substantive", ""), ("1", "9", "split", "Because.")]
    assert steps[1].before == BEFORE.stood[0].digest


def test_what_went_into_another_is_not_called_removed():
    after = Edition((1, "1", "An authority must ask first. Wait.", 1), (3, "3", "Then decide.", 2))
    steps = BEFORE.steps_to(after, decided(2, 1, "merged"))
    assert told(steps) == [("", "1", "substantive", ""), ("2", "1", "merged", "Because.")]


def test_the_reason_for_what_was_inserted_or_removed_is_kept():
    after = Edition((9, "1", "Listen.", 1), (2, "2", "Wait.", 1), (3, "3", "Then decide.", 2))
    steps = BEFORE.steps_to(after, decided(0, 9, "inserted", "New."), decided(1, 0, "removed"))
    assert told(steps) == [("", "9", "inserted", "New."), ("", "1", "removed", "Because.")]


def test_a_decision_about_what_did_not_happen_changes_nothing():
    idle = (
        decided(1, 1, "substantive"),
        decided(1, 2, "split"),
        decided(1, 2, "merged"),
        decided(1, 9, "merged"),
        decided(8, 2, "merged"),
        decided(0, 7, "inserted"),
        decided(3, 0, "removed"),
    )
    assert BEFORE.steps_to(BEFORE, *idle) == []


editions = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.sampled_from("123"),
        st.sampled_from(["A.", "B.", "b"]),
        st.integers(1, 3),
    ),
    unique_by=lambda p: p[0],
).map(lambda paragraphs: Edition(*paragraphs))


@given(editions, editions)
def test_the_steps_account_for_every_difference_and_for_nothing_else(before, after):
    steps = trace(before.stood, after.stood, before.said | after.said)
    old, new = ({s.identity for s in e.stood} for e in (before, after))
    assert {s.identity for s in steps if s.change == "inserted"} == new - old
    assert {s.identity for s in steps if s.change == "removed"} == old - new
    reworded = {s.identity for s in steps if s.change in ("editorial", "substantive", "renumbered")}
    assert reworded == set(changed(before.stood, after.stood))
    moved = {s.identity for s in steps if s.change == "moved"}
    assert moved <= old & new
    assert len(steps) == len({(s.identity, s.change) for s in steps})


@given(editions)
def test_an_edition_came_unchanged_from_itself(edition):
    assert trace(edition.stood, edition.stood, edition.said) == []
