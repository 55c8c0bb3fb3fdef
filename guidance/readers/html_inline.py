"""Elements that run in a line of text: marks, links, markers of notes, pictures, omissions."""

from __future__ import annotations

import re

from lxml import etree

from guidance.outline.source import Place, SourceBlock, SourceKind
from guidance.readers import html_roles as roles
from guidance.readers.html_blocks import BlockWriter
from guidance.readers.html_frames import Frame, Zone
from guidance.readers.html_images import picture_of
from guidance.readers.html_notes import Notes
from guidance.readers.html_roles import Attributes

_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*italic", re.I)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.I)
_WORD_LABEL = re.compile(r"mso-list\s*:\s*ignore", re.I)
_KEPT_ADDRESS = re.compile(r"(?:https?://|mailto:|#)\S", re.I)
_holds_blocks = etree.XPath("boolean(.//p | .//div | .//li | .//h2 | .//h3 | .//table)")
# An arrow or the note's own mark, "[12]", is no word to keep.
_LONGEST_ARROW = 5


class InlineElements:
    """Opens elements that run in a line; each method answers with the frame of what is in the
    element, or None to leave that out of the walk."""

    def __init__(self, notes: Notes) -> None:
        self.writer = BlockWriter()
        self.remarks: list[tuple[str, Place]] = []
        self.notes = notes

    def open_inline(
        self, element: etree._Element, attributes: Attributes, frame: Frame
    ) -> Frame | None:
        if element in self.notes.back_links:
            words = "".join(element.itertext()).strip()
            if len(words.split()) > 1 or len(words) > _LONGEST_ARROW:
                self.writer.set_aside(words, element)
            return None
        if attributes and roles.is_hidden(element.tag, attributes):
            return self._leave_out(element, frame)
        name = element.tag
        bold, italic, raised, href, note = frame.marks
        bold = bold or name in roles.BOLD_TAGS
        italic = italic or name in roles.ITALIC_TAGS
        raised = raised or name == "sup"
        if name == "a" and (found := _KEPT_ADDRESS.match(attributes.get("href", "").strip())):
            href = found.string
        if element in self.notes.markers:
            note = self.notes.markers[element]
        labelling = frame.labelling
        if style := attributes.get("style"):
            bold = bold or _BOLD_STYLE.search(style) is not None
            italic = italic or _ITALIC_STYLE.search(style) is not None
            raised = raised or _RAISED_STYLE.search(style) is not None
            labelling = labelling or _WORD_LABEL.search(style) is not None
        marks = (bold, italic, raised, "" if note else href, note)
        if marks == frame.marks and labelling is frame.labelling:
            return frame
        inner = frame.child()
        inner.marks, inner.labelling = marks, labelling
        return inner

    def open_quoted(self, element: etree._Element, attributes: Attributes, frame: Frame) -> Frame:
        """A browser prints quotation marks around `q`."""
        inner = frame.child()
        self.writer.add("“", inner, element)
        inner.ends = lambda element, frame: self.writer.add("”", frame, element)
        return inner

    def open_break(self, element: etree._Element, attributes: Attributes, frame: Frame) -> None:
        self.writer.break_line()

    def open_image(self, element: etree._Element, attributes: Attributes, frame: Frame) -> None:
        if frame.zone is not Zone.BODY or roles.is_hidden("img", attributes):
            return
        place = Place(line=element.sourceline)
        block, remark = picture_of(attributes, place)
        if block is not None:
            block.box = frame.box
            self.writer.put_after(block)
        if remark:
            self.remarks.append((remark, place))

    def open_drawing(self, element: etree._Element, attributes: Attributes, frame: Frame) -> None:
        title = "".join(t.text or "" for t in element.iterchildren("title"))
        words = " ".join(" ".join(t.itertext()) for t in element.iter("text"))
        self.writer.set_aside(words, element)
        alt = " ".join((attributes.get("aria-label") or title or words).split())
        if alt and frame.zone is Zone.BODY:
            place = Place(line=element.sourceline)
            image = SourceBlock(SourceKind.IMAGE, place=place, box=frame.box, alt=alt)
            self.writer.put_after(image)
            self.remarks.append(("A drawing was left out: add it as a picture.", place))

    def open_struck(
        self, element: etree._Element, attributes: Attributes, frame: Frame
    ) -> Frame | None:
        place = Place(line=element.sourceline)
        self.remarks.append(("Text that the page strikes out was left out.", place))
        return self._leave_out(element, frame)

    def open_control(self, element: etree._Element, attributes: Attributes, frame: Frame) -> None:
        self.writer.set_aside(" ".join(element.itertext()), element)

    def open_silent(self, element: etree._Element, attributes: Attributes, frame: Frame) -> None:
        if element.tag in ("iframe", "frameset", "object", "embed"):
            remark = "The page shows another page or file in a frame, which is not part of it."
            self.remarks.append((remark, Place(line=element.sourceline)))

    def _leave_out(self, element: etree._Element, frame: Frame) -> Frame | None:
        """An element whose words are not text of the page: they become furniture."""
        if _holds_blocks(element):
            inner = frame.child()
            inner.zone = Zone.FURNITURE
            return inner
        self.writer.set_aside("".join(element.itertext()), element)
        return None
