"""Registers the admin of the folder and the timetable with Wagtail."""

from __future__ import annotations

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from home.admin import log_entries
from home.admin.registers import FolderGroup

register_snippet(FolderGroup)
hooks.register("register_log_actions", log_entries.register)
