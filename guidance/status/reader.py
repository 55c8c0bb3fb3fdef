"""Reads the sentences in which a document says which of its paragraphs are statutory guidance.

A sentence is a statement of status when its subject is paragraphs (or the document itself, or
"they") and it says of them that they are statutory or not, under what they are issued, or what
they replace. A paragraph that is merely mentioned beside such words is not a subject.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from guidance.numbering import Ranges, Span, read_ranges
from guidance.numbering.ranges import WHOLE
from guidance.outline.model import Statement
from guidance.status.basis import NON_STATUTORY, STATUTORY, UNSTATED
from guidance.status.replaced import replaced_guidance
from guidance.statute import KNOWN_INSTRUMENTS, Citation, Register, find_citations
from guidance.statute.places import find_places

_DOCUMENT = (
    r"(?:(?:statutory|revised|new|draft|non-statutory|updated)\s+)*"
    r"(?:guidance|document|code(?:\s+of\s+practice)?|circular|edition|publication)\b"
)
_VERB = (
    r"\b(?:also\s+|now\s+|together\s+|do\s+not\s+|does\s+not\s+|will\s+)*"
    r"(?:contains?|is|are|was|were|ha(?:s|ve)|forms?|constitutes?|provides?|gives?|sets?\s+out"
    r"|comprises?|replaces?|supersedes?|cancels?|withdraws?|revokes?)\b"
)
_SENTENCE = re.compile(
    r"(?<!\bie)(?<!\beg)(?<!i\.e)(?<!e\.g)(?<!\bNo)(?<!\bs)(?<!\bpara)(?<!\bparas)"
    r"[.;]\s+(?=[A-Z“‘(])"
)
_PARAGRAPHS = re.compile(
    r"\b(?:(?:paragraphs?|paras?\.?|sections?|chapters?|parts?|annex(?:es)?|appendix|appendices)"
    r"\s+(?=[0-9A-Z(])|(?:the\s+)?(?:rest|remainder)\s+of\s+(?:the|this)\s|(?:all\s+)?(?:the\s+)?"
    r"other\s+paragraphs\b|all\s+remaining\s+paragraphs\b)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\W*(?:(?:the|non-?statutory|statutory|guidance|advice|material|text|contained|set\s+out|given"
    r"|in|at|within|of|however|also|and|similarly|finally|addition|all|both|only|while)\b,?\s*)*",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    rf"\s*,?\s*(?:(?:of|in|to)\s+(?:this|the)\s+{_DOCUMENT}\s*,?\s*)?(?:[^,.]{{0,80}},\s*)?{_VERB}",
    re.IGNORECASE,
)
_FOUND_IN = re.compile(
    r"\bstatutory\s+guidance\b.*\b(?:in|at|by|comprises|is)\s+(?:the\s+)?$", re.IGNORECASE
)
_PRONOUN = re.compile(
    rf"\s*(?:they|it|(?:these|this)(?:\s+(?:paragraphs?|sections?|chapters?|parts?))?)\s+{_VERB}",
    re.IGNORECASE,
)
_ITSELF = re.compile(
    rf"\W*(?:(?:this|the)\s+{_DOCUMENT}[^.]{{0,60}}?\s+{_VERB}"
    r"|this\s+is\s+(?:draft\s+)?(?:non-?)?statutory\s+guidance\b"
    rf"|(?:{_DOCUMENT}\s+)?(?:given|issued|made)\s+[^.]{{0,60}}?under\b"
    rf"|[^.]{{0,120}}?\b(?:issues?|gives?|makes?|publishes)\s+this\s+{_DOCUMENT})",
    re.IGNORECASE,
)
_NON_STATUTORY = re.compile(
    r"\bnon[-\s]?statutory\b|\bnot\s+(?:\w+\s+){0,2}?statutory\b|\bno\s+statutory\s+(?:force|basis"
    r"|status|effect)\b|\bnot\s+(?:form\s+part\s+of\s+the|have\s+(?:any\s+)?)\s*statutory",
    re.IGNORECASE,
)
_STATUTORY = re.compile(
    rf"\bstatutory\s+(?:force|status|effect|basis)\b|\b(?:is|are|as)\s+(?:draft\s+)?statutory\b"
    rf"|{_VERB}\s+(?:the\s+|draft\s+)*statutory\s+(?:guidance|code)\b",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"\b(?:under|by\s+virtue\s+of|pursuant\s+to|in\s+accordance\s+with|in\s+exercise\s+of"
    r"(?:[\w\s]{0,40}\b(?:by|in|under))?)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"\b(?:issue[sd]?|given|gives?|made|makes?|provided|published|publishes|guidance|code)\b",
    re.IGNORECASE,
)
_REPLACES = re.compile(
    r"(?:,?\s*\band\s+)?(?<!not\s)\b(?:replac(?:es?|ing)|supersed(?:es?|ing)|cancel(?:s|ling)?"
    r"|withdraws?|revokes?)\b(?!\s+by\b)",
    re.IGNORECASE,
)
_ON = re.compile(
    r"\b(?:on\s+to(?=\s+how)|in\s+relation\s+to|in\s+respect\s+of|with\s+regard\s+to|about"
    r"|concerning|regarding|on)\s+(?P<on>[^.;]+)",
    re.IGNORECASE,
)
_LONGEST = 2000
"""Characters; what has no full stop for longer is a table or a list and states nothing."""


@dataclass(slots=True)
class _Sentence:
    """A sentence taken apart; `ranges` is None where it takes up those of the sentence before."""

    words: str
    ranges: Ranges | None
    status: str
    provisions: list[str] = field(default_factory=list)
    replaces: list[str] = field(default_factory=list)
    replaced_under: list[str] = field(default_factory=list)
    on: str = ""


def read_statements(
    text: str,
    definitions: Mapping[str, str] | None = None,
    titles: Mapping[str, str] | Register = KNOWN_INSTRUMENTS,
) -> list[Statement]:
    """The statements of status in `text` (one paragraph or several), in order.

    Neighbouring sentences about the same paragraphs, one giving the status and the other what is
    replaced, make one statement. Text that states nothing gives an empty list.
    """
    register = Register.of(titles)
    found: list[_Sentence] = []
    directly_after = False
    for words in _SENTENCE.split(" ".join(text.split())):
        readable = len(words) <= _LONGEST
        sentence = (
            _read(words.strip(), definitions or {}, register, directly_after) if readable else None
        )
        directly_after = sentence is not None
        if sentence is not None:
            _add(found, sentence)
    return [_statement(sentence) for sentence in found]


def _add(found: list[_Sentence], sentence: _Sentence) -> None:
    last = found[-1] if found else None
    if last is None:
        found.append(sentence)
        return
    if sentence.ranges is None:
        sentence.ranges = last.ranges
    if sentence.ranges != last.ranges or UNSTATED not in (last.status, sentence.status):
        found.append(sentence)
        return
    found[-1] = replace(
        last,
        words=f"{last.words} {sentence.words}",
        status=last.status if sentence.status == UNSTATED else sentence.status,
        provisions=[*last.provisions, *sentence.provisions],
        replaces=[*last.replaces, *sentence.replaces],
        replaced_under=[*last.replaced_under, *sentence.replaced_under],
        on=last.on or sentence.on,
    )


def _read(
    words: str, definitions: Mapping[str, str], register: Register, directly_after: bool
) -> _Sentence | None:
    citations = find_citations(words, register, definitions)
    if directly_after and _PRONOUN.match(words):
        ranges = None
    else:
        ranges = _subject(words, citations)
        if ranges is None:
            return None
    ending, replacing = _parting(words)
    said = words[:ending]
    main = [c for c in citations if c.end <= ending]
    status = _status(said, main)
    if status == UNSTATED and replacing >= len(words):
        return None
    return _Sentence(
        words=words.rstrip(". ") + ".",
        ranges=ranges,
        status=status,
        provisions=_provisions(main) or _unnamed(said) if status == STATUTORY else [],
        replaces=replaced_guidance(words[replacing:]),
        replaced_under=_provisions([c for c in citations if c.start >= replacing]),
        on=_on(said, main),
    )


def _subject(words: str, citations: Sequence[Citation]) -> Ranges | None:
    """The ranges that a sentence is about: at its opening and followed by what is said of them, or
    at its end ("statutory guidance … is given in paragraphs 5 to 9"), or the document itself."""
    for found in _PARAGRAPHS.finditer(words):
        if any(c.start <= found.start() < c.end for c in citations):
            continue
        before = words[: found.start()]
        named = read_ranges(words, found.start())
        if named is None:
            continue
        opening = _OPENING.fullmatch(before) and _PREDICATE.match(words, named[1])
        if opening or _FOUND_IN.search(before):
            return named[0]
    return Ranges((Span(kind=WHOLE),)) if _ITSELF.match(words) else None


def _parting(words: str) -> tuple[int, int]:
    """Where the clause on what is replaced begins, and where its verb ends."""
    found = _REPLACES.search(words)
    return (found.start(), found.end()) if found else (len(words), len(words))


def _status(said: str, citations: Sequence[Citation]) -> str:
    """The status that a clause gives: by its word, or by the provision that it is issued under."""
    if _NON_STATUTORY.search(said):
        return NON_STATUTORY
    if _STATUTORY.search(said):
        return STATUTORY
    starts = [c.start for c in citations]
    issued = any(u.end() in starts and _ISSUED.search(said[: u.start()]) for u in
                 _UNDER.finditer(said))  # fmt: skip
    return STATUTORY if issued else UNSTATED


def _provisions(citations: Sequence[Citation]) -> list[str]:
    """References where resolved, else the words; an Act as a whole only if no part is cited."""
    placed: list[str] = []
    whole: list[str] = []
    for citation in citations:
        if citation.provisions is None:
            placed.append(citation.words)
            continue
        for provision in citation.provisions:
            (placed if provision.place else whole).append(provision.path)
    return list(dict.fromkeys(placed or whole))


def _unnamed(said: str) -> list[str]:
    """ "issued under section 4", of an Act that is not named."""
    starts = {under.end() for under in _UNDER.finditer(said)}
    return [said[g.start : g.end] for g in find_places(said) if g.start in starts]


def _on(said: str, citations: Sequence[Citation]) -> str:
    """What the guidance is about: what follows "on" or "in relation to" behind the citations."""
    start = max((c.end for c in citations), default=0)
    found = _ON.search(said, start) if citations else None
    return found["on"].strip(" ,)") if found else ""


def _statement(sentence: _Sentence) -> Statement:
    ranges = sentence.ranges
    assert ranges is not None, "a first sentence always names what it is about"
    return Statement(
        words=sentence.words,
        paragraphs=ranges.listed,
        status=sentence.status,
        provisions=list(dict.fromkeys(sentence.provisions)),
        replaces=list(dict.fromkeys(sentence.replaces)),
        exceptions=list(ranges.exceptions),
        on=sentence.on,
        replaced_under=list(dict.fromkeys(sentence.replaced_under)),
    )
