"""The PDF reader: what pages and columns do to a text, and what is not part of it."""

from guidance.outline.source import SourceKind
from guidance.readers.pdf import read_pdf
from tests.guidance.readers.pdf_writing import BOLD, LEFT, RIGHT, TOP, Paper
from tests.guidance.readers.test_pdf_text import OTHER, SENTENCE, texts


def of_kind(document, kind):
    return [block for block in document if block.kind is kind]


def dress(paper: Paper, page: int, head: str = "Draft guidance 2007") -> None:
    paper.put(LEFT, 800, head, size=9)
    paper.put(300, 40, str(page), size=9)


def test_a_sentence_goes_on_over_the_page_round_heads_feet_and_notes():
    paper = Paper()
    dress(paper, 7)
    paper.y = 140
    paper.put(LEFT - 30, paper.y, "2.6")
    paper.lines(
        ["Partners in the county should agree how the districts will share in the work that"]
    )
    paper.canvas.line(LEFT - 30, 90, LEFT + 90, 90)
    paper.put(LEFT - 30, 80, "4", size=5)
    paper.put(LEFT - 20, 76, "Strong places (2006), page 40.", size=8)
    paper.next_page()
    dress(paper, 8)
    paper.lines(["the agreement asks of them, and by when it should be done."])
    paper.y -= 8
    for number in ("2.7", "2.8"):
        paper.prose(SENTENCE * 2, number=number)
    for page in (9, 10):
        paper.next_page()
        dress(paper, page)
        paper.prose(OTHER * 3, number=f"2.{page}")
    document = read_pdf(paper.bytes())
    first = texts(document)[0]
    assert first.startswith("2.6 Partners in the county")
    assert first.endswith(
        "share in the work that the agreement asks of them, and by when it should be done."
    )
    (note,) = of_kind(document, SourceKind.NOTE)
    assert (note.mark, note.text, note.place.page) == ("4", "Strong places (2006), page 40.", 1)
    furniture = of_kind(document, SourceKind.FURNITURE)
    assert [b.text for b in furniture] == [
        word for page in (7, 8, 9, 10) for word in ("Draft guidance 2007", str(page))
    ]


def test_a_finished_sentence_is_not_joined_but_may_go_on():
    paper = Paper()
    paper.y = 120
    paper.put(LEFT - 30, paper.y, "1.1")
    paper.lines(
        ["Every authority has the duty to consult, and every one of them must meet it now."]
    )
    paper.next_page()
    paper.prose("What follows here has no number, and may belong to the paragraph before. " * 2)
    paper.prose(SENTENCE, number="1.2")
    blocks = of_kind(read_pdf(paper.bytes()), SourceKind.TEXT)
    assert [b.break_before for b in blocks] == [False, True, False]


def test_every_block_knows_its_page():
    paper = Paper()
    for page in range(3):
        if page:
            paper.next_page()
        paper.prose(SENTENCE, number=f"1.{page + 1}")
    assert [b.place.page for b in read_pdf(paper.bytes())] == [1, 2, 3]


def test_a_number_at_the_top_of_a_page_is_no_page_number():
    paper = Paper()
    for at, subject in enumerate(["Waste", "Housing", "Transport", "Schools", "Health", "Parks"]):
        if at:
            paper.next_page()
        paper.y = 800
        paper.prose(f"{subject} is the first matter here. {SENTENCE}", number=f"{at + 5}")
        paper.prose(f"{subject} is the second. {OTHER}", number=f"{at + 5}A")
    document = read_pdf(paper.bytes())
    assert not of_kind(document, SourceKind.FURNITURE)
    assert [text.split()[0] for text in texts(document)][:4] == ["5", "5A", "6", "6A"]


def test_chapter_names_in_the_head_go_with_the_heads_that_repeat():
    paper = Paper()
    heads = [
        "Introduction",
        "Governance",
        "Governance",
        "Governance",
        "Vision",
        "Vision",
        "Vision",
        "Last",
    ]
    for page, head in enumerate(heads, start=1):
        dress(paper, page, head)
        paper.prose(f"Page {page} of the {head.lower()} begins so. {SENTENCE}", number=f"{page}.1")
        paper.next_page()
    taken = [b.text for b in of_kind(read_pdf(paper.bytes()), SourceKind.FURNITURE)]
    assert [text for text in taken if not text.isdigit()] == heads


def test_two_columns_are_read_one_after_the_other():
    paper = Paper()
    left, right = "Alpha councils lead the work. ", "Omega partners follow them on. "
    paper.prose(
        "A title over both columns of the page that reads from side to side", size=14, font=BOLD
    )
    start = paper.y
    paper.prose(left * 14, x=60, right=280)
    paper.y = start
    paper.prose(right * 14, x=310, right=530)
    blocks = texts(read_pdf(paper.bytes()))
    assert " ".join(blocks).split() == (left * 14 + right * 14).split()


def test_a_sentence_goes_on_from_column_to_column():
    paper = Paper()
    words = (
        SENTENCE * 4
        + "It should then ask all of the partners to say whether the draft that they saw"
    )
    start = paper.y
    paper.prose(words, x=60, right=280)
    paper.y = start
    paper.prose("was clear enough. " + OTHER * 4, x=310, right=530)
    first = texts(read_pdf(paper.bytes()))[0]
    assert "whether the draft that they saw was clear enough." in first


