"""Plain builders: each fills in what a test does not care about, with identifiers valid in form."""

from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.factors import new_secret
from accounts.models import ScopeGrant, SecondFactor, User
from accounts.roles import ADMINISTRATORS
from core.identifiers import make_uscc
from core.pinyin import keys
from enterprises.models import (
    CoverageLink,
    Enterprise,
    EnterprisePeriod,
    FormationMode,
    OperatingStatus,
    Ownership,
    UnitKind,
)
from enterprises.names import name_key
from members.codes import Category
from members.models import Instructor, InstructorAssignment, PartyMember, Person
from organizations.models import (
    Area,
    AreaKind,
    AreaResponsibility,
    OrganizationKind,
    PartyOrganization,
)
from organizations.tree import plant

LONG_AGO = date(2020, 1, 1)
PASSWORD = "Duizhang-2026"
_serial = count(1)


def make_organization(
    name: str,
    *,
    parent: PartyOrganization | None = None,
    kind: str = OrganizationKind.BRANCH,
    since: date = LONG_AGO,
    **facts: Any,
) -> PartyOrganization:
    organization = PartyOrganization(
        code=facts.pop("code", f"T{next(_serial):06d}"),
        name=name,
        kind=kind,
        established_on=since,
        **facts,
    )
    plant([(organization, parent)])
    return organization


def make_area(
    name: str,
    *,
    committee: PartyOrganization,
    kind: str = AreaKind.TOWNSHIP,
    parent: Area | None = None,
    since: date = LONG_AGO,
    **facts: Any,
) -> Area:
    number = next(_serial)
    area = Area.objects.create(
        code=facts.pop("code", f"{340_000_000 + number}"),
        name=name,
        kind=kind,
        parent=parent,
        committee=committee,
        **{"official_order": number, **facts},
    )
    AreaResponsibility.objects.create(area=area, organization=committee, valid_from=since)
    return area


def make_enterprise(
    name: str = "",
    *,
    county: Area,
    area: Area | None = None,
    since: date = LONG_AGO,
    **facts: Any,
) -> Enterprise:
    """An operating private company since `since`; without an area it waits to be claimed."""
    number = next(_serial)
    name = name or f"第{number}号贸易有限公司"
    full, initials = keys(name)
    mirrored = {
        "operating_status": OperatingStatus.IN_OPERATION,
        "unit_kind": UnitKind.ENTERPRISE,
        "ownership": Ownership.PRIVATE,
        "reporting_area": area,
    }
    mirrored |= {key: facts.pop(key) for key in list(facts) if key in mirrored}
    values = {
        "uscc": make_uscc(county.code[:6], number),
        "unclaimed_since": None if mirrored["reporting_area"] else since,
        "legal_representative": "钱三",
        "established_on": since,
        **facts,
    }
    enterprise = Enterprise.objects.create(
        county=county,
        name=name,
        name_key=name_key(name),
        pinyin=full,
        initials=initials,
        **mirrored,
        **values,
    )
    EnterprisePeriod.objects.create(enterprise=enterprise, valid_from=since, **mirrored)
    return enterprise


def cover(
    enterprise: Enterprise,
    organization: PartyOrganization,
    *,
    mode: str = FormationMode.SINGLE,
    since: date = LONG_AGO,
    until: date | None = None,
) -> CoverageLink:
    return CoverageLink.objects.create(
        enterprise=enterprise,
        organization=organization,
        mode=mode,
        valid_from=since,
        valid_to=until,
    )


def make_person(name: str, *, home: PartyOrganization, **facts: Any) -> Person:
    return Person.objects.create(
        name=name,
        home_organization=home,
        **facts,
    )


def make_full_member(person: Person, **facts: Any) -> PartyMember:
    return PartyMember.objects.create(
        person=person,
        **{
            "category": Category.FULL,
            "accepted_on": date(2010, 7, 1),
            "confirmed_on": date(2011, 7, 1),
            **facts,
        },
    )


def make_instructor(name: str, *, home: PartyOrganization, **facts: Any) -> Instructor:
    person = make_person(name, home=home)
    make_full_member(person)
    return Instructor.objects.create(
        person=person,
        **{
            "home_unit": "县市场监督管理局",
            "engagement": Instructor.Engagement.PART_TIME,
            **facts,
        },
    )


def assign(
    instructor: Instructor,
    enterprise: Enterprise,
    *,
    since: date = LONG_AGO,
    until: date | None = None,
) -> InstructorAssignment:
    return InstructorAssignment.objects.create(
        instructor=instructor,
        enterprise=enterprise,
        sender=instructor.person.home_organization,
        valid_from=since,
        valid_to=until,
    )


def make_user(
    full_name: str,
    *,
    role: str = "",
    at: PartyOrganization | None = None,
    since: date = LONG_AGO,
    **facts: Any,
) -> User:
    """A user who has already chosen PASSWORD, in post `role` at an organization.

    Administrators have set up their second factor; a session of theirs has passed it.
    """
    if role in ADMINISTRATORS:
        facts.setdefault("second_factor_since", timezone.now())
    user = User(
        username=facts.pop("username", f"user{next(_serial)}"),
        full_name=full_name,
        **{"must_change_password": False, **facts},
    )
    user.set_password(PASSWORD)
    user.save()
    if user.second_factor_since:
        SecondFactor.objects.create(user=user, secret=new_secret())
    if role:
        ScopeGrant.objects.create(user=user, role=role, organization=at, valid_from=since)
    return user
