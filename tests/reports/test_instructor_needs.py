"""Who waits for an instructor, in which order; sending one to many; the ledger; coverage I07."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.columns import Column
from core.dates import today
from enterprises.models import EnterpriseYear
from members.models import Instructor, InstructorAssignment
from reports.coverage import measure
from reports.indicators import INDICATOR
from reports.ledgers import LEDGER
from reports.needs import needs, proposals
from reports.units import units_on
from tests.builders import assign, make_enterprise, make_instructor
from tests.members.test_pages import desk
from tests.reports.county import DAY, County, instruct
from tests.world import PARK, World


@pytest.fixture
def county(db: None) -> County:
    return County()


def test_what_should_have_an_organization_comes_first_then_what_is_not_ripe(world: World) -> None:
    due = make_enterprise("应建有限公司", county=world.county, area=world.east)
    EnterpriseYear.objects.create(
        enterprise=due, reference_date=date(2025, 12, 31), full_member_count=3, member_count=3
    )
    ripe = make_enterprise("未具备有限公司", county=world.county, area=world.east)
    found = needs(world.clerk, today()).order_by("priority", "pk")
    assert [(fact.pk, fact.priority) for fact in found] == [
        (due.pk, 1),
        (ripe.pk, 2),
        (world.own.pk, 3),
        (world.joint.pk, 3),
        (world.joint_too.pk, 3),
    ]
    assert {fact.pk for fact in needs(world.park_officer, today())} == {world.own.pk}


def test_one_instructor_is_sent_to_twelve_firms_at_once(world: World) -> None:
    firms = [make_enterprise(county=world.county, area=world.east) for _ in range(9)]
    given = {"do": "bulk", "action": "send", "all": "1"}
    client = desk(world.clerk)
    preview = client.post("/instructors/needed", given).content.decode()
    assert "吴西河（1/5 家" in preview
    sent = {
        **given,
        "confirm": "1",
        "expected": "12",
        "instructor": str(world.instructor.pk),
        "on": today().isoformat(),
        "until": "",
        "once": "x",
    }
    page = client.post("/instructors/needed", sent, follow=True).content.decode()
    assert "已将吴西河派往 12 家企业。" in page
    assert "吴西河（13 家）超过每人 5 家的上限" in page
    assert InstructorAssignment.objects.filter(enterprise__in=firms).count() == 9
    assert not needs(world.clerk, today()).exists()


def test_a_refused_bulk_says_so_and_sends_nobody(world: World) -> None:
    from members.models import PartyMember

    PartyMember.objects.update(standing="suspended")
    sent = {
        "do": "bulk",
        "action": "send",
        "all": "1",
        "confirm": "1",
        "expected": "3",
        "instructor": str(world.instructor.pk),
        "on": today().isoformat(),
        "until": "",
    }
    page = desk(world.clerk).post("/instructors/needed", sent).content.decode()
    assert "不是在册正式党员" in page
    assert InstructorAssignment.objects.count() == 1


def test_a_proposal_prefers_the_neighbour_and_is_taken_row_by_row(world: World) -> None:
    near = make_instructor("近某", home=world.county_committee, area=world.park)
    found = {one.fact.pk: one for one in proposals(world.clerk, today())}
    assert (found[world.own.pk].instructor, found[world.own.pk].is_near) == (near, True)
    client = desk(world.clerk)
    assert f"{PARK}电子" in client.get("/instructors/proposal").content.decode()
    terms = {"on": today().isoformat(), "until": ""}
    assert "请勾选要采用的建议" in client.post("/instructors/proposal", terms).content.decode()
    client.post("/instructors/proposal", {**terms, "pair": found[world.own.pk].key})
    assert set(Instructor.objects.get(pk=near.pk).assignments.values_list("enterprise")) == {
        (world.own.pk,)
    }


def test_coverage_counts_enterprises_and_not_instructors(county: County) -> None:
    first, second, _ = (county.enterprise(name) for name in "甲乙丙")
    term = instruct(first, county.east_committee)
    assign(term.instructor, second)
    assign(make_instructor("另一", home=county.east_committee), second)
    figures = measure(DAY).of(county.east.code)
    rate = figures.rate(INDICATOR["instructor_coverage"])
    assert rate is not None
    assert (rate.numerator, rate.denominator) == (2, 3)


def ledger_rows(county: County, day: date = DAY) -> list[dict[str, Any]]:
    ledger = LEDGER["instructors"]
    unit = next(one for one in units_on(day) if one.code == county.area.code)
    fields = [column.field for column in ledger.columns]
    return [dict(zip(fields, line.values, strict=True)) for line in ledger.lines(unit, day)]


def test_the_ledger_has_the_columns_of_the_official_form() -> None:
    headers = [column.header for column in LEDGER["instructors"].columns]
    assert all(isinstance(column, Column) for column in LEDGER["instructors"].members)
    assert " ".join(headers) == (
        "序号 姓名 性别 出生年月 政治面貌(入党时间) 工作单位及职务 专/兼职 派驻企业 企业从业人数 "
        "党员数 是否建党组织 选派时间 联系电话 备注"
    )


def test_the_ledger_lists_who_was_in_post_on_the_day(county: County) -> None:
    firm = county.enterprise("甲", employee_count=40, member_count=2)
    term = instruct(firm, county.east_committee, until=date(2026, 6, 1))
    term.instructor.person.phone = "13812345678"
    term.instructor.person.born_on = date(1980, 5, 6)
    term.instructor.person.save()
    assign(term.instructor, county.enterprise("乙"))
    row, _, total = ledger_rows(county)[-3:]
    lines = ledger_rows(county)
    mine = next(line for line in lines if line["enterprise"] == "甲")
    assert (mine["party"], mine["born"], mine["phone"]) == (
        "中共党员（2010.07）",
        "1980.05",
        "138****5678",
    )
    assert (mine["employees"], mine["members"], mine["is_formed"]) == (40, 2, False)
    assert mine["remark"] == "2026-06-01到期"
    assert (total["home_unit"], total["enterprise"]) == ("指导员1名", "企业2家")
    later = ledger_rows(county, date(2026, 7, 1))
    assert [line["enterprise"] for line in later] == ["乙", "企业1家"]
    assert row["serial"] == 1


def test_the_need_list_takes_as_many_queries_for_many(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = desk(world.clerk)
    client.get("/instructors/needed")
    for _ in range(20):
        make_enterprise(county=world.county, area=world.east)
    with django_assert_max_num_queries(12):
        page = client.get("/instructors/needed").content.decode()
    assert page.count("贸易有限公司") >= 20


def test_the_sheet_sends_and_refuses_with_the_sentence_of_the_form(world: World) -> None:
    from members.instructor_sheets import TermResource

    def read(**row: str) -> Any:
        rows = [{"row": "2", "name": "吴西河", "valid_from": "2026-03-01", **row}]
        resource = TermResource(world.clerk)
        return resource.import_data(resource.dataset(rows), dry_run=False)

    assert not read(uscc=world.own.uscc or "", visit_months="2").has_errors()
    term = InstructorAssignment.objects.get(enterprise=world.own)
    assert (term.visit_months, term.sender) == (2, world.west_committee)
    overlap = read(uscc=world.own.uscc or "", valid_from="2026-05-01")
    [invalid] = overlap.invalid_rows or [overlap.rows[0]]
    assert "该指导员在此时段已派驻这家企业" in str(
        getattr(invalid, "error", None) or invalid.errors[0].error
    )
    unknown = read(uscc=world.own.uscc or "", name="无名氏")
    problem = (
        unknown.invalid_rows[0].error if unknown.invalid_rows else unknown.rows[0].errors[0].error
    )
    assert isinstance(problem, ValidationError)
    assert "没有登记指导员“无名氏”" in str(problem)
