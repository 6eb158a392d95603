"""The queue 应建未建 follows the facts: opened, reached, overtaken; and units are told."""

from datetime import date, timedelta

import pytest

from core import deadlines
from core.dates import today
from core.jobs import run_now, submit
from core.models import Message
from enterprises.formation.services import open_plans, plan_formation
from enterprises.models import (
    Enterprise,
    FormationMode,
    FormationPlan,
    FormationReason,
    FormationState,
    OperatingStatus,
)
from enterprises.services import change_status
from reports.formation.queue import REFRESH, Outcome, bring_up_to_date
from tests.builders import cover, make_organization, make_user
from tests.reports.county import County, joint_branch


def run(day: date | None = None) -> Outcome:
    return bring_up_to_date(actor=None, day=day or today())


def states() -> dict[str, str]:
    return dict(FormationPlan.objects.values_list("enterprise__name", "state"))


def test_enterprises_due_and_not_covered_enter_the_queue_once(county: County) -> None:
    county.enterprise("甲", full_member_count=3, member_count=3)
    county.enterprise("乙", full_member_count=2, member_count=2)
    covered = county.enterprise("丙", full_member_count=5, member_count=5)
    cover(covered, make_organization("丙支部", parent=county.east_committee))
    assert run() == Outcome(opened=1)
    assert run() == Outcome()
    plan = FormationPlan.objects.get()
    assert (plan.enterprise.name, plan.reason) == ("甲", FormationReason.FULL_MEMBERS)
    assert plan.unit == county.east_committee


def test_a_covered_enterprise_ends_its_plan(county: County) -> None:
    firm = county.enterprise("甲", full_member_count=3, member_count=3)
    run()
    link = cover(firm, make_organization("甲支部", parent=county.east_committee), since=today())
    assert run() == Outcome(working=1)
    plan = FormationPlan.objects.get()
    assert (plan.state, plan.link) == (FormationState.WORKING, link)


def test_who_outgrew_a_joint_branch_is_done_with_an_own_one(county: County) -> None:
    firm = county.enterprise("甲", full_member_count=3, member_count=3)
    link = cover(firm, joint_branch("联合支部", county.east_committee), mode=FormationMode.JOINT)
    open_plans(actor=None, reasons={firm: FormationReason.OUTGROWN}, on=today())
    assert run() == Outcome()
    link.valid_to = today()
    link.save()
    cover(firm, make_organization("甲支部", parent=county.east_committee), since=today())
    assert run() == Outcome(working=1)


def test_an_identified_enterprise_that_is_no_longer_due_leaves(county: County) -> None:
    firm = county.enterprise("甲", full_member_count=3, member_count=3)
    run()
    firm.years.update(full_member_count=2)
    assert run() == Outcome(closed=1)
    step = FormationPlan.objects.get().steps.last()
    assert step is not None
    assert step.reason == "不再达到应建条件"


def test_what_somebody_has_planned_stays_although_no_longer_due(county: County) -> None:
    firm = county.enterprise("甲", full_member_count=3, member_count=3)
    run()
    plan_formation(actor=None, plans=FormationPlan.objects.all(), on=today(), planned_on=today())
    firm.years.update(full_member_count=2)
    assert run() == Outcome()


def test_an_enterprise_that_is_gone_leaves_whatever_was_planned(county: County) -> None:
    firm = county.enterprise("甲", full_member_count=3, member_count=3)
    run()
    plan_formation(actor=None, plans=FormationPlan.objects.all(), on=today(), planned_on=today())
    change_status(
        actor=None,
        enterprise=firm,
        reason="注销",
        on=today(),
        operating_status=OperatingStatus.DEREGISTERED,
    )
    assert run() == Outcome(closed=1)


def test_a_lost_cover_closes_the_finished_plan_and_opens_a_new_one(county: County) -> None:
    firm = county.enterprise("甲", full_member_count=3, member_count=3)
    run()
    link = cover(firm, make_organization("甲支部", parent=county.east_committee))
    run()
    link.valid_to = today()
    link.save()
    assert run() == Outcome(opened=1, closed=1)
    assert sorted(FormationPlan.objects.values_list("state", flat=True)) == ["closed", "identified"]


def test_only_the_enterprises_asked_for_are_looked_at(county: County) -> None:
    county.enterprise("甲", full_member_count=3)
    west = county.enterprise("乙", place=county.west, full_member_count=3)
    bring_up_to_date(actor=None, day=today(), within=Enterprise.objects.filter(pk=west.pk))
    assert states() == {"乙": "identified"}


def test_the_responsible_unit_is_told_once_a_day(county: County) -> None:
    officer = make_user("陈东河", role="organizer", at=county.east_committee)
    make_user("李县长", role="leader", at=county.east_committee)
    county.enterprise("甲", full_member_count=3)
    county.enterprise("乙", full_member_count=4)
    run()
    message = Message.objects.get()
    assert message.recipient_id == officer.pk
    assert message.title == "新列入应建未建企业 2 家，请制定组建计划"


def test_the_nightly_job_reminds_of_what_is_overdue_once_a_week(county: County) -> None:
    make_user("陈东河", role="organizer", at=county.east_committee)
    firm = county.enterprise("甲", full_member_count=3)
    late = today() - timedelta(days=30)
    plans = open_plans(actor=None, reasons={firm: FormationReason.FULL_MEMBERS}, on=late)
    plan_formation(actor=None, plans=plans, on=late, planned_on=late + timedelta(days=9))
    for night in ("1", "2"):
        job = submit(REFRESH, owner=None, params={}, idempotency_key=night)
        run_now(job)
    assert [one.title for one in Message.objects.all()] == ["1 家企业的组建计划已经逾期"]


def test_the_planned_day_is_a_deadline_of_the_officer_alone(county: County) -> None:
    officer = make_user("陈东河", role="organizer", at=county.east_committee)
    other = make_user("林西岭", role="organizer", at=county.west_committee)
    leader = make_user("李县长", role="leader", at=county.committee)
    firm = county.enterprise("甲", full_member_count=3)
    plans = open_plans(actor=None, reasons={firm: FormationReason.FULL_MEMBERS}, on=today())
    until = today() + timedelta(days=9)
    plan_formation(actor=None, plans=plans, on=today(), planned_on=until)
    (one,) = deadlines.due(officer, until)
    assert (one.on, one.subject, one.what) == (until, "甲", "组建党组织（已计划）")
    assert deadlines.due(officer, until - timedelta(days=1)) == []
    assert deadlines.due(other, until) == deadlines.due(leader, until) == []


@pytest.mark.parametrize(("full", "opened"), [(0, 0), (3, 1)])
def test_enterprises_above_scale_enter_where_the_county_says_so(
    county: County, full: int, opened: int
) -> None:
    county.enterprise("甲", employee_count=100, full_member_count=full)
    assert run().opened == opened
