"""Why the final edition of 2009 differs from the draft that was consulted on."""

from __future__ import annotations

from guidance.actions.reviewing import Decision, review_edition
from guidance.models import Change, EditionPage

ASKED = "Asked for by most who answered the consultation."
REASONS = {
    "1.3": (Change.EDITORIAL, "Reads better; nothing else is changed."),
    "2.3": (Change.SUBSTANTIVE, "The date of commencement is settled."),
    "2.5": (Change.SUBSTANTIVE, "The Act requires all three forms to be considered."),
    "2.9": (Change.SUBSTANTIVE, "Three answers in four to question 1 asked for twelve weeks."),
    "2.13": (Change.SUBSTANTIVE, "Community bodies had met conditions that shut them out."),
    "3.4": (Change.SUBSTANTIVE, "District councils pointed to the words of the Act."),
    "3.10": (Change.SUBSTANTIVE, "Answers to question 2 found five years too long."),
    "4.7": (Change.SUBSTANTIVE, "Answers to question 3 asked for fewer targets."),
    "4.14": (Change.INSERTED, ASKED),
    "5.7": (Change.EDITORIAL, "A slip of the pen is put right."),
    "5.10": (Change.SUBSTANTIVE, ASKED),
    "5.11": (Change.REMOVED, "Many authorities found that nobody came to such meetings."),
}


def decisions(page: EditionPage) -> list[Decision]:
    """What was decided about the changes of the draft edition, each with its reason."""
    comparison = review_edition(page, blocking_only=True).comparison
    rows = comparison.rows if comparison else ()
    return [
        Decision(row.side.identity, *(str(word) for word in REASONS[row.side.reference]))
        for row in rows
        if row.changes and row.side.reference in REASONS
    ]
