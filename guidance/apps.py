"""Documents, editions, sections, the ledger, statute, import and export."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate

from guidance import guards


class GuidanceConfig(AppConfig):
    name = "guidance"
    verbose_name = "Guidance"

    def ready(self) -> None:
        from guidance.actions import review_notices
        from guidance.actions.check_settings import check_settings
        from guidance.actions.registers import ensure_registers

        checks.register(check_settings)
        pre_migrate.connect(guards.make_way, sender=self, dispatch_uid="guidance.guards")
        post_migrate.connect(guards.put_back, sender=self, dispatch_uid="guidance.guards")
        post_migrate.connect(ensure_registers, sender=self, dispatch_uid="guidance.registers")
        review_notices.connect()
