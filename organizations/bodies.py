"""What the product must know of leading bodies: verbs, the nightly reminder, deadlines, scope."""

from datetime import date

from django.db.models import Q

from core import audit, deadlines, jobs
from organizations import elections, parameters, term_consequences, term_sheet, terms
from organizations import work as organization_work
from organizations.deadlines import elections_due, remind
from organizations.models import ElectionStep, LeadershipTerm, TermElection
from organizations.scoping import Reach, Scope, register_assigned

__all__ = ["parameters", "register"]  # parameters are declared by being imported


def register() -> None:
    """Called once when the apps are ready."""
    for verb, label in {**terms.VERBS, **elections.VERBS}.items():
        audit.register_verb(verb, label)
    jobs.register("organizations.terms", "提醒换届", "short", run=remind, nightly=True)
    deadlines.register("elections", "换届", elections_due)
    organization_work.register()
    term_sheet.register_sheets()
    term_consequences.register()
    for model in (LeadershipTerm, TermElection):
        register_assigned(model._meta.label, Reach.OWN_BRANCH, _own_branch)
    register_assigned(
        ElectionStep._meta.label,
        Reach.OWN_BRANCH,
        lambda scope, on: Q(election__organization__path__in=scope.posts_of(Reach.OWN_BRANCH)),
    )


def _own_branch(scope: Scope, on: date) -> Q:
    return Q(organization__path__in=scope.posts_of(Reach.OWN_BRANCH))
