"""Runs of characters with their marks: Word cuts them finely, readers want them whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from guidance.outline.source import Span


def joined(spans: Iterable[Span]) -> list[Span]:
    """Neighbours with the same marks as one span; note marks stay apart."""
    together: list[Span] = []
    for (*_, note), alike in groupby(spans, _marks):
        run = list(alike)
        if note or len(run) == 1:
            together.extend(run)
        else:
            together.append(replace(run[0], text="".join(span.text for span in run)))
    return [span for span in together if span.text]


def _marks(span: Span) -> tuple[bool, bool, bool, str, str]:
    return span.bold, span.italic, span.superscript, span.href, span.note


def without_leading_space(spans: list[Span]) -> list[Span]:
    return [replace(spans[0], text=spans[0].text.lstrip()), *spans[1:]] if spans else []


def is_bold(spans: Iterable[Span]) -> bool:
    """Whether every word is bold."""
    worded = [span for span in spans if span.text.strip() and not span.note]
    return bool(worded) and all(span.bold for span in worded)
