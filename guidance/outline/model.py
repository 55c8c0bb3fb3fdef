"""The outline: what was understood of a file, whatever its format.

Every reader ends here and the ledger, the admin and the exporters start here. Prose is held as
HTML limited to PROSE_TAGS (`guidance.richtext` keeps it so); a footnote marker is a `<sup>` whose
text is the mark of one of the block's notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from guidance.outline.source import Place

PROSE_TAGS = frozenset({"p", "b", "i", "a", "sup", "ul", "ol", "li", "br"})


@dataclass(slots=True)
class Note:
    """A footnote beside the block that refers to it: its mark as printed and its prose."""

    mark: str
    html: str
    place: Place = field(default_factory=Place)


@dataclass(slots=True)
class SubParagraph:
    """A lettered or numbered part of a paragraph: its label as printed ("iv."), depth from 1."""

    label: str
    html: str
    depth: int = 1


@dataclass(slots=True)
class Prose:
    html: str


@dataclass(slots=True)
class SubParagraphs:
    items: list[SubParagraph]


Part = Prose | SubParagraphs
"""What a paragraph's or a box's body is made of, in order."""


@dataclass(slots=True, kw_only=True)
class Block:
    """What every block of a section has. `confidence` is below 1 where the reading is a guess."""

    place: Place = field(default_factory=Place)
    confidence: float = 1.0


@dataclass(slots=True, kw_only=True)
class Heading(Block):
    text: str
    level: int = 2


@dataclass(slots=True, kw_only=True)
class Paragraph(Block):
    """A numbered paragraph; `number` as printed without the full stop that may close it."""

    number: str
    body: list[Part]
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Text(Block):
    """Prose that has no number of its own and follows none: a foreword, an introduction."""

    body: list[Part]
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Box(Block):
    title: str
    body: list[Part]
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Table(Block):
    """`header` may be empty. Cells are prose without block tags; every row has as many cells."""

    caption: str = ""
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Figure(Block):
    """A picture, or the place of one that the source has lost; `alt` describes it."""

    caption: str = ""
    alt: str = ""
    image: bytes = b""


@dataclass(slots=True, kw_only=True)
class Quotation(Block):
    html: str
    source: str = ""
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Question(Block):
    """A consultation question printed in the text; `number` is its number in the list, if any."""

    html: str
    number: str = ""


@dataclass(slots=True, kw_only=True)
class GlossaryEntry(Block):
    term: str
    html: str
    notes: list[Note] = field(default_factory=list)


AnyBlock = Heading | Paragraph | Text | Box | Table | Figure | Quotation | Question | GlossaryEntry


@dataclass(slots=True)
class Section:
    """A chapter. `prefix` tells its numbers from the same numbers elsewhere ("Annex"), or is empty.

    `supplied` names what the source does not print here: "title" where the document's own title
    stands in, "number" where the number is taken from the paragraphs ("3" of 3.1).
    """

    title: str
    number: str = ""
    prefix: str = ""
    supplied: tuple[str, ...] = ()
    blocks: list[AnyBlock] = field(default_factory=list)
    place: Place = field(default_factory=Place)

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [b for b in self.blocks if isinstance(b, Paragraph)]


@dataclass(slots=True)
class Statement:
    """A statement of status as read: `words` as printed, the rest as an editor would type it.

    `status` is statutory, non-statutory or unstated (a statement that only says what is replaced).
    `provisions` are canonical ("ukpga/1999/27/section/3A") where resolved, else the words cited.
    `exceptions` are words that name what is left out ("the box on data sharing").
    `replaced_under` are the provisions under which what is replaced was issued, if it says so.
    """

    words: str
    paragraphs: str
    status: str
    provisions: list[str] = field(default_factory=list)
    replaces: list[str] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)
    on: str = ""
    place: Place = field(default_factory=Place)
    replaced_under: list[str] = field(default_factory=list)


@dataclass(slots=True)
class DutyRow:
    """A duty of the schedule: whom it binds and excepts in words, when it commences in words."""

    title: str
    binds: str
    excepts: str
    commences: str
    explained_in: str
    place: Place = field(default_factory=Place)


@dataclass(slots=True)
class ListedQuestion:
    number: str
    text: str
    place: Place = field(default_factory=Place)


@dataclass(slots=True)
class Problem:
    """Something for the editor to look at: `code` is stable, `remedy` says what to do."""

    code: str
    message: str
    place: Place = field(default_factory=Place)
    remedy: str = ""


@dataclass(slots=True)
class Footnotes:
    """How markers and notes go together; the marks that lack their other half are listed."""

    markers: int = 0
    definitions: int = 0
    missing: list[str] = field(default_factory=list)
    unreferenced: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """A document as understood. `furniture` is the text left out as running heads, page numbers,
    contents lists and imprint, each with its place: nothing of the source is anywhere else."""

    format: str
    title: str = ""
    sections: list[Section] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    duties: list[DutyRow] = field(default_factory=list)
    listed_questions: list[ListedQuestion] = field(default_factory=list)
    definitions: dict[str, str] = field(default_factory=dict)
    product_code: str = ""
    problems: list[Problem] = field(default_factory=list)
    footnotes: Footnotes = field(default_factory=Footnotes)
    furniture: list[tuple[str, Place]] = field(default_factory=list)

    def blocks(self) -> Iterator[AnyBlock]:
        for section in self.sections:
            yield from section.blocks

    @property
    def numbers(self) -> list[str]:
        """The numbers of the numbered paragraphs, in order, as printed."""
        return [b.number for b in self.blocks() if isinstance(b, Paragraph)]
