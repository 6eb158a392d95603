"""People on the way into the party in the demonstration county: each stage, one late, a plan."""

from datetime import date, timedelta
from typing import Any

from members.codes import Category, Education, Ethnicity, JobClass, Sex, Standing
from members.development import cases, editions, standard, steps
from members.models import (
    DevelopmentCase,
    DevelopmentHelper,
    DevelopmentPlan,
    DevelopmentStep,
    PartyMember,
    Person,
    Stage,
)
from organizations.models import OrganizationKind, PartyOrganization
from reports.demo.county import County
from reports.demo.names import Names

# Days from the application to each step.
SPANS = {
    "application": 0,
    "first_talk": 15,
    "activist": 60,
    "activist_filed": 65,
    "contacts": 65,
    "review": 245,
    "candidate": 430,
    "candidate_filed": 436,
    "sponsors": 437,
    "vetting": 445,
    "training": 460,
    "committee_check": 465,
    "preview": 475,
    "form": 480,
    "meeting": 490,
    "talk": 500,
    "approval": 510,
    "approval_filed": 515,
    "assigned": 515,
    "oath": 520,
    "probation": 670,
    "confirmation_request": 852,
    "discussion": 858,
    "confirmation": 880,
    "archived": 890,
}
FACTS: dict[str, dict[str, Any]] = {
    "training": {"days": 5, "hours": 40},
    "meeting": {"entitled": 7, "voters": 7, "ayes": 7, "noes": 0},
    "discussion": {"entitled": 7, "voters": 6, "ayes": 6, "noes": 0},
}
BY_SERVICE = ("approval", "confirmation")  # the register follows them
# The last step of each person and how many days ago it was.
PEOPLE = (
    ("application", 10),
    ("application", 45),
    ("first_talk", 20),
    ("contacts", 100),
    ("review", 30),
    ("review", 200),
    ("sponsors", 12),
    ("form", 4),
    ("meeting", 75),
    ("oath", 40),
    ("probation", 20),
    ("archived", 15),
)
QUOTA = 3


def store_development(
    branches: list[PartyOrganization], county: County, names: Names, day: date
) -> None:
    """One person in each of some branches, the last branch being the demonstration's own."""
    standard.ensure_shipped()
    regular = [one for one in branches if one.kind == OrganizationKind.BRANCH]
    known = editions.load()
    for number, (until, ago) in enumerate(PEOPLE):
        applied = day - timedelta(days=SPANS[until] + ago)
        old = [one for one in regular if (one.established_on or day) <= applied]
        if old:
            branch = old[-1 - number // 2 % len(old)]
            case = _case(branch, names.person(), number, applied)
            _walk(case, until, applied)
            cases.refresh(case, known)
    DevelopmentPlan.objects.bulk_create(
        DevelopmentPlan(organization=area.committee, year=day.year, quota=QUOTA)
        for area in county.areas.values()
    )


def store_helpers() -> None:
    """Two full members of the branch stand by each person, first as contacts, then as sponsors."""
    for case in DevelopmentCase.objects.order_by("pk"):
        here = PartyMember.objects.filter(
            category=Category.FULL,
            standing=Standing.ACTIVE,
            person__home_organization=case.organization_id,
        )
        for step in case.steps.filter(code__in=DevelopmentHelper.Role.values):
            DevelopmentHelper.objects.bulk_create(
                DevelopmentHelper(case=case, role=step.code, member=member)
                for member in here.exclude(person=case.person_id).order_by("pk")[:2]
            )


def _case(branch: PartyOrganization, name: str, number: int, day: date) -> DevelopmentCase:
    person = Person.objects.create(
        name=name,
        home_organization=branch,
        sex=Sex.FEMALE if number % 3 == 0 else Sex.MALE,
        born_on=date(day.year - 22 - number, 1 + number, 8),
        ethnicity=Ethnicity.HUI if number == 5 else Ethnicity.HAN,
        education=list(Education)[number % len(Education)],
        job_class=list(JobClass)[number % 6],
        position="车间主任" if number % 2 else "技术员",
    )
    return DevelopmentCase.objects.create(
        person=person,
        organization=branch,
        stage=Stage.APPLICANT,
        recommender="youth_league" if number % 2 else "members",
        recommended_on=day + timedelta(days=50) if number > 2 else None,
        is_backbone=number % 2 == 0,
        cultivation="backbone" if number % 4 == 0 else "",
    )


def _walk(case: DevelopmentCase, until: str, applied: date) -> None:
    codes = list(SPANS)
    wanted = codes[: codes.index(until) + 1]
    plain: list[str] = []
    papers = {step["code"]: step.get("papers", []) for step in standard.STEPS}
    for code in [*wanted, ""]:
        if code and code not in BY_SERVICE:
            plain.append(code)
            continue
        DevelopmentStep.objects.bulk_create(
            DevelopmentStep(
                case=case,
                code=one,
                done_on=applied + timedelta(days=SPANS[one]),
                papers=[] if one == until else papers.get(one, []),
                **FACTS.get(one, {}),
            )
            for one in plain
        )
        plain = []
        if code:
            steps.record_step(
                actor=None,
                case=case,
                code=code,
                done_on=applied + timedelta(days=SPANS[code]),
                papers=papers.get(code, []),
            )
    case.refresh_from_db()
    if until == "archived":
        case.closed_on = applied + timedelta(days=SPANS[until])
        case.save(update_fields=["closed_on"])
