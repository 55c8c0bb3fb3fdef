"""What hangs in a paragraph: text boxes, pictures, diagrams, and the words drawn as pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guidance.readers.word.names import (
    ANCHORING,
    CHART,
    DIAGRAM,
    DRAWING,
    MARKUP,
    RELATIONSHIP,
    VML,
    r,
    w,
)
from guidance.readers.word.package import Element, Package

ALTERNATIVES = f"{{{MARKUP}}}AlternateContent"
UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/", "urn:")
TEXT_BOX = w("txbxContent")
SHOWN = (
    w("t"),
    f"{{{DRAWING}}}blip",
    f"{{{VML}}}imagedata",
    f"{{{DIAGRAM}}}relIds",
    f"{{{CHART}}}chart",
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its described words. `trouble` says why it has no bytes, if it has none."""

    image: bytes
    alt: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class TextBox:
    content: Element


@dataclass(frozen=True, slots=True)
class DrawnWords:
    """Words held by the drawing itself: WordArt, a watermark."""

    text: str


Graphic = Picture | TextBox | DrawnWords


def chosen(alternatives: Element) -> Element | None:
    """The one branch of an mc:AlternateContent to read: all hold the same thing.

    It is the first that Word would understand, unless only a later one has anything to read.
    """
    branches = [
        branch
        for branch in alternatives
        if branch.tag == f"{{{MARKUP}}}Fallback"
        or (branch.tag == f"{{{MARKUP}}}Choice" and _is_understood(branch))
    ]
    return next(filter(_shows, branches), branches[0] if branches else None)


def _is_understood(choice: Element) -> bool:
    """Whether a branch needs only what Word itself has added to the format."""
    needed = (choice.get("Requires") or "").split()
    return all((choice.nsmap.get(prefix) or "").startswith(UNDERSTOOD) for prefix in needed)


def _shows(branch: Element) -> bool:
    return next(branch.iter(*SHOWN), None) is not None


def graphics(element: Element, package: Package, part: str) -> Iterator[Graphic]:
    """What a w:drawing, w:pict or w:object shows, in order; text boxes are not entered."""
    alt = _described(element)
    yield from _walk(element, package, part, alt)


def _walk(element: Element, package: Package, part: str, alt: str) -> Iterator[Graphic]:
    for child in element:
        if child.tag == TEXT_BOX:
            yield TextBox(child)
        elif child.tag == ALTERNATIVES:
            branch = chosen(child)
            if branch is not None:
                yield from _walk(branch, package, part, alt)
        elif child.tag == f"{{{DRAWING}}}blip":
            yield _picture(child.get(r("embed")) or child.get(r("link")), package, part, alt)
        elif child.tag == f"{{{VML}}}imagedata":
            yield _picture(child.get(r("id")), package, part, alt)
        elif child.tag == f"{{{VML}}}textpath":
            yield DrawnWords(child.get("string", ""))
        elif child.tag == f"{{{DIAGRAM}}}relIds":
            yield _diagram(child.get(r("dm")), package, part, alt, "A diagram")
        elif child.tag == f"{{{CHART}}}chart":
            yield _diagram(child.get(f"{{{RELATIONSHIP}}}id"), package, part, alt, "A chart")
        else:
            yield from _walk(child, package, part, alt)


def _described(element: Element) -> str:
    for described in element.iter(f"{{{ANCHORING}}}docPr"):
        return (described.get("descr") or described.get("title") or "").strip()
    for shape in element.iter(f"{{{VML}}}shape"):
        return (shape.get("alt") or "").strip()
    return ""


def _picture(relation: str | None, package: Package, part: str, alt: str) -> Picture:
    _, target, outside = package.relations(part).get(relation or "", ("", "", False))
    if outside:
        return Picture(b"", alt, "A picture is kept outside the file and was not fetched.")
    image = package.bytes_of(target)
    return Picture(image or b"", alt, "" if image else "A picture is missing from the file.")


def _diagram(relation: str | None, package: Package, part: str, alt: str, what: str) -> Picture:
    """A diagram or a chart has no picture to import; its words become the description."""
    _, target, _ = package.relations(part).get(relation or "", ("", "", False))
    root = package.xml(target) if target else None
    words = [t.text or "" for t in root.iter(f"{{{DRAWING}}}t")] if root is not None else []
    described = "; ".join(filter(None, [alt, *words]))
    return Picture(b"", described, f"{what} cannot be imported as a picture, only its words.")
