"""The tabs of an organization's page that this app fills itself."""

from typing import Any

from core import audit
from organizations.branches import Branches
from organizations.tabs import Tab, Visit, register_tab


def register() -> None:
    register_tab(Tab("facts", "基本情况", "organizations/_facts.html", _facts, order=0))
    register_tab(Tab("below", "下级党组织", "organizations/_below.html", _below, order=30))
    register_tab(Tab("history", "变更记录", "organizations/_history.html", _history, order=90))


def _facts(visit: Visit) -> dict[str, Any]:
    placements = visit.organization.placements.select_related("parent")
    return {"placements": placements.order_by("-valid_from")}


def _below(visit: Visit) -> dict[str, Any]:
    branches = Branches(visit.user, visit.day)
    return {"level": branches.below(visit.organization, 1, whole="all" in visit.query)}


def _history(visit: Visit) -> dict[str, Any]:
    return {"history": audit.history_of(visit.organization)}
