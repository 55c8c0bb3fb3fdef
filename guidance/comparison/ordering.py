"""The order in which two editions are read beside each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence


def in_order(
    before: Mapping[str, int], after: Sequence[str], moved: Collection[str] = ()
) -> list[str]:
    """All identities: those of the new edition in its order, and each removed one after what it
    used to follow, or where it began its section, before what it used to precede there.

    `before` gives the section of each identity of the earlier edition, in its order. What has moved
    away takes nothing with it.
    """
    new = frozenset(after)
    if new.issuperset(before):
        return list(after)
    following: dict[str, list[str]] = {}
    leading: dict[str, list[str]] = {}
    anchor, section, began = "", -1, True
    waiting: list[str] = []
    for identity, own in before.items():
        if own != section:
            following.setdefault(anchor, []).extend(waiting)
            waiting, section, began = [], own, True
        if identity not in new:
            (waiting if began else following.setdefault(anchor, [])).append(identity)
        elif identity not in moved:
            if waiting:
                leading[identity], waiting = waiting, []
            anchor, began = identity, False
    following.setdefault(anchor, []).extend(waiting)
    ordered = following.get("", [])
    beside = {*leading, *following}
    for identity in after:
        if identity in beside:
            ordered += (*leading.get(identity, ()), identity, *following.get(identity, ()))
        else:
            ordered.append(identity)
    return ordered
