"""Footnotes and endnotes: which mark each reference prints, and where a note's words are.

Marks follow ISO/IEC 29500-1, 17.11: the document's settings, a section's own, restarts. A restart
on each page is followed as far as the file remembers where its pages ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guidance.readers.word.names import VAL, w
from guidance.readers.word.numerals import numeral
from guidance.readers.word.package import Element
from guidance.readers.word.styles import whole_number

FOOTNOTE, ENDNOTE = "footnote", "endnote"
USUAL_FORMAT = {FOOTNOTE: "decimal", ENDNOTE: "lowerRoman"}
NOT_A_NOTE = frozenset({"separator", "continuationSeparator", "continuationNotice"})


@dataclass(frozen=True, slots=True)
class NoteNumbering:
    """How one kind of note is numbered. `restart` is continuous, eachSect or eachPage."""

    number_format: str
    start: int = 1
    restart: str = "continuous"


class Notes:
    """The marks of one kind of note, counted in reading order."""

    def __init__(
        self, kind: str, root: Element | None, settings: Element | None, sections: list[Element]
    ) -> None:
        self.kind = kind
        tag = w(kind)
        self._bodies = {
            note.get(w("id"), ""): note
            for note in (root.iter(tag) if root is not None else ())
            if note.get(w("type"), "normal") not in NOT_A_NOTE
        }
        usual = _read(settings, kind, NoteNumbering(USUAL_FORMAT[kind]))
        self._numberings = [_read(section, kind, usual) for section in sections] or [usual]
        self._count: int | None = None
        self._restarted_at: tuple[int, int] | None = None

    @property
    def restarts_on_pages(self) -> bool:
        return any(n.restart == "eachPage" for n in self._numberings)

    def body(self, identity: str) -> Element | None:
        """The note's own paragraphs, or None when the file has no such note."""
        return self._bodies.get(identity)

    def identities(self) -> Iterable[str]:
        return self._bodies.keys()

    def next_mark(self, section: int, page: int) -> str:
        """The mark of the next reference, which stands in that section and on that page."""
        numbering = self._numberings[min(section, len(self._numberings) - 1)]
        here = {"eachSect": (section, 0), "eachPage": (section, page)}.get(numbering.restart)
        if self._count is None or (here and here != self._restarted_at):
            self._count = numbering.start
        else:
            self._count += 1
        self._restarted_at = here
        return numeral(self._count, numbering.number_format)


def _read(holder: Element | None, kind: str, usual: NoteNumbering) -> NoteNumbering:
    """The numbering that a w:settings or a w:sectPr gives, else the usual one."""
    said = holder.find(w(f"{kind}Pr")) if holder is not None else None
    if said is None:
        return usual
    values = {child.tag: child.get(VAL, "") for child in said}
    return NoteNumbering(
        number_format=values.get(w("numFmt")) or usual.number_format,
        start=whole_number(values.get(w("numStart")), usual.start),
        restart=values.get(w("numRestart")) or usual.restart,
    )
