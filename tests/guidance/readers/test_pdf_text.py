"""The PDF reader: paragraphs, numbers, items, headings and the text of their lines."""

from guidance.outline.source import SourceKind
from guidance.readers.pdf import read_pdf
from tests.guidance.readers.pdf_writing import BOLD, ITALIC, LEFT, PLAIN, TOP, Paper

SENTENCE = (
    "The authority should publish a statement of how it will consult the people of the area, and "
    "should keep that statement under review so that it stays of use to them. "
)
OTHER = (
    "Each partner should name one officer who answers for the plan, and should tell the others "
    "when that officer changes. The name belongs in the public copy. "
)


def texts(document, kind=SourceKind.TEXT):
    return [block.text for block in document if block.kind is kind]


def test_a_number_in_the_margin_and_its_text_are_one_block():
    paper = Paper()
    for number in ("2.1", "2.2", "2.3"):
        paper.prose(SENTENCE * 2, number=number)
    blocks = texts(read_pdf(paper.bytes()))
    assert [text[:7] for text in blocks] == ["2.1 The", "2.2 The", "2.3 The"]
    assert blocks[0] == "2.1 " + " ".join((SENTENCE * 2).split())


def test_a_number_whose_baseline_is_a_little_off_still_leads_its_text():
    paper = Paper()
    for at in (1, 2, 3):
        paper.put(LEFT - 30, paper.y - 2.5, f"3.{at}")
        paper.prose(SENTENCE)
    assert [text[:7] for text in texts(read_pdf(paper.bytes()))] == [
        "3.1 The",
        "3.2 The",
        "3.3 The",
    ]


def test_paragraphs_without_space_between_them_are_told_by_the_room_on_the_last_line():
    paper = Paper()
    for number in ("1.", "2.", "3."):
        paper.prose(f"{number} {SENTENCE}{OTHER}", gap=0)
    blocks = texts(read_pdf(paper.bytes()))
    assert [text[:6] for text in blocks] == ["1. The", "2. The", "3. The"]


def test_a_reference_at_the_start_of_a_line_does_not_begin_a_paragraph():
    paper = Paper()
    paper.put(LEFT - 30, paper.y, "4.1")
    paper.lines(
        [
            "The steps that lead to an agreement are set out for every area in paragraph",
            "3.2 above and again in outline in the annex, which repeats them in the order of",
            "2007 and 2008 without a change.",
        ]
    )
    assert len(texts(read_pdf(paper.bytes()))) == 1


def test_first_line_indents_begin_paragraphs():
    paper = Paper()
    for _ in range(3):
        paper.put(
            LEFT + 20,
            paper.y,
            "Councils should meet at least once in every quarter of the year, in",
        )
        paper.y -= 13.2
        paper.lines(
            [
                "public, and publish what they decide together with the reasons for it, as",
                "set out.",
            ]
        )
    assert len(texts(read_pdf(paper.bytes()))) == 3


def test_a_hyphen_set_by_a_break_goes_and_one_of_the_word_stays():
    paper = Paper()
    paper.lines(
        [
            "The consultation is well-known. The consul-",
            "tation of partners follows a well-",
            "known course, from 2007-",
            "08 on.",
        ]
    )
    (text,) = texts(read_pdf(paper.bytes()))
    assert "The consultation of partners follows a well-known course, from 2007-08 on." in text


def test_raised_digits_are_marks_of_notes_and_lowered_ones_are_not():
    paper = Paper()
    x = paper.put(LEFT, TOP, "Local targets follow the national ones")
    x = paper.put(x, TOP + 4, "12", size=6.5)
    x = paper.put(x + 3, TOP, "and count CO")
    x = paper.put(x, TOP - 2, "2", size=6.5)
    paper.put(x + 2, TOP, "as the others do.")
    paper.y = TOP - 30
    paper.prose(SENTENCE * 3)
    first = next(b for b in read_pdf(paper.bytes()) if b.text.startswith("Local"))
    assert [s.note for s in first.spans if s.note] == ["12"]
    assert first.text == "Local targets follow the national ones12 and count CO2 as the others do."


def test_bold_and_italic_come_from_the_fonts():
    paper = Paper()
    x = paper.put(LEFT, TOP, "The duty is in the ")
    x = paper.put(x, TOP, "Local Government Act", font=ITALIC)
    x = paper.put(x, TOP, " and it ")
    x = paper.put(x, TOP, "must", font=BOLD)
    paper.put(x, TOP, " be met in full by all.")
    (block,) = [b for b in read_pdf(paper.bytes()) if b.text]
    assert [s.text for s in block.spans if s.italic] == ["Local Government Act"]
    assert [s.text for s in block.spans if s.bold] == ["must"]


