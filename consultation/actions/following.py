"""What has to be done from time to time beside the site: it happens whenever the site looks for
editions that are due (`manage.py publish_due_editions`). Each job can be run twice without harm."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from consultation.actions.counting import fold
from consultation.actions.erasing import erase_what_is_due
from consultation.actions.letters import send_due
from consultation.actions.mailbox import receive_mail_if_set
from consultation.actions.reminding import send_reminders
from consultation.actions.scanning import scan_waiting
from guidance.signals import looked_for_due

logger = logging.getLogger("consultation")

JOBS: tuple[Callable[[], object], ...] = (
    fold,
    send_reminders,
    send_due,
    scan_waiting,
    receive_mail_if_set,
    erase_what_is_due,
)


def connect() -> None:
    """Once, when the app is ready."""
    looked_for_due.connect(follow, dispatch_uid="consultation.following")


def follow(**_: Any) -> None:
    """Do what is owed; one job that fails does not keep the others from their turn."""
    for job in JOBS:
        try:
            job()
        except Exception as error:  # of whatever kind: its words may quote a response
            logger.error("event=follow_failed job=%s kind=%s", job.__name__, type(error).__name__)
