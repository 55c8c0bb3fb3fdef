"""The landing page, the electronic folder and the implementation timetable."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Front door"

    def ready(self) -> None:
        from accounts.roles import ensure_roles
        from guidance.actions.review_steps import ensure_workflow
        from home import following
        from home.site_tree import ensure_site_tree

        following.connect()
        post_migrate.connect(ensure_site_tree, sender=self, dispatch_uid="home.site_tree")
        # After the tree, because roles hold their page permissions on the guidance index.
        post_migrate.connect(ensure_roles, sender=self, dispatch_uid="accounts.roles")
        post_migrate.connect(ensure_workflow, sender=self, dispatch_uid="guidance.review")
