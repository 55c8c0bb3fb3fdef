"""What one issued edition says of words: its abbreviations with their long forms, and what it calls
the instruments that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from guidance.actions.citing import defines
from guidance.actions.explaining import abbreviations_in
from guidance.models import Entry, Kind
from guidance.statute import Names, Register, bare_name, find_definitions

_FIRST_WORDS = re.compile(r"[^.,;:(–—\n]*")
_SHORT = re.compile(r"[A-Z][A-Za-z&]{1,7}")


@dataclass(frozen=True, slots=True)
class Said:
    """`abbreviations` are pairs of short and long; `instruments` are names without their article,
    with the paths that they mean, "" where the edition itself means two things by one."""

    abbreviations: Sequence[tuple[str, str]]
    instruments: Mapping[str, str]


def said_in(edition: int, definitions: Iterable[Mapping[str, str]], register: Register) -> Said:
    """What an edition says, in one query."""
    rows = list(
        Entry.objects.filter(edition=edition)
        .exclude(version__kind=Kind.HEADING)
        .order_by("position")
        .values_list("version__kind", "version__title", "version__text")
    )
    given = [(row.get("term", ""), row.get("meaning", "")) for row in definitions]
    terms = [
        *((title, text.partition("\n")[2]) for kind, title, text in rows if kind == Kind.GLOSSARY),
        *given,
    ]
    paired = [
        *terms,
        *(pair for kind, _, text in rows if kind == Kind.TABLE for pair in _cells(text)),
    ]
    lines = [escape(text, quote=False) for _, _, text in rows if "(" in text]
    lines += [words for short, long in paired for words in _as_in_brackets(short, long)]
    return Said(
        list(abbreviations_in(lines).items()),
        _instruments(terms, [text for _, _, text in rows], register),
    )


def _cells(text: str) -> Iterator[tuple[str, str]]:
    """The first two cells of each row of a table, either of which may be the abbreviation."""
    for row in text.split("\n"):
        first, tab, rest = row.partition("\t")
        if tab:
            second = rest.partition("\t")[0]
            yield first, second
            yield second, first


def _as_in_brackets(short: str, long: str) -> Iterator[str]:
    """ "Local Area Agreement (LAA)" of a term "LAA" that means "a local area agreement, which …"."""
    if _SHORT.fullmatch(short.strip()):
        words = _FIRST_WORDS.match(long)
        capitals = " ".join(w[:1].upper() + w[1:] for w in words[0].split()) if words else ""
        yield escape(f"{capitals} ({short.strip()})", quote=False)
    elif "(" in short:
        yield escape(short, quote=False)


def _instruments(
    terms: Iterable[tuple[str, str]], texts: Iterable[str], register: Register
) -> dict[str, str]:
    """What the edition calls instruments, from its terms and from its words ("the 1999 Act")."""
    named: dict[str, set[str]] = {}
    for name, instrument in Names(dict(terms), register).instruments.items():
        if instrument is not None:
            named.setdefault(name, set()).add(instrument.path)
    for text in texts:
        if defines(text):
            for words, mention in find_definitions(text, register):
                path = mention.instrument.path if mention.instrument else ""
                named.setdefault(bare_name(words), set()).add(path)
    return {name: paths.pop() if len(paths) == 1 else "" for name, paths in named.items()}
