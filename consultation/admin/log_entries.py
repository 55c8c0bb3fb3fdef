"""How the acts on consultations and responses read in Wagtail's audit log."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter

ACTS = (
    ("consultation.submit", "Submit response", "Was submitted by the respondent"),
    ("consultation.withdraw", "Withdraw response", "Was withdrawn by the respondent"),
    ("consultation.extend", "Extend consultation", "Extended the consultation"),
    ("consultation.ask", "Add question", "Added a question"),
    ("consultation.reword", "Reword question", "Reworded a question"),
    ("consultation.retire", "Take question out", "Took a question out"),
    ("consultation.reorder", "Reorder questions", "Put the questions in another order"),
    ("consultation.take_in", "Take in response", "Took in a response"),
    ("consultation.enter", "Enter response", "Changed what was entered"),
    ("consultation.place", "Place words", "Placed words of a response"),
    ("consultation.check", "Check response", "Checked what was entered"),
    ("consultation.admit", "Admit late response", "Admitted a late response"),
    ("consultation.refuse", "Refuse late response", "Refused a late response"),
    ("consultation.read_confidential", "Read confidential words", "Read confidential words"),
    ("consultation.download", "Download file", "Downloaded a file of a response"),
    ("consultation.export", "Export responses", "Exported responses"),
    ("consultation.erase", "Erase personal data", "Erased personal data"),
    ("consultation.give_access", "Answer request for access", "Put together what is held"),
)


def register(actions: LogActionRegistry) -> None:
    """For the hook `register_log_actions`."""
    for name, label, message in ACTS:
        actions.register_action(name)(type("Act", (Act,), {"label": label, "message": message}))


class Act(LogFormatter):
    """With the reason that was given, where one was."""

    def format_comment(self, log_entry: Any) -> str:
        return str((log_entry.data or {}).get("reason", ""))
