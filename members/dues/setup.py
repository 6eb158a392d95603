"""Where dues hang in the rest of the product: scope of branch secretaries, log, member page."""

from datetime import date

from django.db.models import Q

from core import audit
from members.dues import services
from members.models import DuesBase, DuesRecord, DuesRelief
from organizations.scoping import AssignedRule, Reach, Scope, register_assigned


def register() -> None:
    """Called from AppConfig.ready."""
    for verb, label in services.VERBS.items():
        audit.register_verb(verb, label)
    for model, lookup in (
        (DuesBase, "member__person__home_organization__path__in"),
        (DuesRecord, "organization__path__in"),
        (DuesRelief, "organization__path__in"),
    ):
        register_assigned(model._meta.label, Reach.OWN_BRANCH, own_branch(lookup))


def own_branch(lookup: str) -> AssignedRule:
    """Rows that the secretary of the branch at `lookup` sees."""

    def rule(scope: Scope, on: date) -> Q:
        return Q(**{lookup: scope.posts_of(Reach.OWN_BRANCH)})

    return rule
