"""Kinds of authority and the classes that include them: who is bound where a class is. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Classes:
    """`included_in` gives, by name of an authority type, the names of the classes that include it;
    a class may itself be included in another."""

    def __init__(self, included_in: Mapping[str, Iterable[str]]) -> None:
        self._parents = {name: tuple(parents) for name, parents in included_in.items()}
        self._above: dict[str, frozenset[str]] = {}

    def above(self, name: str) -> frozenset[str]:
        """The type and every class that includes it, directly or not."""
        if name not in self._above:
            found = {name}
            waiting = [name]
            while waiting:
                parents = set(self._parents.get(waiting.pop(), ())) - found
                found |= parents
                waiting += parents
            self._above[name] = frozenset(found)
        return self._above[name]

    def binds(self, name: str, binds: Iterable[str], excepts: Iterable[str] = ()) -> bool:
        """Whether a sentence that binds these, except those, binds the whole type `name`."""
        above = self.above(name)
        return not above.isdisjoint(binds) and above.isdisjoint(excepts)
