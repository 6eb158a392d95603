"""Somebody of the park's branch on the way into the party, walked step by step by tests."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from members.development import cases, editions, steps
from members.development.cases import Application
from members.models import DevelopmentCase, DevelopmentStep, PartyMember
from organizations.models import PartyOrganization
from tests.builders import make_full_member, make_person

BORN = date(1995, 4, 2)
VOTES = {"entitled": 9, "voters": 8, "ayes": 7, "noes": 1}
DAYS: Mapping[str, date] = {
    "application": date(2021, 1, 5),
    "first_talk": date(2021, 1, 20),
    "activist": date(2021, 3, 1),
    "activist_filed": date(2021, 3, 5),
    "contacts": date(2021, 3, 5),
    "review": date(2021, 9, 1),
    "candidate": date(2022, 3, 10),
    "candidate_filed": date(2022, 3, 15),
    "sponsors": date(2022, 3, 16),
    "vetting": date(2022, 3, 20),
    "training": date(2022, 4, 1),
    "committee_check": date(2022, 4, 10),
    "preview": date(2022, 4, 20),
    "form": date(2022, 4, 25),
    "meeting": date(2022, 5, 10),
    "talk": date(2022, 5, 20),
    "approval": date(2022, 6, 1),
    "approval_filed": date(2022, 6, 5),
    "assigned": date(2022, 6, 5),
    "oath": date(2022, 6, 10),
    "probation": date(2022, 12, 1),
    "confirmation_request": date(2023, 5, 5),
    "discussion": date(2023, 5, 10),
    "confirmation": date(2023, 6, 1),
    "archived": date(2023, 6, 10),
}
FACTS: Mapping[str, dict[str, Any]] = {
    "training": {"days": 5},
    "meeting": VOTES,
    "discussion": VOTES,
}


def applied(organization: PartyOrganization, name: str, **facts: Any) -> DevelopmentCase:
    person = make_person(name, home=organization, born_on=facts.pop("born_on", BORN))
    on = facts.pop("on", DAYS["application"])
    return cases.open_case(
        actor=None, given=Application(organization, on, person=person, case=facts)
    )


def full_members(organization: PartyOrganization, count: int = 2) -> list[PartyMember]:
    return [
        make_full_member(make_person(f"{organization.name[:2]}介{n}", home=organization))
        for n in range(count)
    ]


def record(case: DevelopmentCase, code: str, **facts: Any) -> DevelopmentStep:
    given = {"done_on": DAYS[code], **FACTS.get(code, {}), **facts}
    return steps.record_step(actor=None, case=case, code=code, **given)


def walk(case: DevelopmentCase, until: str, *, by_service: bool = False) -> DevelopmentCase:
    """Every step up to `until`, this one included; the register follows what is `by_service`."""
    known = set(case.steps.values_list("code", flat=True))
    codes = list(DAYS)
    wanted = [code for code in codes[: codes.index(until) + 1] if code not in known]
    if by_service:
        for code in wanted:
            helpers = full_members(case.organization) if code in ("contacts", "sponsors") else []
            record(case, code, people=helpers)
    else:
        DevelopmentStep.objects.bulk_create(
            DevelopmentStep(case=case, code=code, done_on=DAYS[code], **FACTS.get(code, {}))
            for code in wanted
        )
        cases.refresh(case, editions.load())
    case.refresh_from_db()
    return case


def admitted(case: DevelopmentCase) -> PartyMember:
    """The committee approves of the branch's vote; the person is a probationary member."""
    walk(case, "talk")
    record(case, "approval")
    case.refresh_from_db()
    assert case.member is not None
    return case.member
