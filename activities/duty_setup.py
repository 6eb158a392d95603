"""Hangs duties into the rest of the product: the rows that a new database begins with."""

from typing import Any

from django.db.models.signals import post_migrate

from activities import duty_standard, parameters

__all__ = ["parameters", "register"]  # parameters are declared by being imported


def register(app: Any) -> None:
    """Called from AppConfig.ready, after the kinds are registered, on which duties rest."""
    post_migrate.connect(duty_standard.after_migrate, sender=app, dispatch_uid="activities.duties")
