"""One word in other forms: British and American, hyphened and not, irregular ("kept", "keep"). Pure.

Variants are looked for beside the word, so one that nobody uses costs nothing and finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_VERB, _VERBS = "(?=e|ed|es|er|ers|ing)", "(?=e|ed|es|er|ers|ing|ation|ations|ational)"
_NOUN = "(?=s?$|ed$|ing$|able$|ably$|al$|ally$|hood|ite|ful|er)"
_DOUBLED = "(?=ed$|ing$|er$|ers$|or$|ors$|ment|ful|s?$)"
_ENDINGS = (  # British, American; what stands before and after an ending is kept
    ("", "is", "iz", _VERBS),
    ("", "ys", "yz", _VERB),
    ("", "our", "or", _NOUN),
    ("(?<=[tbh])", "re", "er", "(?=s?$)"),
    ("", "enc", "ens", "(?=e|es|ed|ing)"),
    ("", "ogue", "og", "(?=s?$)"),
    ("", "mme", "m", "(?=s?$)"),
    ("(?<=[aeiou])", "ll", "l", _DOUBLED),
    ("(?<=[dg])", "e", "", "(?=ment)"),
    ("(?<=p)", "ae", "e", "(?=d)"),
    ("(?<=h)", "ae", "e", "(?=ol)"),
    ("(?<=lop)", "ae", "e", "(?=dia)"),
    ("(?<=an)", "ae", "e", "(?=sth)"),
)
_RULES = [
    (re.compile(before + old + after), new)
    for before, british, american, after in _ENDINGS
    for old, new in ((british, american), (american, british))
]
_SHORTEST = 5
_LETTERS = re.compile(r"[a-z]+")
_ALIKE = tuple(
    frozenset(group.split())
    for group in (
        *("grey gray", "cheque check", "tyre tire", "kerb curb"),
        *("begin began begun", "bind bound", "break broke broken", "bring brought", "build built"),
        *("buy bought", "choose chose chosen", "come came", "deal dealt", "draw drew drawn"),
        *("drive drove driven", "fall fell fallen", "find found", "forbid forbade forbidden"),
        *("give gave given", "go went gone", "grow grew grown", "hear heard", "hold held"),
        *("keep kept", "know knew known", "lead led", "leave left", "lend lent", "lose lost loss"),
        *("make made", "mean meant", "meet met", "pay paid", "rise rose risen", "say said"),
        *("see saw seen", "seek sought", "sell sold", "send sent", "show showed shown"),
        *("speak spoke spoken", "spend spent", "take took taken", "teach taught", "tell told"),
        *("think thought", "undergo underwent undergone", "understand understood"),
        *("undertake undertook undertaken", "withdraw withdrew withdrawn", "win won"),
        *(
            "withhold withheld",
            "write wrote written",
            "overrun overran",
            "oversee oversaw overseen",
        ),
        *("child children", "person people", "man men", "woman women", "life lives", "half halves"),
        *("criterion criteria", "datum data", "medium media", "appendix appendices"),
        *("index indices indexes", "analysis analyses", "basis bases", "crisis crises"),
        *("foot feet", "leaf leaves", "wife wives", "thief thieves", "self selves"),
    )
)
"""Words that are one word in other forms, where the stemmer cannot know it."""


def spellings(word: str) -> tuple[str, ...]:
    """Other spellings of a lower-case word, at most a few; whether they are words is not known."""
    found = dict.fromkeys((*_alike(word), *_respelt(word), *_unhyphened(word)))
    found.pop(word, None)
    return tuple(found)


def _alike(word: str) -> Iterator[str]:
    for group in _ALIKE:
        if word in group:
            yield from sorted(group)


def _respelt(word: str) -> Iterator[str]:
    if len(word) < _SHORTEST or not _LETTERS.fullmatch(word):
        return
    for ending, other in _RULES:
        *_, last = (None, *ending.finditer(word))
        if last is not None and last.start():
            yield word[: last.start()] + other + word[last.end() :]


def _unhyphened(word: str) -> Iterator[str]:
    if "-" in word:
        yield word.replace("-", "")
