"""How requests are dealt with, in numbers: open, overdue, repeated, on time, content."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from core.rates import Rate
from enterprises.models import Satisfaction
from enterprises.models.request import ENDED


@dataclass(frozen=True)
class Figures:
    """`on_time` is of those answered or past their deadline, `content` of those confirmed."""

    total: int
    unfinished: int
    overdue: int
    repeated: int
    returned: int
    on_time: Rate
    content: Rate


def figures(requests: Any, day: date) -> Figures:
    """The numbers of these requests on a day, in one query."""
    late = Q(answered_on=None, due_on__lt=day)
    answered = Q(answered_on__isnull=False, due_on__isnull=False)
    found = requests.order_by().aggregate(
        total=Count("pk"),
        unfinished=Count("pk", filter=~Q(state__in=ENDED)),
        overdue=Count("pk", filter=late & ~Q(state__in=ENDED)),
        repeated=Count("pk", filter=Q(earlier__isnull=False)),
        returned=Count("pk", filter=Q(return_count__gt=0)),
        on_time=Count("pk", filter=answered & Q(answered_on__lte=F("due_on"))),
        due=Count("pk", filter=answered | (late & ~Q(state__in=ENDED))),
        content=Count("pk", filter=~Q(satisfaction__in=("", Satisfaction.DISSATISFIED))),
        confirmed=Count("pk", filter=~Q(satisfaction="")),
    )
    return Figures(
        found["total"],
        found["unfinished"],
        found["overdue"],
        found["repeated"],
        found["returned"],
        Rate(found["on_time"], found["due"]),
        Rate(found["content"], found["confirmed"]),
    )
