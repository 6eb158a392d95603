"""Letters of transfer: the relation stays until the other side takes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.dates import today
from core.models import Message, ParameterValue
from members.codes import Standing
from members.models import MembershipTransfer, PartyMember, TransferState
from members.services import transfers
from members.services.memberships import present_of
from organizations.models import OrganizationNature
from organizations.rules import months_later
from tests.builders import make_organization
from tests.members.moving import make_member, months_ago
from tests.members.test_pages import desk
from tests.world import World


def issue(member: PartyMember, **facts: Any) -> MembershipTransfer:
    given = {"range": "committee", "letter": "江组介〔2026〕1号", "issued_on": today(), **facts}
    return transfers.issue(actor=None, member=member, **given)


def refusal(problem: pytest.ExceptionInfo[ValidationError], field: str) -> str:
    return "".join(problem.value.message_dict[field])


def test_the_relation_moves_only_when_the_letter_is_accepted(world: World) -> None:
    member = make_member("孙北湖", home=world.own_branch)
    letter = issue(member, receiver=world.joint_branch)
    assert present_of(member).organization == world.own_branch  # type: ignore[union-attr]

    transfers.accept(actor=None, transfer=letter, on=today())

    member.refresh_from_db()
    assert present_of(member).organization == world.joint_branch  # type: ignore[union-attr]
    assert member.standing == Standing.ACTIVE
    assert member.person.home_organization == world.joint_branch


def test_a_member_accepted_beyond_the_system_has_moved_away(world: World) -> None:
    member = make_member("孙北湖", home=world.own_branch)
    letter = issue(member, receiving_unit="外省某市委组织部", range="nation")

    transfers.accept(actor=None, transfer=letter, on=today(), answer="回执8号")

    member.refresh_from_db()
    assert (present_of(member), member.standing) == (None, Standing.MOVED)


def test_a_returned_letter_says_why_and_another_may_follow(world: World) -> None:
    member = make_member("孙北湖", home=world.own_branch)
    letter = issue(member, receiver=world.joint_branch)

    with pytest.raises(ValidationError) as problem:
        transfers.send_back(actor=None, transfer=letter, on=today(), answer="")
    assert refusal(problem, "answer") == "退回或作废须说明原因"
    transfers.send_back(actor=None, transfer=letter, on=today(), answer="不在本辖区工作")

    assert present_of(member).organization == world.own_branch  # type: ignore[union-attr]
    assert issue(member, receiver=world.joint_branch).state == TransferState.ISSUED


def test_a_member_carries_one_letter_at_a_time(world: World) -> None:
    member = make_member("孙北湖", home=world.own_branch)
    issue(member, receiver=world.joint_branch)

    with pytest.raises(ValidationError) as problem:
        issue(member, receiving_unit="外省某市委组织部")

    assert refusal(problem, "member") == "该党员已有一封待接收的介绍信"


def test_nobody_accepts_a_letter_of_more_than_three_months_ago(world: World) -> None:
    member = make_member("孙北湖", home=world.own_branch)
    letter = issue(member, receiver=world.joint_branch, issued_on=months_ago(4))
    assert letter.expires_on == months_later(months_ago(4), 3)

    with pytest.raises(ValidationError) as problem:
        transfers.accept(actor=None, transfer=letter, on=today())

    assert refusal(problem, "on") == "介绍信已过有效期，请作废后重新开具"
    transfers.accept(actor=None, transfer=letter, on=letter.expires_on)


def test_the_county_may_shorten_the_letter_from_a_day_on(world: World) -> None:
    ParameterValue.objects.create(key="transfer.letter_months", value=1, valid_from=today())
    before, after = (make_member(name, home=world.own_branch) for name in ("孙北湖", "赵北湖"))

    assert issue(before, receiver=world.joint_branch, issued_on=months_ago(1)).expires_on == (
        months_later(months_ago(1), 3)
    )
    second = issue(after, receiver=world.joint_branch, letter="江组介〔2026〕2号")
    assert second.expires_on == months_later(today(), 1)


@pytest.mark.parametrize("nature", [OrganizationNature.FUNCTIONAL, OrganizationNature.TEMPORARY])
def test_functional_and_temporary_bodies_receive_nobody(world: World, nature: str) -> None:
    body = make_organization("项目临时党支部", parent=world.park_committee, nature=nature)

    with pytest.raises(ValidationError) as problem:
        issue(make_member("孙北湖", home=world.own_branch), receiver=body)

    assert "不转接组织关系" in refusal(problem, "receiver")


def test_a_branch_called_by_its_full_name_receives_online(world: World) -> None:
    letter = issue(
        make_member("孙北湖", home=world.own_branch), receiving_unit="东岭第一联合党支部"
    )

    assert (letter.receiver, letter.receiving_unit) == (world.joint_branch, "")
    told = Message.objects.get(recipient=world.east_officer)
    assert told.title == "孙北湖的组织关系介绍信待接收"


def test_the_database_refuses_an_answer_before_the_letter(world: World) -> None:
    letter = issue(make_member("孙北湖", home=world.own_branch), receiver=world.joint_branch)

    with pytest.raises(IntegrityError, match="members_transfer_answered"), transaction.atomic():
        MembershipTransfer.objects.filter(pk=letter.pk).update(
            state=TransferState.RETURNED, answered_on=today() - timedelta(days=1), answer="退"
        )


def test_the_receiving_side_accepts_and_the_sending_side_voids(world: World) -> None:
    letter = issue(make_member("孙北湖", home=world.own_branch), receiver=world.joint_branch)
    receiving, sending = desk(world.east_officer), desk(world.secretary)
    url = f"/transfers/{letter.pk}"

    assert "接收组织关系" in receiving.get(url).content.decode()
    assert "作废介绍信" in sending.get(url).content.decode()
    assert sending.post(f"{url}/accept", {"on": today()}).status_code == 403
    assert receiving.post(f"{url}/void", {"on": today(), "answer": "x"}).status_code == 403
    assert desk(world.west_officer).get(url).status_code == 404
    assert receiving.post(f"{url}/accept", {"on": today()}).status_code == 302
    assert present_of(letter.member).organization == world.joint_branch  # type: ignore[union-attr]


def test_a_clerk_issues_a_letter_on_one_page(world: World) -> None:
    member = make_member("孙北湖", home=world.own_branch)
    client = desk(world.park_officer)
    page = client.get(f"/transfers/new?member={member.pk}").content.decode()
    assert f"孙北湖（党员{member.pk}）" in page

    answer = client.post(
        "/transfers/new",
        {
            "member": f"孙北湖（党员{member.pk}）",
            "receiving_unit": world.joint_branch.code,
            "range": "committee",
            "letter": "江组介〔2026〕2号",
            "issued_on": today(),
        },
    )

    assert answer.status_code == 302
    assert member.transfers.get().receiver == world.joint_branch


def test_the_list_of_letters_takes_as_many_queries_for_many(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = desk(world.clerk)
    client.get("/transfers/")
    for number in range(12):
        one = make_member(f"孙{number}", home=world.own_branch)
        issue(one, receiver=world.joint_branch, letter=f"江组介〔2026〕{number}号")
    with django_assert_max_num_queries(8):
        page = client.get("/transfers/").content.decode()
    assert "孙11" in page
