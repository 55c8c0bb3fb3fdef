"""The Word reader: reports what a .docx file shows, automatic numbers and notes included.

What is a paragraph number, a section or a box title of the guidance is decided elsewhere.
"""

from __future__ import annotations

from guidance.outline.source import Place, SourceBlock, SourceDocument, SourceKind, Span
from guidance.readers.word.boxes import judge_boxes
from guidance.readers.word.document import Document
from guidance.readers.word.headings import judge_contents, judge_headings
from guidance.readers.word.lines import LineReader
from guidance.readers.word.lists import judge_lists
from guidance.readers.word.names import w
from guidance.readers.word.notes import ENDNOTE, FOOTNOTE, Notes
from guidance.readers.word.numbering import Numbering
from guidance.readers.word.package import Element, Package
from guidance.readers.word.seen import Seen
from guidance.readers.word.spans import joined, without_leading_space
from guidance.readers.word.stories import StoryReader
from guidance.readers.word.styles import Styles

PARAGRAPHS_TO_A_PAGE = 60
TALLIED = {
    "insertion": ("1 tracked insertion was accepted.", "{} tracked insertions were accepted."),
    "deletion": ("1 tracked deletion was accepted.", "{} tracked deletions were accepted."),
    "comment": ("1 comment was left out.", "{} comments were left out."),
    "hidden": ("1 paragraph holds hidden text.", "{} paragraphs hold hidden text."),
    **{
        f"unread {kind}": (
            f"1 {kind} is referred to nowhere and was left out.",
            f"{{}} {kind}s are referred to nowhere and were left out.",
        )
        for kind in (FOOTNOTE, ENDNOTE)
    },
    "computed field": (
        "1 number that Word computes in a field could not be read: convert it to text in Word.",
        "{} numbers that Word computes in fields could not be read: convert them to text in Word.",
    ),
}


def read_docx(data: bytes, name: str) -> SourceDocument:
    """The blocks of a Word document. `name` is the file's name, used in messages.

    Raises UnreadableFile, with one sentence, when the bytes are no readable .docx file.
    """
    return _Reader(Package(data, name)).read()


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = package.document_part
        self._root = package.document
        settings = self._part("settings")
        sections = list(self._root.iter(w("sectPr")))
        styles = Styles(self._part("styles"))
        self._document = Document(
            package=package,
            styles=styles,
            numbering=Numbering(self._part("numbering"), styles.numbering_of),
            notes={
                kind: Notes(kind, self._part(f"{kind}s"), settings, sections)
                for kind in (FOOTNOTE, ENDNOTE)
            },
            paged=_remembers_pages(self._root),
        )
        self._sections = sections
        self._read_notes: set[tuple[str, str]] = set()

    def _part(self, kind: str) -> Element | None:
        part = self._package.related(self._main, kind)
        return self._package.xml(part) if part else None

    def read(self) -> SourceDocument:
        document = self._document
        body = self._root.find(w("body"))
        story = StoryReader(document, LineReader(document, self._main, notes=True), self._note)
        blocks = story.read(body) if body is not None else []
        judge_contents(blocks)
        judge_headings(blocks)
        judge_lists(blocks)
        judge_boxes(blocks, document.boxes)
        furniture = self._furniture()
        self._add_remarks()
        return SourceDocument(
            "docx",
            [seen.block for seen in blocks] + furniture,
            title=self._package.title or _title(blocks),
            remarks=document.remarks,
        )

    def _note(self, kind: str, identity: str) -> list[Span] | None:
        """The words of a note, its paragraphs on lines of their own; None when there is none left
        to read."""
        body = self._document.notes[kind].body(identity)
        if body is None or (kind, identity) in self._read_notes:
            return None
        self._read_notes.add((kind, identity))
        part = self._package.related(self._main, f"{kind}s") or ""
        return _words(StoryReader(self._document, LineReader(self._document, part)).read(body))

    def _furniture(self) -> list[SourceBlock]:
        """Running heads and feet, each once."""
        parts = dict.fromkeys(
            target
            for kind, target, outside in self._package.relations(self._main).values()
            if kind in ("header", "footer") and not outside
        )
        found: dict[str, SourceBlock] = {}
        for part in parts:
            root = self._package.xml(part)
            if root is None:
                continue
            for seen in StoryReader(self._document, LineReader(self._document, part)).read(root):
                spans = tuple(_words([seen]))
                text = "".join(span.text for span in spans)
                if text.strip():
                    found.setdefault(text, SourceBlock(SourceKind.FURNITURE, spans))
        return list(found.values())

    def _add_remarks(self) -> None:
        document = self._document
        comments = self._part("comments")
        if comments is not None:
            document.tally["comment"] = sum(1 for _ in comments.iter(w("comment")))
        for kind, notes in document.notes.items():
            unread = sum((kind, note) not in self._read_notes for note in notes.identities())
            document.tally[f"unread {kind}"] = unread
            if notes.restarts_on_pages:
                anew = f"The {kind}s are numbered anew on each page: check their marks."
                document.remarks.append((anew, Place()))
        for what, (one, many) in TALLIED.items():
            if times := document.tally[what]:
                document.remarks.append((one if times == 1 else many.format(times), Place()))


def _remembers_pages(root: Element) -> bool:
    """Whether Word noted where all pages ended; other programs keep a few notes by accident."""
    ends = sum(1 for _ in root.iter(w("lastRenderedPageBreak")))
    return ends * PARAGRAPHS_TO_A_PAGE >= sum(1 for _ in root.iter(w("p")))


def _words(blocks: list[Seen]) -> list[Span]:
    """All words of a note or a running head, as printed, with a line end between paragraphs."""
    spans: list[Span] = []
    for seen in blocks:
        block = seen.block
        words = list(block.spans)
        if block.kind is SourceKind.TABLE:
            words = [Span(block.text)]
        if block.label:
            words.insert(0, Span(f"{block.label} "))
        if spans and words:
            spans.append(Span("\n"))
        spans.extend(words)
    return joined(without_leading_space(spans))


def _title(blocks: list[Seen]) -> str:
    """The words of the paragraph in the style Title, if there is one."""
    titled = (s.block.text for s in blocks if s.block.style.lower() == "title")
    return " ".join(next(titled, "").split())
