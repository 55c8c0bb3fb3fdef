"""Checks of pictures: what a person who cannot see them is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidance.actions.edition_source import Source
from guidance.actions.finding import Check, spots

_FILE_NAME = re.compile(
    r"[\w .()-]*\.(?:png|jpe?g|gif|webp|svg|bmp|emf|wmf|tiff?)|(?:image|picture|figure|img|diagram"
    r"|chart|graph|logo|graphic|screenshot)[\s_-]*\d*|\W*",
    re.IGNORECASE,
)


def check_figures(source: Source) -> Iterator[Check]:
    """Pictures without a text alternative, or with one that says nothing."""
    for spot in spots(source):
        if spot.block.kind != "figure":
            continue
        value = spot.block.raw.get("value") or {}
        alt, title = " ".join(str(value.get("alt") or "").split()), spot.block.title
        if not value.get("image"):
            if not value.get("description"):
                yield spot.found(
                    "picture-missing",
                    "The figure has neither a picture nor a description.",
                    "Add the picture, describe it in words, or delete the figure.",
                )
        elif not alt:
            yield spot.found(
                "alt-missing",
                "The picture has no text alternative, so some readers are told nothing of it.",
                "Say in a sentence what a person who cannot see it needs to know.",
            )
        elif _FILE_NAME.fullmatch(alt) or alt.casefold() == title.casefold():
            yield spot.found(
                "alt-unhelpful",
                f"The text alternative says nothing more than “{alt[:60]}”.",
                "Say in a sentence what the picture shows; the caption is read out as well.",
            )
