"""Whom a paragraph binds and whom it exempts, as slugs of authority types.

From the sentences that an editor confirmed as demands, and from the duties that the edition says it
explains there; each as it was when the edition was issued, with the classes as they are now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from guidance.numbering import Ranges, parse_ranges
from guidance.views.checklist_facts import Register
from search.units import ANYONE


class Whom(NamedTuple):
    """Slugs in order; `binds` is `ANYONE` alone where nobody in particular is meant."""

    binds: tuple[str, ...]
    exempts: tuple[str, ...]


class Demand(NamedTuple):
    """Names of the authority types that something binds, and of those that it excepts."""

    binds: tuple[str, ...]
    excepts: tuple[str, ...]


NOBODY = Whom((ANYONE,), ())


class Binding:
    """Whom the paragraphs of editions bind; what was worked out once is not worked out again."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._duties: dict[str, list[tuple[Ranges, Demand]]] = {}
        self._explained: dict[tuple[str, str, str, str], tuple[Demand, ...]] = {}
        self._whom: dict[tuple[Demand, ...], Whom] = {(): NOBODY}

    def of_edition(
        self, obligations: Iterable[Mapping[str, Any]], duties: Sequence[Mapping[str, Any]]
    ) -> InEdition:
        """What one edition says: its rows as in `guidance.edition_text.Facts`."""
        said: dict[str, list[Demand]] = {}
        for row in obligations:
            said.setdefault(row["paragraph"], []).append(_demand(row))
        key = repr(duties) if duties else ""
        if key not in self._duties:
            self._duties[key] = list(_explaining(duties))
        return InEdition(self, said, key if self._duties[key] else "")

    def explained(self, duties: str, number: str, title: str, section: str) -> tuple[Demand, ...]:
        """What the duties that are explained at a place demand; see `Ranges.covers`."""
        place = (duties, number, title, section)
        if place not in self._explained:
            self._explained[place] = tuple(
                demand
                for ranges, demand in self._duties[duties]
                if ranges.covers(number, title, section)
            )
        return self._explained[place]

    def whom(self, demands: tuple[Demand, ...]) -> Whom:
        """All of them taken together: who is excepted by one is exempt even where another binds a
        class that it belongs to, but not where one names it."""
        if demands not in self._whom:
            self._whom[demands] = self._together(demands)
        return self._whom[demands]

    def _together(self, demands: Sequence[Demand]) -> Whom:
        named = {name for demand in demands for name in demand.binds}
        excepted = {name for demand in demands for name in demand.excepts}
        names = self._register.slugs.keys() | named | excepted
        classes = self._register.classes
        exempt = {n for n in names if not classes.above(n).isdisjoint(excepted)} - named
        bound = {n for n in names if not classes.above(n).isdisjoint(named)} - exempt
        if not bound and not exempt:
            return NOBODY
        # "Everybody but the police" is said by naming everybody else, so that counts come out.
        return Whom(self._slugs(bound or names - exempt), self._slugs(exempt))

    def _slugs(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({self._register.slug(name) for name in names}))


class InEdition:
    """Whom the paragraphs of one edition bind."""

    def __init__(self, binding: Binding, said: Mapping[str, list[Demand]], duties: str) -> None:
        self._binding, self._said, self._duties = binding, said, duties

    def whom(self, identity: str, number: str, title: str, section: str) -> Whom:
        """Of a paragraph by its identity; `number` is its own or that which it follows, with the
        prefix of its section, `title` that of a box or table, `section` its section's number."""
        said = self._said.get(identity)
        if not said and not self._duties:
            return NOBODY
        demands = tuple(said or ())
        if self._duties:
            demands += self._binding.explained(self._duties, number, title, section)
        return self._binding.whom(demands)


def _explaining(duties: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Ranges, Demand]]:
    for row in duties:
        demand = _demand(row)
        try:
            if row.get("explained_in") and (demand.binds or demand.excepts):
                yield parse_ranges(row["explained_in"]), demand
        except ValueError:  # words that name no range ("throughout") are about no paragraph
            continue


def _demand(row: Mapping[str, Any]) -> Demand:
    return Demand(tuple(row.get("binds", ())), tuple(row.get("excepts", ())))
