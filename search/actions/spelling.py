"""What misspelt words were probably meant to be, from the words that guidance uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from search.analysis import stems
from search.engines import Engine
from search.extracts import stem_of
from search.planning import Asked
from search.results import Result
from search.vocabulary import Stems

SHORTEST = 4
"""Letters of a word that may be misspelt; of shorter ones too many others are one letter away."""

LONG = 7
"""Letters of a word in which two slips are believed."""

_WORD = re.compile(r"[^\W_]+")


def corrections_for(engine: Engine, asked: Sequence[Asked]) -> dict[Stems, Stems]:
    """For each thing asked for of which no word stands anywhere: what is spelt most like it. Where
    nothing at all that was asked for stands anywhere, also what may be another word altogether."""
    options = {stem for one in asked if one.concept for option in one.stems for stem in option}
    if not any(map(_may_be_misspelt, asked)):
        return {}
    known = engine.frequencies(options)
    unknown = [one for one in asked if not any(all(map(known.get, o)) for o in one.stems)]
    found: dict[Stems, Stems] = {}
    for one in filter(_may_be_misspelt, unknown):
        assert one.concept is not None
        wrong = one.concept.stems[0]
        doubtful = len(unknown) == len(asked)
        meant = (stem for stem, _ in engine.similar(wrong) if _slip(wrong, stem, doubtful))
        if nearest := next(meant, ""):
            found[one.concept.stems] = (nearest,)
    return found


def _slip(wrong: str, meant: str, doubtful: bool) -> bool:
    """Whether one may be a slip for the other: a letter too many or too few, two swapped, or two
    slips in a long word that begins the same ("rubbish" is two letters away from "publish", and
    never means it). A letter that is another makes of a short word mostly another word ("profile",
    "profit")."""
    distance = OSA.distance(wrong, meant)
    if distance == 2:
        return len(wrong) >= LONG and wrong[0] == meant[0]
    swapped = sorted(wrong) == sorted(meant)
    return distance == 1 and (doubtful or swapped or len(wrong) != len(meant) or len(wrong) >= LONG)


def _may_be_misspelt(asked: Asked) -> bool:
    concept = asked.concept
    return (
        concept is not None
        and not asked.needed
        and not concept.idle
        and len(concept.stems) == 1
        and len(concept.typed) >= SHORTEST
        and concept.typed.isalpha()
    )


def respelt(text: str, corrections: dict[Stems, Stems], results: Iterable[Result]) -> str:
    """The query with its misspelt words put right, in a form in which the results have them."""
    used = _forms(results, {meant[0] for meant in corrections.values()})
    known = {wrong[0]: used.get(meant[0], meant[0]) for wrong, meant in corrections.items()}

    def put_right(word: re.Match[str]) -> str:
        own = stems(word[0])
        return known.get(own[0], word[0]) if len(own) == 1 else word[0]

    return _WORD.sub(put_right, text)


def _forms(results: Iterable[Result], wanted: set[str]) -> dict[str, str]:
    """For each stem the word that stands most often for it in the results, in lower case."""
    counted: dict[str, Counter[str]] = {}
    for result in results:
        unit = result.unit
        for word in _WORD.findall(f"{unit.title} {unit.text} {' '.join(unit.trail)}"):
            stem = stem_of(word)
            if stem in wanted:
                counted.setdefault(stem, Counter())[word.lower()] += 1
    return {stem: max(forms, key=lambda w: (forms[w], w)) for stem, forms in counted.items()}
