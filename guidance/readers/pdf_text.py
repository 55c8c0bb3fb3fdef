"""Lines flowed together into spans: spaces and hyphens at their ends, marks kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from guidance.outline.source import Span
from guidance.readers.pdf_drafts import Vocabulary
from guidance.readers.pdf_lines import Line, spans_of

_HYPHEN = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")


def flow(lines: Iterable[Line], words: Vocabulary, cut: int = 0) -> tuple[Span, ...]:
    """The text of lines that follow each other; `cut` characters are left off at the start."""
    spans: list[Span] = []
    for line in lines:
        more = spans_of(line)
        if spans and more:
            _meet(spans, more, words)
        spans.extend(more)
    return tidy(_without(spans, cut))


def _meet(spans: list[Span], more: Sequence[Span], words: Vocabulary) -> None:
    """Change the end of `spans` so that `more` can follow."""
    last = spans[-1]
    before = "".join(s.text for s in spans[-3:]).rstrip()
    after = "".join(s.text for s in more[:3]).lstrip()
    if last.text.rstrip().endswith("\u00ad") or (
        _HYPHEN.search(before) and words.joined(before, after)
    ):
        spans[-1] = _with_text(last, last.text.rstrip()[:-1])
    elif before.endswith(("-", "\u2010")) and re.match(r"\w", after):
        # "Sub-" / "Committee", "2010-" / "12"; but "pre- and post-" keeps its space.
        suspended = re.match(r"(?:and|or|to)\b", after)
        spaced = len(before) > 1 and before[-2].isspace()
        spans[-1] = _with_text(last, last.text.rstrip() + (" " if suspended or spaced else ""))
    elif before.endswith(("—", "/")) and not before.endswith((" —", " /")):
        pass
    elif _ADDRESS.search(before) and re.match(r"[\w/%?&=#.-]+[/.?=&_%-]\S*", after):
        pass  # an address broken over two lines
    elif not last.text.endswith((" ", "\t")):
        if last.note:
            spans.append(Span(" "))
        else:
            spans[-1] = _with_text(last, last.text + " ")


def _without(spans: Iterable[Span], cut: int) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if cut >= len(span.text):
            cut -= len(span.text)
            continue
        kept.append(_with_text(span, span.text[cut:]) if cut else span)
        cut = 0
    return kept


def tidy(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans with the same marks joined, soft hyphens and outer space gone."""
    joined: list[Span] = []
    for span in spans:
        text = span.text.replace("\u00ad", "")
        if not text:
            continue
        last = joined[-1] if joined else None
        blank = not text.strip()
        if (
            last is not None
            and not last.note
            and (_alike(last, span) or (blank and not last.superscript and not span.note))
        ):
            joined[-1] = _with_text(last, last.text + text)
        elif span.note or not blank:
            joined.append(span if text == span.text else _with_text(span, text))
        else:
            joined.append(Span(text))
    return _outer(_with_plain_ends(joined))


def _with_text(span: Span, text: str) -> Span:
    """The span with another text; many times faster than `dataclasses.replace`."""
    return Span(text, span.bold, span.italic, span.superscript, span.href, span.note)


def _alike(one: Span, other: Span) -> bool:
    return (
        one.bold == other.bold
        and one.italic == other.italic
        and one.superscript == other.superscript
        and one.href == other.href
        and one.note == other.note
    )


def _with_plain_ends(spans: list[Span]) -> list[Span]:
    """The space after bold or italic words or a link belongs to the plain words that follow."""
    for at, (one, other) in enumerate(pairwise(spans)):
        bare = one.text.rstrip(" ")
        marked = one.bold or one.italic or one.href
        if marked and bare and bare != one.text and not (other.note or other.bold or other.href):
            spans[at] = _with_text(one, bare)
            spans[at + 1] = _with_text(other, " " + other.text.lstrip(" "))
    return spans


def _outer(spans: list[Span]) -> tuple[Span, ...]:
    while spans and not spans[0].text.strip():
        spans.pop(0)
    while spans and not spans[-1].text.strip():
        spans.pop()
    if spans:
        spans[0] = _with_text(spans[0], spans[0].text.lstrip())
        spans[-1] = _with_text(spans[-1], spans[-1].text.rstrip())
    return tuple(spans)
