"""Refuses a site whose `GUIDANCE_CHECKS` names what is no check, or no severity."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error

from guidance.editorial.codes import faults


def check_settings(app_configs: Any, **options: Any) -> list[Error]:
    """System check: an error for each fault of the setting."""
    chosen = settings.GUIDANCE_CHECKS
    if not isinstance(chosen, dict):
        return [Error("GUIDANCE_CHECKS must be a dict of code to severity.", id="guidance.E001")]
    return [Error(f"GUIDANCE_CHECKS: {fault}", id="guidance.E001") for fault in faults(chosen)]
