"""What came back of posts, reliefs and letters stands on the work page until it is tried again."""

from datetime import timedelta
from typing import Any

import pytest

from core import work
from core.dates import today
from core.work import Group
from members import posts
from members.dues import reliefs
from members.models import MembershipTransfer
from members.services import transfers
from tests.builders import make_person
from tests.members.moving import make_member
from tests.world import PARK, World

pytestmark = pytest.mark.django_db


def back(user: Any) -> list[tuple[str, str]]:
    return [(row.text, row.action) for row in work.rows(Group.RETURNED, user)]


def test_a_returned_secretary_until_the_next_one_is_proposed(world: World) -> None:
    def propose(name: str) -> Any:
        person = make_person(name, home=world.own_branch)
        said: Any = {"organization": world.own_branch, "person": person, "source": "sent"}
        return posts.propose(actor=world.secretary, on=today(), **said)

    posts.send_back(actor=world.park_officer, post=propose(f"{PARK}乙"), reason="先征求意见")
    text = f"{world.own_branch}书记拟任{PARK}乙（先征求意见）"
    assert back(world.secretary) == [(text, "重新上报")]
    assert back(world.park_officer) == []
    propose(f"{PARK}丙")
    assert back(world.secretary) == []


def test_a_returned_relief_and_a_returned_letter(world: World) -> None:
    member = make_member(f"{PARK}孙", home=world.own_branch)
    relief = reliefs.ask(
        actor=world.secretary,
        member=member,
        organization=world.own_branch,
        valid_from=today(),
        valid_to=today() + timedelta(days=90),
        kind="waived",
        requested_on=today(),
        agreed_on=today(),
        reason="生活困难",
    )
    reliefs.send_back(actor=world.park_officer, relief=relief, reason="请附证明")
    letter = transfers.issue(
        actor=None,
        member=member,
        receiver=world.joint_branch,
        range="committee",
        letter="江组介〔2026〕1号",
        issued_on=today(),
    )
    transfers.send_back(actor=None, transfer=letter, on=today(), answer="不在本辖区工作")

    assert back(world.secretary) == [
        (f"{world.own_branch}：{relief}（请附证明）", "重新申请"),
        (f"{member}的组织关系介绍信（不在本辖区工作）", "重新开具"),
    ]
    late = today() - timedelta(days=300)
    MembershipTransfer.objects.update(issued_on=late, answered_on=late)
    assert len(back(world.secretary)) == 1
