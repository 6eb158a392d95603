"""Dues of some branches of the demonstration county, a class, the talent pool, organizers."""

from datetime import date
from decimal import Decimal
from random import Random

from members.dues import reckoning
from members.dues.parameters import rules_on
from members.dues.reckoning import Base
from members.models import (
    DuesBase,
    DuesRecord,
    DuesRelief,
    LeadershipPost,
    Membership,
    ParkOrganizer,
    Payer,
    Person,
    PostKind,
    TalentEntry,
    TalentPlacement,
    Training,
    TrainingAttendance,
)
from organizations.models import AreaKind, PartyOrganization
from reports.demo.county import County
from reports.demo.names import Names

SEED = 20_260_401
KEPT = 10  # months that the branches have kept their dues
BASES = (2800, 3600, 4500, 6000, 8200)
TRAINED = 20


def store_dues(branches: list[PartyOrganization], day: date) -> None:
    """Most members paid to the end of last month; in each branch somebody is behind."""
    random, rules = Random(SEED), rules_on(day)
    start = reckoning.later(reckoning.month_of(day), -KEPT)
    held = list(Membership.objects.as_of(day).filter(organization__in=branches))
    bases, records = [], []
    for number, one in enumerate(held):
        since = max(start, reckoning.month_of(one.valid_from))
        amount = Decimal(random.choice(BASES))
        bases.append(DuesBase(member_id=one.member_id, valid_from=since, amount=amount))
        found = reckoning.assess(rules, Base(Payer.WAGE, amount))
        month, behind = since, 2 if number % 7 == 6 else 0
        while month < reckoning.later(reckoning.month_of(day), -behind):
            records.append(
                DuesRecord(
                    member_id=one.member_id,
                    organization_id=one.organization_id,
                    month=month,
                    base=found.base,
                    rate=found.rate,
                    due=found.due,
                    paid=found.due,
                    paid_on=month.replace(day=5),
                    method=DuesRecord.Method.ONLINE,
                )
            )
            month = reckoning.next_month(month)
    DuesBase.objects.bulk_create(bases)
    DuesRecord.objects.bulk_create(records)
    _store_relief(held[-1], start, day)


def _store_relief(membership: Membership, start: date, day: date) -> None:
    asked = max(start, membership.valid_from)
    DuesRelief.objects.create(
        member_id=membership.member_id,
        organization_id=membership.organization_id,
        kind=DuesRelief.Kind.WAIVED,
        valid_from=reckoning.month_of(day),
        valid_to=reckoning.later(reckoning.month_of(day), 6),
        requested_on=asked,
        agreed_on=asked,
        reason="患病，生活困难",
    )


def store_talents(
    county: County, branches: list[PartyOrganization], names: Names, day: date
) -> None:
    """A class for secretaries this year, four people in the pool, an organizer in a park."""
    first = reckoning.month_of(day)
    _store_training(county, first, day)
    people = _store_pool(county, branches[0], names, first)
    park = next(area for area in county.areas.values() if area.kind == AreaKind.PARK)
    ParkOrganizer.objects.create(
        person=people[1],
        area=park,
        valid_from=first,
        engagement=ParkOrganizer.Engagement.FULL_TIME,
    )


def _store_training(county: County, first: date, day: date) -> None:
    training = Training.objects.create(
        name=f"{day.year}年两新党组织书记培训班",
        organization=county.committee,
        level=Training.Level.COUNTY,
        audience=Training.Audience.SECRETARIES,
        starts_on=first,
        ends_on=first,
        hours=24,
        place="县委党校",
        topics="党支部工作条例、发展党员、党费收缴",
    )
    posts = LeadershipPost.objects.as_of(day).filter(kind=PostKind.SECRETARY).order_by("pk")
    TrainingAttendance.objects.bulk_create(
        TrainingAttendance(training=training, person_id=person, hours=training.hours)
        for person in posts.values_list("person", flat=True)[:TRAINED]
    )


def _store_pool(
    county: County, branch: PartyOrganization, names: Names, first: date
) -> list[Person]:
    backgrounds = list(TalentEntry.Background)[:4]
    people = Person.objects.bulk_create(_person(names.person(), county) for _ in backgrounds)
    entries = TalentEntry.objects.bulk_create(
        TalentEntry(
            person=person,
            background=background,
            skills="党务工作",
            entered_on=first,
            certificate="党务工作者培训合格证",
            certified_on=first,
        )
        for person, background in zip(people, backgrounds, strict=True)
    )
    TalentPlacement.objects.create(
        entry=entries[0],
        organization=branch,
        role=TalentPlacement.Role.WORKER,
        valid_from=first,
    )
    return people


def _person(name: str, county: County) -> Person:
    return Person(
        name=name,
        home_organization=county.committee,
    )
