"""Check of what a paragraph says it rests on against the statement of status that covers it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from guidance.actions.citing import Cited, Citing
from guidance.actions.earlier import Earlier
from guidance.actions.edition_source import Source
from guidance.actions.finding import Check, Spot
from guidance.content import plain_text
from guidance.edition_text import EditionText, Line
from guidance.editorial.basis import cited_as_its_basis, may_rest_on
from guidance.editorial.words import strings
from guidance.references import Place
from guidance.statute import parse_provision

_Section = tuple[str, str]
"""An instrument's path and the place of a section in it."""


def check_basis(source: Source, text: EditionText, before: Earlier) -> Iterator[Check]:
    """Paragraphs that rest their subject on another section of the Act than their statement does.

    Named is only what the edition cites once: a section that it speaks of elsewhere is meant. The
    paragraphs looked at are those that are new or changed.
    """
    suspects = [
        (line, cited)
        for line, cited in _cited_in_statutory(text, before)
        if _differs(text, line, cited)
    ]
    if not suspects:
        return
    counts = Counter(
        _section(c.provision) for c in Citing(text, before.html).cited() if c.provision
    )
    rested = {_section(p) for row in text.facts.statements for p in row["provisions"] if "/" in p}
    for line, cited in suspects:
        assert cited.provision is not None
        section = _section(cited.provision)
        if counts[section] == 1 and section not in rested:
            yield _found(text, line, cited)


def _cited_in_statutory(text: EditionText, before: Earlier) -> Iterator[tuple[Line, Cited]]:
    lines = [
        line
        for line in text.lines
        if line.provisions
        and (line.identity, line.digest) not in before.versions
        and any(may_rest_on(html) for html in strings(line.block.raw.get("value")))
    ]
    for cited in Citing(text, before.html).cited(lines) if lines else ():
        if cited.provision:
            yield cited.line, cited


def _differs(text: EditionText, line: Line, cited: Cited) -> bool:
    """Whether it cites another section of an Act that its own statement rests on, as the basis of
    what that statement is about."""
    assert cited.provision is not None
    instrument, place = _section(cited.provision)
    stated = [_section(path) for path in line.provisions]
    if not place.startswith("section/") or (instrument, place) in stated:
        return False
    if instrument not in [path for path, _ in stated]:
        return False
    words = plain_text(line.content)
    subjects = (text.facts.statements[i].get("on") or "" for i in line.basis.statements)
    return any(cited_as_its_basis(words, cited.start, subject) for subject in subjects)


def _section(provision: str) -> _Section:
    found = parse_provision(provision)
    return found.instrument.path, "/".join(found.place.split("/")[:2])


def _found(text: EditionText, line: Line, cited: Cited) -> Check:
    instrument = parse_provision(cited.provision or "").instrument
    stated = [p for p in map(parse_provision, line.provisions) if p.instrument == instrument]
    named = " and ".join(dict.fromkeys(p.words for p in stated))
    spot = Spot(text.sections[line.section - 1], line.block, Place(line.reference, line.after))
    return spot.found(
        "provision-differs",
        f"It cites “{cited.words}”, where the statement of status that covers it names {named} of"
        " the same Act; no other paragraph cites that section.",
        "Look whether the citation is a slip; correct it, or the statement.",
    )
