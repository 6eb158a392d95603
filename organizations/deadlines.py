"""Elections that fall due: on the work page from the first reminder on, and as nightly messages."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from core import notices
from core.dates import today
from core.deadlines import Deadline
from core.jobs import JobRun
from core.models import MessageKind
from organizations import audience
from organizations.elections import REVIEW, RUN
from organizations.models import LeadershipTerm, PartyOrganization, TermElection
from organizations.parameters import body_rules_on
from organizations.rules import APPOINTED, ELECTING, reminder

SHOWN = 100  # the most urgent; the rest stands in the list of terms


def running(day: date) -> Any:
    """Present terms of bodies that are elected, with `ends` and whether a case `is_open`."""
    cases = TermElection.objects.open().filter(organization=OuterRef("organization"))
    return (
        LeadershipTerm.objects.as_of(day)
        .filter(
            Q(organization__abolished_on__isnull=True) | Q(organization__abolished_on__gt=day),
            organization__kind__in=ELECTING,
        )
        .exclude(organization__nature__in=APPOINTED)
        .annotate(ends=Coalesce("extended_to", "expires_on"), is_open=Exists(cases))
    )


def with_terms(organizations: QuerySet[PartyOrganization], day: date) -> QuerySet[Any]:
    """The elected bodies among them, with the present term's facts and the state of a case."""
    own = {"organization": OuterRef("pk")}
    term = LeadershipTerm.objects.as_of(day).filter(**own)
    case = TermElection.objects.open().filter(**own)
    bodies = organizations.filter(
        Q(abolished_on__isnull=True) | Q(abolished_on__gt=day),
        Q(established_on__isnull=True) | Q(established_on__lte=day),
        kind__in=ELECTING,
    )
    return bodies.exclude(nature__in=APPOINTED).annotate(
        number=Subquery(term.values("number")[:1]),
        elected_on=Subquery(term.values("valid_from")[:1]),
        ends=Subquery(term.values(last=Coalesce("extended_to", "expires_on"))[:1]),
        extension=Subquery(term.values("extension_document")[:1]),
        case=Subquery(case.values("state")[:1]),
    )


def words(days_left: int) -> str:
    """How long there is time, as it is said of a term."""
    if days_left < 0:
        return f"换届已超期 {-days_left} 天"
    return f"换届还剩 {days_left} 天" if days_left else "今天届满，应当换届"


def elections_due(user: Any, until: date) -> Iterator[Deadline]:
    """Terms within the scope that end by that day or of which a reminder has begun."""
    if not user.has_perm(RUN):
        return
    day = today()
    shown_from = timedelta(days=body_rules_on(day).reminders[0])
    terms = (
        running(day)
        .filter(
            organization__in=LeadershipTerm.objects.visible_to(user).values("organization"),
            ends__lte=max(until, day + shown_from),
        )
        .select_related("organization")
        .order_by("ends")
    )
    for term in terms[:SHOWN]:
        yield Deadline(
            on=term.ends,
            subject=str(term.organization),
            what=words(term.days_left(day)) + ("（办理中）" if term.is_open else ""),
            url=reverse("organizations:body_election", args=[term.organization_id]),
            shown_from=term.ends - shown_from,
        )


def remind(run: JobRun) -> None:
    """The nightly job: one message for each term and reminder whose day has come."""
    run.finish(message=f"提醒 {send_reminders(today())} 个党组织")


def send_reminders(day: date) -> int:
    """How many terms were spoken of; a message that was sent is not sent again."""
    rules = body_rules_on(day)
    secretaries, superiors = audience.holders(RUN), audience.holders(REVIEW)
    last = day + timedelta(days=rules.reminders[0])
    spoken = 0
    terms = running(day).filter(ends__lte=last, is_open=False).select_related("organization")
    for term in terms:
        organization, left = term.organization, term.days_left(day)
        above = audience.nearest(superiors, audience.superior_path(organization.path))
        users = {user.pk: user for user in [*secretaries.get(organization.pk, ()), *above]}
        notices.notify(
            users.values(),
            kind=MessageKind.INFORMATION,
            title=f"{organization}：{words(left)}",
            body=f"第{term.number}届任期至 {term.ends}。",
            url=reverse("organizations:body_election", args=[organization.pk]),
            key=f"term:{term.pk}:{term.ends}:{reminder(left, rules)}",
        )
        spoken += 1
    return spoken
