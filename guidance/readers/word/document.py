"""What the readers of a document's stories share: its parts, its counters, its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from guidance.outline.source import Place
from guidance.readers.word.notes import Notes
from guidance.readers.word.numbering import Numbering
from guidance.readers.word.package import Package
from guidance.readers.word.styles import Styles


@dataclass(slots=True)
class Document:
    """`paged` says that the file remembers where its pages ended. `tally` counts what the report
    should mention ("insertion", "deletion", …); `boxes` gives out the ids of boxes."""

    package: Package
    styles: Styles
    numbering: Numbering
    notes: dict[str, Notes]
    paged: bool = False
    tally: Counter[str] = field(default_factory=Counter)
    remarks: list[tuple[str, Place]] = field(default_factory=list)
    boxes: Iterator[int] = field(default_factory=lambda: count(1))
