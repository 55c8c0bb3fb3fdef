"""Reads ranges as people write them: "4.3 to 4.28, 5.4 to 5.6 and 6.2, except the box on …".

`parse_ranges` reads a field that an editor types and says what is wrong with it; `read_ranges`
reads the longest range at one place of running text. Both give the same `Ranges`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from guidance.numbering.numbers import Number, parse_number
from guidance.numbering.ranges import BOX, REST, WHOLE, Ranges, Span

_REACH = 1000
"""Characters of running text in which ranges are looked for, so that the work stays bounded."""

_EXAMPLE = "write, for example, “2.13 to 2.28, 3.1 and 3.4 to 3.6”"
_KINDS = r"sections?|chapters?|parts?|annex(?:es)?|appendix|appendices|schedules?"
_TOKENS = re.compile(
    rf"""(?P<space>\s+)
    |(?P<whole>(?:the\s+)?(?:whole|entire|complete)\s+(?:of\s+(?:the|this)\s+)?
        (?:document|guidance|code|edition)\b
        |all\s+paragraphs\b|this\s+(?:document|guidance|code)\b)
    |(?P<rest>(?:the\s+)?(?:rest|remainder)\s+of\s+(?:the|this)\s+(?:document|guidance|code)\b
        |(?:all\s+)?(?:the\s+)?other\s+paragraphs\b|all\s+remaining\s+paragraphs\b)
    |(?P<except>(?:with\s+the\s+exception\s+of|except(?:ing)?|excluding|other\s+than|apart\s+from
        |but\s+not|save)\b(?:\s+for\b)?)
    |(?P<to>(?:to\s+and\s+including|up\s+to\s+and\s+including|up\s+to|to|through)\b|[-–—‒−])
    |(?P<and>(?:and|or|together\s+with|as\s+well\s+as|along\s+with)\b|&|,|;)
    |(?P<paragraphs>(?:paragraphs?|paras?\b\.?|numbers?\b|nos?\b\.?|¶))
    |(?P<kind>(?:{_KINDS})\b)
    |(?P<number>(?:[0-9]+[A-Za-z]{{0,3}}|[A-Za-z]{{1,2}}[0-9]+[A-Za-z]?|[ivxlIVXL]{{1,6}}\b|[A-Za-z]\b)
        (?:\.(?:[0-9]+[A-Za-z]{{0,3}}|[A-Za-z]\b))*(?:\([0-9A-Za-z]{{1,5}}\))*
        |(?:\([0-9A-Za-z]{{1,5}}\))+)
    |(?P<open>\()
    |(?P<close>\))
    |(?P<stop>\.\s*$)""",
    re.IGNORECASE | re.VERBOSE,
)
_SINGULAR = {
    "annexes": "annex", "appendices": "appendix", "sections": "section", "chapters": "chapter",
    "parts": "part", "schedules": "schedule",
}  # fmt: skip
_DIVISIONS = frozenset({"section", "chapter", "part"})


@lru_cache(maxsize=2048)
def parse_ranges(text: str) -> Ranges:
    """The ranges that `text` says; ValueError with one sentence that names the place if it cannot
    be read to its end."""
    if not text.strip():
        raise ValueError(f"No paragraphs are named; {_EXAMPLE}.")
    parser = _Parser(text, strict=True)
    ranges = parser.ranges()
    parser.finish()
    return ranges


def read_ranges(text: str, start: int = 0) -> tuple[Ranges, int] | None:
    """The longest ranges that begin at `start`, and where they end; None where there are none."""
    parser = _Parser(text, start)
    try:
        ranges = parser.ranges()
    except ValueError:
        return None
    return ranges, parser.end


class _Parser:
    """Recursive descent over the tokens; in running text it stops where a token does not fit."""

    def __init__(self, text: str, start: int = 0, *, strict: bool = False) -> None:
        self.text = text if strict else text[: start + _REACH]
        self.strict = strict
        self.tokens = list(_tokens(self.text, start))
        self.index = 0
        self.end = start
        self.kind = ""

    def ranges(self) -> Ranges:
        spans, excepted, words = [self.span()], [], []
        while True:
            if found := self.exceptions():
                excepted += found[0]
                words += found[1]
            elif self.joined():
                spans.append(self.span())
            else:
                return Ranges(tuple(spans), tuple(excepted), tuple(words))

    def finish(self) -> None:
        self.accept("stop")
        if self.index < len(self.tokens):
            raise self.error(f"I cannot read “{self.rest()}” here")

    def span(self) -> Span:
        for whole, kind in (("whole", WHOLE), ("rest", REST)):
            if self.accept(whole):
                return Span(kind=kind)
        self.division()
        first, at = self.number()
        mark, end = self.index, self.end
        joiner = self.accept("to")
        if joiner is None:
            return Span(first, kind=self.span_kind())
        self.division(again=True)
        try:
            last, at = self.number()
        except ValueError:
            if self.strict:
                raise
            self.index, self.end = mark, end
            return Span(first, kind=self.span_kind())
        return Span(first, self.closed(first, last, at, joiner), self.span_kind())

    def division(self, again: bool = False) -> None:
        if self.accept("paragraphs"):
            self.kind = ""
        elif word := self.accept("kind"):
            self.kind = _SINGULAR.get(word.lower(), word.lower())
            if not again:
                self.accept("paragraphs")

    def span_kind(self) -> str:
        return self.kind if self.kind in _DIVISIONS else ""

    def number(self) -> tuple[Number, int]:
        at = self.tokens[self.index][2] if self.index < len(self.tokens) else len(self.text)
        word = self.accept("number")
        if word is None:
            found = f"found “{self.rest()}”" if self.rest() else "the text ends"
            raise self.error(f"a paragraph number is expected but {found}")
        prefix = "" if self.kind in _DIVISIONS else self.kind.capitalize()
        number = parse_number(f"{prefix} {word}".strip())
        if number is None:
            raise self.error(f"“{word}” is not a paragraph number", at)
        return number, at

    def closed(self, first: Number, last: Number, at: int, joiner: str) -> Number:
        """The last number in full ("3.27–30" ends at 3.30), refused where it comes first."""
        short = len(last.parts) == 1 and last.parts[0].value is not None
        if short and not last.parts[0].letters and (not first.dotted or not joiner.isalpha()):
            last = _lengthened(first, last)
        if first.dotted != last.dotted:
            raise self.error(f"“{first}” and “{last}” are not numbers of one series", at)
        if last.key <= first.key:
            raise self.error(f"“{last}” does not come after “{first}”", at)
        return last

    def exceptions(self) -> tuple[list[Span], list[str]] | None:
        mark, end, kind = self.index, self.end, self.kind
        self.accept("and")
        opened = self.accept("open") is not None
        if self.accept("except") is None:
            self.index, self.end = mark, end
            return None
        close = self.closing() if opened else len(self.text)
        start = self.tokens[self.index][2] if self.index < len(self.tokens) else len(self.text)
        found = _exceptions(self.text[start:close], self.strict)
        if found is None or (not any(found[:2]) and not self.strict):
            self.index, self.end, self.kind = mark, end, kind
            return None
        if not any(found[:2]):
            raise self.error("what is excepted is missing", start)
        self.skip_to(close + 1 if opened else start + found[2])
        return found[0], found[1]

    def joined(self) -> bool:
        """Whether another span follows; "," and "and" may stand together."""
        mark, end = self.index, self.end
        if self.accept("and"):
            while self.accept("and"):
                pass
            ahead = self.tokens[self.index][0] if self.index < len(self.tokens) else ""
            if self.strict or ahead in ("number", "whole", "rest") or self._division_ahead(ahead):
                return True
            self.index, self.end = mark, end
        return False

    def _division_ahead(self, ahead: str) -> bool:
        after = self.tokens[self.index + 1][0] if self.index + 1 < len(self.tokens) else ""
        return ahead in ("paragraphs", "kind") and after == "number"

    def closing(self) -> int:
        """Where the bracket that was opened last is closed."""
        depth = 1
        for at in range(self.end, len(self.text)):
            depth += {"(": 1, ")": -1}.get(self.text[at], 0)
            if depth == 0:
                return at
        raise self.error("the bracket is not closed", self.end - 1)

    def skip_to(self, position: int) -> None:
        while self.index < len(self.tokens) and self.tokens[self.index][2] < position:
            self.index += 1
        self.end = position

    def accept(self, kind: str) -> str | None:
        if self.index < len(self.tokens) and self.tokens[self.index][0] == kind:
            _, word, at = self.tokens[self.index]
            self.index += 1
            self.end = at + len(word)
            return word
        return None

    def rest(self) -> str:
        at = self.tokens[self.index][2] if self.index < len(self.tokens) else len(self.text)
        words = self.text[at:].split()
        return " ".join(words[:4]) + (" …" if len(words) > 4 else "")

    def error(self, problem: str, at: int | None = None) -> ValueError:
        if at is None:
            at = self.tokens[self.index][2] if self.index < len(self.tokens) else len(self.text)
        return ValueError(f"At character {at + 1}: {problem}; {_EXAMPLE}.")


def _tokens(text: str, start: int) -> Iterator[tuple[str, str, int]]:
    """Kind, words and place of each token; what fits none is one "other" word."""
    at = start
    while at < len(text):
        found = _TOKENS.match(text, at)
        if found is None:
            word = re.compile(r"\w+|.", re.DOTALL).match(text, at)
            assert word is not None
            yield "other", word[0], at
            at = word.end()
            continue
        if found.lastgroup != "space":
            yield found.lastgroup or "other", found[0], at
        at = found.end()


def _exceptions(text: str, strict: bool) -> tuple[list[Span], list[str], int] | None:
    """Excepted spans, excepted words, and how far they reach.

    In running text words are taken only where they name a box, table or figure, since nobody can
    say where else an exception without brackets would end.
    """
    spans: list[Span] = []
    words: list[str] = []
    at = 0
    for piece in re.finditer(
        r"(?P<join>\s*(?:,|;|\band\b)\s*)?(?P<text>(?:(?!,|;|\band\b).)+)", text
    ):
        said = piece["text"].strip().removesuffix(".").strip()
        if not said:
            continue
        try:
            parsed = parse_ranges(said)
        except ValueError:
            parsed = None
        if parsed and not parsed.excepted and not parsed.excepted_words:
            spans += parsed.spans
        elif words and not re.match(r"(?:the\s+)?(?:box|table|figure)", said, re.IGNORECASE):
            words[-1] += (piece["join"] or " ") + said
        elif strict or BOX.match(said):
            words.append(said)
        else:
            break
        at = piece.end()
    return spans, [" ".join(word.split()) for word in words], at


def _lengthened(first: Number, last: Number) -> Number:
    """`30` after `3.27` is 3.30, `4` after `A1` is A4, `5` after `Annex 1` is Annex 5."""
    leaf = first.parts[-1]
    if leaf.bracketed or leaf.value is None:
        return last
    stem = re.sub(r"[0-9]+[A-Za-z]*$", "", first.text)
    if len(first.parts) == 1 and not leaf.letters and first.prefix == last.prefix:
        return last
    whole = parse_number(stem + str(last.parts[-1].value) + last.parts[-1].suffix)
    return whole if whole is not None and whole.key > first.key else last
