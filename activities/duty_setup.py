"""Hangs duties into the rest of the product: the rows that a new database begins with."""

from typing import Any

from django.db.models.signals import post_migrate

from activities import demands, duty_standard, parameters
from activities.models import AppraisalResult
from activities.services.appraising import APPRAISE
from activities.services.duty_rows import VERBS
from core import audit, burden
from members.dues.setup import own_branch
from organizations.scoping import Reach, register_assigned

__all__ = ["parameters", "register"]  # parameters are declared by being imported


def register(app: Any) -> None:
    """Called from AppConfig.ready, after the kinds are registered, on which duties rest."""
    post_migrate.connect(duty_standard.after_migrate, sender=app, dispatch_uid="activities.duties")
    for verb, label in VERBS.items():
        audit.register_verb(verb, label)
    audit.register_verb(APPRAISE, "登记民主评议结果")
    burden.register(demands.of_month)
    of_branch = own_branch("activity__organization__path__in")
    register_assigned(AppraisalResult._meta.label, Reach.OWN_BRANCH, of_branch)
