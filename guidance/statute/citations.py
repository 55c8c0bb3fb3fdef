"""Finds citations of legislation in running text and says which provisions they are of.

A bare "section 2" of guidance is nearly always a chapter of the guidance itself and is not taken
for a citation; a bare "section 106(3)(a)" is one, of the only instrument that its sentence names,
else unresolved.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guidance.statute.defining import defined_beside
from guidance.statute.mentions import InstrumentMention, Names, find_titles, mention_at
from guidance.statute.places import PlaceGroup, find_places, joined_by_and
from guidance.statute.references import Provision, parse_provision
from guidance.statute.titles import KNOWN_INSTRUMENTS, Register

_LINK = re.compile(
    r"\s*,?\s*(?:(?:and\s+)?(?:of|in|to|under|from)\s*,?\s+|and\s+)?(?:(?:both|each)\s+of\s+)?",
    re.I,
)
_BACK = re.compile(r"\s*[,(:]?\s*(?:(?:see|under|at|in particular)\s+)?$")
_SENTENCE = re.compile(r"[.;?!]\s+(?=[A-Z“‘])|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Citation:
    """Characters `start` to `end` of a text cite `provisions`, or None where not resolved.

    `spans` are where each provision is named: the last with its instrument, the whole citation for
    those that only a range implies. `instrument` are the words that name the instrument, if any.
    """

    start: int
    end: int
    words: str
    provisions: tuple[Provision, ...] | None
    spans: tuple[tuple[int, int], ...] = ()
    instrument: str = ""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A citation whose instrument is not known for certain, by its words."""

    words: str

    def __str__(self) -> str:
        return self.words


def find_instruments(
    text: str, titles: Mapping[str, str] | Register = KNOWN_INSTRUMENTS
) -> list[InstrumentMention]:
    """Every instrument that `text` names by its title or by its number, in order."""
    return find_titles(text, Register.of(titles))


def find_citations(
    text: str,
    titles: Mapping[str, str] | Register = KNOWN_INSTRUMENTS,
    definitions: Mapping[str, str] | Names | None = None,
) -> list[Citation]:
    """Citations in order: provisions of an instrument, and instruments named as a whole.

    `titles` maps titles to paths ("ukpga/2007/28"); `definitions` maps the document's own names
    ("the Act") to a path or a title. What the text itself defines in brackets goes before them.
    """
    register = Register.of(titles)
    mentions = find_titles(text, register)
    places = find_places(text)
    if not (mentions or places):
        return []
    names = definitions if isinstance(definitions, Names) else Names(definitions or {}, register)
    names = names.and_also(defined_beside(text, mentions))
    known = [*mentions, *names.all(text)]
    clusters = _clusters(places, text, mentions)
    citations: list[Citation] = []
    bare: list[list[PlaceGroup]] = []
    for index, cluster in enumerate(clusters):
        named = _named_after(text, cluster, mentions, names, register)
        earliest = clusters[index - 1][-1].end if index else 0
        named = named or _named_before(text, cluster, known, earliest)
        if named:
            start, end = min(cluster[0].start, named.start), max(cluster[-1].end, named.end)
            citations.append(_citation(text, start, end, cluster, named))
        elif not _own(text, cluster) and any(g.bracketed and g.name == "section" for g in cluster):
            bare.append(cluster)
    whole = _outside(mentions, citations)
    citations += _bare(text, bare, known)
    citations += [_whole(mention) for mention in whole]
    return sorted(citations, key=lambda citation: citation.start)


def _outside(
    mentions: Sequence[InstrumentMention], citations: Sequence[Citation]
) -> list[InstrumentMention]:
    """Instruments that no citation of a provision has named already."""
    spans = sorted((citation.start, citation.end) for citation in citations)
    found: list[InstrumentMention] = []
    for mention in mentions:
        before = bisect_right(spans, (mention.start, len(spans) and spans[-1][1]))
        if not before or spans[before - 1][1] <= mention.start:
            found.append(mention)
    return found


def parse_provisions(
    text: str,
    titles: Mapping[str, str] | Register = KNOWN_INSTRUMENTS,
    definitions: Mapping[str, str] | None = None,
) -> list[Provision | Unresolved]:
    """The provisions that a field or phrase names, in paths, addresses or words, in order.

    Whatever names none comes back as Unresolved with its words; nothing is left out.
    """
    register = Register.of(titles)
    found: list[Provision | Unresolved] = []
    for piece in filter(None, (p.strip() for p in re.split(r"[;\n]", text))):
        try:
            found.append(parse_provision(piece))
            continue
        except ValueError:
            citations = find_citations(piece, register, definitions)
        for citation in citations:
            found += citation.provisions or [Unresolved(citation.words)]
        if not citations:
            found.append(Unresolved(piece))
    return list(dict.fromkeys(found))


