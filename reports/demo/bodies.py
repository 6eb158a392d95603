"""Leading bodies of the demonstration county: a secretary each, and terms that end one by one."""

from datetime import date, timedelta
from random import Random

from members.models import LeadershipPost, Person, PostKind, SecretarySource
from organizations.models import LeadershipTerm, OrganizationKind, PartyOrganization
from organizations.parameters import body_rules_on
from organizations.rules import term_years, years_later

SEED = 20_180_701
LATE = 40  # days by which the first terms are overdue
_OWN = (SecretarySource.OWNER, SecretarySource.MANAGER, SecretarySource.OTHER)


def store_bodies(organizations: list[PartyOrganization], day: date) -> None:
    """A term for each branch, the earliest overdue, and its secretary since the election."""
    random, rules = Random(SEED), body_rules_on(day)
    terms = []
    for place, organization in enumerate(organizations):
        years = term_years(organization.kind, rules)
        span = (years * 365 - 30) * place // len(organizations)
        began = years_later(day, -years) + timedelta(days=span - LATE)
        elected = max(began, organization.established_on or began)
        terms.append(
            LeadershipTerm(
                organization=organization,
                number=1,
                valid_from=elected,
                years=years,
                expires_on=years_later(elected, years),
            )
        )
    LeadershipTerm.objects.bulk_create(terms)
    people = Person.objects.bulk_create(
        Person(
            name=organization.secretary_name,
            home_organization=organization,
        )
        for organization in organizations
    )
    LeadershipPost.objects.bulk_create(
        LeadershipPost(
            person=person,
            organization=term.organization,
            term=term,
            valid_from=term.valid_from,
            kind=PostKind.SECRETARY,
            source=_source(term.organization, random),
            engagement=LeadershipPost.Engagement.PART_TIME,
        )
        for person, term in zip(people, terms, strict=True)
    )


def _source(organization: PartyOrganization, random: Random) -> SecretarySource:
    if organization.kind == OrganizationKind.JOINT_BRANCH:
        return SecretarySource.SENT
    return random.choice(_OWN)
