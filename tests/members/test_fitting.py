"""Acts fit the people they are about: exits, letters, terms, posts, and who may be chosen."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.dates import today
from members.choices import FullMemberField
from members.development import steps
from members.development.forms import FullMembersField
from members.flow_choices import MemberField
from members.models import Membership, PartyMember
from members.sending import second_warning
from members.services import instructors, memberships
from members.talent import services as talent
from members.views import dues
from tests.builders import assign, make_full_member, make_instructor, make_person
from tests.members.developing import DAYS, applied, record, walk
from tests.members.moving import make_member
from tests.members.paying import make_payer, month, pay
from tests.members.test_members import refusal
from tests.members.test_pages import desk
from tests.members.test_refused_everywhere import by_program, database, in_sheet, on_screen
from tests.members.test_transfers import issue
from tests.world import EAST, PARK, WEST, World

ON_PROBATION: dict[str, Any] = {"category": "probationary", "confirmed_on": None}


@pytest.mark.parametrize(
    ("facts", "kind", "told"),
    [
        ({}, "cancelled", "“取消预备党员资格”只适用于预备党员"),
        (ON_PROBATION, "expelled", "“开除党籍”只适用于正式党员"),
        (ON_PROBATION, "persuaded", "“劝退”只适用于正式党员"),
    ],
)
def test_an_exit_fits_the_category(
    world: World, facts: dict[str, Any], kind: str, told: str
) -> None:
    member = make_member(f"{PARK}甲", home=world.own_branch)
    PartyMember.objects.filter(pk=member.pk).update(**facts)
    member.refresh_from_db()
    given = {"kind": kind, "on": str(today()), "reason": "支部大会决议"}
    page = on_screen(desk(world.secretary), f"/members/{member.pk}/leave", given)
    assert told in page["kind"][0]
    held = Membership.objects.filter(member=member)
    database("预备党员", lambda: held.update(valid_to=today(), exit_kind=kind))
    ended = memberships.end_membership(
        actor=None, member=member, on=today(), kind="dropped", reason="失去联系"
    )
    assert ended.exit_kind == "dropped"


def test_nobody_is_sent_before_he_was_a_full_member(world: World) -> None:
    guide, user = world.instructor, world.clerk
    told = f"{guide}于 2011-07-01 转正，选派日期不能更早（指导员应为正式党员）。"
    database("不能早于指导员转正", lambda: assign(guide, world.own, since=date(2011, 6, 30)))
    given: dict[str, Any] = {"enterprises": [world.own.uscc], "on": "2009-01-01"}
    page = on_screen(desk(user), f"/instructors/{guide.pk}/send", given)
    assert page == {"on": [told]}
    row = {"name": guide.person.name, "uscc": world.own.uscc or "", "valid_from": "2009-01-01"}
    assert in_sheet(user, "assignments", **row) == f"选派日期：{told}"
    assert by_program(user, "assignments", instructor=guide.pk, **given) == {"on": [told]}


def test_a_second_instructor_of_a_firm_at_once_is_pointed_out(world: World) -> None:
    other = make_instructor(f"{WEST}冯", home=world.west_committee)
    sent: Any = {"actor": None, "instructor": other, "enterprises": [world.uncovered]}
    made = instructors.assign(**sent, on=date(2026, 3, 1), until=date(2026, 9, 1))
    told = f"“{world.uncovered}”（{world.instructor}）同一时期另有指导员在派"
    assert second_warning(made).startswith(told)
    before = date(2019, 1, 1)
    earlier = instructors.assign(**sent, on=before, until=before + timedelta(days=90))
    assert second_warning(earlier) == ""
    given = {"enterprises": [world.own.uscc], "on": str(today()), "until": ""}
    for guide in (other, world.instructor):
        page = desk(world.clerk).post(f"/instructors/{guide.pk}/send", given, follow=True)
    assert "同一时期另有指导员在派" in page.content.decode()


def test_a_choice_says_which_rule_keeps_somebody_out(world: World) -> None:
    young = make_full_member(make_person(f"{PARK}英", home=world.own_branch), **ON_PROBATION)
    gone = make_full_member(make_person(f"{PARK}丽", home=world.own_branch), standing="suspended")
    plain = make_person(f"{PARK}民", home=world.own_branch)
    full, among = (kind(world.secretary) for kind in (FullMemberField, FullMembersField))
    words = f"{PARK}英不是在册正式党员（预备党员，在册），须为正式党员。"
    for text in (f"{PARK}英", f"{PARK}英（编号{young.person_id}）"):
        assert refusal(lambda text=text: full.clean(text)) == {"": [words]}
        assert refusal(lambda text=text: among.clean([text])) == {"": [words]}
    assert refusal(lambda: full.clean(plain.name))[""] == [
        f"{PARK}民没有登记为党员，须为正式党员。"
    ]
    roster = MemberField(world.secretary)
    words = f"{PARK}丽的党籍状态是“已停止党籍”，须为在册党员。"
    assert refusal(lambda: roster.clean(f"{PARK}丽（党员{gone.pk}）")) == {"": [words]}
    stranger = FullMemberField(world.east_officer)
    assert "不在您的数据范围内" in refusal(lambda: stranger.clean(f"{PARK}英"))[""][0]


def test_who_was_stopped_is_no_organizer_and_not_of_the_pool(world: World) -> None:
    gone = make_full_member(make_person(f"{PARK}丽", home=world.own_branch), standing="suspended")
    told = f"{PARK}丽的党籍状态是“已停止党籍”，不能登记。"
    given = {"area": world.park.pk, "person": gone.person.name, "on": str(today())}
    page = on_screen(
        desk(world.clerk), "/parks/organizers/new", given | {"engagement": "full_time"}
    )
    assert page == {"person": [told]}
    with pytest.raises(ValidationError, match="已停止党籍"):
        talent.enter_talent(
            actor=None, person=gone.person, background="retired", entered_on=today()
        )


def test_a_number_of_a_letter_is_one_members_in_a_year(world: World) -> None:
    one, two = (make_member(f"{PARK}{name}", home=world.own_branch) for name in "甲乙")
    issue(one, receiver=world.joint_branch)
    again = refusal(lambda: issue(two, receiver=world.joint_branch))
    assert "已开给另一名党员" in again["letter"][0]
    assert issue(two, receiver=world.joint_branch, letter="第3号").letter
    elsewhere = make_member(f"{EAST}丙", home=world.joint_branch)
    assert issue(elsewhere, receiver=world.own_branch, letter="第3号").letter


def test_a_sheet_of_bodies_makes_no_second_person_of_another_branchs(world: World) -> None:
    make_member(f"{PARK}军", home=world.own_branch)
    row = {"organization": world.joint_branch.code or "", "name": f"{PARK}军", "kind": "委员"}
    told = f"姓名：已登记有同名的{PARK}军（{world.own_branch}），请在班子页上登记任职"
    assert in_sheet(world.clerk, "posts", **row) == told


def test_a_letter_is_printed_with_counterfoil_and_receipt(world: World) -> None:
    member = make_member(f"{PARK}甲", home=world.own_branch)
    row = issue(member, receiver=world.joint_branch)
    page = desk(world.secretary).get(f"/transfers/{row.pk}/print").content.decode()
    assert page.count("编号：江组介〔2026〕1号") == 3
    assert f"由 {world.own_branch} 去 {world.joint_branch}，请转接组织关系" in page
    assert "同志的党员组织关系已转达我处" in page
    assert desk(world.west_officer).get(f"/transfers/{row.pk}/print").status_code == 404


def test_every_wrong_sum_of_a_sheet_is_named_at_once(world: World) -> None:
    one, two = (make_payer(world.own_branch, f"{PARK}{name}") for name in "甲乙")
    keys = [f"p-{member.pk}-{month(1):%Y-%m}" for member in (one, two)]
    sent = {"on": str(today()), "method": "cash", keys[0]: "五十", keys[1]: "-5"}
    url = f"/dues/{world.own_branch.pk}?month={month(1):%Y-%m}"
    errors = desk(world.secretary).post(url, sent).context["board"].errors
    assert list(errors) == keys
    assert "应大于零" in errors[keys[1]]


def test_unusual_steps_of_development_are_pointed_out(world: World) -> None:
    case = applied(world.own_branch, f"{PARK}申")
    walk(case, "form")
    for name in "甲乙":
        make_member(f"{PARK}{name}", home=world.own_branch)
    told = steps.remarks_on(case, record(case, "meeting"))
    assert told == ["有表决权的正式党员填写 9 人，多于支部当日的正式党员 2 人，请核对。"]
    walk(case, "probation")
    early = record(case, "confirmation_request", done_on=DAYS["probation"])
    [unusual] = steps.remarks_on(case, early)
    assert unusual.startswith("转正申请一般在预备期满前一个月内提出，预备期满日期为 2023-05-10")


def test_a_page_of_dues_is_no_total_of_the_branch(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dues, "ON_PAGE", 1)
    for name in "甲乙":
        pay(world.own_branch, make_payer(world.own_branch, f"{PARK}{name}"), {month(1): "50"})
    url = f"/dues/{world.own_branch.pk}?month={month(1):%Y-%m}"
    page = desk(world.secretary).get(url)
    assert (page.context["board"].paid, page.context["whole"].paid) == (50, 100)
    assert "全部合计（2 人）" in page.content.decode()
