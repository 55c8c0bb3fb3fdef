"""Consultations on drafts: questions, responses through every channel, and what is owed for them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ConsultationConfig(AppConfig):
    name = "consultation"
    verbose_name = "Consultation"

    def ready(self) -> None:
        from consultation import known
        from consultation.actions import attaching, following
        from consultation.admin import panels
        from consultation.site_tree import ensure_consultations

        known.connect()
        following.connect()
        panels.connect()
        attaching.connect()
        post_migrate.connect(ensure_consultations, sender=self, dispatch_uid="consultation.tree")
