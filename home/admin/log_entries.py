"""How the acts on the folder and the timetable read in Wagtail's audit log."""

from __future__ import annotations

from wagtail.log_actions import LogActionRegistry

ACTS = (
    ("home.take_in_plan", "Take in a plan", "Took in a plan"),
    ("home.change_timings", "Change timings", "Changed when it is promised"),
    ("home.mark_done", "Mark as done", "Marked as done"),
    ("home.mark_not_done", "Mark as not done", "Marked as not done"),
)


def register(actions: LogActionRegistry) -> None:
    """For the hook `register_log_actions`."""
    for name, label, message in ACTS:
        actions.register_action(name, label, message)
