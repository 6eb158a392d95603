"""Branches of the demonstration county and whom they cover, with the changes of this year."""

from datetime import date, timedelta
from itertools import groupby
from random import Random

from enterprises.models import CoverageLink, FormationMode, MassOrganization, MassOrganizationKind
from members.codes import Category
from members.models import Instructor, InstructorAssignment, PartyMember, Person
from organizations.models import OrganizationKind, PartyOrganization
from organizations.services import take_over
from reports.demo.county import County
from reports.demo.firms import Firm
from reports.demo.names import Names

NEW_BRANCHES, NEW_OWN = 3, 4  # formed since the latest count
UNIONS, LEAGUES, WOMEN = 43, 36, 18
INSTRUCTORS, LOAD = 44, 4


def store_branches(
    firms: list[Firm], names: Names, latest: date, today: date
) -> tuple[list[PartyOrganization], list[PartyOrganization]]:
    """The own branches in the order of their firms, and the joint ones; both with their links."""
    own = [firm for firm in firms if firm.is_own]
    groups = [
        list(group)
        for _, group in groupby((f for f in firms if not f.is_own), key=lambda f: f.branch)
    ]
    own_since = [_since(names.random, firm.founded) for firm in own]
    joint_since = [date(2013 + number % 10, 3 + number % 8, 12) for number in range(len(groups))]
    fresh = [_between(latest, today, step) for step in range(1, NEW_OWN + NEW_BRANCHES + 1)]
    own_since[:NEW_OWN] = fresh[:NEW_OWN]
    joint_since[-NEW_BRANCHES:] = fresh[NEW_OWN:]
    own_branches = [
        _own(n, f, s, names) for n, (f, s) in enumerate(zip(own, own_since, strict=True), 1)
    ]
    joint_branches = [
        _joint(n, g[0], s, names)
        for n, (g, s) in enumerate(zip(groups, joint_since, strict=True), 1)
    ]
    take_over(
        [(o, f.area.committee) for o, f in zip(own_branches, own, strict=True)]
        + [(o, g[0].area.committee) for o, g in zip(joint_branches, groups, strict=True)]
    )
    links = [_link(f, o, FormationMode.SINGLE) for f, o in zip(own, own_branches, strict=True)]
    for organization, group in zip(joint_branches, groups, strict=True):
        links += [_link(firm, organization, FormationMode.JOINT) for firm in group]
    links += _left(own[:NEW_OWN], own_since, joint_branches[0])
    CoverageLink.objects.bulk_create(links)
    return own_branches, joint_branches


def _since(random: Random, founded: date) -> date:
    """A few years after the firm began, at the earliest when the county's committees did."""
    return max(founded, date(2012, 7, 1)) + timedelta(days=random.randint(30, 330))


def _between(latest: date, today: date, step: int) -> date:
    return latest + timedelta(days=max(1, (today - latest).days * step // 9))


def _own(number: int, firm: Firm, since: date, names: Names) -> PartyOrganization:
    kind, title = OrganizationKind.BRANCH, "支部委员会"
    if firm.members >= 23:
        kind, title = OrganizationKind.COMMITTEE, "委员会"
    elif firm.members >= 20:
        kind, title = OrganizationKind.GENERAL_BRANCH, "总支部委员会"
    return PartyOrganization(
        code=f"Z340822{number:03d}",
        name=f"中共{firm.enterprise.name}{title}",
        kind=kind,
        established_on=since,
        secretary_name=names.person(),
        official_order=number,
    )


def _joint(number: int, first: Firm, since: date, names: Names) -> PartyOrganization:
    return PartyOrganization(
        code=f"L340822{number:03d}",
        name=f"{first.area.name}第{number}联合党支部",
        kind=OrganizationKind.JOINT_BRANCH,
        established_on=since,
        secretary_name=names.person(),
        official_order=100 + number,
    )


def _link(firm: Firm, organization: PartyOrganization, mode: FormationMode) -> CoverageLink:
    formed = organization.established_on
    assert formed is not None
    return CoverageLink(
        enterprise=firm.enterprise,
        organization=organization,
        mode=mode,
        valid_from=max(firm.founded, formed),
        source="普查",
    )


def _left(firms: list[Firm], ends: list[date], branch: PartyOrganization) -> list[CoverageLink]:
    """Firms that were in a joint branch until they formed their own."""
    links = [_link(firm, branch, FormationMode.JOINT) for firm in firms]
    for link, end in zip(links, ends, strict=False):
        link.valid_to = end
    return [link for link in links if link.valid_from < (link.valid_to or link.valid_from)]


def store_mass_organizations(firms: list[Firm]) -> None:
    """Unions, leagues and women's organizations, first where a branch of its own exists."""
    order = sorted(firms, key=lambda firm: (not firm.is_own, not firm.above))
    kinds = (
        (MassOrganizationKind.UNION, UNIONS),
        (MassOrganizationKind.YOUTH_LEAGUE, LEAGUES),
        (MassOrganizationKind.WOMEN, WOMEN),
    )
    MassOrganization.objects.bulk_create(
        MassOrganization(
            enterprise=firm.enterprise,
            kind=kind,
            name=f"{firm.enterprise.name}{kind.label}",
            valid_from=firm.founded,
        )
        for kind, count in kinds
        for firm in order[:count]
    )


def store_instructors(
    firms: list[Firm], county: County, names: Names, latest: date
) -> list[Instructor]:
    """Part-time instructors with a few firms each, sent since the day after the latest count."""
    joint = [firm for firm in firms if not firm.is_own]
    units = (
        "县市场监督管理局副局长",
        "县经信局股长",
        "县税务局股长",
        "县工商联干部",
        "镇党建办干部",
    )
    persons = Person.objects.bulk_create(
        _person(names.person(), county) for _ in range(INSTRUCTORS)
    )
    _store_full_members(persons, units)
    instructors = Instructor.objects.bulk_create(
        Instructor(
            person=person,
            home_unit=units[number % len(units)],
            engagement=Instructor.Engagement.PART_TIME
            if number % 6
            else Instructor.Engagement.FULL_TIME,
        )
        for number, person in enumerate(persons)
    )
    InstructorAssignment.objects.bulk_create(
        InstructorAssignment(
            instructor=instructor,
            enterprise=firm.enterprise,
            sender=county.committee,
            valid_from=latest - timedelta(days=275),
        )
        for number, instructor in enumerate(instructors)
        for firm in joint[number * LOAD : (number + 1) * LOAD]
        if firm.founded <= latest - timedelta(days=275)
    )
    return instructors


def _store_full_members(persons: list[Person], units: tuple[str, ...]) -> None:
    """Their relations are held where they work."""
    PartyMember.objects.bulk_create(
        PartyMember(
            person=person,
            category=Category.FULL,
            accepted_on=date(2005 + number % 12, 7, 1),
            confirmed_on=date(2006 + number % 12, 7, 1),
            relation_unit=units[number % len(units)],
        )
        for number, person in enumerate(persons)
    )


def _person(name: str, county: County) -> Person:
    return Person(
        name=name,
        home_organization=county.committee,
    )
