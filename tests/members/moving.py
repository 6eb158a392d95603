"""Members with a home, for the tests of transfers, absences and losses."""

from datetime import date

from core.dates import today
from members.codes import EntryKind
from members.models import LostContact, Membership, PartyMember
from members.services import losses
from organizations.models import PartyOrganization
from organizations.rules import months_later
from tests.builders import LONG_AGO, make_full_member, make_person


def make_member(name: str, *, home: PartyOrganization, since: date = LONG_AGO) -> PartyMember:
    """A full member whose relation is held in `home`."""
    member = make_full_member(make_person(name, home=home))
    Membership.objects.create(
        member=member, organization=home, valid_from=since, entry_kind=EntryKind.TRANSFERRED
    )
    return member


def months_ago(months: int) -> date:
    return months_later(today(), -months)


def lose(member: PartyMember, since: date) -> LostContact:
    return losses.register(actor=None, member=member, lost_since=since, situation="1", kind="2")


def look_for(case: LostContact, on: date) -> None:
    losses.search(actor=None, case=case, on=on, way="visit", by="郑书记", result="家中无人")
