"""The PDF reader: tables, boxes and pictures."""

from guidance.outline.source import SourceKind
from guidance.readers.pdf import read_pdf
from tests.guidance.readers.pdf_writing import BOLD, LEFT, RIGHT, Paper
from tests.guidance.readers.test_pdf_text import OTHER, SENTENCE, texts

ROWS = [
    ["Duty", "Who", "From"],
    ["To consult", "Councils", "April 2008"],
    ["To inform", "All partners", "Summer 2007"],
]


def ruled(
    paper: Paper, rows: list[list[str]], edges: list[float], *, bold_head: bool = True
) -> None:
    """Draw a ruled table below the present line."""
    top = paper.y
    for at, row in enumerate(rows):
        for x, words in zip(edges, row, strict=False):
            paper.put(
                x + 4,
                top - 14 - 20 * at,
                words,
                font=BOLD if bold_head and not at else "Times-Roman",
            )
    foot = top - 20 * len(rows)
    for at in range(len(rows) + 1):
        paper.canvas.line(edges[0], top - 20 * at, edges[-1], top - 20 * at)
    for x in edges:
        paper.canvas.line(x, top, x, foot)
    paper.y = foot - 25


def tables(document):
    return [
        [[c.text for c in row] for row in b.rows] for b in document if b.kind is SourceKind.TABLE
    ]


def test_a_ruled_table_is_a_table_with_its_header():
    paper = Paper()
    paper.prose(SENTENCE, number="1.1")
    ruled(paper, ROWS, [LEFT, 220, 350, RIGHT])
    paper.prose(OTHER, number="1.2")
    document = read_pdf(paper.bytes())
    assert tables(document) == [ROWS]
    (table,) = [b for b in document if b.kind is SourceKind.TABLE]
    assert [c.header for c in table.rows[0]] == [True] * 3
    assert not any(c.header for c in table.rows[1])
    assert [b.kind for b in document] == [SourceKind.TEXT, SourceKind.TABLE, SourceKind.TEXT]


def test_numbered_rows_of_a_table_are_no_paragraphs():
    paper = Paper()
    paper.prose(SENTENCE, number="1.1")
    rows = [["1.2", "Consult the public"], ["1.3", "Inform the partners"], ["1.4", "Publish"]]
    ruled(paper, rows, [LEFT, 150, RIGHT], bold_head=False)
    document = read_pdf(paper.bytes())
    assert tables(document) == [rows]
    assert len(texts(document)) == 1


def test_a_cell_over_two_columns_spans_them():
    paper = Paper()
    paper.prose(SENTENCE)
    top = paper.y
    paper.put(LEFT + 4, top - 14, "Timetable of the year")
    for at, words in enumerate(["April", "June"]):
        paper.put(LEFT + 4 + 150 * at, top - 34, words)
        paper.put(LEFT + 4 + 150 * at, top - 54, f"Step {at + 1}")
    for at in range(4):
        paper.canvas.line(LEFT, top - 20 * at, LEFT + 300, top - 20 * at)
    for x, start in ((LEFT, top), (LEFT + 150, top - 20), (LEFT + 300, top)):
        paper.canvas.line(x, start, x, top - 60)
    (table,) = [b for b in read_pdf(paper.bytes()) if b.kind is SourceKind.TABLE]
    assert [[(c.text, c.span) for c in row] for row in table.rows] == [
        [("Timetable of the year", 2)],
        [("April", 1), ("June", 1)],
        [("Step 1", 1), ("Step 2", 1)],
    ]


def test_a_table_goes_on_over_the_page_and_its_repeated_header_is_furniture():
    paper = Paper()
    paper.prose(SENTENCE, number="1.1")
    edges = [LEFT, 220, 350, RIGHT]
    ruled(paper, ROWS, edges)
    paper.next_page()
    ruled(paper, [ROWS[0], ["To agree", "Districts", "Early 2008"]], edges)
    paper.prose(OTHER, number="1.2")
    document = read_pdf(paper.bytes())
    assert tables(document) == [[*ROWS, ["To agree", "Districts", "Early 2008"]]]
    assert [b.text for b in document if b.kind is SourceKind.FURNITURE] == ["Duty\tWho\tFrom"]


