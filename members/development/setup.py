"""Hangs development into log, work page, nightly work and the tables of a new database."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_migrate

from core import audit, deadlines, jobs
from core.readable import register_words
from members.development import cases, editions, standard
from members.development import deadlines as reminders
from members.development.sheet import register_sheet
from members.models import PartyMember
from members.tabs import MemberTab, register_tab
from organizations.scoping import Reach, Scope, register_assigned

_OF_BRANCH = {
    "DevelopmentCase": "organization__path",
    "DevelopmentStep": "case__organization__path",
    "DevelopmentHelper": "case__organization__path",
    "DevelopmentPlan": "organization__path",
}


def register(app: Any) -> None:
    """Called from AppConfig.ready."""
    for verb, label in cases.VERBS.items():
        audit.register_verb(verb, label)
    register_words(
        "members.developmentcase", step="步骤", helpers="培养联系人、入党介绍人", rules="规定"
    )
    for model, lookup in _OF_BRANCH.items():
        register_assigned(f"members.{model}", Reach.OWN_BRANCH, _own(lookup))
    register_sheet()
    register_tab(
        MemberTab("development", "培养发展", "members/_development_tab.html", _tab, order=60)
    )
    deadlines.register("development", "发展党员", reminders.due)
    jobs.register(
        "members.development",
        "更新发展党员进度",
        "short",
        run=lambda run: run.finish(message=f"更新 {cases.refresh_all()} 份档案"),
        nightly=True,
    )
    post_migrate.connect(standard.after_migrate, sender=app, dispatch_uid="members.development")


def _own(lookup: str) -> Callable[[Scope, date], Q]:
    """A branch sees the people whom it develops."""
    return lambda scope, on: Q(**{f"{lookup}__in": scope.posts_of(Reach.OWN_BRANCH)})


def _tab(user: Any, member: PartyMember) -> dict[str, Any]:
    """The cases of the member, with their steps by the name that the rules give them."""
    cases_of = member.person.developments.visible_to(user).prefetch_related("steps")
    labels = editions.load().labels
    return {
        "developments": [
            (case, [(labels.get(step.code, step.code), step) for step in case.steps.all()])
            for case in cases_of
        ]
    }