def test_a_watermark_is_furniture_whether_turned_or_not():
    paper = Paper()
    paper.canvas.saveState()
    paper.canvas.setFillGray(0.85)
    paper.canvas.setFont(BOLD, 90)
    paper.canvas.translate(120, 300)
    paper.canvas.rotate(45)
    paper.canvas.drawString(0, 0, "DRAFT")
    paper.canvas.restoreState()
    paper.prose(SENTENCE * 3, number="1.1")
    paper.next_page()
    paper.canvas.setFillGray(0.85)
    paper.put(100, TOP - 60, "DRAFT", size=90, font=BOLD)
    paper.canvas.setFillGray(0)
    paper.prose(SENTENCE * 6, number="1.2")
    document = read_pdf(paper.bytes())
    assert [b.text for b in of_kind(document, SourceKind.FURNITURE)] == ["DRAFT", "DRAFT"]
    assert [text[:3] for text in texts(document)] == ["1.1", "1.2"]


def test_a_note_goes_on_over_the_page():
    paper = Paper()
    for page, mark in enumerate(("1", "2")):
        if page:
            paper.next_page()
        paper.prose(SENTENCE * 8, number=f"1.{page + 1}")
        paper.canvas.line(LEFT - 30, 100, LEFT + 90, 100)
        paper.y = 88
        if page:
            paper.lines(["the end of it stands on the page after."], x=LEFT - 30, size=8)
        paper.put(LEFT - 30, paper.y + 3, mark, size=5)
        words = ["A long note that the page cannot hold, so that", "Another note."][page]
        paper.lines([words], x=LEFT - 25, size=8)
    notes = of_kind(read_pdf(paper.bytes()), SourceKind.NOTE)
    assert [(n.mark, n.text) for n in notes] == [
        (
            "1",
            "A long note that the page cannot hold, so that the end of it stands on the page after.",
        ),
        ("2", "Another note."),
    ]


def test_notes_with_plain_digits_are_told_by_their_rule_and_size():
    paper = Paper()
    said = {
        1: "A report of the committee.",
        2: "The same, page 4.",
        3: "Oral evidence.",
        4: "Ibid.",
    }
    for page, marks in enumerate([(1, 2), (3,), (4,)], start=1):
        if page > 1:
            paper.next_page()
        paper.prose(SENTENCE * 6, number=f"{page}.1")
        paper.canvas.line(LEFT - 30, 100, LEFT + 200, 100)
        for at, mark in enumerate(marks):
            paper.put(LEFT - 30, 88 - 10 * at, str(mark), size=8)
            paper.put(LEFT - 10, 88 - 10 * at, said[mark], size=8)
    notes = of_kind(read_pdf(paper.bytes()), SourceKind.NOTE)
    assert [(n.mark, n.text) for n in notes] == [(str(mark), words) for mark, words in said.items()]


def test_a_contents_list_with_leaders_or_numbers_at_the_edge():
    titles = ["Introduction", "Governance", "A vision for the area", "Delivery"]
    for leaders in (True, False):
        paper = Paper()
        paper.prose("Contents", size=16, font=BOLD)
        for at, title in enumerate(titles, start=1):
            end = paper.put(LEFT, paper.y, f"{at}. {title}")
            if leaders:
                paper.put(end + 2, paper.y, "." * int((RIGHT - 15 - end) / 2.8))
            paper.put(RIGHT - 11, paper.y, f"{at + 10}")
            paper.y -= 18
        paper.next_page()
        for at in range(1, 5):
            paper.prose(SENTENCE, number=f"1.{at}")
        document = read_pdf(paper.bytes())
        listed = of_kind(document, SourceKind.CONTENTS)
        assert [b.text.rstrip("0123456789. \t")[:30] for b in listed] == [
            "Contents",
            *(f"{at}. {title}" for at, title in enumerate(titles, start=1)),
        ]
        assert len(texts(document)) == 4


def test_a_long_picture_without_text_is_remarked_on():
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    paper = Paper()
    paper.prose(SENTENCE, number="1.1")
    paper.next_page()
    paper.canvas.drawImage(ImageReader(Image.new("RGB", (40, 60), "grey")), 0, 0, 595, 842)
    paper.next_page()
    paper.prose(OTHER, number="1.2")
    document = read_pdf(paper.bytes())
    assert [(remark, str(place)) for remark, place in document.remarks] == [
        ("This page is a picture without text: what it says was not read.", "page 2")
    ]


def test_paragraphs_alike_but_for_their_number_at_the_top_of_pages_are_no_running_head():
    paper = Paper()
    for chapter in (7, 8, 9):
        paper.lines([f"{chapter}.3A A person who runs the service must keep a record of it,"])
        paper.lines(["and must show it to anybody who has a reason to ask for it."])
        paper.prose(SENTENCE * 3, number=f"{chapter}.4")
        paper.next_page()
    read = texts(read_pdf(paper.bytes()))
    for number in ("7.3A", "8.3A", "9.3A"):
        assert any(text.startswith(f"{number} A person") for text in read)
