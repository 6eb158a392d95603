"""Transfers, absences, losses and findings on the page of their member."""

from typing import Any

from django.urls import reverse

from members.codes import Standing
from members.models import PartyMember
from members.services.cases import CHANGE
from members.tabs import MemberTab, register_tab


def register() -> None:
    register_tab(MemberTab("flow", "流动与转接", "members/_flow_tab.html", _provide, order=20))


def _provide(user: Any, member: PartyMember) -> dict[str, Any]:
    """Every row of the member that the reader may see, the newest of each kind first."""
    rows = [
        (kind, row)
        for kind, found in (
            ("组织关系转接", member.transfers.visible_to(user).select_related("receiver")),
            ("流动登记", member.mobile_records.visible_to(user).select_related("host")),
            ("失联登记", member.lost_cases.visible_to(user)),
            ("双找发现", member.findings.visible_to(user)),
        )
        for row in found
    ]
    may = user.has_perm(CHANGE) and member.standing == Standing.ACTIVE
    steps = (("开具介绍信", "transfer_new"), ("登记流动", "mobile_new"), ("登记失联", "lost_new"))
    starts = [
        (label, f"{reverse(f'members:{route}')}?member={member.pk}") for label, route in steps
    ]
    return {"cases": rows, "starts": starts if may else []}
