"""Makes e-mails by code, for tests."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime
from itertools import count
from typing import Any

from django.utils import timezone

_counter = count(1)


def mail(text: str = "Q1: Yes.\n", **headers: Any) -> EmailMessage:
    """From Robin to the parks team, received now."""
    number = next(_counter)
    message = EmailMessage()
    given = {
        "Received": f"from a by b; {format_datetime(timezone.now())}",
        "From": "Robin Example <robin@example.org>",
        "To": "parks@department.example",
        "Subject": "Consultation response",
        "Message-ID": f"<{number}@example.org>",
        "Date": format_datetime(timezone.now()),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    for name, value in given.items():
        if value:
            message[name] = value
    message.set_content(text)
    return message
