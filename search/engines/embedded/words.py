"""Words of an index: how common they are, which are spelt alike, and phrases that begin with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Occur, Query

from search.analysis import folded
from search.engines.embedded.asking import Asking, writable
from search.engines.embedded.calendar import day_number
from search.engines.embedded.parts import Part, Snapshot
from search.engines.embedded.schema import stems_of
from search.plan import Term, Text, Whole
from search.units import Phrase

_LONG = 6
"""In stems with so many letters two may be wrong, in shorter ones one."""

_WEIGHED = 50
_MORE_PHRASES = 50


def frequencies(snapshot: Snapshot, stems: Iterable[str]) -> dict[str, int]:
    """In how many units each stem stands; see `search.engines.Engine.frequencies`."""
    today = day_number(date.today())
    found: dict[str, int] = {}
    for stem in stems:
        known = snapshot.frequencies.get((stem, today))
        if known is None:
            known = _frequency(snapshot, stem, today)
            snapshot.frequencies[stem, today] = known
        found[stem] = known
    return found


def _frequency(snapshot: Snapshot, stem: str, today: int) -> int:
    current = _count(snapshot.current, stem, today)
    return current or sum(_count(part, stem, None) for part in snapshot.units)


def _count(part: Part, stem: str, today: int | None) -> int:
    """In how many units of a part a stem stands, leaving out what has ceased by a day."""
    if not writable(stem) or not any(part.searcher.doc_freq(stems_of(t), stem) for t in Text):
        return 0
    anywhere = Asking(part, [part]).matched(Whole(should=[Term(text, stem) for text in Text]))
    if today is None or not part.ceased(today):
        return part.count(anywhere)
    ceased = part.ceased_by(today)
    return part.count(Query.boolean_query([(Occur.Must, anywhere), (Occur.MustNot, ceased)]))


def similar(snapshot: Snapshot, stem: str, limit: int) -> list[tuple[str, int]]:
    """Stems spelt much like one; see `search.engines.Engine.similar`."""
    if not writable(stem):
        return []
    if snapshot.vocabulary is None:
        snapshot.vocabulary = _vocabulary(snapshot)
    most = 2 if len(stem) >= _LONG else 1
    alike = process.extract(
        stem,
        snapshot.vocabulary.keys(),
        scorer=OSA.distance,
        processor=None,
        score_cutoff=most,
        limit=None,
    )
    near = [
        (distance, -snapshot.vocabulary[other], other) for other, distance, _ in alike if distance
    ]
    shortlist = sorted(near)[: max(_WEIGHED, limit)]
    counted = frequencies(snapshot, (other for _, _, other in shortlist))
    ordered = sorted((distance, -counted[other], other) for distance, _, other in shortlist)
    return [(other, -count) for _, count, other in ordered[:limit] if count]


def _vocabulary(snapshot: Snapshot) -> dict[str, int]:
    """Every stem and roughly how common it is."""
    found: dict[str, int] = {}
    for part in snapshot.units:
        for text in Text:
            for stem, count in part.searcher.terms_with_prefix(stems_of(text), ""):
                found[stem] = max(found.get(stem, 0), count)
    return found


def complete(
    snapshot: Snapshot, words: Sequence[str], kinds: Iterable[str], limit: int
) -> list[Phrase]:
    """Phrases that complete words; see `search.engines.Engine.complete`."""
    starts = [start for word in words if writable(word) for start in folded(word)]
    if not starts or limit < 1:
        return []
    part, kinds = snapshot.phrases, list(kinds)
    asking = Asking(part, [part])
    needed = [(Occur.Must, asking.values("begins", [start])) for start in starts]
    if kinds:
        needed.append((Occur.Must, asking.values("kind", kinds)))
    opening = asking.values("opens", starts[:1])
    found = _phrases(part, [*needed, (Occur.Must, opening)], limit)
    if len(found) < limit:
        found += _phrases(part, [*needed, (Occur.MustNot, opening)], limit - len(found))
    return found


def _phrases(part: Part, clauses: list[tuple[Occur, Query]], limit: int) -> list[Phrase]:
    """The weightiest phrases, the shorter first where they weigh the same, then by name."""
    query = Query.boolean_query(clauses)
    hits = part.searcher.search(
        query, limit + _MORE_PHRASES, count=False, order_by_field="rank"
    ).hits
    ranked = [(-rank, Phrase.read(part.stored(address))) for rank, address in hits]
    ranked.sort(key=lambda found: (found[0], found[1].text, found[1].id))
    return [phrase for _, phrase in ranked[:limit]]
