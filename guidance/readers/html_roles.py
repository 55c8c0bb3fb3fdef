"""What an element of a page is for, as far as its tag, role, class and style tell.

The names are those of the HTML standard, WAI-ARIA, GOV.UK's govspeak, and the exports of Word,
LibreOffice, Google Docs and Pandoc. Nothing here looks at the words of a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto

from lxml import etree


class Tag(Enum):
    """How a tag is treated while a page is walked."""

    BLOCK = auto()
    HEADING = auto()
    LIST = auto()
    ITEM = auto()
    TABLE = auto()
    ROW = auto()
    CELL = auto()
    CAPTION = auto()
    QUOTED = auto()
    BREAK = auto()
    IMAGE = auto()
    DRAWING = auto()
    SILENT = auto()
    CONTROL = auto()
    STRUCK = auto()


def _tags(kind: Tag, names: str) -> dict[str, Tag]:
    return dict.fromkeys(names.split(), kind)


TAGS: Mapping[str, Tag] = {
    **_tags(
        Tag.BLOCK,
        "html body p div section article main nav header footer aside address blockquote pre dl dt"
        " dd figure figcaption fieldset legend details summary form hr center hgroup search dialog"
        " thead tbody tfoot colgroup listing xmp",
    ),
    **_tags(Tag.HEADING, "h1 h2 h3 h4 h5 h6"),
    **_tags(Tag.LIST, "ul ol menu dir"),
    **_tags(Tag.ITEM, "li"),
    **_tags(Tag.TABLE, "table"),
    **_tags(Tag.ROW, "tr"),
    **_tags(Tag.CELL, "td th"),
    **_tags(Tag.CAPTION, "caption"),
    **_tags(Tag.QUOTED, "q"),
    **_tags(Tag.BREAK, "br"),
    **_tags(Tag.IMAGE, "img"),
    **_tags(Tag.DRAWING, "svg"),
    # What a browser with scripts never shows as text of the page.
    **_tags(
        Tag.SILENT,
        "head script style noscript template iframe frameset object embed video audio canvas map"
        " rp annotation annotation-xml",
    ),
    **_tags(Tag.CONTROL, "button select textarea datalist"),
    **_tags(Tag.STRUCK, "del s strike"),
}

BOLD_TAGS = frozenset({"b", "strong"})
ITALIC_TAGS = frozenset({"i", "em", "cite", "dfn", "var"})
PREFORMATTED_TAGS = frozenset({"pre", "listing", "xmp"})

_HIDDEN_CLASSES = re.compile(
    r"(?:^|\s)(?:(?:[\w-]+-)?(?:visually-?hidden|sr-only|screen-reader-text|offscreen)"
    # The comments of a Word document, which no print of it shows.
    r"|MsoCommentReference|MsoCommentText|msocomtxt)(?:\s|$)"
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-element\s*:\s*comment", re.I
)
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar"})
_FURNITURE_CLASSES = re.compile(
    r"(?:^|\s)(?:[\w-]+-)?(?:breadcrumbs?|skip-?link|cookie-(?:banner|notice|consent)|pagination"
    r"|back-to-top|print-link|msoheader|msofooter)(?:\s|$)",
    re.I,
)
_BOX_CLASSES = re.compile(
    r"(?:^|\s)(?:[a-z]+[-_]+)*"
    r"(?:call-?to-?action|call-?out|inset(?:-text)?|info-?box|text-?box|case-?study(?:-box)?"
    r"|(?:info|help|application|warning|advisory)-notice|information|advisory|example"
    r"|additional-information|admonition|(?<!side[-_])panel|(?<!search[-_])(?<!check[-_])"
    r"(?<!combo[-_])(?<!list[-_])box|key-?points|highlight-box|boxed(?:-?text)?|boxout|sidebox"
    r"|warning-text|notice)(?:\s|$)",
    re.I,
)
_BOX_STYLE = re.compile(
    r"(?:^|;)\s*border\s*:(?!\s*(?:none|0))[^;]*\b(?:solid|dashed|dotted|double)"
)
_BOX_TAGS = frozenset({"div", "aside", "section", "p", "fieldset", "details", "blockquote"})
_CONTENTS_NAMES = re.compile(
    r"(?:^|[\s_-])(?:toc|table-?of-?contents|contents(?:-list)?|page-?contents|on-this-page)"
    r"(?:[\s_-]|$)|msotoc",
    re.I,
)

Attributes = Mapping[str, str]


def is_hidden(tag: str, attributes: Attributes) -> bool:
    """Whether a sighted reader is not shown this element."""
    return (
        "hidden" in attributes
        or (tag == "dialog" and "open" not in attributes)
        or ("style" in attributes and _HIDDEN_STYLE.search(attributes["style"]) is not None)
        or ("class" in attributes and _HIDDEN_CLASSES.search(attributes["class"]) is not None)
    )


def is_furniture(tag: str, attributes: Attributes, sectioned: bool) -> bool:
    """Whether an element holds a site's own menus and notices; `sectioned`: inside the content."""
    if tag == "nav" or attributes.get("role", "") in _FURNITURE_ROLES:
        return True
    # LibreOffice writes running heads as <div title="header">.
    if tag in ("header", "footer") or attributes.get("title") in ("header", "footer"):
        return not sectioned
    return "class" in attributes and _FURNITURE_CLASSES.search(attributes["class"]) is not None


def is_box(tag: str, attributes: Attributes) -> bool:
    """Whether an element is a call-out: set apart from the text that runs past it."""
    if tag not in _BOX_TAGS:
        return False
    return (
        tag in ("aside", "fieldset", "details")
        or attributes.get("role") == "note"
        or ("class" in attributes and _BOX_CLASSES.search(attributes["class"]) is not None)
        or ("style" in attributes and _BOX_STYLE.search(attributes["style"]) is not None)
    )


def is_called_contents(attributes: Attributes) -> bool:
    """Whether an element's own names say that it is a list of contents."""
    return attributes.get("role") == "doc-toc" or any(
        _CONTENTS_NAMES.search(attributes[key]) for key in ("id", "class") if key in attributes
    )


_length = etree.XPath("string-length(normalize-space(.))")


def length(element: etree._Element) -> int:
    """How many characters of text an element holds."""
    return int(_length(element))


def link_share(element: etree._Element, within_page: bool = True) -> tuple[int, float]:
    """How many links to places in the page an element holds, and their share of its text.

    With `within_page` false, links anywhere count.
    """
    links = [
        a
        for a in element.iter("a")
        if (a.get("href") or "").startswith("#" if within_page else "")
        and a.get("href") is not None
    ]
    total = length(element)
    return len(links), sum(map(length, links)) / total if total else 0.0