def test_rows_that_align_without_rules_are_a_table():
    paper = Paper()
    paper.prose(SENTENCE)
    rows = [
        ["LAA", "Local area agreement"],
        ["LSP", "Local strategic partnership"],
        ["JSNA", "Joint needs assessment"],
    ]
    for short, long in rows:
        paper.put(LEFT, paper.y, short)
        paper.put(LEFT + 90, paper.y, long)
        paper.y -= 14
    assert tables(read_pdf(paper.bytes())) == [rows]


def test_numbers_in_the_margin_of_short_paragraphs_are_no_table():
    paper = Paper()
    for at in range(1, 6):
        paper.prose("Consult the public.", number=f"{at}.")
    document = read_pdf(paper.bytes())
    assert not tables(document)
    assert len(texts(document)) == 5


def test_a_drawn_box_holds_its_text_and_has_its_title():
    paper = Paper()
    paper.prose(SENTENCE * 2, number="2.1")
    top = paper.y
    paper.y -= 16
    paper.prose("What do we mean by partners?", x=LEFT + 10, font=BOLD)
    paper.prose(OTHER, x=LEFT + 10, right=RIGHT - 10)
    paper.canvas.rect(LEFT, paper.y, RIGHT - LEFT, top - paper.y)
    paper.y -= 20
    paper.prose(SENTENCE, number="2.2")
    boxed = [b for b in read_pdf(paper.bytes()) if b.box]
    assert [(b.text[:12], b.box_title) for b in boxed] == [
        ("What do we m", True),
        ("Each partner", False),
    ]
    assert len({b.box for b in boxed}) == 1


def test_a_shade_behind_text_is_a_box_and_a_white_one_is_not():
    for grey, count in ((0.85, 1), (1.0, 0)):
        paper = Paper()
        paper.prose(SENTENCE * 2, number="2.1")
        top = paper.y
        paper.canvas.setFillGray(grey)
        paper.canvas.rect(LEFT - 5, top - 60, RIGHT - LEFT + 10, 75, fill=1, stroke=0)
        paper.canvas.setFillGray(0)
        paper.prose(OTHER)
        assert len({b.box for b in read_pdf(paper.bytes()) if b.box}) == count


def test_a_sentence_goes_on_round_a_box():
    paper = Paper()
    paper.put(LEFT - 30, paper.y, "3.1")
    paper.lines(
        ["Partners in the county should agree how the districts will share in the work that"]
    )
    top = paper.y
    paper.y -= 20
    paper.prose("A box about sharing data", x=LEFT + 10, font=BOLD)
    paper.prose(OTHER, x=LEFT + 10, right=RIGHT - 10)
    paper.canvas.rect(LEFT, paper.y, RIGHT - LEFT, top - paper.y)
    paper.y -= 20
    paper.prose("the agreement asks of them.")
    document = read_pdf(paper.bytes())
    outside = [b.text for b in document if b.kind is SourceKind.TEXT and not b.box]
    assert len(outside) == 1
    assert outside[0].endswith("share in the work that the agreement asks of them.")


def test_a_picture_of_some_size_keeps_its_place_and_an_ornament_does_not():
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    paper = Paper()
    picture = ImageReader(Image.new("RGB", (40, 30), "green"))
    paper.prose(SENTENCE, number="1.1")
    paper.canvas.drawImage(picture, LEFT, paper.y - 190, 260, 180)
    paper.canvas.drawImage(picture, 20, 20, 12, 12)
    paper.y -= 220
    paper.prose(OTHER, number="1.2")
    kinds = [b.kind for b in read_pdf(paper.bytes())]
    assert kinds == [SourceKind.TEXT, SourceKind.IMAGE, SourceKind.TEXT]
