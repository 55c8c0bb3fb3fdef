"""What helps where nothing was found: the same search with less asked, and what that would give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from search.asking import address_of, without
from search.engines import When
from search.query import Item, Query, Words
from search.results import Results, Wanted
from search.views.facts import chips
from search.views.words import counted

MOST_WAYS = 6
"""Further searches that one page may cost; each takes a millisecond or two."""


@dataclass(frozen=True, slots=True)
class Way:
    """A search that finds something, in words, and how much."""

    words: str
    count: str
    address: str


def ways(results: Results, search: Callable[[Wanted], Results]) -> list[Way]:
    """Searches that ask for less and find something, the nearest first."""
    found: list[Way] = []
    seen = {address_of(results.wanted)}
    for words, wanted in _less(results):
        address = address_of(wanted)
        if address in seen or len(seen) > MOST_WAYS:
            continue
        seen.add(address)
        answer = search(wanted)
        if answer.total:
            found.append(Way(words, counted(answer.total), address))
    return found


def _less(results: Results) -> Iterator[tuple[str, Wanted]]:
    """The same without each filter, without all, in all text, and with plain words."""
    wanted = replace(results.wanted, page=1)
    chosen = chips(results)
    if len(chosen) > 1:
        yield "Without any filter", replace(wanted, chosen={}, exempt=False)
    for facet in wanted.chosen:
        named = " or ".join(f"“{chip.words}”" for chip in chosen if chip.facet is facet)
        yield f"Without {named}", replace(wanted, chosen=without(wanted, facet))
    plain = plain_words(results.query)
    if plain and plain != results.query.text:
        yield f"As plain words: {plain}", replace(wanted, text=plain)
    everything = replace(wanted, when=When.EVERYTHING, day=None, edition="")
    if not results.elsewhere:
        yield "In everything that was published", everything
    if chosen:
        yield (
            "In everything that was published, without any filter",
            replace(everything, chosen={}, exempt=False),
        )


def plain_words(query: Query) -> str:
    """The query with nothing left out, quoted or prefixed."""
    return " ".join(_words(item) for group in query.groups for item in group)


def _words(item: Item) -> str:
    return item.text if isinstance(item, Words) else item.words or item.value
