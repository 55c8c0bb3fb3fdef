"""The form of whatever has dates: a date that an editor changes is kept as an update of the plan."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from home.actions.updates import keep_change


class TimedForm(WagtailAdminModelForm):
    """Saves the row and, where its dates are other than before, what was promised."""

    def save(self, commit: bool = True) -> Any:
        row = super().save(commit)
        if commit:
            keep_change(user=self.for_user, row=row)
        return row
