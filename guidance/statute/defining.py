"""Finds where a text gives an instrument a short name: `the Local Government Act 2000 ("the 2000
Act")`, "the Act" means the … Act 2007."""

from __future__ import annotations

import re
from collections.abc import Mapping

from guidance.statute.mentions import InstrumentMention, find_titles
from guidance.statute.titles import KNOWN_INSTRUMENTS, Register

_SHORT = (
    r"(?:the\s+)?(?:\d{4}\s+)?(?:[A-Z][\w’'-]+\s+){0,4}(?:Act|Regulations|Order|Rules|Measure)"
    r"(?:\s+\d{4})?|(?:the\s+)?[A-Z][A-Za-z]{0,3}[A-Z]{1,6}(?:\s+\d{4})?"
)
_AFTER = re.compile(
    r"\s*(?:\((?:c|C)\.?\s*\d+\)\s*|\(as\s+amended\)\s*|,?\s*as\s+amended,?\s*)?[(\[]\s*"
    r"(?:(?:hereafter|hereinafter|henceforth|in\s+this\s+\w+|abbreviated\s+(?:to|as)|or|also"
    r"|(?:referred\s+to|known|described)(?:\s+(?:here|below|hereafter|throughout|in\s+this\s+\w+"
    r"|hereinafter))?\s+as|called|simply)\s*[,:]?\s*)*"
    rf"(?:(?:the\s+)?[“‘\"'](?P<quoted>[^“”‘’\"'()]{{2,60}})[”’\"']|(?P<bare>{_SHORT}))\s*[)\]]"
)
_BEFORE = re.compile(
    r"[“‘\"'](?P<name>[^“”‘’\"'\n]{2,60})[”’\"'],?\s+(?:means|refers\s+to|is\s+a\s+reference\s+to"
    r"|denotes)\s*:?\s*(?:the\s+)?$"
)


def find_definitions(
    text: str, titles: Mapping[str, str] | Register = KNOWN_INSTRUMENTS
) -> list[tuple[str, InstrumentMention]]:
    """Each short name that the text defines, with the instrument that it is to mean, in order."""
    return defined_beside(text, find_titles(text, Register.of(titles)))


def defined_beside(
    text: str, mentions: list[InstrumentMention]
) -> list[tuple[str, InstrumentMention]]:
    """The short names given right after, or right before, instruments that were found."""
    found: list[tuple[str, InstrumentMention]] = []
    for mention in mentions:
        if after := _AFTER.match(text, mention.end):
            found.append((" ".join((after["quoted"] or after["bare"]).split()), mention))
        elif before := _BEFORE.search(text, max(0, mention.start - 120), mention.start):
            found.append((" ".join(before["name"].split()), mention))
    return found
