"""Members of one's own branch from whom no dues have come for long: rows of the work page."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from core.dates import today
from core.deadlines import Deadline
from members.dues import parameters, reckoning
from members.dues.arrears import late
from members.dues.services import CHANGE
from members.models import PartyMember
from organizations.scoping import Reach

SHOWN = 50  # the list 长期未交 shows all


def long_unpaid(user: Any, until: date) -> Iterator[Deadline]:
    """For the secretary of the branch; whoever sees more has the list."""
    branches = user.scope.posts_of(Reach.OWN_BRANCH)
    if not branches or not user.has_perm(CHANGE):
        return
    day = today()
    months = parameters.LATE_MONTHS.value(on=day)
    own = PartyMember.objects.visible_to(user).filter(person__home_organization__path__in=branches)
    for member in late(own, day).order_by("last_paid", "pk")[:SHOWN]:
        last: date | None = member.last_paid
        due = reckoning.later(last, months + 1) if last else reckoning.month_of(day)
        url = reverse("members:dues_sheet", args=[member.person.home_organization_id])
        what = f"连续 {months} 个月没有登记党费，请催交并登记或说明原因"
        yield Deadline(due, str(member), what, url)
