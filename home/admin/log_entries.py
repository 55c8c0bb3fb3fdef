"""How the acts on the folder and the timetable read in Wagtail's audit log."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import LogFormatter

ACTS = (
    ("home.take_in_plan", "Take in a plan", "Took in a plan"),
    ("home.change_timings", "Change timings", "Changed when it is promised"),
    ("home.mark_done", "Mark as done", "Marked as done"),
    ("home.mark_not_done", "Mark as not done", "Marked as not done"),
)


def register(actions: Any) -> None:
    """For the hook `register_log_actions`."""
    for name, label, message in ACTS:
        actions.register_action(name)(_formatter(label, message))


def _formatter(words: str, said: str) -> type[LogFormatter]:
    class Act(LogFormatter):
        label = words
        message = said

    return Act
