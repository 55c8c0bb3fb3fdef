"""Registers the admin of consultations with Wagtail; all that is registered is in
`consultation.admin`."""

from __future__ import annotations

from wagtail import hooks

from consultation.admin import log_entries

hooks.register("register_log_actions", log_entries.register)
