"""How the paragraphs of an edition are addressed: by number, or by title where they have none. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from guidance.numbering import reference_slug

LONGEST = 80
"""Characters of a title that an address keeps."""

_NAMED = {"box": "box", "table": "table", "figure": "figure", "glossary": "term"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: `reference` addresses it (empty where it is not cited by itself),
    `after` is the number of the numbered paragraph that it is or follows in its section."""

    reference: str
    after: str


class Addresses:
    """Gives out the references of one edition, each once, in the order of its blocks."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def section(self, blocks: Iterable[tuple[str, str, str]], prefix: str = "") -> list[Place]:
        """The places of a section's blocks, given as (kind, number, title).

        A number that was given before keeps its reference: two paragraphs of one number are a
        fault that the checks name, not something to hide behind another address.
        """
        places: list[Place] = []
        after = ""
        for kind, number, title in blocks:
            if kind == "paragraph":
                after = number
                reference = _numbered(number, prefix)
                self._given.add(reference)
            else:
                reference = self._titled(kind, title, _numbered(after, prefix) if after else "")
            places.append(Place(reference, after))
        return places

    def _titled(self, kind: str, title: str, after: str) -> str:
        """ "box-on-data-sharing"; then with the number that it follows; then counted."""
        name = _NAMED.get(kind)
        if name is None:
            return ""
        words = slug(title)
        if not words:
            stem = f"{name}-after-{after}" if after else name
            candidates = [stem]
        else:
            stem = words if words.startswith(f"{name}-") else f"{name}-{words}"
            candidates = [stem, f"{stem}-after-{after}"] if after else [stem]
        count = 2
        while candidates[0] in self._given:
            del candidates[0]
            if not candidates:
                candidates.append(f"{stem}-{count}")
                count += 1
        self._given.add(candidates[0])
        return candidates[0]


def slug(title: str) -> str:
    """A title as part of an address: ASCII, hyphens, cut at a word."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")
    if len(words) <= LONGEST:
        return words
    return words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]


@lru_cache(maxsize=8192)
def _numbered(number: str, prefix: str) -> str:
    """The number as an address; what holds neither letter nor digit has none, and is checked."""
    try:
        return reference_slug(number, prefix)
    except ValueError:
        return ""