def test_bullets_are_items_with_a_label_and_a_depth():
    paper = Paper()
    paper.prose(SENTENCE.replace("stays", "has:\x20stays"))
    for depth, words in (
        (1, "a strategy that looks ten years ahead;"),
        (2, "with targets;"),
        (1, "a plan."),
    ):
        paper.put(LEFT + 20 * depth, paper.y, "•")
        paper.prose(words, x=LEFT + 20 * depth + 15, gap=3)
    items = [b for b in read_pdf(paper.bytes()) if b.kind is SourceKind.ITEM]
    assert [(b.label, b.level, b.text) for b in items] == [
        ("•", 1, "a strategy that looks ten years ahead;"),
        ("•", 2, "with targets;"),
        ("•", 1, "a plan."),
    ]


def test_letters_in_a_running_sentence_do_not_become_items():
    paper = Paper()
    paper.put(LEFT - 30, paper.y, "5.1")
    paper.lines(
        [
            "A plan must (a) name the area that it covers without any doubt; and must then",
            "(b) say who leads on every part of it, whatever that part may be and when it",
            "begins.",
        ]
    )
    document = read_pdf(paper.bytes())
    assert len(texts(document)) == 1
    assert not texts(document, SourceKind.ITEM)


def test_headings_are_told_by_their_setting_and_ranked_by_it():
    paper = Paper()
    for title, size, font in (
        ("Chapter two", 18, BOLD),
        ("Governance and engagement", 11, BOLD),
        ("Who takes part", 11, ITALIC),
    ):
        paper.prose(title, size=size, font=font)
        paper.prose(SENTENCE * 3, number="2.1")
    document = read_pdf(paper.bytes())
    headings = [b for b in document if b.kind is SourceKind.HEADING]
    assert [(b.text, b.level) for b in headings] == [
        ("Chapter two", 1),
        ("Governance and engagement", 2),
        ("Who takes part", 3),
    ]


def test_a_numbered_paragraph_that_is_bold_throughout_is_no_heading():
    paper = Paper()
    paper.prose(SENTENCE * 2, number="1.1")
    paper.prose("We recommend that the list is printed once more.", number="1.2", font=BOLD)
    paper.prose(SENTENCE * 2, number="1.3")
    assert not texts(read_pdf(paper.bytes()), SourceKind.HEADING)


def test_a_heading_of_two_lines_is_one():
    paper = Paper()
    paper.lines(["Issue 1: whether the plan makes", "provision for the area"], size=16, font=BOLD)
    paper.y -= 10
    paper.prose(SENTENCE * 3)
    assert texts(read_pdf(paper.bytes()), SourceKind.HEADING) == [
        "Issue 1: whether the plan makes provision for the area"
    ]


def test_words_printed_letter_by_letter_are_words():
    paper = Paper()
    for word_start, words in ((LEFT, "Councils must consult"),):
        x = word_start
        for letter in words:
            x = paper.put(x, TOP, letter) if letter != " " else x + 3
    assert texts(read_pdf(paper.bytes())) == ["Councils must consult"]


def test_a_page_whose_text_runs_up_is_turned():
    paper = Paper()
    paper.canvas.translate(400, 100)
    paper.canvas.rotate(90)
    for at, line in enumerate(["The schedule lists every duty", "and says when it begins."]):
        paper.canvas.setFont(PLAIN, 11)
        paper.canvas.drawString(0, -13.2 * at, line)
    blocks = texts(read_pdf(paper.bytes()))
    assert blocks == ["The schedule lists every duty and says when it begins."]


def test_web_links_are_kept_and_others_are_not():
    paper = Paper()
    x = paper.put(LEFT, TOP, "See ")
    end = paper.put(x, TOP, "the Act")
    paper.canvas.linkURL("https://www.legislation.gov.uk/ukpga/2007/28", (x, TOP - 3, end, TOP + 9))
    paper.put(end, TOP, " for the duty in full.")
    (block,) = [b for b in read_pdf(paper.bytes()) if b.text]
    assert [(s.text, s.href) for s in block.spans if s.href] == [
        ("the Act", "https://www.legislation.gov.uk/ukpga/2007/28")
    ]
