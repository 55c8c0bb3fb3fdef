"""Places in an instrument: "section 106(2)(c)(i)" in words, `section/106/2/c/i` as a path."""

from __future__ import annotations

import re
from dataclasses import dataclass

PLACE_NAMES = frozenset(
    (
        "section",
        "part",
        "chapter",
        "schedule",
        "paragraph",
        "regulation",
        "article",
        "rule",
        "annex",
    )
)

_CAPITAL = frozenset({"part", "chapter", "schedule", "annex"})
_NAMES = {
    "section": r"sections?|sects?\.|ss?\.?(?=\s?\d)",
    "part": r"parts?|pts?\.",
    "chapter": r"chapters?",
    "schedule": r"schedules?|schs?\.",
    "paragraph": r"paragraphs?|paras?\.?",
    "regulation": r"regulations?|regs?\.?",
    "article": r"articles?|arts?\.",
    "rule": r"rules?",
    "annex": r"annex(?:es)?",
}
_NAME = "|".join(f"(?P<{name}>{words})" for name, words in _NAMES.items())
_LEAF = r"(?:\d{1,4}[A-Z]{0,3}|[A-Z]{1,2}\d{1,3}[A-Z]?|(?:[IVX]{1,6})(?![a-z])|[A-Z](?![A-Za-z]))"
_SUB = r"(?:\s?\((?:\d{1,3}[A-Z]{0,2}|[a-z]{1,5}|[A-Z]{1,2})\))"
_NUMBER = rf"{_LEAF}{_SUB}*"
_JOIN = r"\s*(?:,\s*(?:and|or)\b|,|;|\band\b|\bor\b|&|\bto\b|–|-)\s*"
_SUBS = rf"{_SUB}+"
_GROUP = re.compile(
    rf"(?<![\w.’'])(?i:{_NAME})\s?(?P<list>{_NUMBER}(?:{_JOIN}(?:{_NUMBER}|{_SUBS})(?![\w]))*)(?![\w]|\.\d)"
)
_INWARD = re.compile(
    rf"(?<![\w.’'])(?i:sub-?sections?|sub-?paragraphs?|paragraphs?|paras?\.?)\s*"
    rf"(?P<inner>{_SUBS}(?:{_JOIN}{_SUBS})*)\s+(?:of|to|in)\s+(?i:{_NAME})\s?(?P<leaf>{_NUMBER})(?![\w]|\.\d)"
)
_ITEM = re.compile(rf"(?P<join>{_JOIN})?(?P<leaf>{_LEAF})?(?P<subs>(?:{_SUB})*)")
_OF = re.compile(r"\s*(?:,?\s*\b(?:of|to|in)\b\s+(?:the\s+)?|,\s*|\s+)", re.IGNORECASE)
_AND = re.compile(
    r"\s*(?:\b(?:of|to|in)\s*,\s*(?:and|or)\b|,\s*(?:and|or)\b|,|\band\b|\bor\b|&)\s*(?:the\s+)?",
    re.IGNORECASE,
)
_STEPS = re.compile(r"[^\s()]+")
_SPAN_LIMIT = 60
_RANK = {"schedule": 0, "annex": 0, "part": 1, "chapter": 2}


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Places named together in a text, from `start` to `end`; `spans` are where each is named, the
    whole for those that only a range implies."""

    start: int
    end: int
    places: tuple[str, ...]
    name: str
    bracketed: bool
    spans: tuple[tuple[int, int], ...] = ()


def parse_places(words: str) -> list[str]:
    """The places that `words` name ("sections 106 and 111", "Part 5, Chapter 1 and Part 7")."""
    return [place for group in find_places(words) for place in group.places]


def place_words(place: str) -> str:
    """A place as it is cited: "section 106(2)(c)(i)", "Chapter 1 of Part 5"."""
    said: list[str] = []
    for step in filter(None, place.split("/")):
        if step in PLACE_NAMES:
            said.append(step.capitalize() if step in _CAPITAL else step)
        elif said and said[-1].lower() in PLACE_NAMES:
            said[-1] += f" {step}"
        elif said:
            said[-1] += f"({step})"
    return " of ".join(reversed(said))


def names_place(text: str) -> bool:
    """Whether the text names any place at all."""
    return _GROUP.search(text) is not None


def find_places(text: str) -> list[PlaceGroup]:
    """Every group of places in `text`, in order; what they are places of is not looked at."""
    groups = [_inward(found) for found in _INWARD.finditer(text)]
    taken = [(group.start, group.end) for group in groups]
    for found in _GROUP.finditer(text):
        if any(start <= found.start() < end for start, end in taken):
            continue
        name = next(n for n in _NAMES if found[n])
        start, end, listed = found.start(), found.end(), found.start("list")
        leaves = _leaves(found["list"])
        places = tuple(f"{name}/{leaf}" for leaf, _ in leaves)
        spans = [(listed + s[0], listed + s[1]) if s else (start, end) for _, s in leaves]
        spans[0] = (start, spans[0][1])
        groups.append(PlaceGroup(start, end, places, name, "(" in found["list"], tuple(spans)))
    return _combined(sorted(groups, key=lambda group: group.start), text)


def _inward(found: re.Match[str]) -> PlaceGroup:
    """ "subsections (2) and (3) of section 106" is 106/2 and 106/3."""
    name = next(n for n in _NAMES if found[n])
    leaf = "/".join(_STEPS.findall(found["leaf"]))
    subs = list(re.finditer(_SUBS, found["inner"]))
    places = tuple("/".join((name, leaf, *_STEPS.findall(sub[0]))) for sub in subs)
    at = found.start("inner")
    spans = [(at + sub.start(), at + sub.end()) for sub in subs]
    spans[0] = (found.start(), spans[0][1])
    spans[-1] = (spans[-1][0], found.end())
    return PlaceGroup(found.start(), found.end(), places, name, True, tuple(spans))


def _leaves(listed: str) -> list[tuple[str, tuple[int, int] | None]]:
    """ "19(2)(f) & (g)" is 19/2/f and 19/2/g; "106 to 108" is each of the three. Each with where it
    stands in the list, None where only the range implies it."""
    leaves: list[tuple[str, tuple[int, int] | None]] = []
    for item in _ITEM.finditer(listed):
        subs = re.findall(r"\(([^)]*)\)", item["subs"])
        if item["leaf"]:
            leaf = "/".join((item["leaf"], *subs))
            if leaves and item["join"] and item["join"].strip() in ("to", "-", "–"):
                leaves += [(between, None) for between in _between(leaves[-1][0], leaf)]
            leaves.append((leaf, (item.start("leaf"), item.end())))
        elif subs and leaves:
            stem = leaves[-1][0].split("/")
            leaf = "/".join((*stem[: max(1, len(stem) - len(subs))], *subs))
            leaves.append((leaf, (item.end() - len(item["subs"].lstrip()), item.end())))
    return leaves


def _between(first: str, last: str) -> list[str]:
    if not (first.isdigit() and last.isdigit()):
        return []
    low, high = int(first), int(last)
    return [str(n) for n in range(low + 1, high)] if 0 < high - low <= _SPAN_LIMIT else []


def _combined(groups: list[PlaceGroup], text: str) -> list[PlaceGroup]:
    """Groups that belong to one place ("Chapter 1 of Part 5", "Schedule 2, paragraph 3",
    "Part 7 section 138") become one; sections are numbered through an Act, so a part or chapter
    named beside a section is left out."""
    combined: list[PlaceGroup] = []
    for group in groups:
        joined = _join(combined[-1], group, text) if combined else None
        if joined:
            combined[-1] = joined
        else:
            combined.append(group)
    return combined


def _join(left: PlaceGroup, right: PlaceGroup, text: str) -> PlaceGroup | None:
    link = text[left.end : right.start]
    last = left.places[-1].split("/")[-2] if len(left.places) == 1 else left.name
    if not _OF.fullmatch(link) or (left.name == right.name and left.name != "paragraph"):
        return None
    outward = bool(re.search(r"\b(?:of|to|in)\b", link, re.IGNORECASE))
    inner, outer = (left, right) if outward else (right, left)
    if len(outer.places) != 1 or not _holds(outer.name if outward else last, inner.name):
        return None
    if inner.name in ("section", "regulation", "article", "rule"):
        places = inner.places
    else:
        places = tuple(f"{outer.places[0]}/{place}" for place in inner.places)
    spans = list(inner.spans)
    spans[0] = (min(left.start, spans[0][0]), spans[0][1])
    spans[-1] = (spans[-1][0], max(right.end, spans[-1][1]))
    return PlaceGroup(left.start, right.end, places, inner.name, inner.bracketed, tuple(spans))


def _holds(outer: str, inner: str) -> bool:
    if inner == "paragraph":
        return outer in ("schedule", "annex", "part")
    if outer not in _RANK or inner == "schedule":
        return False
    return _RANK[outer] < _RANK.get(inner, 9)


def joined_by_and(text: str, left_end: int, right_start: int) -> bool:
    """Whether only "and", a comma or the like stands between two groups."""
    return _AND.fullmatch(text[left_end:right_start]) is not None
