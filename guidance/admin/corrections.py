"""The editor's corrections of an alignment, as typed: "2.12" continues that paragraph, and nothing
means that a paragraph is new.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from guidance.actions.import_plan import NEW, ImportPlan, Match

PREFIX = "continues-"
_LEAD = re.compile(r"^(?:paragraphs?|paras?\.?)\s+", re.IGNORECASE)


class Answers:
    """What was typed for each paragraph, or what the plan says where nothing was sent.

    `changes` are the answers that differ from the plan (provisional identity -> old identity or
    NEW); `errors` are sentences by provisional identity.
    """

    def __init__(self, plan: ImportPlan, sent: Mapping[str, str] | None = None) -> None:
        self.plan = plan
        self.labels = {old.id: old.label for old in plan.old}
        self.errors: dict[str, str] = {}
        self.changes: dict[str, str] = {}
        self._sent = sent or {}
        self._by_label = {_folded(old.label): old.id for old in plan.old}
        for match in plan.matches:
            if PREFIX + match.id in self._sent:
                self._read(match)

    def typed(self, match: Match) -> str:
        """What the field of this paragraph shows."""
        current = self.labels.get(match.old or "", "")
        return self._sent.get(PREFIX + match.id, current)

    def _read(self, match: Match) -> None:
        words = self._sent[PREFIX + match.id].strip()
        if not words or words.casefold() == "new":
            answer: str | None = NEW
        else:
            answer = self._by_label.get(_folded(words))
        if answer is None:
            self.errors[match.id] = (
                f"The last edition has no paragraph “{words}”. Write a number that it has, such as "
                f"{self.plan.old[0].label if self.plan.old else '2.12'}, or leave this empty."
            )
        elif answer != (match.old or NEW):
            self.changes[match.id] = answer


def _folded(words: str) -> str:
    return " ".join(_LEAD.sub("", words).split()).casefold()
