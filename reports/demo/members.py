"""Members of some branches of the demonstration county, as many as their firms reported."""

from datetime import date, timedelta
from random import Random

from core.identifiers import complete_citizen_id
from enterprises.models import CoverageLink
from enterprises.strength import members_of_covered
from members.codes import Category, Education, EntryKind, Ethnicity, JobClass
from members.models import Employment, Membership, PartyMember, Person
from members.services import persons
from members.standing import probation_end
from organizations.models import PartyOrganization
from organizations.rules import years_later
from reports.demo.names import Names

SEED = 20_210_701
REGION = "340822"
EDUCATION = (Education.BACHELOR, Education.COLLEGE, Education.COLLEGE, Education.HIGH)
JOBS = (JobClass.MANAGER, JobClass.PROFESSIONAL, JobClass.FRONT_LINE, JobClass.FRONT_LINE)


def store_members(branches: list[PartyOrganization], names: Names, day: date) -> None:
    """Each branch gets the members that its firm reported and that it does not have yet."""
    random = Random(SEED)
    reported = members_of_covered(day, [one.pk for one in branches])
    firms = dict(
        CoverageLink.objects.as_of(day)
        .filter(organization__in=branches)
        .values_list("organization", "enterprise")
    )
    made: list[PartyMember] = []
    homes: list[PartyOrganization] = []
    for branch in branches:
        strength = reported[branch.pk]
        held = Membership.objects.as_of(day).filter(organization=branch).count()
        total, full = strength.members or 0, strength.full or 0
        for number in range(held, total):
            person = _person(branch, number, len(made), names, random)
            made.append(_member(person, number < full, random, day))
            homes.append(branch)
    Person.objects.bulk_create(one.person for one in made if one.person.pk is None)
    for member in made:
        member.person = member.person  # its key is known now
    PartyMember.objects.bulk_create(made)
    Membership.objects.bulk_create(
        Membership(
            member=member,
            organization=home,
            valid_from=max(home.established_on or member.accepted_on, member.accepted_on),
            entry_kind=EntryKind.TRANSFERRED,  # whom the county developed has a case
        )
        for member, home in zip(made, homes, strict=True)
    )
    Employment.objects.bulk_create(
        Employment(
            person=member.person,
            enterprise_id=firms[home.pk],
            valid_from=max(home.established_on or member.accepted_on, member.accepted_on),
        )
        for member, home in zip(made, homes, strict=True)
    )


def _person(
    branch: PartyOrganization, number: int, serial: int, names: Names, random: Random
) -> Person:
    """The first is the secretary, who is known already."""
    secretary = Person.objects.filter(
        home_organization=branch, name=branch.secretary_name, party_member=None
    )
    person = (secretary.first() if number == 0 else None) or Person(
        name=names.person(), home_organization=branch
    )
    born = date(1962, 1, 1) + timedelta(days=random.randrange(13_000))
    body = f"{REGION}{born:%Y%m%d}{serial % 1000:03d}"
    person.citizen_id = complete_citizen_id(body)
    person.born_on, person.sex = born, ""
    person.ethnicity, person.education = Ethnicity.HAN, random.choice(EDUCATION)
    person.job_class = random.choice(JOBS)
    person.phone = f"1390556{serial:04d}"
    persons.complete(person)
    if person.pk:
        person.save()
    return person


def _member(person: Person, is_full: bool, random: Random, day: date) -> PartyMember:
    born = person.born_on or day
    if not is_full:
        accepted = day - timedelta(days=random.randrange(30, 300))
        return PartyMember(
            person=person,
            category=Category.PROBATIONARY,
            accepted_on=accepted,
            probation_until=probation_end(accepted),
        )
    earliest, latest = years_later(born, 20), day - timedelta(days=800)
    accepted = earliest + timedelta(days=random.randrange((latest - earliest).days))
    return PartyMember(
        person=person,
        category=Category.FULL,
        accepted_on=accepted,
        confirmed_on=probation_end(accepted),
    )
