"""Where dues hang in the rest of the product: scope of branch secretaries, log, member page."""

from datetime import date
from typing import Any

from django.db.models import Q

from core import audit, deadlines, object_dates
from members.dues import services
from members.dues.deadlines import long_unpaid
from members.dues.imports import register_sheet
from members.models import DuesBase, DuesRecord, DuesRelief, PartyMember
from members.tabs import MemberTab, register_tab
from organizations.scoping import AssignedRule, Reach, Scope, register_assigned

SHOWN = 24  # months


def register() -> None:
    """Called from AppConfig.ready."""
    register_sheet()
    deadlines.register("dues", "长期未交党费", long_unpaid)
    register_tab(
        MemberTab("dues", "党费", "members/_dues_tab.html", _provide, services.CHANGE, order=40)
    )
    for verb, label in services.VERBS.items():
        audit.register_verb(verb, label)
    for model, lookup in (
        (DuesBase, "member__person__home_organization__path__in"),
        (DuesRecord, "organization__path__in"),
        (DuesRelief, "organization__path__in"),
    ):
        object_dates.guard(model, services.CHANGE)
        register_assigned(model._meta.label, Reach.OWN_BRANCH, own_branch(lookup))


def own_branch(lookup: str) -> AssignedRule:
    """Rows that the secretary of the branch at `lookup` sees."""

    def rule(scope: Scope, on: date) -> Q:
        return Q(**{lookup: scope.posts_of(Reach.OWN_BRANCH)})

    return rule


def _provide(user: Any, member: PartyMember) -> dict[str, Any]:
    """The bases and reliefs of a member, and the latest payments."""
    records = DuesRecord.objects.visible_to(user).filter(member=member)
    return {
        "bases": DuesBase.objects.visible_to(user).filter(member=member),
        "reliefs": DuesRelief.objects.visible_to(user).filter(member=member),
        "records": records.select_related("organization").order_by("-month")[:SHOWN],
        "member": member,
    }
