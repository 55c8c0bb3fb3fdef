"""Answers a search: reads the query, asks the engine, puts spelling right, and makes results of hits.

Nothing that a reader types makes it raise; with no engine it says so and gives what it can.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from search.actions.counts import facet_counts, facets_for
from search.actions.following import ensure_fresh
from search.actions.knowledge import Knowledge, knowledge
from search.actions.presenting import result_of
from search.actions.spelling import corrections_for, respelt
from search.actions.teaching import promoted_for
from search.actions.using import engine, fallback
from search.analysis import stems
from search.engines import Engine, EngineDown, Facet, Found, Hit, Request, Scope, When
from search.extracts import Marker
from search.plan import Has, Node, Value, Whole
from search.planning import Planned, plan_like, plan_of
from search.query import Query, parse_query
from search.results import MOST_PAGES, Elsewhere, Result, Results, Wanted
from search.units import ANYONE, Phrase
from search.vocabulary import Stems

logger = logging.getLogger(__name__)

DOWN = (
    "The search cannot answer at the moment. Nothing is lost: all guidance can be read from its"
    " contents."
)
INSTEAD = "The search is running on its reserve; results may lack what was published most recently."
GROUP_KINDS = ("document", "edition", "consultation")
MOST_IN_GROUPS = 4
FEW = 10
"""Where fewer have most of what was asked for, those that have some of it follow them."""


def search(wanted: Wanted) -> Results:
    """The answer to `wanted`; see `search.results`."""
    ensure_fresh()
    known = knowledge()
    query = parse_query(wanted.text, known.titles, known.definitions)
    day = wanted.day or timezone.localdate()
    empty = Results(wanted, query, day, problems=query.problems)
    if query.empty and not query.without and not wanted.like and not wanted.chosen:
        return empty
    reserve = fallback()
    for used in (engine(), *([reserve] if reserve else [])):
        try:
            found = _Search(used, wanted, query, day, known).results()
        except EngineDown as error:
            logger.warning("event=search_engine_down engine=%s reason=%s", used.name, error)
            ensure_fresh(down=True)
            continue
        return replace(found, instead=INSTEAD) if used is reserve else found
    return replace(empty, down=DOWN)


@dataclass(slots=True)
class _Search:
    """One search on one engine."""

    engine: Engine
    wanted: Wanted
    query: Query
    day: date
    known: Knowledge
    took_ms: float = 0.0

    def results(self) -> Results:
        wanted = self.wanted
        if wanted.like:
            return self._like()
        planned = self._plan()
        corrections = corrections_for(self.engine, planned.asked)
        if corrections:
            planned = self._plan(corrections)
        planned, found = self._best(planned, corrections)
        results, having = self._made(found.hits, planned)
        corrected = respelt(self.query.text, corrections, results) if corrections else ""
        first = wanted.page == 1
        chosen = promoted_for(self.query.text) if first and not wanted.chosen else []
        return replace(
            self._answer(found, [*self._promoted(chosen, planned), *results]),
            groups=self._groups(chosen) if first else (),
            did_you_mean=corrected,
            corrected=corrected if found.total else "",
            without_some=bool(results) and first and _none_has_all(planned, having),
            elsewhere=() if found.total else self._elsewhere(planned),
        )

    def _best(self, planned: Planned, corrections: Mapping[Stems, Stems]) -> tuple[Planned, Found]:
        """What has most of what was asked for; where that is little, what has some of it too."""
        found = self._ask(planned.node)
        if found.total < FEW and len(planned.asked) > 1:
            less = self._plan(corrections, at_least=1)
            if less.node != planned.node:
                planned, found = less, self._ask(less.node)
        return planned, found

    def _plan(
        self, corrections: Mapping[Stems, Stems] | None = None, at_least: int | None = None
    ) -> Planned:
        mixed = self.wanted.when is When.EVERYTHING and not self.wanted.edition
        return plan_of(
            self.query,
            self.known.vocabulary,
            corrections=corrections,
            at_least=at_least,
            boost_in_force=timezone.localdate() if mixed else None,
        )

    def _ask(self, node: Node, **changes: object) -> Found:
        wanted = self.wanted
        request = Request(
            plan=node,
            scope=Scope(wanted.when, self.day, wanted.edition),
            chosen=_engine_choice(wanted),
            exempts=frozenset() if wanted.exempt else wanted.chosen.get(Facet.BINDS, frozenset()),
            facets=facets_for(wanted),
            first=(wanted.page - 1) * wanted.size,
            size=wanted.size,
        )
        found = self.engine.search(replace(request, **changes))  # type: ignore[arg-type]
        self.took_ms += found.took_ms
        return found

    def _made(
        self, hits: Sequence[Hit], planned: Planned, *, promoted: bool = False
    ) -> tuple[list[Result], list[frozenset[int]]]:
        marker = Marker([asked.stems for asked in planned.asked])
        made = [
            result_of(
                hit,
                marker,
                today=timezone.localdate(),
                as_at=self.wanted.day,
                promoted=promoted,
            )
            for hit in hits
        ]
        return [result for result, _ in made], [has for _, has in made]

    def _promoted(self, chosen: Sequence[tuple[str, str]], planned: Planned) -> list[Result]:
        """What editors chose for this search, as far as it stands in the text that is looked at."""
        wanted = [identity for _, identity in chosen if identity]
        if not wanted:
            return []
        found = self._ask(Has(Value.PARAGRAPH, wanted), first=0, size=len(wanted), facets=())
        hits = sorted(found.hits, key=lambda hit: wanted.index(hit.unit.paragraph))
        return self._made(hits, planned, promoted=True)[0]

    def _groups(self, chosen: Sequence[tuple[str, str]]) -> list[Phrase]:
        """Documents, editions and consultations by their titles, those that editors chose first."""
        words = self.query.text.split()
        if not words or self.wanted.chosen:
            return []
        promoted = [document for document, identity in chosen if not identity]
        found = self.engine.complete(words, GROUP_KINDS, MOST_IN_GROUPS)
        return sorted(found, key=lambda p: (p.document not in promoted, p.kind != "document"))

    def _elsewhere(self, planned: Planned) -> list[Elsewhere]:
        """How many there are in drafts and in everything, where the text looked at has none."""
        counted = []
        for when, label in (
            (When.DRAFTS, "in consultation drafts"),
            (When.EVERYTHING, "in everything published, superseded text too"),
        ):
            if when is not self.wanted.when or self.wanted.edition:
                scope = Scope(when, self.day)
                total = self._ask(planned.node, scope=scope, size=0, facets=()).total
                counted.append(Elsewhere(when, label, total))
        return [elsewhere for elsewhere in counted if elsewhere.count]

    def _like(self) -> Results:
        unit = self.engine.get(self.wanted.like)
        if unit is None:
            return self._answer(Found(), [])
        counts = Counter(stems(f"{unit.title} {unit.text}"))
        known = self.engine.frequencies(counts)
        alike = plan_like(known, counts, max(known.values(), default=0))
        node = Whole(must=[alike], without=[Has(Value.PARAGRAPH, (unit.paragraph,))])
        found = self._ask(node)
        results, _ = self._made(found.hits, Planned(node, ()))
        return replace(self._answer(found, results), like=unit)

    def _answer(self, found: Found, results: Sequence[Result]) -> Results:
        size = max(self.wanted.size, 1)
        return Results(
            self.wanted,
            self.query,
            self.day,
            total=found.total,
            pages=min(-(-found.total // size), MOST_PAGES),
            results=_once(results),
            facets=facet_counts(self.wanted, found.counts),
            problems=self.query.problems,
            engine=self.engine.name,
            took_ms=self.took_ms,
        )


def _engine_choice(wanted: Wanted) -> dict[Facet, frozenset[str]]:
    """What names nobody in particular concerns every authority type that is chosen."""
    chosen = {facet: values for facet, values in wanted.chosen.items() if values}
    types = chosen.get(Facet.BINDS)
    if types:
        exempt = {f"!{slug}" for slug in types} if wanted.exempt else set()
        chosen[Facet.BINDS] = types | {ANYONE} | exempt
    return chosen


def _once(results: Sequence[Result]) -> list[Result]:
    """What was promoted is not shown a second time in its own place."""
    seen: dict[str, Result] = {}
    for result in results:
        seen.setdefault(result.unit.id, result)
    return list(seen.values())


def _none_has_all(planned: Planned, having: Sequence[frozenset[int]]) -> bool:
    counted = {i for i, asked in enumerate(planned.asked) if asked.concept is not None}
    return len(counted) > 1 and not any(counted <= has for has in having)
