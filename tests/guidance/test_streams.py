"""From the outline to StreamField data, and back to what alignment compares."""

from uuid import UUID, uuid4

import pytest

from guidance.blocks import SectionBlock
from guidance.content import content_of, plain_text
from guidance.outline import model
from guidance.outline.build import build
from guidance.readers import read
from guidance.streams import items_of, section_stream, to_stream

NOTES = [model.Note("1", "<p>See there.</p>")]
BODY = [
    model.Prose("<p>It must:<sup>1</sup></p>"),
    model.SubParagraphs(
        [model.SubParagraph("(a)", "<p>ask</p>"), model.SubParagraph("i.", "<p>wait</p>", 2)]
    ),
]
BLOCKS = [
    model.Heading(text="First", level=1),
    model.Paragraph(number="2.13", body=BODY, notes=NOTES),
    model.Text(body=BODY, notes=NOTES),
    model.Box(title="Who?", body=BODY, notes=NOTES),
    model.Table(caption="Table 1", header=["<b>A</b>"], rows=[["1", "2"], ["3", "4"]], notes=NOTES),
    model.Figure(caption="Fig 1", alt="A circle"),
    model.Quotation(html="<p>Ask.</p>", source="Someone", notes=NOTES),
    model.Question(html="<p>Agreed?</p>", number="4"),
    model.GlossaryEntry(term="Park", html="<p>Green.</p>", notes=NOTES),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda b: type(b).__name__)
def test_every_block_becomes_data_that_the_editor_accepts_and_keeps(block):
    identity = uuid4()
    raw = to_stream(block, identity)
    assert raw["id"] == str(identity)
    value = SectionBlock().to_python([raw])
    SectionBlock().clean(value)
    kept = value.get_prep_value()
    assert kept[0]["id"] == str(identity)
    assert content_of(kept[0]) == content_of(raw)


def test_the_same_outline_gives_the_same_data_with_every_inner_id_its_own():
    identity = UUID(int=7)
    one, other = (to_stream(BLOCKS[1], identity) for _ in range(2))
    assert one == other
    ids = [
        one["id"],
        *(p["id"] for p in one["value"]["body"]),
        *(n["id"] for n in one["value"]["notes"]),
    ]
    ids += [item["id"] for item in one["value"]["body"][1]["value"]]
    assert len(ids) == len(set(ids)) == 6


def test_a_table_gets_a_heading_for_every_column():
    table = content_of(to_stream(BLOCKS[4], uuid4()))
    assert table["header"] == ["A", ""]
    assert table["rows"] == [["1", "2"], ["3", "4"]]


def test_a_section_needs_an_identity_for_every_block():
    section = model.Section(title="One", blocks=BLOCKS[:2])
    assert [b["type"] for b in section_stream(section, [uuid4(), uuid4()])] == [
        "heading",
        "paragraph",
    ]
    with pytest.raises(ValueError, match="shorter"):
        section_stream(section, [uuid4()])


def test_items_carry_number_title_and_words_for_alignment():
    raw = section_stream(model.Section(title="x", blocks=BLOCKS), [UUID(int=i) for i in range(9)])
    items = items_of(raw, "2")
    assert [(i.kind, i.number, i.title) for i in items[1:5]] == [
        ("paragraph", "2.13", ""),
        ("text", "", ""),
        ("box", "", "Who?"),
        ("table", "", "Table 1"),
    ]
    assert items[1].text == "It must:\n(a) ask\ni. wait\nSee there."
    assert {i.section for i in items} == {"2"}
    assert items[3].id == str(UUID(int=3))


@pytest.mark.parametrize(
    "name",
    [
        "creating-strong-safe-and-prosperous-communities-draft-2007.txt",
        "white-paper-implementation-plan-2007.txt",
    ],
)
def test_no_word_of_a_real_document_is_lost_between_outline_and_page(shared_data, name):
    outline = build(read(shared_data / name))
    for section in outline.sections:
        for block in section.blocks:
            content = content_of(to_stream(block, uuid4()))
            said = "".join(plain_text(content).split())
            for part in getattr(block, "body", []):
                prose = (
                    [part.html] if isinstance(part, model.Prose) else [i.html for i in part.items]
                )
                for html in prose:
                    words = plain_text(content_of({"type": "question", "value": {"text": html}}))
                    marks = {note.mark for note in getattr(block, "notes", [])}
                    if not any(f"<sup>{mark}" in html for mark in marks):
                        assert "".join(words.split()) in said
