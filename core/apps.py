"""The app's place in the project."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from core.database import grant_app_role


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "核心"

    def ready(self) -> None:
        post_migrate.connect(grant_app_role, dispatch_uid="core.grant_app_role")
