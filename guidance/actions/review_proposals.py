"""Proposes what an inserted paragraph was split from, and into what a removed one was merged, from
the words that they share; an editor decides."""

from __future__ import annotations

from collections.abc import Sequence

from guidance.alignment import Item
from guidance.alignment.matcher import Matcher
from guidance.comparison import Row, Side


def propose_joins(rows: Sequence[Row]) -> dict[str, str]:
    """By identity: the earlier paragraph that an inserted one was split from, and the draft's
    paragraph that a removed one went into, as references. Only changed rows are compared, each
    with the few that share its rarest words."""
    rows = [row for row in rows if row.changes and row.side.reference]
    olds = [row.before for row in rows if row.before]
    news = [row.after for row in rows if row.after]
    if not any(row.before is None or row.after is None for row in rows):
        return {}
    matcher = Matcher([_item(side) for side in olds], [_item(side) for side in news])
    place = {side.identity: at for at, side in enumerate(olds)}
    for at, side in enumerate(news):
        if side.identity in place:
            matcher.pair(place[side.identity], at, 1.0)
    parts = matcher.parts()
    found = {news[part].identity: olds[whole].reference for part, whole in parts.split.items()}
    found |= {olds[part].identity: news[whole].reference for part, whole in parts.merged.items()}
    return found


def _item(side: Side) -> Item:
    return Item(side.identity, side.kind, side.number, side.title, side.text, str(side.section))
