"""How the acts of starting and reviewing an edition read in Wagtail's audit log."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import LogFormatter

from guidance.actions import reviewing, starting


def register(actions: Any) -> None:
    """For the hook `register_log_actions`."""

    @actions.register_action(starting.LOG_ACTION)
    class StartEdition(LogFormatter):
        label = "Start new edition"

        def format_message(self, log_entry: Any) -> str:
            source = log_entry.data.get("from", "")
            return f"New edition started from “{source}”"

    @actions.register_action(reviewing.LOG_ACTION)
    class DecideChanges(LogFormatter):
        label = "Decide about changes"

        def format_message(self, log_entry: Any) -> str:
            count = len(log_entry.data.get("decisions", ()))
            return f"Decided about {count} change{'' if count == 1 else 's'}"
