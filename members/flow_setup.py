"""Where transfers, absences, lost and hidden members hang in the rest of the product."""

from typing import Any

from django.db.models import Model, Q

from core import audit, deadlines, reveal
from core.masking import Sensitive
from core.readable import register_words
from members import flow_due, flow_tab
from members.models import (
    HiddenMember,
    LostContact,
    LostSearch,
    MembershipTransfer,
    MobileRecord,
)
from members.services import findings, losses, mobiles, transfers
from organizations.scoping import Reach, Scope, register_assigned

# Through which organizations a branch secretary sees a row.
SIDES: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (MembershipTransfer, ("sender", "receiver")),
    (MobileRecord, ("origin", "host")),
    (LostContact, ("organization",)),
    (LostSearch, ("case__organization",)),
    (HiddenMember, ("organization",)),
)


def register() -> None:
    """Called from AppConfig.ready."""
    for service in (transfers, mobiles, losses, findings):
        for verb, label in service.VERBS.items():
            audit.register_verb(verb, label)
    for model, sides in SIDES:
        register_assigned(model._meta.label, Reach.OWN_BRANCH, _own_branch(sides))
    reveal.register(
        MobileRecord,
        scope_path=lambda row: str(mobiles.side_of(row).path),
        origin_phone=Sensitive.PHONE,
        host_phone=Sensitive.PHONE,
    )
    reveal.register(
        HiddenMember, scope_path=lambda row: str(row.organization.path), phone=Sensitive.PHONE
    )
    register_words("members.mobilerecord", refused_on="不予接收日期", member="党员")
    register_words(
        "members.lostcontact",
        by="党组织或查找人",
        document="依据",
        on="查找日期",
        result="查找经过和结果",
    )
    register_words("members.hiddenmember", on="纳入日期")
    deadlines.register("flow", "组织关系和流动党员", flow_due.deadlines)
    flow_tab.register()


def _own_branch(sides: tuple[str, ...]) -> Any:
    def rule(scope: Scope, on: object) -> Q:
        paths, condition = scope.posts_of(Reach.OWN_BRANCH), Q(pk__in=())
        for side in sides:
            condition |= Q(**{f"{side}__path__in": paths})
        return condition

    return rule
