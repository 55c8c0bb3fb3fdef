"""The walk over a page: what each element means for the text in it.

One pass without recursion, so that no page is too deep. Each element opens a frame that its
children inherit; a `BlockWriter` turns text and frames into blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml import etree

from guidance.outline.source import Place
from guidance.readers import html_roles as roles
from guidance.readers.html_blocks import note_block
from guidance.readers.html_frames import Frame, Item, Zone
from guidance.readers.html_inline import InlineElements
from guidance.readers.html_lists import BULLET, list_counter
from guidance.readers.html_notes import Notes
from guidance.readers.html_roles import TAGS, Attributes, Tag
from guidance.readers.html_tables import Grid, TableUse, is_header, table_use

_NO_ATTRIBUTES: Attributes = {}
_BLOCK_TAGS = frozenset(
    {Tag.BLOCK, Tag.HEADING, Tag.LIST, Tag.ITEM, Tag.TABLE, Tag.ROW, Tag.CELL, Tag.CAPTION}
)
_BREAKING = frozenset(name for name, tag in TAGS.items() if tag in _BLOCK_TAGS)
_STYLES = {
    "blockquote": "quote", "figcaption": "caption", "caption": "caption", "dt": "term",
    "dd": "definition", "legend": "title", "summary": "title", "address": "address",
}  # fmt: skip
_NAMED_STYLES = frozenset(_STYLES.values())
_TELLING_BLOCKS = roles.PREFORMATTED_TAGS | {
    "main", "article", "section", "nav", "header", "footer", "aside", "dialog", "fieldset",
    "details", *_STYLES,
}  # fmt: skip
_CONTENTS_TAGS = frozenset({"div", "section", "aside", "ul", "ol", "table", "dl", "p"})
_WORD_LEVEL = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d)", re.I)
_INDENT = re.compile(r"margin-left\s*:\s*(-?\d+(?:\.\d+)?)(pt|px|cm|mm|in|em|rem)", re.I)
_POINTS = {"pt": 1.0, "px": 0.75, "cm": 28.35, "mm": 2.835, "in": 72.0, "em": 12.0, "rem": 12.0}
_FEWEST_CONTENTS_LINKS = 3


def _style(name: str, attributes: Attributes, outer: str) -> str:
    """The style of an element's blocks: told by its name, by what it stands in, or by its class."""
    if name == "footer" and outer == "quote":
        return "quote-source"
    if outer in _NAMED_STYLES and name not in _STYLES:
        return outer
    return _STYLES.get(name) or attributes.get("class", "")


