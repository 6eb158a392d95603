"""What the eastern township's joint branch keeps beside its meetings: a post, a suggestion."""

from dataclasses import dataclass
from datetime import date

from activities.models import MemberPost, Suggestion
from activities.services.member_posts import take_post
from activities.services.suggesting import suggest
from tests.members.paying import make_payer
from tests.world import EAST, World


@dataclass
class BranchThings:
    held_post: MemberPost
    idea: Suggestion


def branch_things(world: World) -> BranchThings:
    branch, officer = world.joint_branch, world.east_officer
    posts = take_post(
        actor=officer,
        organization=branch,
        people=[make_payer(branch, f"{EAST}石岗").person],
        kind="area",
        name=f"{EAST}安全责任区",
        on=date(2025, 1, 1),
    )
    idea = suggest(
        actor=officer,
        organization=branch,
        enterprise=world.joint,
        proposer=f"{EAST}石岗",
        made_on=date(2025, 2, 1),
        text=f"{EAST}余热用于烘干",
    )
    return BranchThings(posts[0], idea)
