"""Where trainings, the pool and organizers hang in the rest of the product: scope and log."""

from core import audit
from core.readable import register_words
from members.dues.setup import own_branch
from members.models import TalentEntry, TalentPlacement, Training, TrainingAttendance
from members.talent import parameters, services
from organizations.scoping import Reach, register_assigned

__all__ = ["parameters", "register"]  # parameters are declared by being imported


def register() -> None:
    """Called from AppConfig.ready."""
    for verb, label in services.VERBS.items():
        audit.register_verb(verb, label)
    register_words("members.training", attendances="参加人员")
    for model, lookup in (
        (Training, "organization__path__in"),
        (TrainingAttendance, "person__home_organization__path__in"),
        (TalentEntry, "person__home_organization__path__in"),
        (TalentPlacement, "entry__person__home_organization__path__in"),
    ):
        register_assigned(model._meta.label, Reach.OWN_BRANCH, own_branch(lookup))
