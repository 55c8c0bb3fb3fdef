"""Fills in a Word form as Word does, and damages it as people and other programs do; for tests."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The file after a change to its document."""
    document = opened(data)
    change(document)
    return saved(document)


def filled(data: bytes, words: Mapping[str | int, str | bool]) -> bytes:
    """By tag: what is typed into a field, or that a box is ticked; by number of row, a comment."""

    def fill(document: Any) -> None:
        found = {
            sdt.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")): sdt
            for sdt in document.element.body.iter(qn("w:sdt"))
        }
        for tag, value in words.items():
            if isinstance(tag, int):
                comment(document.tables[-1].cell(tag, 1), str(value))
            elif value is True:
                tick(found[tag])
            else:
                type_into(found[tag], str(value))

    return changed(data, fill)


def comment(cell: Any, words: str) -> None:
    """Enter makes a paragraph."""
    first, *more = words.split("\n")
    cell.paragraphs[0].add_run(first)
    for line in more:
        cell.add_paragraph(line)


def tick(sdt: Any) -> None:
    sdt.find(f"{qn('w:sdtPr')}/{W14}checkbox/{W14}checked").set(f"{W14}val", "1")
    next(sdt.iter(qn("w:t"))).text = "☒"


def type_into(sdt: Any, words: str) -> None:
    """Enter makes a paragraph in a box and a line break in a field."""
    properties, content = sdt.find(qn("w:sdtPr")), sdt.find(qn("w:sdtContent"))
    shown = properties.find(qn("w:showingPlcHdr"))
    if shown is not None:
        properties.remove(shown)
    block = content.find(qn("w:p")) is not None
    for child in list(content):
        content.remove(child)
    if block:
        for line in words.split("\n"):
            paragraph = parse_xml(f"<w:p {nsdecls('w')}/>")
            paragraph.append(run(line))
            content.append(paragraph)
        return
    for at, line in enumerate(words.split("\n")):
        made = run(line)
        if at:
            made.insert(0, parse_xml(f"<w:br {nsdecls('w')}/>"))
        content.append(made)


def run(words: str) -> Any:
    """A run; tabs are elements, as in every Word file."""
    made = parse_xml(f"<w:r {nsdecls('w')}/>")
    for at, part in enumerate(words.split("\t")):
        if at:
            made.append(parse_xml(f"<w:tab {nsdecls('w')}/>"))
        text = parse_xml(f'<w:t {nsdecls("w")} xml:space="preserve"/>')
        text.text = part
        made.append(text)
    return made


def without_controls(document: Any) -> None:
    """As programs do that know no content controls: what is in them stays."""
    for sdt in list(document.element.body.iter(qn("w:sdt"))):
        parent, content = sdt.getparent(), sdt.find(qn("w:sdtContent"))
        at = parent.index(sdt)
        for child in reversed(list(content)):
            parent.insert(at, child)
        parent.remove(sdt)


def after(document: Any, mark: str, words: str) -> None:
    """A paragraph typed below the one that has a mark."""
    for paragraph in document.element.body.iter(qn("w:p")):
        if f"[{mark}]" in "".join(t.text or "" for t in paragraph.iter(qn("w:t"))):
            made = parse_xml(f"<w:p {nsdecls('w')}/>")
            made.append(run(words))
            paragraph.addnext(made)
            return
    raise AssertionError(mark)


def copied_row(document: Any) -> Any:
    """The last row of the table of comments, once more; its cells."""
    row = document.tables[-1].rows[-1]._tr
    made = deepcopy(row)
    row.addnext(made)
    return document.tables[-1].rows[-1].cells
