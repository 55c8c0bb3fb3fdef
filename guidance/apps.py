"""Documents, editions, sections, the ledger, statute, import and export."""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "guidance"
    verbose_name = "Guidance"
