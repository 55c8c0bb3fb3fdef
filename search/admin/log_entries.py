"""How what editors teach the search reads in Wagtail's audit log."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter

from search.actions import remaking, teaching


def register(actions: LogActionRegistry) -> None:
    """For the hook `register_log_actions`."""
    actions.register_action(teaching.SYNONYM_CHANGED)(SynonymChanged)
    actions.register_action(remaking.MADE)(Made)
    actions.register_action(remaking.FAILED)(Failed)
    for action, label, message in (
        (teaching.SYNONYM_ADDED, "Add synonym", "Said that these mean the same"),
        (teaching.SYNONYM_REMOVED, "Delete synonym", "Said that these no longer mean the same"),
        (teaching.PROMOTED, "Promote result", "Had a result shown first for this search"),
        (teaching.UNPROMOTED, "Stop promoting", "No longer has a result shown first for it"),
        (teaching.ARRANGED, "Arrange promoted", "Changed the order of what is shown first for it"),
        (remaking.ASKED, "Make the search index again", "Asked for a new search index"),
    ):
        actions.register_action(action, label, message)


class SynonymChanged(LogFormatter):
    label = "Edit synonym"

    def format_message(self, log_entry: Any) -> str:
        return f"Said what these mean, which were “{log_entry.data.get('before', '')}”"


class Made(LogFormatter):
    label = "Search index made again"

    def format_message(self, log_entry: Any) -> str:
        return f"A new search index was made, of {log_entry.data.get('items', 0):,} items"


class Failed(LogFormatter):
    label = "Search index not made"

    def format_message(self, log_entry: Any) -> str:
        return "A new search index could not be made"

    def format_comment(self, log_entry: Any) -> str:
        return str(log_entry.data.get("reason", ""))
