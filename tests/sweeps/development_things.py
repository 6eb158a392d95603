"""Somebody of the eastern joint branch on the way into the party."""

from dataclasses import dataclass

from core.dates import today
from members.development import planning
from members.models import DevelopmentCase, DevelopmentHelper, DevelopmentStep
from tests.builders import make_full_member, make_person
from tests.members.developing import applied, walk
from tests.world import EAST, World


@dataclass
class DevelopmentThings:
    development: DevelopmentCase
    development_talk: DevelopmentStep


def development_things(world: World) -> DevelopmentThings:
    case = walk(applied(world.joint_branch, f"{EAST}申"), "review")
    member = make_full_member(make_person(f"{EAST}介", home=world.joint_branch))
    DevelopmentHelper.objects.create(case=case, member=member, role="contacts")
    planning.set_plan(
        actor=None, organization=world.joint_branch, year=today().year, quota=1, document="1号"
    )
    return DevelopmentThings(case, case.steps.get(code="first_talk"))
