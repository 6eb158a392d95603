"""The check-up of an organization: what is recorded of it, held against the rules.

No points and no rank: each check says what was found, where it stands and who sees to it.
"""

from datetime import date
from typing import Any

from activities.checkup.body import of_body
from activities.checkup.members import of_members
from activities.checkup.result import Check, Checkup, Part, Verdict
from activities.checkup.sites import of_sites
from activities.checkup.year import of_year
from organizations.models import PartyOrganization

__all__ = ["Check", "Checkup", "Part", "Verdict", "checkup"]


def checkup(organization: PartyOrganization, user: Any, day: date) -> Checkup:
    """On that day; whoever may not read dues is told nothing of them."""
    return Checkup(
        (
            Part("组织设置和班子", tuple(of_body(organization, day))),
            Part("党员队伍", tuple(of_members(organization, user, day))),
            Part(f"{day.year}年组织生活", tuple(of_year(organization, day))),
            Part("活动阵地", tuple(of_sites(organization, day))),
        )
    )
