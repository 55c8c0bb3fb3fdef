"""The filters of the checklist: what was asked for, what is shown, and what each choice would show.

The count beside a choice is that of the sentences which it shows with the other filters as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from guidance.models import Status, Strength
from guidance.views.checklist_facts import Demanded, Register

NOBODY = "not-named"
"""Asks for the sentences that name no kind of authority."""

Test = Callable[[Demanded], bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter, in words, and how many sentences it would show."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter with its choices; `asked` is what was asked for and `problem` why it cannot be."""

    name: str
    label: str
    any: Choice
    choices: Sequence[Choice]
    asked: str = ""
    problem: str = ""

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.chosen), None)


@dataclass(frozen=True, slots=True)
class Filtered:
    """The sentences that pass every filter, in order, of how many."""

    rows: Sequence[Demanded]
    total: int
    filters: Sequence[Filter]
    unnamed: int

    @property
    def problems(self) -> list[Filter]:
        return [one for one in self.filters if one.problem]

    @property
    def chosen(self) -> list[Choice]:
        return [one.chosen for one in self.filters if one.chosen]


def filtered(rows: Sequence[Demanded], query: Mapping[str, str], register: Register) -> Filtered:
    """What `query` asks for of these sentences. `unnamed` counts those that the filter of authority
    leaves out because they name no kind; where a filter is wrong nothing is shown."""
    values = _values(rows, register)
    asked = {name: query.get(name, "").strip() for name in _LABELS}
    tests = {name: dict((value, test) for value, _, test in values[name]) for name in _LABELS}
    active = {name: tests[name][asked[name]] for name in _LABELS if asked[name] in tests[name]}
    filters = [_filter(name, rows, values[name], active, asked[name]) for name in _LABELS]
    wrong = any(one.problem for one in filters)
    shown = [] if wrong else [row for row in rows if all(test(row) for test in active.values())]
    others = [test for name, test in active.items() if name != "authority"]
    unnamed = [row for row in rows if not row.binds and all(test(row) for test in others)]
    named = asked["authority"] not in ("", NOBODY)
    return Filtered(shown, len(rows), filters, len(unnamed) if named and not wrong else 0)


_LABELS = {
    "authority": ("Kind of authority", "Every kind"),
    "strength": ("Strength", "Any strength"),
    "section": ("Section", "Every section"),
    "status": ("Status", "Every status"),
}


def _values(rows: Sequence[Demanded], register: Register) -> dict[str, list[tuple[str, str, Test]]]:
    """By filter, each value with its words and whom it lets through."""
    sections = dict.fromkeys((row.section, row.section_title) for row in rows)
    strengths, statuses = {row.strength for row in rows}, {row.status for row in rows}
    return {
        "authority": _authorities(rows, register),
        "strength": [
            (str(s), str(s.label), lambda row, s=s: row.strength == s)  # type: ignore[misc]
            for s in Strength
            if s in strengths
        ],
        "section": [
            (slug, title, lambda row, slug=slug: row.section == slug)  # type: ignore[misc]
            for slug, title in sections
        ],
        "status": [
            (str(s), str(s.label), lambda row, s=s: row.status == s)  # type: ignore[misc]
            for s in Status
            if s in statuses
        ],
    }


def _authorities(rows: Sequence[Demanded], register: Register) -> list[tuple[str, str, Test]]:
    """Every type that some sentence binds, by itself or within a class; then nobody."""

    def bound(name: str) -> Test:
        return lambda row: register.classes.binds(name, row.binds, row.excepts)

    named = {name for row in rows for name in (*row.binds, *row.excepts)}
    names = sorted(named | register.slugs.keys(), key=str.casefold)
    found = [(register.slug(name), name, bound(name)) for name in names]
    kept = [(slug, name, test) for slug, name, test in found if any(test(row) for row in rows)]
    if any(not row.binds for row in rows):
        kept.append((NOBODY, "No kind of authority is named", lambda row: not row.binds))
    return kept


def _filter(
    name: str,
    rows: Sequence[Demanded],
    values: Sequence[tuple[str, str, Test]],
    active: Mapping[str, Test],
    asked: str,
) -> Filter:
    label, any_words = _LABELS[name]
    others = [test for other, test in active.items() if other != name]
    left = [row for row in rows if all(test(row) for test in others)]
    choices = [
        Choice(value, words, sum(map(test, left)), value == asked) for value, words, test in values
    ]
    problem = ""
    if asked and asked not in {value for value, _, _ in values}:
        problem = f"No sentence here has “{asked}”. Choose another, or leave it at “{any_words}”."
    return Filter(name, label, Choice("", any_words, len(left), not asked), choices, asked, problem)
