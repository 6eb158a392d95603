"""Members of the eastern township who carry a letter, are away, are lost or were found."""

from dataclasses import dataclass

from core.dates import today
from members.models import HiddenMember, LostContact, MembershipTransfer, MobileRecord, PartyMember
from members.services import findings, losses, mobiles, transfers
from tests.members.moving import make_member, months_ago
from tests.world import EAST, World


@dataclass
class FlowThings:
    """`stays` has no case of any kind."""

    stays: PartyMember
    letter: MembershipTransfer
    absence: MobileRecord
    loss: LostContact
    finding: HiddenMember


def flow_things(world: World) -> FlowThings:
    branch, officer = world.joint_branch, world.east_officer
    stays, sent, away, lost = (
        make_member(f"{EAST}{name}", home=branch) for name in ("石留", "石转", "石流", "石失")
    )
    letter = transfers.issue(
        actor=officer,
        member=sent,
        receiving_unit=f"{EAST}以外的某市委组织部",
        range="nation",
        letter=f"{EAST}介1号",
        issued_on=today(),
    )
    absence = mobiles.register(
        actor=officer,
        member=away,
        left_on=months_ago(7),
        cause="work",
        destination="private",
        range="nation",
        host_unit=f"{EAST}以外的某社区",
        host_phone="13812345678",
    )
    loss = losses.register(
        actor=officer, member=lost, lost_since=months_ago(12), situation="1", kind="2"
    )
    for on in (months_ago(6), months_ago(1)):
        losses.search(
            actor=officer, case=loss, on=on, way="visit", by=f"{EAST}石英", result="没有找到"
        )
    finding = findings.register(
        actor=officer,
        name=f"{EAST}石袋",
        kind="pocket",
        source="member",
        found_on=months_ago(1),
        organization=branch,
        phone="13812345678",
    )
    return FlowThings(stays, letter, absence, loss, finding)
