"""Members: registered once, admitted, confirmed, moved, gone, and never deleted."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from core import history
from core.identifiers import complete_citizen_id
from core.models import AuditEntry
from enterprises.models import EnterpriseYear
from members.models import Membership, PartyMember, Person
from members.services import employments, members, memberships
from members.services.members import Registration
from members.services.memberships import Move
from members.standing import full_years, probation_end
from organizations.models import PartyOrganization
from organizations.strength import Strength, strengths
from tests.builders import make_organization, make_person
from tests.world import EAST, PARK, World

NUMBER = complete_citizen_id("34082419900307123")
JOINED = date(2015, 7, 1)


def given(organization: PartyOrganization, name: str = f"{PARK}甲", **facts: Any) -> Registration:
    member = {
        "category": "full",
        "accepted_on": JOINED,
        "confirmed_on": date(2016, 7, 1),
        **facts.pop("member", {}),
    }
    return Registration(
        organization, {"name": name, **facts}, member, on=date(2021, 3, 1), document="介绍信1号"
    )


def registered(
    organization: PartyOrganization, name: str = f"{PARK}甲", **facts: Any
) -> PartyMember:
    return members.register_member(actor=None, given=given(organization, name, **facts))


def refusal(act: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        act()
    problem = refused.value
    return problem.message_dict if hasattr(problem, "error_dict") else {"": problem.messages}


def test_a_registered_member_tells_birth_and_sex_by_the_number(world: World) -> None:
    member = registered(world.own_branch, citizen_id=NUMBER)
    person = Person.objects.get(party_member=member)
    assert (person.citizen_id, person.born_on, person.sex) == (NUMBER, date(1990, 3, 7), "male")
    assert person.home_organization == world.own_branch
    with connection.cursor() as cursor:
        cursor.execute("SELECT citizen_id FROM members_person WHERE id = %s", [person.pk])
        assert NUMBER not in cursor.fetchone()[0]
    logged = AuditEntry.objects.get(verb="member.register")
    assert NUMBER not in str(logged.after)
    assert NUMBER[:6] not in str(logged.after)


@pytest.mark.parametrize("typed", [NUMBER, NUMBER.lower(), f" {NUMBER[:6]} {NUMBER[6:]} "])
def test_one_number_is_one_person(world: World, typed: str) -> None:
    registered(world.own_branch, citizen_id=NUMBER)
    told = refusal(lambda: registered(world.joint_branch, f"{EAST}乙", citizen_id=typed))
    assert "已经登记" in told["citizen_id"][0]
    other = make_person("丙", home=world.own_branch)
    other.citizen_id = typed
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


def test_somebody_known_is_taken_up_as_a_member(world: World) -> None:
    known = make_person(f"{PARK}丁", home=world.own_branch, citizen_id=NUMBER)
    assert registered(world.own_branch, f"{PARK}丁", citizen_id=NUMBER).person_id == known.pk


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"member": {"confirmed_on": date(2015, 6, 30)}}, "confirmed_on"),
        ({"member": {"category": "probationary"}}, "confirmed_on"),
        ({"born_on": date(1997, 7, 2)}, "accepted_on"),
        ({"member": {"accepted_on": date(2999, 1, 1), "confirmed_on": None}}, "accepted_on"),
        ({"citizen_id": "340824199003071230"}, "citizen_id"),
        ({"name": ""}, "name"),
        ({"born_on": date(1990, 1, 1), "started_work_on": date(1989, 1, 1)}, "started_work_on"),
    ],
)
def test_what_no_member_can_be_is_refused_at_its_field(
    world: World, facts: dict[str, Any], field: str
) -> None:
    assert field in refusal(lambda: registered(world.own_branch, **facts))
    assert not PartyMember.objects.filter(person__home_organization=world.own_branch).exists()


@pytest.mark.parametrize(
    ("nature", "kind"),
    [
        ("functional", "branch"),
        ("temporary", "branch"),
        ("mobile", "branch"),
        ("regular", "committee"),
    ],
)
def test_only_regular_branches_hold_members(world: World, nature: str, kind: str) -> None:
    body = make_organization(f"{PARK}某组织", parent=world.park_committee, nature=nature, kind=kind)
    assert "organization" in refusal(lambda: registered(body))
    member = registered(world.own_branch)
    if nature != "regular":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="不转接组织关系"), transaction.atomic():
            Membership.objects.filter(member=member).update(organization=body)


def test_a_member_is_never_in_two_branches_at_once(world: World) -> None:
    member = registered(world.own_branch)
    move = Move(world.joint_branch, date(2022, 1, 1))
    told = refusal(lambda: memberships.begin(actor=None, member=member, move=move))
    assert told == {"on": ["同一时段一名党员只能在一个党组织"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            member=member,
            organization=world.joint_branch,
            valid_from=date(2022, 1, 1),
            entry_kind="transferred",
        )


def test_a_moved_member_is_seen_at_the_new_branch_and_counted_by_day(world: World) -> None:
    member = registered(world.own_branch)
    move = Move(world.joint_branch, date(2023, 5, 1))
    memberships.move_membership(actor=None, member=member, move=move)
    assert PartyMember.objects.visible_to(world.east_officer).filter(pk=member.pk).exists()
    assert not PartyMember.objects.visible_to(world.park_officer).filter(pk=member.pk).exists()
    paths = {one.pk: one.path for one in (world.own_branch, world.joint_branch)}
    before, after = strengths(date(2023, 4, 30), paths), strengths(date(2023, 5, 1), paths)
    assert before[world.own_branch.pk] == after[world.joint_branch.pk] == Strength(1, 1)
    assert after[world.own_branch.pk] == Strength(0, 0)


def test_reported_numbers_count_until_members_are_kept(world: World) -> None:
    EnterpriseYear.objects.create(
        enterprise=world.own, reference_date=date(2020, 12, 31), member_count=9, full_member_count=8
    )
    paths, day = {world.own_branch.pk: world.own_branch.path}, date(2022, 1, 1)
    assert strengths(day, paths) == {world.own_branch.pk: Strength(9, 8)}
    registered(world.own_branch)
    assert strengths(day, paths) == {world.own_branch.pk: Strength(1, 1)}


def test_probation_ends_after_a_year_and_is_extended_once(world: World) -> None:
    person = make_person(f"{PARK}戊", home=world.own_branch, born_on=date(1999, 1, 1))
    member = members.admit_probationary(
        actor=None, person=person, organization=world.own_branch, on=date(2023, 6, 1)
    )
    early = date(2024, 5, 31)
    assert "on" in refusal(lambda: members.confirm_member(actor=None, member=member, on=early))
    assert "months" in refusal(
        lambda: members.extend_probation(actor=None, member=member, months=5)
    )
    members.extend_probation(actor=None, member=member, months=6)
    refusal(lambda: members.extend_probation(actor=None, member=member, months=6))
    members.confirm_member(actor=None, member=member, on=date(2024, 12, 1))
    member.refresh_from_db()
    assert (member.category, member.confirmed_on) == ("full", date(2024, 12, 1))
    assert member.memberships.get().entry_kind == "developed"


def test_exits_leave_the_record_and_only_some_may_come_back(world: World) -> None:
    member = registered(world.own_branch)
    memberships.end_membership(actor=None, member=member, on=date(2024, 1, 1), kind="suspended")
    member.refresh_from_db()
    assert member.standing == "suspended"
    back = Move(world.own_branch, date(2024, 6, 1), "restored")
    memberships.begin(actor=None, member=member, move=back)
    memberships.end_membership(actor=None, member=member, on=date(2025, 1, 1), kind="expelled")
    again = Move(world.own_branch, date(2025, 6, 1))
    assert (
        "已出党" in refusal(lambda: memberships.begin(actor=None, member=member, move=again))[""][0]
    )
    with pytest.raises(IntegrityError, match="不能删除"), transaction.atomic():
        PartyMember.objects.filter(pk=member.pk)._raw_delete("default")
    assert member.memberships.count() == 2


def test_a_secretary_is_relieved_before_leaving(world: World) -> None:
    from members import posts

    member = registered(world.own_branch)
    posts.appoint(
        actor=None,
        organization=world.own_branch,
        person=member.person,
        kind="secretary",
        on=date(2022, 1, 1),
        source="owner",
    )
    leave = lambda: memberships.end_membership(  # noqa: E731
        actor=None, member=member, on=date(2024, 1, 1), kind="transferred"
    )
    assert "请先免去职务" in refusal(leave)[""][0]


def test_work_and_relation_are_different_facts(world: World) -> None:
    member = registered(world.own_branch)
    move = employments.move_employment
    move(actor=None, person=member.person, enterprise=world.uncovered, on=date(2022, 1, 1))
    place: Any = {"actor": None, "person": member.person, "enterprise": world.joint}
    assert "on" in refusal(lambda: move(**place, on=date(2021, 1, 1)))
    second = move(**place, on=date(2023, 1, 1), post="车间主任")
    assert second is not None
    held = member.person.employments.order_by("valid_from")
    assert [one.valid_to for one in held] == [date(2023, 1, 1), None]
    assert memberships.present_of(member).organization == world.own_branch  # type: ignore[union-attr]


def test_years_of_membership_run_from_confirmation() -> None:
    assert full_years(date(2016, 7, 1), date(2026, 6, 30)) == 9
    assert full_years(date(2016, 2, 29), date(2026, 3, 1)) == 10
    assert probation_end(date(2023, 8, 31), 6) == date(2025, 2, 28)


def test_an_earlier_fact_of_a_member_comes_back_from_the_history(world: World) -> None:
    member = registered(world.own_branch)
    was = member.person.position
    born = member.person.born_on
    members.change_member(
        actor=None,
        member=member,
        reason="录入",
        position="副厂长",
        born_on=date(1985, 3, 4),
        phone="13812345678",
    )
    entry = AuditEntry.objects.get(verb="member.change")
    changed = PartyMember.objects.get(pk=member.pk)

    offered = {row.label for row in history.offers(entry, changed, world.clerk)}
    for name in ("position", "born_on"):
        history.restore(
            actor=None, entry=entry, target=changed, side="before", name=name, reason="更正"
        )
        changed = PartyMember.objects.get(pk=member.pk)

    assert {"出生日期"} <= offered
    assert not offered & {"联系电话", "身份证号"}
    assert (changed.person.position, changed.person.born_on) == (was, born)
    assert changed.person.phone == "13812345678"
    with pytest.raises(ValidationError, match="不能从历史恢复"):
        history.restore(
            actor=None, entry=entry, target=changed, side="after", name="phone", reason="更正"
        )
