"""Which words name a question or a paragraph, and that parting a text loses and doubles nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consultation.mentions import Known, Place, To, mentions, read_place, without_name
from consultation.parting import Sort, part_text
from consultation.passages import without_confidential

KNOWN = Known(
    ["1", "2", "2a", "3", "4"], ["1.1", "1.2", "2.13", "2.14", "2.15", "4.3", "box-who-decides"]
)
BOTH = Known(["1", "2"], ["1", "2", "3"])


def q(number):
    return Place(To.QUESTION, number)


def p(number):
    return Place(To.PARAGRAPH, number)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Q3: yes", q("3")),
        ("Question 3", q("3")),
        ("Question no. 3 Yes", q("3")),
        ("Qn. 2a – no", q("2a")),
        ("Question 2(a) no", q("2a")),
        ("Question 3(b): no", q("3")),
        ("Question 2(c): no", None),
        ("Consultation question 4. Fine", q("4")),
        ("*Question 4*", q("4")),
        ("[Q3] yes", q("3")),
        ("Re: Q3 - yes", q("3")),
        ("Response to question 3: yes", q("3")),
        ("para 4.3 is unclear", p("4.3")),
        ("Paragraph 4.3(b): unclear", p("4.3")),
        ("paragraphs 2.13-2.15 repeat each other", p("2.13")),
        ("Paras 2.13 and 4.3", p("2.13")),
        ("§ 2.14 is right", p("2.14")),
        ("section 4.3", p("4.3")),
        ("3. Yes, we agree", q("3")),
        ("3) Yes, we agree", q("3")),
        ("(3) Yes, we agree", q("3")),
        ("4.3 – unclear", p("4.3")),
        ("4.3 Unclear", p("4.3")),
        ("4.3 million people", None),
        ("3 parks are closed", None),
        ("Questions 1 and 2: yes to both", None),
        ("Question 17: yes", None),
        ("Q3 2008 was dry", None),
        ("Section 3 of the Parks Act 1999", None),
    ],
)
def test_a_line_is_proposed_to_what_it_begins_by_naming(line, place):
    assert part_text(f"{line}\n", KNOWN)[0].place == place


def test_a_number_that_could_be_either_stays_unplaced():
    assert [part.place for part in part_text("1. Yes.\n3. No.\n", BOTH)] == [None, p("3")]
    assert [part.place for part in part_text("Q1 Yes.\npara 1: No.\n", BOTH)] == [q("1"), p("1")]


def test_the_points_of_an_answer_are_not_taken_for_questions():
    text = "Question 1\nThree points:\n1. Money.\n2. Time.\n3. Staff.\nQuestion 2\nNo.\n"
    assert [part.place for part in part_text(text, KNOWN)] == [q("1"), q("2")]


def test_a_name_inside_a_sentence_proposes_and_does_not_cut():
    text = "We have read the draft.\nWhat para 4.3 says is unclear.\n"
    (part,) = part_text(text, KNOWN)
    assert (part.place, part.named, part.text) == (p("4.3"), "para 4.3", text)


def test_a_name_at_the_start_of_a_wrapped_line_does_not_cut():
    text = (
        "Question 1\n"
        + "We agree with all of it, and would go further than you do in\nparagraph 4.3. There is more.\n"
    )
    assert [part.place for part in part_text(text, KNOWN)] == [q("1")]


def test_a_letter_that_names_several_places_is_parted_at_blank_lines():
    text = "Thank you.\n\nWe like para 4.3.\n\nBut not paragraph 2.13.\n\nThat is all.\n"
    assert [part.place for part in part_text(text, KNOWN)] == [None, p("4.3"), p("2.13"), None]


def test_answers_under_quoted_questions_go_to_them():
    text = "Hello\n> Question 1. Is it?\nYes.\n> Question 3. And this?\nNo.\n"
    found = [(part.sort, part.place) for part in part_text(text, KNOWN)]
    assert found == [
        (Sort.WORDS, None),
        (Sort.QUOTED, None),
        (Sort.WORDS, q("1")),
        (Sort.QUOTED, None),
        (Sort.WORDS, q("3")),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "-----Original Message-----\n",
        "From: The Department\nSent: 2 January 2008\nTo: A Person\nSubject: Consultation\n\n",
        "On 2 January 2008, The Department <us@example.org> wrote:\n",
        "________________________________\nFrom: Us\nSent: today\nTo: you\n",
    ],
)
def test_what_a_mail_quotes_is_set_apart(head):
    quoted = f"{head}Question 3: our own words\n"
    parts = part_text(f"Q1: Yes.\n\n{quoted}", KNOWN)
    assert [(part.sort, part.place) for part in parts] == [
        (Sort.WORDS, q("1")),
        (Sort.QUOTED, None),
    ]
    assert parts[1].text == quoted


def test_what_is_forwarded_is_what_was_written_to_us():
    head = (
        "---------- Forwarded message ---------\nFrom: A Person <a@example.org>\nSubject: Parks\n\n"
    )
    parts = part_text(f"For you.\n\n{head}Q3: Yes.\n", KNOWN)
    assert [(part.sort, part.place) for part in parts] == [
        (Sort.WORDS, None),
        (Sort.HEAD, None),
        (Sort.WORDS, q("3")),
    ]


def test_a_mail_of_nothing_but_quoted_words_waits_as_words():
    assert [part.sort for part in part_text("> Q3: Yes.\n", KNOWN)] == [Sort.WORDS]


def test_a_signature_is_set_apart_but_not_what_comes_after_it():
    text = "Q1: Yes.\n\nYours faithfully,\nRobin\nClerk\n\nQuestion 3\nNo.\n-- \nRobin\n"
    assert [(part.sort, part.place) for part in part_text(text, KNOWN)] == [
        (Sort.WORDS, q("1")),
        (Sort.SIGNATURE, None),
        (Sort.WORDS, q("3")),
        (Sort.SIGNATURE, None),
    ]


def test_long_words_after_a_closing_are_no_signature():
    text = "Kind regards,\n" + "One more thought.\n" * 40
    assert {part.sort for part in part_text(text, KNOWN)} == {Sort.WORDS}


def test_a_confidential_passage_is_never_cut():
    secret = "Q1: we pay [[a price\nQuestion 3: which is secret\n\n-- \n> Q4\n]] for it.\n"
    parts = part_text(f"{secret}Question 4: No.\n", KNOWN)
    assert [part.text for part in parts] == [secret, "Question 4: No.\n"]


@pytest.mark.parametrize(
    ("text", "named", "words"),
    [
        ("Q3: Yes.", "Q3", "Yes."),
        ("  *Question 3*\n\nYes.", "Question 3", "Yes."),
        ("[Q3] Yes.", "Q3", "Yes."),
        ("4.3 – unclear", "4.3", "unclear"),
        ("Question 3 asks too much.", "Question 3", "Question 3 asks too much."),
        ("What para 4.3 says", "para 4.3", "What para 4.3 says"),
        ("Q3:", "Q3", ""),
        (" Yes. ", "", "Yes."),
    ],
)
def test_the_name_is_left_out_only_where_it_stands_apart(text, named, words):
    assert without_name(text, named) == words


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("q3", q("3")),
        ("3", q("3")),
        ("Question 2(a)", q("2a")),
        ("4.3", p("4.3")),
        ("para 4.3", p("4.3")),
        ("box-who-decides", p("box-who-decides")),
        ("99", None),
        ("", None),
    ],
)
def test_a_place_is_read_as_it_is_typed(typed, place):
    assert read_place(typed, KNOWN) == place


def test_a_typed_number_that_could_be_either_is_asked_about():
    assert read_place("2", BOTH) is None
    assert read_place("q2", BOTH) == q("2")
    assert read_place("para 2", BOTH) == p("2")


LINES = st.sampled_from(
    [
        *("Question 3: yes", "Q1", "2. No", "4.3 – unclear", "para 2.13 says", "", "  ", "Hello"),
        *(
            "> Question 3?",
            "> quoted",
            "-- ",
            "Kind regards,",
            "Robin",
            "a [[secret",
            "end]] of it",
        ),
        *("-----Original Message-----", "From: a@b", "Sent: now", "To: us", "Subject: x", "_" * 20),
        *("On Monday A <a@b> wrote:", "Begin forwarded message:", "We like para 4.3 and Q2" * 3),
    ]
)
LETTERS = st.lists(LINES, max_size=25).map("\n".join)


@given(LETTERS | st.text(), st.booleans())
@example("\r\n\x0b\x1c Q3\r", False)
def test_no_word_is_lost_or_doubled(text, forwarded):
    parts = part_text(text, KNOWN, forwarded=forwarded)
    assert "".join(part.text for part in parts) == text
    assert all(part.text.strip() for part in parts[1:])


@given(LETTERS)
def test_what_is_confidential_in_a_letter_is_confidential_in_its_pieces(text):
    shown = "".join(without_confidential(part.text) for part in part_text(text, KNOWN))
    assert shown == without_confidential(text)


@given(st.text())
def test_mentions_stand_where_they_say(text):
    for mention in mentions(text, KNOWN):
        assert text[mention.start : mention.end] == mention.words
        assert mention.places
