"""The finder on real rows: whom it proposes, whom it leaves out, and what taking up does."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from core.dates import today
from core.models import Message
from enterprises.formation.services import open_plans
from enterprises.models import FormationMode, FormationPlan, FormationReason, FormationState
from reports.formation.finder import Finder, key_of
from reports.formation.queue import take_up
from tests.builders import cover, make_user
from tests.reports.county import County, joint_branch


def clerk_of(county: County) -> object:
    return make_user("王县办", role="county_clerk", at=county.committee)


def names(finder: Finder) -> list[list[str]]:
    return [
        sorted(fact.enterprise.name for fact in one.firms)
        for one in finder.proposals(finder.groups)
    ]


@pytest.fixture
def neighbours(county: County) -> County:
    for name, full in (("甲", 2), ("乙", 1)):
        county.enterprise(name, full_member_count=full, member_count=full)
    return county


def test_uncovered_neighbours_with_few_members_are_proposed(neighbours: County) -> None:
    neighbours.enterprise("远", place=neighbours.west, full_member_count=2)
    neighbours.enterprise("无", full_member_count=0)
    neighbours.enterprise("足", full_member_count=3)
    finder = Finder(clerk_of(neighbours), today())
    assert names(finder) == [["乙", "甲"]]
    assert finder.waiting() == 1


def test_covered_and_planned_enterprises_are_left_out(neighbours: County) -> None:
    covered = neighbours.enterprise("丙", full_member_count=2)
    cover(covered, joint_branch("支部", neighbours.east_committee), mode=FormationMode.JOINT)
    planned = neighbours.enterprise("丁", full_member_count=2)
    open_plans(actor=None, reasons={planned: FormationReason.OTHER}, on=today())
    assert names(Finder(clerk_of(neighbours), today())) == [["乙", "甲"]]


def test_an_officer_is_proposed_only_the_enterprises_of_the_own_unit(neighbours: County) -> None:
    officer = make_user("林西岭", role="organizer", at=neighbours.west_committee)
    assert names(Finder(officer, today())) == []


def test_who_reached_three_members_in_a_joint_branch_is_proposed_an_own_one(
    county: County,
) -> None:
    branch = joint_branch("联合支部", county.east_committee)
    for name, full in (("甲", 3), ("乙", 2)):
        cover(county.enterprise(name, full_member_count=full), branch, mode=FormationMode.JOINT)
    found = Finder(clerk_of(county), today()).outgrown()
    assert [fact.enterprise.name for fact in found] == ["甲"]


def test_joint_branches_above_five_are_crowded_and_above_ten_too_large(county: County) -> None:
    for name, size in (("小", 5), ("中", 6), ("大", 11)):
        branch = joint_branch(f"{name}支部", county.east_committee)
        for number in range(size):
            cover(county.enterprise(f"{name}{number}"), branch, mode=FormationMode.JOINT)
    crowded = Finder(clerk_of(county), today()).crowded()
    assert [(str(body), size) for body, size in crowded] == [("大支部", 11), ("中支部", 6)]
    other = make_user("林西岭", role="organizer", at=county.west_committee)
    assert Finder(other, today()).crowded() == []


def test_a_proposal_is_taken_up_with_one_press_and_a_confirmation(neighbours: County) -> None:
    make_user("陈东河", role="organizer", at=neighbours.east_committee)
    client = Client()
    client.force_login(clerk_of(neighbours))  # type: ignore[arg-type]
    key = key_of(Finder(clerk_of(neighbours), today()).groups[0].firms[n].key for n in (0, 1))
    page = client.get("/formation/finder")
    assert f"/formation/finder/{key}" in page.content.decode()
    asked = client.get(f"/formation/finder/{key}").context["form"].initial
    assert asked["unit"] == neighbours.east_committee
    answer = client.post(
        f"/formation/finder/{key}",
        {
            "unit": neighbours.east_committee.code,
            "planned_on": asked["planned_on"].isoformat(),
            "proposed_name": asked["proposed_name"],
            "person": "陈专干",
        },
    )
    assert answer.status_code == 302
    assert Message.objects.get().title == "新安排组建计划 2 家"
    plans = FormationPlan.objects.order_by("enterprise__name")
    assert [(one.state, one.mode, one.person) for one in plans] == [
        (FormationState.PLANNED, FormationMode.JOINT, "陈专干")
    ] * 2
    assert client.get(f"/formation/finder/{key}").status_code == 404


def test_a_proposal_that_somebody_took_up_meanwhile_is_refused(neighbours: County) -> None:
    firms = [neighbours.enterprise("丙"), neighbours.enterprise("丁")]
    open_plans(actor=None, reasons={firms[0]: FormationReason.OTHER}, on=today())
    with pytest.raises(ValidationError, match="请重新查看组建方案"):
        take_up(
            actor=clerk_of(neighbours),  # type: ignore[arg-type]
            enterprises=firms,
            reason=FormationReason.NEIGHBOURS,
            mode=FormationMode.JOINT,
            unit=neighbours.east_committee,
            planned_on=today(),
        )
    assert FormationPlan.objects.count() == 1


def test_a_neighbours_proposal_is_not_found(neighbours: County) -> None:
    key = key_of(firm.key for firm in Finder(clerk_of(neighbours), today()).groups[0].firms)
    client = Client()
    client.force_login(make_user("林西岭", role="organizer", at=neighbours.west_committee))
    assert client.get(f"/formation/finder/{key}").status_code == 404
