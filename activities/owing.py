"""What a branch still has to hold, and what its next meeting should speak about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from activities.branch_year import Cell, branch_year
from activities.duties import Outcome
from activities.models import ActivityKind
from core.dates import chinese_date
from core.validity import valid_on
from members.codes import Category
from members.development.deadlines import REMIND
from members.models import DevelopmentCase, PartyMember
from organizations.deadlines import running
from organizations.models import PartyOrganization
from organizations.parameters import body_rules_on

REVIEW_STEP = "review"


@dataclass(frozen=True)
class Topic:
    """Something to put on the agenda, and the kind of meeting that may decide it."""

    text: str
    why: str
    kind: str


@dataclass(frozen=True)
class Owed:
    """`due` has time left in its period, `late` has none; `topics` in the order of urgency."""

    due: tuple[Cell, ...]
    late: tuple[Cell, ...]
    topics: tuple[Topic, ...]

    @property
    def is_nothing(self) -> bool:
        return not (self.due or self.late or self.topics)


def owed(organization: PartyOrganization, day: date) -> Owed:
    """Of the year of that day; a training of the secretary is no meeting and stands elsewhere."""
    cells = [cell for cell in branch_year(organization, day.year, day).cells() if cell.rule.kind]
    return Owed(
        tuple(cell for cell in cells if cell.outcome is Outcome.DUE),
        tuple(cell for cell in cells if cell.outcome is Outcome.LATE),
        tuple(topics(organization, day)),
    )


def topics(organization: PartyOrganization, day: date) -> Iterator[Topic]:
    """Probation that ends, half-yearly reviews of activists, the election that comes."""
    near = day + timedelta(days=REMIND.value(on=day))
    for member in _on_probation(organization, day, near):
        yield Topic(
            f"讨论预备党员{member}转正",
            f"预备期至{chinese_date(member.probation_until)}" if member.probation_until else "",
            "member_meeting",
        )
    reviews = DevelopmentCase.objects.open().filter(
        organization=organization, next_code=REVIEW_STEP, next_by__lte=near
    )
    for case in reviews.select_related("person").order_by("next_by", "pk"):
        yield Topic(
            f"研究入党积极分子{case.person}的半年考察",
            f"应在{chinese_date(case.next_by)}前完成" if case.next_by else "",
            "committee_meeting",
        )
    last = day + timedelta(days=body_rules_on(day).reminders[0])
    for term in running(day).filter(organization=organization, ends__lte=last):
        yield Topic(
            "研究支部换届选举",
            f"第{term.number}届任期至{chinese_date(term.ends)}",
            "member_meeting",
        )


def asked_for(kind: str, topic: str) -> dict[str, list[str]]:
    """What a new record begins with when it is opened for a duty or a topic."""
    found = ActivityKind.objects.filter(key=kind, in_use=True).first()
    values = {"kinds": [str(found.pk)]} if found else {}
    return values | ({"title": [topic[:200]]} if topic else {})


def _on_probation(organization: PartyOrganization, day: date, near: date) -> Iterator[PartyMember]:
    members = PartyMember.objects.filter(
        valid_on(day, "memberships__"),
        memberships__organization=organization,
        category=Category.PROBATIONARY,
        probation_until__lte=near,
    )
    yield from members.select_related("person").order_by("probation_until", "pk")
