"""A mail server that answers nobody."""

from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """Fails as a real connection does, naming the person in the error."""

    def send_messages(self, email_messages: Any) -> int:
        raise OSError(f"no route to the host of {email_messages[0].to[0]}")
