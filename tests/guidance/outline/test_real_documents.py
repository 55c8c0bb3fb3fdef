"""The real documents come out as a careful reader counts them (facts.json)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from guidance.outline.build import build, characters, source_characters
from guidance.outline.model import Box, Note, Outline, Paragraph, Prose, Table
from guidance.outline.report import report, report_text
from guidance.outline.source import SourceDocument
from guidance.readers import read
from guidance.readers.text import read_text
from guidance.richtext import to_text

DRAFT = "creating-strong-safe-and-prosperous-communities-draft-2007.txt"
PLAN = "white-paper-implementation-plan-2007.txt"
OTHERS = [
    "leicestershire-lsp-board-2007.txt",
    "lga-prospectus-2007.txt",
    "local-vision-cabinet-report-2005.txt",
]
REAL = [
    "real/stop-and-search-code-2017.docx",
    "real/retirement-housing-code-2016.docx",
    "real/rail-vision-command-paper.html",
    "real/inspectors-report.pdf",
    "real/behaviour-change-report.pdf",
]


@cache
def source(path: Path) -> SourceDocument:
    return read_text(path.read_bytes(), path.name) if path.suffix == ".txt" else read(path)


@cache
def outline(path: Path) -> Outline:
    return build(source(path))


@pytest.fixture
def facts(shared_data: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((shared_data / "facts.json").read_text())
    return loaded


@pytest.fixture
def draft(shared_data: Path) -> Outline:
    return outline(shared_data / DRAFT)


@pytest.fixture
def plan(shared_data: Path) -> Outline:
    return outline(shared_data / PLAN)


def paragraph(found: Outline, number: str) -> Paragraph:
    return next(b for b in found.blocks() if isinstance(b, Paragraph) and b.number == number)


def words(found: Paragraph | Box) -> str:
    parts = []
    for part in found.body:
        html = [part.html] if isinstance(part, Prose) else [i.html for i in part.items]
        parts += [to_text(h, notes=False) for h in html]
    return " ".join(" ".join(parts).split())


def test_the_draft_has_its_sections_and_paragraphs(draft: Outline, facts: dict[str, Any]) -> None:
    expected = facts[DRAFT]
    numbered = [s for s in draft.sections if s.number]
    assert [(s.number, s.title, len(s.paragraphs)) for s in numbered] == [
        (s["number"], s["title"], s["paragraphs"]) for s in expected["sections"]
    ]
    front = [s for s in draft.sections if not s.number]
    assert [s.title.split(" by ")[0] for s in front] == [
        "About this Consultation",
        "Foreword",
        "Introduction",
    ]
    assert [p.number for p in front[0].paragraphs] == [str(n) for n in range(1, 19)]
    assert [len(s.paragraphs) for s in front[1:]] == [0, 0]
    assert draft.title == expected["title"]
    assert draft.product_code == expected["product_code"]


def test_paragraphs_that_a_page_break_splits_are_whole(
    draft: Outline, facts: dict[str, Any]
) -> None:
    joined = {
        "2.6": "minority community interests",
        "2.13": "best value authorities in England",
        "2.26": "(statutory and non-statutory) authorities",
        "3.14": "consideration of social and economic effects",
        "3.22": "The remaining statutory plans",
        "4.5": "authorities (see paragraph 5.4) which act or are established",
        "4.13": "responsible local authority if any",
        "4.17": "improvement targets to be designated",
        "4.21": "in the exercise of their functions",
        "6.3": "The duty of best value remains",
        "6.9": "sources of supply and the capabilities",
        "6.12": "performance outcomes – especially",
    }
    assert list(joined) == facts[DRAFT]["paragraphs_split_by_a_page_break"]
    for number, phrase in joined.items():
        assert phrase in words(paragraph(draft, number)), number


def test_notes_stand_beside_the_paragraphs_that_refer_to_them(
    draft: Outline, facts: dict[str, Any]
) -> None:
    expected = facts[DRAFT]["footnotes"]
    assert draft.footnotes.markers == expected["markers"]
    assert draft.footnotes.definitions == expected["definitions"]
    assert [int(m) for m in draft.footnotes.missing] == expected["marker_without_definition"]
    assert draft.footnotes.unreferenced == []
    beside = {"2.13": ["20", "21"], "1.4": ["10", "11"], "3.14": ["29"], "6.3": ["41", "42"]}
    for number, marks in beside.items():
        assert [n.mark for n in paragraph(draft, number).notes] == marks
    box = next(
        b for b in draft.blocks() if isinstance(b, Box) and b.title == "Third sector principles"
    )
    assert [n.mark for n in box.notes] == ["12"]
    table = next(b for b in draft.blocks() if isinstance(b, Table))
    assert [n.mark for n in table.notes] == ["2", "3", "4"]


def test_every_marker_has_its_note_in_the_same_block(draft: Outline) -> None:
    for block in draft.blocks():
        notes: list[Note] = getattr(block, "notes", [])
        known = {n.mark for n in notes} | {"37"}
        for part in getattr(block, "body", ()):
            html = part.html if isinstance(part, Prose) else "".join(i.html for i in part.items)
            assert set(re.findall(r"<sup>(\d+)</sup>", html)) <= known


def test_boxes_questions_glossary_and_criteria(draft: Outline, facts: dict[str, Any]) -> None:
    expected, found = facts[DRAFT], report(draft)
    assert found["boxes"] == expected["titled_boxes"]
    questions = [{"after": q["after"], "listed_as": q["number"]} for q in found["questions"]]
    assert questions == expected["consultation"]["questions_printed_in_the_text"]
    assert len(draft.listed_questions) == expected["consultation"]["listed_questions"]
    assert found["glossary"] == expected["front_matter"]["glossary_terms"]
    criteria = [i.label for part in paragraph(draft, "18").body for i in getattr(part, "items", ())]
    assert [label.rstrip(".") for label in criteria] == expected["consultation"]["criteria"]


def test_lists_are_complete_inside_their_paragraphs(draft: Outline, facts: dict[str, Any]) -> None:
    for number, key in (
        ("4.3", "responsible_local_authorities_listed_at_4.3"),
        ("5.4", "partner_authorities_listed_at_5.4"),
    ):
        html = "".join(p.html for p in paragraph(draft, number).body if isinstance(p, Prose))
        assert html.count("<li>") == facts[DRAFT][key]
    principles = [
        i.label for part in paragraph(draft, "2.6").body for i in getattr(part, "items", ())
    ]
    assert principles == ["i.", "ii.", "iii.", "iv.", "v.", "vi.", "vii."]


def test_statements_duties_and_definitions(draft: Outline, facts: dict[str, Any]) -> None:
    expected = facts[DRAFT]
    assert len(draft.statements) == len(expected["statements_of_status"])
    assert [s.status for s in draft.statements] == [
        "unstated" if s["status"] == "replaces" else s["status"]
        for s in expected["statements_of_status"]
    ]
    assert [d.commences for d in draft.duties] == [d["introduced"] for d in expected["duties"]]
    assert draft.duties[2].excepts == "police authorities"
    for short, long in expected["abbreviations"].items():
        assert draft.definitions[short] == long
    assert (
        draft.definitions["the Act"] == "Local Government and Public Involvement in Health Act 2007"
    )


def test_the_faults_of_the_draft_are_reported(draft: Outline) -> None:
    found = {(p.code, re.sub(r"\D", "", p.message)[:2]) for p in draft.problems}
    assert ("note-missing", "37") in found
    assert ("note-incomplete", "16") in found
    assert {"status-conflict", "question-unlisted", "question-differs"} <= {c for c, _ in found}
    assert all(p.remedy and p.place.line for p in draft.problems)


def test_the_plan_has_its_paragraphs_however_printed(plan: Outline, facts: dict[str, Any]) -> None:
    body, annex = plan.sections[0], plan.sections[-1]
    assert [p.number for p in body.paragraphs] == [
        str(n) for n in range(1, facts[PLAN]["numbered_paragraphs"] + 1)
    ]
    assert annex.prefix == "Annex"
    assert len(annex.paragraphs) == facts[PLAN]["annex_numbered_paragraphs"]
    assert "numbering-restarts" in {p.code for p in plan.problems}


def test_the_plans_timetables_are_tables_with_every_date(plan: Outline) -> None:
    tables = {b.caption: b for b in plan.blocks() if isinstance(b, Table)}
    bill = tables["Timetable for the Bill"]
    assert [row[0] for row in bill.rows if row[0]] == [
        "2006",
        "12 December",
        "2007",
        "22 January",
        "January/February",
        "Autumn",
    ]
    assert len([t for t in tables if t.startswith("Timetable")]) == 6
    folder = [b for b in plan.blocks() if isinstance(b, Table) and b.header[1:2] == ["Consult"]]
    assert [b.header[0] for b in folder] == ["Community Empowerment", "Place-Shaping"]


@pytest.mark.parametrize("name", REAL)
def test_the_numbers_of_other_bodies_documents(
    name: str, shared_data: Path, facts: dict[str, Any]
) -> None:
    expected = facts["real/"][name]
    found = outline(shared_data / name)
    if "numbers" in expected:
        assert found.numbers == expected["numbers"]
    assert len(found.numbers) == expected["numbered_paragraphs"]
    if "footnotes" in expected:
        assert found.footnotes.markers == found.footnotes.definitions == expected["footnotes"]
    if "call_out_boxes" in expected:
        assert len(report(found)["boxes"]) == expected["call_out_boxes"]


@pytest.mark.parametrize("name", [DRAFT, PLAN, *OTHERS, *REAL])
def test_no_character_of_a_real_document_is_lost(name: str, shared_data: Path) -> None:
    path = shared_data / name
    assert characters(outline(path)) == source_characters(source(path))


@pytest.mark.parametrize("name", [DRAFT, PLAN, *OTHERS])
def test_the_text_reader_keeps_every_letter_and_digit(name: str, shared_data: Path) -> None:
    path = shared_data / name
    text = unicodedata.normalize("NFKC", path.read_text(encoding="utf-8"))
    text = re.sub(r"</?(?:ul|p|sup)\b[^>]*>", "", text)
    printed = Counter(c for c in text if c.isalnum())
    held = Counter(c for c in "".join(b.text + b.mark for b in source(path)) if c.isalnum())
    addresses = "".join(
        s.href for b in source(path) for s in b.spans if s.href and s.href not in s.text
    )
    assert printed == held + Counter(c for c in addresses if c.isalnum())


def test_the_report_reads_well_and_is_plain_data(draft: Outline) -> None:
    assert json.loads(json.dumps(report(draft))) == report(draft)
    text = report_text(draft)
    assert "28  2 Governance and engagement" in text
    assert "line 706: Footnote 37 is referred to but its text is not in the file." in text
