"""The problems of an outline: what an editor should look at, where, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from guidance.outline import questions
from guidance.outline.model import Figure, Outline, Paragraph, Problem, Question, Section, Text
from guidance.outline.notes import Notes
from guidance.outline.numbering_checks import check_numbering
from guidance.outline.pieces import Piece
from guidance.outline.source import Place
from guidance.richtext import to_text
from guidance.status import conflicts

_PICTURE = re.compile(
    r"\b(?:diagram|figure|chart|map|schematic|picture|illustration) "
    r"(?:below|above|overleaf|opposite)\b",
    re.IGNORECASE,
)
_TITLE_ONLY = re.compile(r"<i>[^<]{20,}</i>")
_TRACE = re.compile(r"\d{4}|https?:")  # a year or an address: where a note may well end
_LONG_LIST = 5
_SENTENCE = 90  # characters; items as long as this on average are more than a list's


def findings(
    outline: Outline,
    notes: Notes,
    asked: Sequence[tuple[Question, Piece]],
    lists: Sequence[Sequence[Piece]],
    remarks: Iterable[tuple[str, Place]],
) -> None:
    """Add all problems to the outline, in the order in which they stand in the file."""
    problems = [
        *(Problem("reader", words, place) for words, place in remarks),
        *check_numbering(outline),
        *_footnotes(outline, notes),
        *_unnumbered(outline),
        *_questions(outline, asked),
        *_pictures(outline),
        *_statements(outline),
        *_own_lists(outline, lists),
    ]
    outline.problems.extend(sorted(problems, key=lambda p: (p.place.page or 0, p.place.line or 0)))


def _footnotes(outline: Outline, notes: Notes) -> Iterable[Problem]:
    for mark, place in notes.missing:
        yield Problem(
            "note-missing",
            f"Footnote {mark} is referred to but its text is not in the file.",
            place,
            "Add the note, or remove the marker.",
        )
    for piece in notes.unreferenced:
        yield Problem(
            "note-unreferenced",
            f"Footnote {piece.mark} has no marker in the text: “{_short(piece.text)}”.",
            piece.place,
            "Put its marker where it belongs, or remove the note.",
        )
    for block in outline.blocks():
        for note in getattr(block, "notes", ()):
            if _TITLE_ONLY.fullmatch(note.html) and not _TRACE.search(note.html):
                words = _short(to_text(note.html))
                yield Problem(
                    "note-incomplete",
                    f"Footnote {note.mark} is only a title and seems to break off: “{words}”.",
                    note.place,
                    "Complete the note from the printed document.",
                )


def _unnumbered(outline: Outline) -> Iterable[Problem]:
    """Text after numbered paragraphs that belongs to none of them, one problem for each run."""
    for section in outline.sections:
        for run in _runs_of_text(section):
            count = "Text" if len(run) == 1 else f"{len(run)} pieces of text"
            last = f" (to {run[-1].place})" if len(run) > 1 else ""
            words = _short(_first(run[0]))
            yield Problem(
                "text-without-number",
                f"{count} without a number after a numbered paragraph{last}: “{words}”.",
                run[0].place,
                "Leave it as text, or join it to the paragraph that it belongs to.",
            )


def _runs_of_text(section: Section) -> list[list[Text]]:
    """The pieces of text after each numbered paragraph and before the next."""
    runs: list[list[Text]] = []
    for block in section.blocks:
        if isinstance(block, Paragraph):
            runs.append([])
        elif runs and isinstance(block, Text) and block.body:
            runs[-1].append(block)
    return [run for run in runs if run]


def _first(block: Text) -> str:
    part = block.body[0]
    html = getattr(part, "html", "") or " ".join(i.html for i in getattr(part, "items", ())[:1])
    return to_text(html[:400].rsplit("<", 1)[0] if len(html) > 400 else html)


def _questions(outline: Outline, asked: Sequence[tuple[Question, Piece]]) -> Iterable[Problem]:
    listing = {item.number: item for item in outline.listed_questions}
    if not listing:
        return
    printed = set()
    for question, piece in asked:
        words = questions.asked(piece)
        item = listing.get(question.number)
        printed.add(question.number)
        if item is None:
            yield Problem(
                "question-unlisted",
                f"This question is printed in the text but not listed: “{_short(words)}”.",
                question.place,
                "Add it to the listed questions, or leave it without a number.",
            )
        elif questions.words_only(words) != questions.words_only(item.text):
            yield Problem(
                "question-differs",
                f"Question {item.number} is worded differently where it is listed ({item.place}) "
                "and where it is printed.",
                question.place,
                "Decide which wording is asked.",
            )
    for item in outline.listed_questions:
        if item.number not in printed and asked:
            yield Problem(
                "question-not-printed",
                f"Question {item.number} is listed but not printed beside a paragraph.",
                item.place,
                "Place the question after the paragraph that it is about.",
            )


def _pictures(outline: Outline) -> Iterable[Problem]:
    """Figures without a description; in plain text also pictures that only the words speak of."""
    for section in outline.sections:
        for at, block in enumerate(section.blocks):
            if isinstance(block, Figure) and not block.alt:
                yield _picture(block, outline.format)
            elif isinstance(block, Paragraph) and outline.format == "text":
                found = _PICTURE.search(" ".join(getattr(p, "html", "") for p in block.body)[:9000])
                near = section.blocks[max(0, at - 1) : at + 3]
                if found and not any(isinstance(b, Figure) for b in near):
                    yield Problem(
                        "figure-lost",
                        f"Paragraph {block.number} speaks of “the {found[0]}”, which is not in the "
                        "file.",
                        block.place,
                        "Add the picture, or describe it in words.",
                    )


def _picture(figure: Figure, kind: str) -> Problem:
    name = f"“{_short(figure.caption)}”" if figure.caption else "a figure"
    if kind == "text" or (figure.caption and figure.confidence < 1):
        words, code = f"The picture of {name} is not in the file.", "figure-lost"
    else:
        words, code = f"The picture of {name} has no description.", "figure-undescribed"
    return Problem(code, words, figure.place, "Add the picture, or describe it in words.")


def _own_lists(outline: Outline, lists: Sequence[Sequence[Piece]]) -> Iterable[Problem]:
    """Long runs of numbered sentences that were read as lists; and a document without numbers."""
    for run in lists:
        words = sum(len(piece.text) for piece in run)
        asking = sum("?" in piece.text for piece in run)
        if 2 * asking < len(run) >= _LONG_LIST and words >= _SENTENCE * len(run):
            first, last = run[0].label.rstrip(".) "), run[-1].label.rstrip(".) ")
            yield Problem(
                "numbers-as-list",
                f"The numbers {first} to {last} were read as a list, not as paragraphs' numbers.",
                run[0].place,
                "If they are cited by number, make them numbered paragraphs of a section of their "
                "own.",
            )
    if not outline.numbers and outline.sections:
        yield Problem(
            "no-numbers",
            "No numbered paragraphs were found.",
            outline.sections[0].place,
            "If the document has them, send a file in which the numbers can be read as text.",
        )


def _statements(outline: Outline) -> Iterable[Problem]:
    """Paragraphs of which the statements of status say different things."""
    numbers = [p.number for s in outline.sections if not s.prefix for p in s.paragraphs]
    for conflict in conflicts(list(dict.fromkeys(numbers)), outline.statements):
        named = (
            f"{conflict.numbers[0]} to {conflict.numbers[-1]}"
            if len(conflict.numbers) > 1
            else conflict.numbers[0]
        )
        statements = [outline.statements[i] for i in conflict.statements]
        words = " and ".join(f"“{s.paragraphs}” ({s.status})" for s in statements)
        yield Problem(
            "status-conflict",
            f"Paragraphs {named} stand in statements of status that do not agree: {words}.",
            statements[-1].place,
            "Keep both as printed, or correct the statement that is wrong.",
        )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 90 else text[:87].rsplit(" ", 1)[0] + " …"
