"""The words of one block as elements of Akoma Ntoso: prose, lists, tables, and notes in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from lxml.builder import ElementMaker

from guidance.rendering.exported import plain

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LISTS = ("ul", "ol")


class Blocks:
    """The elements of a block's content; `anchor` is the eId of what they stand in."""

    def __init__(self, anchor: str, content: Mapping[str, Any]) -> None:
        self._anchor = anchor
        self._content = content
        self._notes = {note["mark"]: note["html"] for note in content.get("notes") or ()}
        self._told: set[str] = set()
        self._lists = 0

    def elements(self) -> list[etree._Element]:
        """At least one; a note whose mark is nowhere in the words stands after them."""
        found = [*self._of_kind()]
        left = [mark for mark in self._notes if mark not in self._told]
        if left:
            found.append(E.p(*(self._note(mark) for mark in left)))
        return found or [E.p()]

    def _of_kind(self) -> Iterator[etree._Element]:
        content = self._content
        for part in content.get("body", ()):
            if part["type"] == "text":
                yield from self._prose(part["html"])
            elif part["items"]:
                yield self._subparagraphs(part["items"])
        if content["kind"] == "table":
            yield from self._table()
        for key in ("html", "description"):
            if content.get(key):
                yield from self._prose(content[key])
        for key in ("alt", "source"):
            if content.get(key):
                yield E.p({"class": key}, plain(content[key]))

    def _prose(self, html: str) -> list[etree._Element]:
        if not html:
            return []
        return list(self._blocks(lxml_html.fragment_fromstring(plain(html), create_parent="div")))

    def _blocks(self, parent: Any) -> Iterator[etree._Element]:
        """Paragraphs and lists; loose words between them are a paragraph."""
        loose = E.p()
        _add(loose, parent.text)
        for child in parent:
            if child.tag == "p" or child.tag in _LISTS:
                if _says(loose):
                    yield loose
                yield from self._blocks(child) if child.tag == "p" else (self._list(child),)
                loose = E.p()
            else:
                self._inline(loose, child)
            _add(loose, child.tail)
        if _says(loose):
            yield loose

    def _list(self, element: Any) -> etree._Element:
        found = E(element.tag)
        for item in element.iterchildren("li"):
            listed = E.li()
            _add(listed, item.text)
            for child in item:
                if child.tag == "p":
                    listed.extend(self._blocks(child))
                elif child.tag in _LISTS:
                    listed.append(self._list(child))
                else:
                    self._inline(listed, child)
                _add(listed, child.tail)
            found.append(listed)
        if not len(found):
            found.append(E.li())
        return found

    def _inline(self, parent: etree._Element, element: Any) -> None:
        if element.tag == "sup":
            self._raised(parent, element.text_content())
            return
        if element.tag == "br":
            parent.append(E.br())
            return
        found = parent
        if element.tag in ("b", "i"):
            found = E(element.tag)
        elif element.tag == "a" and element.get("href"):
            found = E.a(href=re.sub(r"\s", "%20", plain(element.get("href"))))
        if found is not parent:
            parent.append(found)
        _add(found, element.text)
        for child in element:
            self._inline(found, child)
            _add(found, child.tail)

    def _raised(self, parent: etree._Element, words: str) -> None:
        """A mark becomes its note, where it is first met; anything else stays raised."""
        marks = words.replace(",", " ").split()
        if not marks or not set(marks) <= set(self._notes):
            parent.append(E.sup(plain(words)))
            return
        for mark in marks:
            parent.append(self._note(mark) if mark not in self._told else E.sup(plain(mark)))

    def _note(self, mark: str) -> etree._Element:
        self._told.add(mark)
        note = E.authorialNote(
            marker=plain(mark) or "*",
            placement="bottom",
            eId=f"{self._anchor}__authorialNote_{len(self._told)}",
        )
        note.extend(self._prose(self._notes[mark]) or [E.p()])
        return note

    def _subparagraphs(self, items: Sequence[Mapping[str, Any]]) -> etree._Element:
        """Lists inside items, by depth; the label is printed as it stands."""
        outer = self._new_list()
        open_lists = [outer]
        for item in items:
            depth = min(max(int(item["depth"]), 1), len(open_lists) + 1)
            if depth > len(open_lists) and len(open_lists[-1]):
                inner = self._new_list()
                open_lists[-1][-1].append(inner)
                open_lists.append(inner)
            del open_lists[max(depth, 1) :]
            within = open_lists[-1]
            listed = E.item(eId=f"{within.get('eId')}__item_{len(within) + 1}")
            if item["label"]:
                listed.append(E.num(plain(item["label"])))
            listed.extend(self._prose(item["html"]) or [E.p()])
            within.append(listed)
        return outer

    def _new_list(self) -> etree._Element:
        self._lists += 1
        return E.blockList(eId=f"{self._anchor}__list_{self._lists}")

    def _table(self) -> Iterator[etree._Element]:
        rows = [("th", self._content.get("header") or ())]
        rows += [("td", row) for row in self._content.get("rows", ())]
        made = [E.tr(*(self._cell(tag, cell) for cell in cells)) for tag, cells in rows if cells]
        if made:
            yield E.table(*made, eId=f"{self._anchor}__table_1")

    def _cell(self, tag: str, html: str) -> etree._Element:
        return E(tag, *(self._prose(html) or [E.p()]))


def _add(element: etree._Element, text: str | None) -> None:
    """Text after what the element already has."""
    if not text:
        return
    words = plain(_SPACE.sub(" ", text))
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _says(element: etree._Element) -> bool:
    return bool(len(element) or (element.text or "").strip())
