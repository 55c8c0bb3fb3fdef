"""Where a sentence says must, should or may and means it: how strongly, and of whom. Pure.

"May" is proposed where somebody is permitted something, not where something is merely possible: the
verb tells ("may publish", "may be delegated" against "may be difficult", "may vary"), and who acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from guidance.obligations.clauses import LOOK_BACK, Clause, clause_before, without_brackets

Strength = Literal["must", "should", "may"]

_ADVERBS = r"(?:\s+(?:also|now|still|not|only|always|then|therefore|however|\w+ly))*"
_MODAL = re.compile(
    rf"""\b(?:
      (?P<must>must|shall
        |(?:is|are|be){_ADVERBS}\s+(?:required|obliged)(?:\s+by\s+(?:law|statute))?\s+to
        |(?:has|have){_ADVERBS}\s+(?:a|the)\s+(?:\w+\s+){{0,3}}duty\s+to
        |(?:is|are|be){_ADVERBS}\s+under\s+(?:a|the)\s+(?:\w+\s+){{0,3}}duty\s+to)
      |(?P<should>should|ought{_ADVERBS}\s+to|(?:is|are){_ADVERBS}\s+expected\s+to)
      |(?P<may>may)
    )(?![\w-])""",
    re.I | re.X,
)
_IDIOM = re.compile(r"\b(?:as|as it|the case|come what|as best)\s+$", re.I)
_SPOKEN_OF = re.compile(r"\b(?:says?|said|writes?|words?|terms?|using)\s+$", re.I)
_NO_VERB = re.compile(r"\s*(?:[,.;:)]|$|(?:and|or)\s+(?:must|should|may)\b)", re.I)
_QUOTED = "“”\"'‘’"
_MONTH = re.compile(r"\s*(?:\d|to\s+\w+\s+\d|and\s+\w+\s+\d|,?\s*20\d\d)")
_INVERTED = re.compile(
    r"\s+(?:the|a|an|any|it|they|you|we|this|that|there|he|she|these|those|such|all|no|your|their)\b",
    re.I,
)
_HYPOTHETICAL = re.compile(
    r"\b(?:if|in case|lest|in the event that)(?!(?:\s+\S+)*\s+(?:then|is|are|has|have)\b)"
    r"(?:\s+[^\s,;:]+){1,4}\s*$",
    re.I,
)
_VERB_AFTER = re.compile(
    r"(?P<negated>\s+not\b)?(?:,[^,;]{1,80},)?(?:\s+(?:also|then|therefore|only|still|normally|usually|generally|however"
    r"|instead|further|additionally|,?\s*in particular,?|at any time|each|both|all|themselves|\w+ly))*"
    r"\s+(?P<verb>[\w’'-]+)(?P<rest>.{0,60})",
    re.I | re.S,
)
_PREDICTED = frozenset(
    "help enable lead allow result mean improve become make reduce provide give bring free encourage"
    " strengthen prove support".split()
)
_EXPECTED = re.compile(
    r"\s+(?:not\s+)?(?:also\s+)?(?:enable|help|allow|lead|attract|result|mean|prevent|preclude|prove"
    r"|suffice|be\s+(?:sufficient|enough|adequate|possible))\b",
    re.I,
)
_OFTEN = re.compile(
    r"\s+(?:also\s+)?(?:often|sometimes|frequently|occasionally|well|never)\b", re.I
)
_STATES = frozenset(
    "have need feel know differ vary depend arise occur happen exist seem appear become mean result"
    " cause lead affect contain prove remain face lack experience suffer believe think benefit fall"
    " come help require involve feel like apply lie relate last fail cover range indicate"
    " suggest represent lose find already".split()
)
_POWERS = frozenset(
    "made given used revised amended published delegated exercised imposed issued combined included"
    " treated added removed changed extended appointed designated agreed submitted set sent paid"
    " charged held taken withdrawn brought waived varied modified adopted approved carried"
    " excluded delivered counted disclosed shared recovered granted refused dispensed disapplied"
    " altered referred supplied consulted disposed obtained kept displayed cancelled ended"
    " conducted searched seized detained retained recorded asked invited established undertaken"
    " discharged pooled allocated spent met produced reviewed done transferred".split()
)
_NOT_PASSIVE = frozenset(
    "prepared committed determined satisfied minded involved engaged informed based focused aligned"
    " designed concerned interested limited linked need speed".split()
)
_IRREGULAR = frozenset(
    "made given set sent paid held taken withdrawn brought kept sought shown drawn written read put"
    " left built met told understood undertaken done seen known begun chosen found laid led heard sold"
    " bought spent lost thought dealt cut split overseen run upheld broken borne lent taught".split()
)
AGENT = re.compile(  # what those who act are called
    r"\b(?:(?i:authorit(?:y|ies)|councils?|councillors?|bod(?:y|ies)|boards?|partners?|partnerships?|trusts?"
    r"|agenc(?:y|ies)|state|ministers?|governments?|departments?|persons?|people|officers?|constables?"
    r"|police|providers?|landlords?|owners?|managers?|members?|committees?|applicants?|inspectors?"
    r"|courts?|tribunals?|leasehold|organisations?|employers?|staff|groups?|commissions?|supervisors?|teams?|forums?"
    r"|residents?|tenants?|leaseholders?|purchasers?|operators?|regulators?|compan(?:y|ies)|managers?"
    r"|suppliers?|contractors?|administrators?|secretary|chief|mayors?|boroughs?|districts?"
    r"|counties|county|you|they|we|he|she|anyone|everyone|those|parties|party)|[A-Z]{2,}s?)\b"
)
_AGENT_BY = re.compile(
    r"\bby\s+(?P<agent>(?:the|a|an|all|each|every|any|both|local)?[^,;:.]{3,80})"
)
_AFTER_AGENT = re.compile(
    r"\b(?:and|or|as|in|on|for|to|with|at|when|where|if|before|after|by|within|under|from|through)\b"
)


@dataclass(frozen=True, slots=True)
class Demand:
    """A modal that demands or permits: how strongly, of whom ("" where nobody is named), and what
    makes it doubtful, as words, "" for a plain one."""

    start: int
    strength: Strength
    subject: str
    doubt: str = ""


def demands(words: str, before: str = "") -> Iterator[Demand]:
    """Those of one sentence, in order; "they" and "it" are `before`, whom the one before it binds,
    where their number says so."""
    if words.rstrip("\"'”’) ").endswith("?"):
        return
    blank = without_brackets(words)
    for modal in _MODAL.finditer(blank):
        if _is_none(blank, modal):
            continue
        clause = _resolved(clause_before(blank[: modal.start()]), before)
        after = _VERB_AFTER.match(blank, modal.end())
        strength = _strength(modal, clause, after, blank)
        if strength:
            yield Demand(
                modal.start(), strength, _bound(modal, clause, after), _doubt(modal, clause)
            )


def marked(words: str) -> Iterator[tuple[str, bool]]:
    """The words in pieces, each with whether it is one that demands; joined they are the words."""
    at = 0
    for modal in _MODAL.finditer(words):
        if _is_none(words, modal):
            continue
        yield from ((words[at : modal.start()], False), (modal[0], True))
        at = modal.end()
    yield words[at:], False


def _resolved(clause: Clause, before: str) -> Clause:
    word = clause.subject.lower()
    if word not in ("they", "it") or not before:
        return clause
    named = re.split(r" (?:of|in|for) ", before)[0]
    many = bool(re.search(r"s$|\bpeople$|\bpolice$|\band\b", named))
    return replace(clause, subject=before) if many == (word == "they") else clause


def _is_none(words: str, modal: re.Match[str]) -> bool:
    """The month, an idiom, the word itself under discussion, an inversion, a mere hypothesis."""
    before, after, word = words[: modal.start()], words[modal.end() :], modal[0]
    if before[-1:] and before[-1] in _QUOTED and after[:1] and after[0] in _QUOTED + ",.":
        return True
    if _SPOKEN_OF.search(before[-20:]) and _NO_VERB.match(after):
        return True
    if modal["may"]:
        if word == "May" and (before.strip() or _MONTH.match(after)):
            return True
        return bool(_IDIOM.search(before[-20:])) and after.lstrip()[:2] in ("be", "")
    if word[0].isupper() and not before.strip() and word in ("Should", "May"):
        return bool(_INVERTED.match(after))
    if word.lower() == "must":
        return bool(re.search(r"\ba\s+$", before[-4:], re.I))
    if modal["should"]:
        return bool(_HYPOTHETICAL.search(before[-200:]))
    return bool(re.search(r"\bnot\b", word))  # "are not required to"


def _strength(
    modal: re.Match[str], clause: Clause, after: re.Match[str] | None, words: str
) -> Strength | None:
    verb = after["verb"].lower() if after else ""
    rest = after["rest"] if after else ""
    if modal["may"]:
        if _OFTEN.match(words, modal.end()) or not _permits(
            f"{clause.subject} {_head(words)}", clause, verb, rest
        ):
            return None
        return "must" if after and after["negated"] else "may"
    if modal["must"]:
        return "must"
    bare = clause.subject.lower() in ("this", "these", "that", "it", "which") or (
        clause.opens == "which" or (clause.opens == "who" and not AGENT.search(clause.subject))
    )
    if bare and (verb in _PREDICTED or (verb == "be" and " able to" in f" {rest}"[:12])):
        return None
    if "expected" in modal[0] and not AGENT.search(clause.subject):
        return None
    return "should"


def _head(words: str) -> str:
    """What stands first in a sentence: who acts, where the clause itself does not say."""
    return re.split(r"[,;:]|\b(?:who|which|that)\b", words[:LOOK_BACK], maxsplit=1)[0]


def _permits(who: str, clause: Clause, verb: str, rest: str) -> bool:
    """Whether "may" gives leave: somebody may act, or a power may be used."""
    if clause.conditional or clause.indirect or clause.opens in ("who", "because", "although"):
        return False
    if verb == "be":
        done = rest.split()
        while done and (done[0] in ("also", "either", "so") or done[0].endswith("ly")):
            done = done[1:]
        return bool(done) and done[0].strip(",.;") in _POWERS
    return verb not in _STATES and verb != "" and bool(AGENT.search(who))


def _bound(modal: re.Match[str], clause: Clause, after: re.Match[str] | None) -> str:
    """Who acts: of what must be done, those by whom; else those before the verb."""
    if after and after["verb"].lower() == "be" and _is_passive(after["rest"]):
        agent = _AGENT_BY.search(after["rest"] + after.string[after.end() : after.end() + 120])
        if agent is None or not AGENT.search(agent["agent"]):
            return ""
        words = agent["agent"]
        cut = _AFTER_AGENT.search(words, 4)
        return " ".join((words[: cut.start()] if cut and cut[0] != "and" else words).split())
    return clause.subject


def _is_passive(rest: str) -> bool:
    for word in rest.lower().split()[:4]:
        word = word.strip(",.;:")
        if word in _NOT_PASSIVE:
            return False
        if word in _IRREGULAR or (word.endswith("ed") and len(word) > 4):
            return True
        if not (
            word.endswith("ly") or word in ("also", "so", "then", "well", "not", "both", "able")
        ):
            return False
    return False


def _doubt(modal: re.Match[str], clause: Clause) -> str:
    if clause.conditional:
        return "it stands in a condition"
    if clause.indirect:
        return "it may only describe how something is done"
    things = not AGENT.search(clause.subject)
    if modal["should"] and things and _EXPECTED.match(modal.string, modal.end()):
        return "it may only say what is expected to happen"
    return ""
