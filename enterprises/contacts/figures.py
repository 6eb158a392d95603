"""What contact points came to: visits, problems heard, problems solved; and their sum."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from core.rates import Rate
from enterprises.models import ContactVisit, EnterpriseRequest, RequestState


def with_results(contacts: Any) -> Any:
    """Annotated with `visit_count`, `last_visit`, `problem_count` and `solved_count`."""
    visits = _of(ContactVisit)
    requests = _of(EnterpriseRequest)
    solved = requests.filter(state=RequestState.CLOSED)
    return contacts.annotate(
        visit_count=_number(visits),
        last_visit=Subquery(visits.annotate(last=Max("visited_on")).values("last")),
        problem_count=_number(requests),
        solved_count=_number(solved),
    )


def _of(model: Any) -> Any:
    """Rows of the outer contact point, as one group."""
    return model.objects.filter(contact_point=OuterRef("pk")).order_by().values("contact_point")


def _number(rows: Any) -> Any:
    counted = Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return Coalesce(counted, 0)


@dataclass(frozen=True)
class Figures:
    """`visited` is of the enterprises: those that were visited at least once."""

    leaders: int
    enterprises: int
    visited: Rate
    visits: int
    solved: Rate


def figures(contacts: Any) -> Figures:
    """The sum of contact points that carry their results."""
    found = contacts.order_by().aggregate(
        leaders=Count(("leader"), distinct=True),
        enterprises=Count("enterprise", distinct=True),
        visited=Count("enterprise", distinct=True, filter=Q(visit_count__gt=0)),
        visits=Sum(F("visit_count")),
        problems=Sum(F("problem_count")),
        solved=Sum(F("solved_count")),
    )
    return Figures(
        found["leaders"],
        found["enterprises"],
        Rate(found["visited"], found["enterprises"]),
        found["visits"] or 0,
        Rate(found["solved"] or 0, found["problems"] or 0),
    )
