"""Opening a page in the editor and saving it changes no word, and so no digest.

Wagtail's editor takes rich text apart and puts it together in its own way: this takes what was
imported through the same conversion.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from guidance.blocks import INLINE_FEATURES, PROSE_FEATURES
from guidance.content import content_of, items_of_list
from guidance.outline.build import build
from guidance.outline.model import Box, Prose
from guidance.readers import read_bytes
from guidance.streams import to_stream

PROSE = ContentstateConverter(PROSE_FEATURES)
INLINE = ContentstateConverter(INLINE_FEATURES)
DEMONSTRATION = Path(__file__).parents[2] / "home" / "demonstration"

Raw = dict[str, Any]


def saved(html: str, converter: ContentstateConverter = PROSE) -> str:
    return str(converter.to_database_format(converter.from_database_format(html)))


def saved_block(raw: Raw) -> Raw:
    """The block with every piece of rich text as the editor would save it."""
    raw = deepcopy(raw)
    value = raw["value"]
    for part in value.get("body", ()):
        if part["type"] == "text":
            part["value"] = saved(part["value"])
        else:
            for item in items_of_list(part["value"]):
                item["text"] = saved(item["text"])  # type: ignore[index]
    for row in value.get("table", {}).get("rows", ()):
        row["values"] = [saved(cell, INLINE) for cell in row["values"]]
    for note in items_of_list(value.get("notes")):
        note["text"] = saved(note["text"], INLINE)  # type: ignore[index]
    for key in ("definition", "description"):
        if key in value:
            value[key] = saved(value[key])
    if raw["type"] in ("quotation", "question"):
        value["text"] = saved(value["text"], INLINE)
    return raw


def assert_nothing_changes(data: bytes, name: str) -> None:
    count = 0
    for block in build(read_bytes(data, name)).blocks():
        count += 1
        raw = to_stream(block, uuid5(UUID(int=0), str(count)))
        assert content_of(saved_block(raw)) == content_of(raw)
    assert count > 20


@pytest.mark.parametrize(
    "name",
    [
        "creating-strong-safe-and-prosperous-communities-draft-2007.txt",
        "local-vision-cabinet-report-2005.txt",
        "real/stop-and-search-code-2017.docx",
        "real/rail-vision-command-paper.html",
    ],
)
def test_a_real_document_is_saved_as_it_was_imported(name: str, shared_data: Path) -> None:
    path = shared_data / name
    assert_nothing_changes(path.read_bytes(), path.name)


def test_the_demonstration_is_saved_as_it_was_imported() -> None:
    path = DEMONSTRATION / "local-priorities-final-2009.html"
    assert_nothing_changes(path.read_bytes(), path.name)


def test_words_on_both_sides_of_a_list_stay_where_they_are() -> None:
    html = "Lead:<ul><li>one;</li></ul>after"
    block = Box(title="T", body=[Prose(html)])
    raw = to_stream(block, UUID(int=1))
    (part,) = content_of(saved_block(raw))["body"]
    assert part["html"] == "<p>Lead:</p><ul><li>one;</li></ul><p>after</p>"


@pytest.mark.parametrize(
    "html",
    [
        "Words alone",
        "<p>One.</p><p>Two.</p>",
        "One line<br/>and another",
        "<b>A name<br/>on two lines</b>",
        "Lead:<ul><li>one;</li><li>two.</li></ul>",
        "<p>Lead:</p><ul><li>one<ul><li>inner</li></ul></li></ul>",
        "<b><i>Both</i></b><b>, then bold</b>",
        "A &amp; B &lt; C<sup>20</sup> and <a href='https://example.org/?a=1&amp;b=2'>there</a>",
        "",
    ],
)
def test_prose_in_any_place_is_the_same_however_it_is_marked(html: str) -> None:
    text = {"type": "text", "value": html}
    items = [{"label": "(a)", "depth": 1, "text": html}]
    body = [text, {"type": "subparagraphs", "value": items}]
    raw = {"type": "box", "value": {"title": "T", "body": body, "notes": []}, "id": "x"}
    assert content_of(saved_block(raw)) == content_of(raw)
