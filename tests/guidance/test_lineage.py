"""How the paragraphs of an edition came from the edition before."""

from hypothesis import given
from hypothesis import strategies as st

from guidance.content import content_of
from guidance.edition_text import version_digest
from guidance.lineage import Said, Stood, changed, trace
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
        steps = trace(self.stood, other.stood, self.said | other.said)
        return [(int(step.identity), step.change) for step in steps]


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
