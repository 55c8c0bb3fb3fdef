"""An instant as it is typed: London time, whatever time zone the account of whoever types it has."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.widgets import AdminDateTimeInput

from consultation.closing import LONDON

MESSAGES = {"invalid": "Enter a date and a time, such as 2026-02-12 23:59."}


class LondonField(forms.DateTimeField):
    """A date and a time by the clock of London, with Wagtail's chooser; gives an aware instant."""

    widget = AdminDateTimeInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = MESSAGES | kwargs.get("error_messages", {})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime) and timezone.is_aware(value):
            return value.astimezone(LONDON).replace(tzinfo=None)
        return value

    def to_python(self, value: Any) -> datetime | None:
        """ValidationError also for an hour that the clocks leave out or go through twice."""
        if isinstance(value, datetime) and timezone.is_aware(value):
            return value
        try:
            with timezone.override(LONDON):
                return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError("The clocks change in that hour; enter another time.") from error
