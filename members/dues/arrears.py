"""Members from whom nothing has come for so long that the branch has to act."""

from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery

from core.validity import valid_on
from members.dues import parameters, reckoning
from members.models import DuesRecord, DuesRelief, Membership, PartyMember


def late(members: QuerySet[PartyMember], day: date) -> QuerySet[Any]:
    """Those of whom no month is recorded for as long as the parameter says, with `last_paid`.

    Months count while the relation is held and the branch keeps its dues here; a waiver excuses.
    """
    months: int = parameters.LATE_MONTHS.value(on=day)
    since = reckoning.later(reckoning.month_of(day), -months)
    kept = DuesRecord.objects.filter(organization=OuterRef("organization"), month__lte=since)
    held = Membership.objects.filter(Exists(kept), member=OuterRef("pk"), valid_from__lte=since)
    paid = DuesRecord.objects.filter(member=OuterRef("pk"))
    waived = DuesRelief.objects.filter(
        valid_on(day), member=OuterRef("pk"), state="approved", kind="waived"
    )
    last = paid.order_by().values("member").annotate(found=Max("month")).values("found")
    return (
        members.filter(
            Exists(held.filter(valid_to=None)),
            ~Exists(paid.filter(month__gte=since)),
            ~Exists(waived),
            standing="active",
        )
        .annotate(last_paid=Subquery(last))
        .select_related("person__home_organization")
    )
