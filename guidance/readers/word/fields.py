"""Fields (w:fldChar, w:fldSimple): what a field is, and whether it shows anything yet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from guidance.outline.source import Span

LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\]\S*))?')
CONTENTS = re.compile(r"\s*TO[CA]\b")
LIST_NUMBER = re.compile(r'\s*LISTNUM\s+"?([^"\\\s]+)"?(?:.*\\l\s*"?([1-9]))?')
COMPUTED = re.compile(r"\s*(AUTONUM\w*|LISTNUM)\b")


@dataclass(slots=True)
class Field:
    """An open field. Its instruction is not shown; `held` is what stands in it as plain text."""

    instruction: str = ""
    showing: bool = False
    href: str = ""
    lists_contents: bool = False
    held: list[Span] = field(default_factory=list)

    def show(self) -> None:
        """The instruction is complete; what follows is the result."""
        self.showing = True
        self.lists_contents = CONTENTS.match(self.instruction) is not None
        if found := LINK.match(self.instruction):
            self.href = found[1] or found[2] or ""

    @property
    def is_unread_number(self) -> bool:
        """Whether Word computes a number here that the file does not hold."""
        return not self.showing and COMPUTED.match(self.instruction) is not None

    @property
    def list_number(self) -> tuple[str, int] | None:
        """The name of the list and the level (from 0) of a LISTNUM field that stores no result."""
        found = None if self.showing else LIST_NUMBER.match(self.instruction)
        return (found[1], int(found[2] or 1) - 1) if found else None
