"""Members of the register who work in an enterprise, beside the number that it reported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from enterprises.models import Enterprise, EnterpriseYear
from members.codes import Standing
from members.models import Employment, Membership

GONE = (Standing.SUSPENDED, Standing.LEFT, Standing.DECEASED)


@dataclass(frozen=True)
class Number:
    members: int
    full: int

    def __str__(self) -> str:
        return f"党员 {self.members} 名、正式党员 {self.full} 名"


def working_in(enterprise: Enterprise, day: date) -> Number:
    """Members who worked there on the day; who is gone today counts while a branch held him."""
    held = Membership.objects.as_of(day).values("member")
    party = "person__party_member"
    present = Q(**{f"{party}__in": held}) | ~Q(**{f"{party}__standing__in": GONE})
    full = Q(**{f"{party}__confirmed_on__lte": day})
    found = (
        Employment.objects.as_of(day)
        .filter(present, enterprise=enterprise, **{f"{party}__accepted_on__lte": day})
        .order_by()
        .aggregate(
            members=Count("person", distinct=True),
            full=Count("person", distinct=True, filter=full),
        )
    )
    return Number(found["members"], found["full"])


def disagreement(enterprise: Enterprise, day: date) -> Iterator[str]:
    """That the classes rest on the reported number, where the register knows another one."""
    known = working_in(enterprise, day)
    if not known.members:
        return
    year = EnterpriseYear.objects.as_of(day).filter(enterprise=enterprise).first()
    if year is None:
        yield f"年度情况还没有上报党员数，按没有党员计；党员名册上当日在此从业的有{known}，请补报"
        return
    reported = Number(year.member_count or 0, year.full_member_count or 0)
    if reported != known:
        yield (
            f"党员数按 {year.reference_date} 上报的{reported}计；"
            f"党员名册上当日在此从业的有{known}，请核对上报数"
        )
