"""The XML names of a Word file that the reader looks for, in lxml's `{namespace}name` form."""

from __future__ import annotations

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
ANCHORING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
VML = "urn:schemas-microsoft-com:vml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"

STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": WORD.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": RELATIONSHIP.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": DRAWING.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": ANCHORING.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/diagram": DIAGRAM.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/chart": CHART.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": MATHS.encode(),
}
"""ISO/IEC 29500 Strict writes other namespaces for the same names."""

VAL = f"{{{WORD}}}val"


def w(name: str) -> str:
    """`p` as `{http://…/wordprocessingml/2006/main}p`."""
    return f"{{{WORD}}}{name}"


def r(name: str) -> str:
    return f"{{{RELATIONSHIP}}}{name}"