class Walk(InlineElements):
    """One walk over one page; `writer.blocks` and `remarks` are what comes of it.

    `mains` are the elements that hold the page's content: what stands outside them is furniture.
    An empty set takes the whole page for content.
    """

    def __init__(self, notes: Notes, mains: set[etree._Element], in_page_links: int) -> None:
        super().__init__(notes)
        self._mains = mains
        self._has_contents = in_page_links >= _FEWEST_CONTENTS_LINKS

    def run(self, root: etree._Element) -> None:
        writer = self.writer
        stack = [Frame(zone=Zone.FURNITURE if self._mains else Zone.BODY)]
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                frame = self._open(element, stack[-1])
                if frame is None:
                    walk.skip_subtree()
                    stack.append(stack[-1])
                    continue
                stack.append(frame)
                if element.text:
                    writer.add(element.text, frame, element)
                continue
            if event == "end":
                frame = stack.pop()
                if element.tag in _BREAKING:
                    writer.flush()
                if frame.ends is not None and frame is not stack[-1]:
                    frame.ends(element, frame)
            if element.tail and element is not root:
                writer.add(element.tail, stack[-1], element)
        writer.flush()
        writer.end_lead()

    def _open(self, element: etree._Element, frame: Frame) -> Frame | None:
        """The frame of an element; None leaves it and all in it out of the walk."""
        name = element.tag
        items = element.items()
        attributes = dict(items) if items else _NO_ATTRIBUTES
        if name in _BREAKING:
            self.writer.flush()
        opened = _OPENERS.get(name, Walk.open_inline)(self, element, attributes, frame)
        if opened is not None and element in self.notes.definitions:
            return self._enter_note(opened)
        return opened

    # Blocks

    def _open_block(self, element: etree._Element, attributes: Attributes, frame: Frame) -> Frame:
        name = element.tag
        if not attributes and name not in _TELLING_BLOCKS:
            return frame
        inner = frame.child()
        inner.style = _style(name, attributes, frame.style)
        inner.sectioned = frame.sectioned or name in ("main", "article", "section")
        inner.preformatted = frame.preformatted or name in roles.PREFORMATTED_TAGS
        if name == "summary":
            inner.marks = (True, *frame.marks[1:])
        elif name == "blockquote":
            inner.indent += 36.0
        if element in self._mains:
            inner.zone, inner.sectioned = Zone.BODY, True
        if style := attributes.get("style"):
            if found := _INDENT.search(style):
                inner.indent += float(found[1]) * _POINTS[found[2].lower()]
            if found := _WORD_LEVEL.search(style):
                inner.depth = int(found[1])
        inner.zone = self._zone(element, attributes, inner)
        if inner.zone is Zone.BODY and roles.is_box(name, attributes):
            self.writer.enter_box(inner)
        return inner

    def _own_frame(self, element: etree._Element, attributes: Attributes, frame: Frame) -> Frame:
        """As `_open_block`, but always a frame that the element may change."""
        inner = self._open_block(element, attributes, frame)
        return frame.child() if inner is frame else inner

    def _zone(self, element: etree._Element, attributes: Attributes, frame: Frame) -> Zone:
        """The zone of a block, which may leave the body but not come back to it."""
        if attributes and roles.is_hidden(element.tag, attributes):
            return Zone.FURNITURE
        if frame.zone is not Zone.BODY:
            return frame.zone
        if roles.is_furniture(element.tag, attributes, frame.sectioned):
            count, share = roles.link_share(element)
            return Zone.CONTENTS if count > 1 and share > 0.4 else Zone.FURNITURE
        if element.tag in _CONTENTS_TAGS and roles.is_called_contents(attributes):
            word_contents = "msotoc" in attributes.get("class", "").lower()
            if word_contents or roles.link_share(element)[1] > 0.4:
                return Zone.CONTENTS
        if element.tag == "aside" and roles.link_share(element, within_page=False)[1] > 0.6:
            return Zone.FURNITURE
        return Zone.BODY

    def _open_heading(self, element: etree._Element, attributes: Attributes, frame: Frame) -> Frame:
        inner = self._own_frame(element, attributes, frame)
        inner.heading = int(element.tag[1])
        return inner

    def _open_list(self, element: etree._Element, attributes: Attributes, frame: Frame) -> Frame:
        inner = self._own_frame(element, attributes, frame)
        inner.list = list_counter(element)
        inner.depth += 1
        inner.heading = 0
        if self._is_contents(element, inner):
            inner.zone = Zone.CONTENTS
        return inner

    def _open_item(self, element: etree._Element, attributes: Attributes, frame: Frame) -> Frame:
        inner = self._own_frame(element, attributes, frame)
        label = frame.list.label(attributes) if frame.list is not None else BULLET
        inner.item = Item(label, max(frame.depth, 1))
        return inner

    # Tables

    def _open_table(self, element: etree._Element, attributes: Attributes, frame: Frame) -> Frame:
        inner = self._own_frame(element, attributes, frame)
        inner.grid = None
        if inner.zone is not Zone.BODY:
            return inner
        if self._is_contents(element, inner):
            inner.zone = Zone.CONTENTS
            return inner
        use = table_use(element)
        if use is TableUse.BOX:
            self.writer.enter_box(inner)
        elif use is TableUse.DATA:
            inner.grid = Grid(Place(line=element.sourceline), box=inner.box)
            inner.ends = self._end_table
        return inner

    def _end_table(self, element: etree._Element, frame: Frame) -> None:
        if frame.grid is not None:
            self.writer.blocks += frame.grid.blocks()

    def _open_row(self, element: etree._Element, attributes: Attributes, frame: Frame) -> Frame:
        inner = self._own_frame(element, attributes, frame)
        inner.ends = self._end_row
        return inner

    def _end_row(self, element: etree._Element, frame: Frame) -> None:
        if frame.grid is not None:
            frame.grid.end_row()
        else:
            self.writer.end_lead()

    def _open_cell(self, element: etree._Element, attributes: Attributes, frame: Frame) -> Frame:
        inner = self._own_frame(element, attributes, frame)
        self.writer.open_sink()
        inner.ends = self._end_cell
        if inner.grid is not None:
            inner.item, inner.depth, inner.box, inner.style = None, 0, 0, ""
        return inner

    def _end_cell(self, element: etree._Element, frame: Frame) -> None:
        held = self.writer.close_sink()
        if frame.grid is None:
            self.writer.hold_lead(held)
        else:
            frame.grid.add(element, held, is_header(element))

    def _open_caption(self, element: etree._Element, attributes: Attributes, frame: Frame) -> Frame:
        inner = self._own_frame(element, attributes, frame)
        self.writer.open_sink()
        inner.ends = self._end_caption
        return inner

    def _end_caption(self, element: etree._Element, frame: Frame) -> None:
        held = self.writer.close_sink()
        if frame.grid is not None:
            frame.grid.caption += held
        else:
            self.writer.blocks += held

    # Notes and contents

    def _enter_note(self, frame: Frame) -> Frame:
        """A note is content wherever it stands, and none of what surrounds it concerns it."""
        self.writer.open_sink()
        inner = Frame(sectioned=True, ends=self._end_note)
        inner.preformatted = frame.preformatted
        return inner

    def _end_note(self, element: etree._Element, frame: Frame) -> None:
        held = self.writer.close_sink()
        mark = self.notes.definitions[element]
        self.writer.blocks += note_block(mark, held, Place(line=element.sourceline))

    def _is_contents(self, element: etree._Element, frame: Frame) -> bool:
        """Whether a list or table is nothing but links to places in the page."""
        if not self._has_contents or frame.zone is not Zone.BODY:
            return False
        count, share = roles.link_share(element)
        if count < _FEWEST_CONTENTS_LINKS or share < 0.6:
            return False
        return not any(e in self.notes.definitions for e in element.iter("li", "tr", "p", "div"))


_Opener = Callable[[Walk, etree._Element, Attributes, Frame], Frame | None]
_OPENER_OF: Mapping[Tag, _Opener] = {
    Tag.QUOTED: Walk.open_quoted,
    Tag.BREAK: Walk.open_break,
    Tag.IMAGE: Walk.open_image,
    Tag.DRAWING: Walk.open_drawing,
    Tag.STRUCK: Walk.open_struck,
    Tag.CONTROL: Walk.open_control,
    Tag.SILENT: Walk.open_silent,
    Tag.BLOCK: Walk._open_block,
    Tag.HEADING: Walk._open_heading,
    Tag.LIST: Walk._open_list,
    Tag.ITEM: Walk._open_item,
    Tag.TABLE: Walk._open_table,
    Tag.ROW: Walk._open_row,
    Tag.CELL: Walk._open_cell,
    Tag.CAPTION: Walk._open_caption,
}
_OPENERS: Mapping[str, _Opener] = {name: _OPENER_OF[tag] for name, tag in TAGS.items()}