def _clusters(
    groups: Sequence[PlaceGroup], text: str, mentions: Sequence[InstrumentMention]
) -> list[list[PlaceGroup]]:
    """Groups that share what follows: "Part 5, Chapter 1 and Part 7 of the Act"."""
    clusters: list[list[PlaceGroup]] = []
    for group in groups:
        if any(m.start <= group.start < m.end for m in mentions):
            continue
        if clusters and joined_by_and(text, clusters[-1][-1].end, group.start):
            clusters[-1].append(group)
        else:
            clusters.append([group])
    return clusters


def _named_after(
    text: str,
    cluster: Sequence[PlaceGroup],
    mentions: list[InstrumentMention],
    names: Names,
    register: Register,
) -> InstrumentMention | None:
    link = _LINK.match(text, cluster[-1].end)
    assert link is not None
    at = link.end()
    if named := mention_at(text, at, mentions, names, register):
        return named
    article = re.compile(r"the\s+", re.IGNORECASE).match(text, at)
    return mention_at(text, article.end(), mentions, names, register) if article else None


def _named_before(
    text: str, cluster: Sequence[PlaceGroup], known: Sequence[InstrumentMention], earliest: int
) -> InstrumentMention | None:
    """ "Local Government Act 1999, s.3" and "the Act (section 5)"."""
    if _own(text, cluster):
        return None
    before = [m for m in known if earliest <= m.start and m.end <= cluster[0].start]
    if not before:
        return None
    nearest = max(before, key=lambda m: (m.end, -m.start))
    return nearest if _BACK.fullmatch(text[nearest.end : cluster[0].start]) else None


def _own(text: str, cluster: Sequence[PlaceGroup]) -> bool:
    """Whether the guidance speaks of a section of its own."""
    following = text[cluster[-1].end : cluster[-1].end + 40]
    return bool(
        re.match(
            r"\s*(?:of|in|to)\s+(?:this|the|our|that)\s+(?:\w+\s+){0,2}?"
            r"(?:guidance|document|code|chapter|report|plan|paper|circular|framework)\b",
            following,
            re.IGNORECASE,
        )
        or re.match(r"\s+(?:above|below)\b", following)
    )


def _bare(
    text: str, clusters: Sequence[Sequence[PlaceGroup]], mentions: Sequence[InstrumentMention]
) -> list[Citation]:
    """Subsections of no named instrument: of the only one that their sentence names, if any."""
    ends = [m.end() for m in _SENTENCE.finditer(text)]
    named: defaultdict[int, list[InstrumentMention]] = defaultdict(list)
    for mention in mentions:
        named[bisect_right(ends, mention.start)].append(mention)
    citations: list[Citation] = []
    for cluster in clusters:
        start, end = cluster[0].start, cluster[-1].end
        sentence = named[bisect_right(ends, start)]
        only = len({m.instrument for m in sentence}) == 1
        owner = sentence[0] if only else InstrumentMention(start, end, "", None)
        citations.append(_citation(text, start, end, cluster, owner))
    return citations


def _whole(mention: InstrumentMention) -> Citation:
    """An instrument named without a place in it."""
    start, end = mention.start, mention.end
    if mention.instrument is None:
        return Citation(start, end, mention.words, None, instrument=mention.words)
    provisions = (Provision(mention.instrument),)
    return Citation(start, end, mention.words, provisions, ((start, end),), mention.words)


def _citation(
    text: str, start: int, end: int, cluster: Sequence[PlaceGroup], named: InstrumentMention
) -> Citation:
    words = " ".join(text[start:end].split())
    if named.instrument is None:
        return Citation(start, end, words, None, instrument=named.words)
    places: dict[str, tuple[int, int]] = {}
    for group in cluster:
        for place, span in zip(group.places, group.spans, strict=True):
            places.setdefault(place, span)
    spans = list(places.values())
    spans[0] = (min(start, spans[0][0]), spans[0][1])
    spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
    provisions = tuple(Provision(named.instrument, place) for place in places)
    return Citation(start, end, words, provisions, tuple(spans), named.words)
