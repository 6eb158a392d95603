"""The tabs of an organization's page that this app fills itself."""

from typing import Any

from core import audit
from organizations.branches import Branches
from organizations.cases.story import story
from organizations.models import OrganizationChange
from organizations.tabs import Brief, Log, Tab, Visit, logs_for, register_log, register_tab

ACTS, ON_CARD = 100, 4


def register() -> None:
    register_tab(Tab("facts", "基本情况", "organizations/_facts.html", _facts, order=0))
    register_tab(Tab("below", "下级党组织", "organizations/_below.html", _below, order=30))
    register_tab(
        Tab("history", "变更记录", "organizations/_changes.html", _history, order=90, brief=_brief)
    )
    register_log(Log("terms", "班子任期", "organizations.view", lambda body: body.terms.all()))


def _facts(visit: Visit) -> dict[str, Any]:
    placements = visit.organization.placements.select_related("parent")
    return {"placements": placements.order_by("-valid_from")}


def _below(visit: Visit) -> dict[str, Any]:
    branches = Branches(visit.user, visit.day)
    return {"level": branches.below(visit.organization, 1, whole="all" in visit.query)}


def _history(visit: Visit) -> dict[str, Any]:
    organization = visit.organization
    acts = OrganizationChange.objects.visible_to(visit.user).of(organization.pk)
    acts = acts.select_related("actor").prefetch_related("parts__organization")
    return {
        "stories": [story(act) for act in acts[:ACTS]],
        "history": audit.history_of(organization, user=visit.user),
        "logs": [
            (log.label, audit.log_of(log.targets(organization), user=visit.user))
            for log in logs_for(visit.user)
        ],
    }


def _brief(visit: Visit) -> Brief:
    """The latest acts up to the day, for the printed card."""
    acts = OrganizationChange.objects.visible_to(visit.user).of(visit.organization.pk)
    acts = acts.filter(effective_on__lte=visit.day)
    rows = tuple(
        (act.effective_on.isoformat(), act.get_kind_display(), act.document, act.reason)
        for act in acts[:ON_CARD]
    )
    return Brief("变动情况", ("生效日期", "事项", "批准文号", "原因"), rows, acts.count())
