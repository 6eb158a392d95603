"""Hangs activities into the tables of a new database and the scope of branch secretaries."""

from typing import Any

from django.db.models.signals import post_migrate

from activities import models, standard
from members.dues.setup import own_branch
from organizations.scoping import Reach, register_assigned

_OF_BRANCH = {
    models.Activity: "organization__path__in",
    models.PartyGroup: "organization__path__in",
    models.ActivityStep: "activity__organization__path__in",
    models.ActivityVersion: "activity__organization__path__in",
    models.Attendance: "activity__organization__path__in",
    models.ActivityDecision: "activity__organization__path__in",
    models.ActivityPhoto: "activity__organization__path__in",
}


def register(app: Any) -> None:
    """Called from AppConfig.ready."""
    for model, lookup in _OF_BRANCH.items():
        register_assigned(model._meta.label, Reach.OWN_BRANCH, own_branch(lookup))
    post_migrate.connect(standard.after_migrate, sender=app, dispatch_uid="activities.kinds")
