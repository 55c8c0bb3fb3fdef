"""A draft edition amended as an editor does it: paragraph by paragraph, each change with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from guidance.actions.reviewing import Decision
from guidance.models import Change, EditionPage, SectionPage

Raw = dict[str, Any]


class Draft:
    """The sections and statements of a draft edition, and what was decided about each change.

    Paragraphs are named by their number as it is at that moment, the first of it where two have it;
    KeyError where there is none.
    """

    def __init__(self, page: EditionPage) -> None:
        self.page = page
        self.sections = list(SectionPage.objects.child_of(page).order_by("path"))
        self.streams: list[list[Raw]] = [list(s.body.raw_data) for s in self.sections]
        self._decided: dict[str, Decision] = {}

    def reword(self, number: str, old: str, new: str, change: Change, reason: str) -> None:
        block = self._find(number)
        if _replace(block["value"], old, new) != 1:
            raise KeyError(f"“{old}” does not stand once in paragraph {number}.")
        self._decide(block, change, reason)

    def insert(self, after: str, number: str, words: str, reason: str) -> None:
        block = _paragraph(number, [_text(words)])
        self._put(block, after)
        self._decide(block, Change.INSERTED, reason)

    def remove(self, number: str, reason: str) -> None:
        block = self._take(number)
        self._decide(block, Change.REMOVED, reason)

    def merge(self, number: str, into: str, words: str, reason: str) -> None:
        """The one goes into the other, whose words end with `words` from now on."""
        block, other = self._take(number), self._find(into)
        other["value"]["body"].append(_text(words))
        self._decide(block, Change.MERGED, reason, into)
        self._decide(other, Change.SUBSTANTIVE, reason)

    def split(self, number: str, new: str, keep: str, words: str, reason: str) -> None:
        """The paragraph keeps `keep`; `words`, and the parts that followed its first, become `new`."""
        block = self._find(number)
        first, *rest = block["value"]["body"]
        block["value"]["body"] = [first | {"value": f"<p>{keep}</p>"}]
        other = _paragraph(new, [_text(words), *rest])
        self._put(other, number)
        self._decide(other, Change.SPLIT, reason, number)
        self._decide(block, Change.SUBSTANTIVE, reason)

    def renumber(self, old: str, new: str, reason: str) -> None:
        block = self._find(old)
        block["value"]["number"] = new
        self._decide(block, Change.RENUMBERED, reason)

    def move(self, number: str, after: str, new: str, reason: str) -> None:
        """To another place, under a new number; the reason given for the number is given for both."""
        block = self._take(number)
        self._put(block, after)
        block["value"]["number"] = new
        self._decide(block, Change.RENUMBERED, reason)

    def restate(self, old: str, new: str, reason: str) -> None:
        """The one statement of status that names the paragraphs `old` names `new`, and so do its
        words in the text."""
        rows = list(self.page.statements.raw_data)
        found = [row for row in rows if old in row["value"]["paragraphs"]]
        if len(found) != 1:
            raise KeyError(f"{len(found)} statements name {old}.")
        _replace(found[0]["value"], old, new)
        self.page.statements = rows
        for _, _, block in self._blocks():
            if block["type"] == "text" and _replace(block["value"], old, new):
                self._decide(block, Change.SUBSTANTIVE, reason)

    def save(self, user: Any) -> None:
        """Save every page as a draft, as the editor's Save button does."""
        self.page.save_revision(user=user)
        for section, stream in zip(self.sections, self.streams, strict=True):
            section.body = stream
            section.save_revision(user=user)

    @property
    def decisions(self) -> list[Decision]:
        """What was decided about each paragraph."""
        return list(self._decided.values())

    def _blocks(self) -> Iterator[tuple[list[Raw], int, Raw]]:
        for stream in self.streams:
            for index, block in enumerate(stream):
                yield stream, index, block

    def _place(self, number: str) -> tuple[list[Raw], int]:
        for stream, index, block in self._blocks():
            if block["type"] == "paragraph" and block["value"]["number"] == number:
                return stream, index
        raise KeyError(f"The draft has no paragraph {number}.")

    def _find(self, number: str) -> Raw:
        stream, index = self._place(number)
        return stream[index]

    def _take(self, number: str) -> Raw:
        stream, index = self._place(number)
        return stream.pop(index)

    def _put(self, block: Raw, after: str) -> None:
        stream, index = self._place(after)
        stream.insert(index + 1, block)

    def _decide(self, block: Raw, change: Change, reason: str, other: str = "") -> None:
        identity = str(block["id"])
        self._decided[identity] = Decision(identity, change.value, reason, other)


def _paragraph(number: str, body: list[Raw]) -> Raw:
    value = {"number": number, "body": body, "notes": []}
    return {"type": "paragraph", "id": str(uuid4()), "value": value}


def _text(words: str) -> Raw:
    return {"type": "text", "id": str(uuid4()), "value": f"<p>{words}</p>"}


def _replace(value: Any, old: str, new: str) -> int:
    """Replace words wherever they stand in raw StreamField data; how often they stood there."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    count = 0
    for key, item in list(items):
        if isinstance(item, str):
            count += item.count(old)
            value[key] = item.replace(old, new)
        elif isinstance(item, dict | list):
            count += _replace(item, old, new)
    return count
