"""Members of the demonstration county who move, are away, are lost or were found by 双找."""

from datetime import date, timedelta

from members.codes import Category, EntryKind
from members.models import LostContact, Membership, PartyMember, Person
from members.services import findings, losses, mobiles, transfers
from organizations.models import PartyOrganization
from organizations.rules import months_later, years_later
from reports.demo.names import Names

SEARCHES = (("phone", "原手机号码已停机"), ("visit", "上门走访，邻居称已外出多年"))
NEEDED = 6  # members with a home who have been there for years


def store_moving(branches: list[PartyOrganization], names: Names, day: date) -> None:
    """One of each state that a page shows; nothing where there are too few members yet."""
    held = Membership.objects.as_of(day).filter(
        organization__in=branches, valid_from__lte=years_later(day, -4), member__category="full"
    )
    members = [one.member for one in held.select_related("member__person").order_by("-pk")[:NEEDED]]
    if len(members) < NEEDED:
        return
    _letters(members[:3], branches[1], day)
    _absences(members[3:5], branches, names, day)
    _losses(members[5], branches[0], names, day)
    _findings(branches, names, day)


def _letters(members: list[PartyMember], receiver: PartyOrganization, day: date) -> None:
    """One on its way, one that ran out, one sent back."""
    for number, (member, ago) in enumerate(zip(members, (20, 110, 40), strict=True), 1):
        letter = transfers.issue(
            actor=None,
            member=member,
            receiving_unit="中共临江市人才服务中心委员会",
            range="province",
            letter=f"怀组介〔{day.year}〕{number}号",
            issued_on=day - timedelta(days=ago),
            reason="工作单位变动",
        )
    transfers.send_back(
        actor=None, transfer=letter, on=day - timedelta(days=25), answer="本人尚未到岗，请核实"
    )


def _absences(
    members: list[PartyMember], branches: list[PartyOrganization], names: Names, day: date
) -> None:
    """Away for nine and for two months, and one who has come."""
    for member, months in zip(members, (9, 2), strict=True):
        mobiles.register(
            actor=None,
            member=member,
            left_on=months_later(day, -months),
            cause="work",
            destination="private",
            range="nation",
            former_job="worker",
            host_unit="沿海某市工业园区党支部",
            host_contact=names.person(),
            host_phone="13905560001",
        )
    guest = _member(names.person(), branches[0], day)
    mobiles.register(
        actor=None,
        member=guest,
        left_on=months_later(day, -14),
        received_on=months_later(day, -12),
        cause="job",
        destination="private",
        range="province",
        origin_unit="临江市青石镇白云村党支部",
        host=branches[0],
    )


def _losses(lost: PartyMember, branch: PartyOrganization, names: Names, day: date) -> None:
    """One still searched for, one suspended whose two years are over."""
    _lose(lost, day, 7)
    stopped = _member(names.person(), branch, day)
    Membership.objects.create(
        member=stopped,
        organization=branch,
        valid_from=years_later(day, -4),
        entry_kind=EntryKind.TRANSFERRED,
    )
    case = _lose(stopped, day, 36)
    losses.suspend(
        actor=None,
        case=case,
        on=months_later(day, -25),
        by=branch.name,
        document="支部党员大会记录第9号",
    )


def _lose(member: PartyMember, day: date, months: int) -> LostContact:
    case = losses.register(
        actor=None,
        member=member,
        lost_since=months_later(day, -months),
        situation="1",
        kind="2",
    )
    for number, (way, result) in enumerate(SEARCHES, 1):
        on = months_later(day, number * 2 - months)
        losses.search(actor=None, case=case, on=on, way=way, by="支部书记", result=result)
    return case


def _findings(branches: list[PartyOrganization], names: Names, day: date) -> None:
    rows = [
        findings.register(
            actor=None,
            name=names.person(),
            kind=kind,
            source=source,
            found_on=day - timedelta(days=ago),
            organization=branch,
            former_unit="外省原单位党支部",
            account="组织关系介绍信在本人手中" if kind == "pocket" else "入职时没有说明党员身份",
        )
        for branch, kind, source, ago in zip(
            branches, ("pocket", "hidden"), ("organization", "census"), (18, 60), strict=False
        )
    ]
    findings.verify(
        actor=None,
        finding=rows[-1],
        on=day - timedelta(days=50),
        verified_by="原单位党委",
        evidence="党员档案和原单位党委证明",
    )


def _member(name: str, home: PartyOrganization, day: date) -> PartyMember:
    """A full member who is looked after there; the relation may be held elsewhere."""
    person = Person.objects.create(name=name, home_organization=home)
    return PartyMember.objects.create(
        person=person,
        category=Category.FULL,
        accepted_on=years_later(day, -9),
        confirmed_on=years_later(day, -8),
        relation_unit="",
    )
