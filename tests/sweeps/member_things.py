"""Members of the eastern township's joint branch, one of them on probation, one gone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.dates import today
from members.models import PartyMember
from members.services import members, memberships
from members.services.members import Registration
from organizations.models import PartyOrganization
from tests.builders import make_organization
from tests.world import EAST, World


@dataclass
class MemberThings:
    """`second_branch` is where a member can move to."""

    comrade: PartyMember
    trainee: PartyMember
    departed: PartyMember
    second_branch: PartyOrganization


def member_things(world: World) -> MemberThings:
    second = make_organization(f"{EAST}第二党支部", parent=world.east_committee)
    departed = _registered(world, "石远", phone="13812345678")
    memberships.end_membership(
        actor=world.east_officer, member=departed, on=date(2024, 1, 1), kind="transferred"
    )
    accepted = date(today().year - 2, 3, 1)
    return MemberThings(
        comrade=_registered(world, "石立", phone="13812345678"),
        trainee=_registered(world, "石新", category="probationary", accepted_on=accepted),
        departed=departed,
        second_branch=second,
    )


def _registered(world: World, name: str, **facts: Any) -> PartyMember:
    member: dict[str, Any] = {"category": "full", "accepted_on": date(2015, 7, 1)}
    member |= {key: facts.pop(key) for key in list(facts) if key in member}
    if member["category"] == "full":
        member["confirmed_on"] = date(2016, 7, 1)
    since = max(date(2021, 3, 1), member["accepted_on"])
    given = Registration(world.joint_branch, {"name": f"{EAST}{name}", **facts}, member, on=since)
    return members.register_member(actor=world.east_officer, given=given)
