"""The words of a block straight from its raw data."""

from guidance.content import content_of, plain_text
from guidance.editorial.words import lines, strings
from tests import factories as make


def test_every_word_of_a_block_is_there_and_no_id_or_number():
    block = make.paragraph("2.13", "<p>Parks &amp; ponds.<sup>4</sup></p>", notes={"4": "There."})
    found = [line for html in strings(block["value"]) for line in lines(html)]
    assert found == ["Parks & ponds.", "There."]


def test_the_row_of_a_table_is_one_line():
    block = make.table(
        "Dates", ["Who", "When"], [["<p>JWB</p>", "<p>Joint <b>Waste</b> Board</p>"]]
    )
    assert "JWB\tJoint Waste Board" in list(strings(block["value"]))


def test_the_words_are_those_that_a_reader_sees():
    block = make.box("Boats", "<p>One.</p><ul><li>Two</li><li>Three</li></ul>")
    found = [line for html in strings(block["value"]) for line in lines(html)]
    assert found == plain_text(content_of(block)).replace("• ", "").split("\n")
