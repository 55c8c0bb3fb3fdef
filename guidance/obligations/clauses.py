"""The clause that a modal verb stands in: what it depends on, and who does what it says. Pure.

No grammar: the words before a modal are read backwards to where its clause begins. Looking back is
bounded, so that the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

LOOK_BACK = 400
"""Characters before a modal in which its clause is looked for."""

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BREAK = re.compile(
    r"[;:–—]|,|\b(?:because|although|though|whereas|while|unless|until|if|whether|when|where|wherever"
    r"|how|why|what|so that|such that|than|then|that|which|who|and|but|or)\b",
    re.I,
)
_REPORTS = re.compile(
    r"\b(?:provid|stat|mean|sa[iy]|ensur|requir|recommend|expect|suggest|specif|show|not|agre|propos"
    r"|advis|believ|think|confirm|indicat|explain|clear|important|essential|vital|necessary|so|such"
    r"|likely|follow|set out|lays? down|is|are|was|emphasis|stress|recognis"
    r"|consider|conclud|decid|demonstrat|sur)"
    r"\w{0,5}(?:\s+(?:also|only|here|further))?\s*$|\b[ie]\.[eg]\.?,?\s*$",
    re.I,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|must|should|shall|may|might|do"
    r"|does|did|contains|wishes|receives|agrees|believes|decides|gives|takes|becomes|remains|considers"
    r"|relates|wants|seeks|appears|requires?|provides?|includes?|applies|apply|sets?|means?|needs?)\b",
    re.I,
)
_LEADING = re.compile(
    r"^(?:and|but|or|so|though|although|then|thus|hence|however|therefore|also|moreover|furthermore|instead"
    r"|accordingly|consequently|equally|similarly|likewise|finally|firstly?|secondly?|thirdly?|lastly"
    r"|in addition|in particular|for example|as a minimum|as such|as now|where appropriate|overall"
    r"|clearly|ideally|generally|normally|only|where possible|both|here|again|nor|yet|e\.g\.|i\.e\.)"
    r"\b[\s,]*",
    re.I,
)
_TRAILING = re.compile(
    r"\s+(?:also|therefore|thus|then|now|still|always|normally|usually|generally|however|each|both"
    r"|all|themselves|itself|accordingly|in turn|together|jointly|only|clearly|ultimately)\s*$",
    re.I,
)
_PREPOSITION = re.compile(
    r"^(?:in|on|for|at|by|to|from|with|within|as|under|during|after|before|through|following|given"
    r"|having|when|once|where|subject to|according to|without|throughout|across|of|unlike|like)\b",
    re.I,
)
_PHRASE = re.compile(
    r"(?<!\band )(?<!\bor )\b(?:(?:the|each|every|all|any|no|an?|local|both|their|its)\s"
    r"|(?:they|it|he|she|we|you|this)$)",
    re.I,
)
_WILL = re.compile(r"\s+(?:will|would|can|could|shall|may|might)$", re.I)
_BEFORE_WHICH = re.compile(r"\b(?:in|to|on|for|by|under|of|with)\s*$", re.I)
_DEPENDENT = frozenset(
    "because although though whereas while unless until if whether when where wherever how why what"
    " than".split()
) | {"so that", "such that"}
_CONDITIONS = frozenset("if when where wherever unless until while".split())
_INDIRECT = frozenset("whether how why what than".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """`subject` is who stands before the verb, "" where nobody does; `opens` is the word that makes
    the clause depend on another, "" for a main clause; `reported` says that it is what another
    clause says ("the Act provides that …")."""

    subject: str
    opens: str = ""
    reported: bool = False

    @property
    def conditional(self) -> bool:
        return self.opens in _CONDITIONS

    @property
    def indirect(self) -> bool:
        """A question or a description inside a sentence: "how it should be done"."""
        return self.opens in _INDIRECT


def without_brackets(words: str) -> str:
    """What stands in brackets made blank, so that places stay the same."""
    return _BRACKETED.sub(lambda found: " " * len(found[0]), words)


def clause_before(words: str) -> Clause:
    """The clause whose verb follows `words`, the sentence up to there without its brackets."""
    words = words[-LOOK_BACK:]
    end = len(words)
    breaks = list(_BREAK.finditer(words))
    while breaks:
        mark = breaks.pop()
        left, right = words[: mark.start()], words[mark.end() : end]
        word = mark[0].lower()
        if word == "," and not right.strip():  # "the authority, having asked, must"
            end = _first_of_pair(breaks, mark)
            continue
        clause = _READERS.get(word, _hard)(word, left, right)
        if clause is not None:
            return clause
        if word in _RELATIVES:
            end = mark.start()
    return Clause(_subject(words[:end]))


def _first_of_pair(breaks: list[re.Match[str]], second: re.Match[str]) -> int:
    """Where what stands between two commas begins; the breaks inside it are passed over."""
    while breaks and breaks[-1][0] not in ",;:":
        breaks.pop()
    return breaks.pop().start() if breaks else second.start()


def _comma(word: str, left: str, right: str) -> Clause | None:
    if not _is_phrase(left):
        return Clause(_subject(right))
    if re.search(r"\b(?:and|or)\b", right):  # "County councils, district councils and trusts"
        return None
    if _PREPOSITION.match(right.strip()):  # "Councils, for their own services"
        return Clause(_subject(_since_break(left)))
    return Clause(_subject(right))


def _joined(word: str, left: str, right: str) -> Clause | None:
    if not right.strip():  # "it asks and must answer": who asked
        return Clause(_subject(_before_verb(_since_break(left))))
    return Clause(_subject(right)) if _VERB.search(_since_break(left)) else None


def _relative(word: str, left: str, right: str) -> Clause | None:
    """None where the relative clause stands between the subject and its verb."""
    if not right.strip():
        return Clause(_subject(_last_phrase(left)), "who")
    if word == "that" and _REPORTS.search(left):
        return Clause(_subject(right), reported=True)
    if word == "which" and _BEFORE_WHICH.search(left) and not _VERB.search(right):
        return Clause(_subject(right), "which")
    return None


def _dependent(word: str, left: str, right: str) -> Clause:
    if word in _CONDITIONS and _VERB.search(right):  # "if it is broken the owner must"
        return Clause(_subject(_last_phrase(right)))
    return Clause(_subject(right), word)


def _hard(word: str, left: str, right: str) -> Clause:
    return Clause(_subject(right))


def _since_break(words: str) -> str:
    return re.split(r"[,;:–—]", words)[-1]


def _before_verb(words: str) -> str:
    verb = _VERB.search(words)
    return words[: verb.start()] if verb else words


def _is_phrase(words: str) -> bool:
    """Whether what stands last in `words` may name somebody: a few words and no verb."""
    piece = _since_break(words).strip()
    return (
        0 < len(piece.split()) <= 6
        and not _VERB.search(piece)
        and not _PREPOSITION.match(piece)
        and not _LEADING.match(piece)
    )


def _last_phrase(words: str) -> str:
    """Whom a relative clause follows: the last words that begin with an article or the like."""
    piece = _since_break(words)
    starts = [found.start() for found in _PHRASE.finditer(piece)]
    return piece[starts[-1] :] if starts else " ".join(piece.split()[-3:])


def _subject(words: str) -> str:
    words = " ".join(words.split()).strip(" ,.;:–—-“”‘’\"'")
    before = None
    while before != words:
        before = words
        words = _WILL.sub("", _TRAILING.sub("", _LEADING.sub("", words))).strip(" ,")
    if _PREPOSITION.match(words):
        starts = [found.start() for found in _PHRASE.finditer(words)]
        words = words[starts[-1] :] if starts else ""
    return "" if re.match(r"there\b", words, re.I) else words


_RELATIVES = frozenset({"that", "which", "who"})
_READERS: dict[str, Callable[[str, str, str], Clause | None]] = {
    ",": _comma,
    **dict.fromkeys(("and", "or", "but"), _joined),
    **dict.fromkeys(_RELATIVES, _relative),
    **dict.fromkeys(_DEPENDENT, _dependent),
}
