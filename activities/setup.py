"""Hangs activities into log, jobs, work page, scope of branch secretaries and a new database."""

from typing import Any

from django.db.models.signals import post_migrate

from activities import deadlines as reminders
from activities import models, paper_job, standard
from activities import work as activity_work
from activities.plan_sheet import register_sheet
from activities.states import VERBS
from core import audit, deadlines
from core.readable import register_words
from members.dues.setup import own_branch
from organizations.scoping import Reach, register_assigned

_OF_BRANCH = {
    models.Activity: "organization__path__in",
    models.PartyGroup: "organization__path__in",
    models.GroupMember: "group__organization__path__in",
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
    register_sheet()
    register_words("activities.partygroup", members="成员")
    register_words("activities.activity", results="评议结果")
    for verb, label in VERBS.items():
        audit.register_verb(verb, label)
    deadlines.register("activities", "组织生活和会议决定事项", reminders.due)
    activity_work.register()
    paper_job.register_kind()
    post_migrate.connect(standard.after_migrate, sender=app, dispatch_uid="activities.kinds")
