"""未建党组织企业台账: who has no organization, why, and what is planned by whom until when."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from core.columns import depth
from enterprises.formation.services import advance, open_plans, plan_formation
from enterprises.models import Enterprise, FormationObstacle, FormationReason
from reports.ledgers import LEDGER
from reports.ledgers.base import Value
from reports.ledgers.workbook import preview, write
from reports.units import Unit, units_on
from tests.builders import cover, make_organization
from tests.reports.county import DAY, County, instruct

UNCOVERED = LEDGER["uncovered"]
BEGIN, UNTIL = date(2025, 3, 1), date(2026, 3, 31)


def unit_of(county: County, day: date = DAY) -> Unit:
    return next(unit for unit in units_on(day) if unit.code == county.area.code)


def rows(county: County, day: date = DAY) -> list[dict[str, Value]]:
    fields = [column.field for column in UNCOVERED.columns]
    found = UNCOVERED.lines(unit_of(county, day), day)
    return [dict(zip(fields, line.values, strict=True)) for line in found]


@pytest.fixture
def firm(county: County) -> Enterprise:
    return county.enterprise(
        "甲",
        employee_count=60,
        member_count=5,
        full_member_count=3,
        business_address="东河镇工业路1号",
        phone="19900001234",
    )


def planned(firm: Enterprise, **facts: Any) -> None:
    plans = open_plans(actor=None, reasons={firm: FormationReason.FULL_MEMBERS}, on=BEGIN)
    plan_formation(
        actor=None,
        plans=plans,
        on=date(2025, 5, 1),
        planned_on=UNTIL,
        leader="周书记",
        person="陈专干",
        measures="上门宣讲",
        obstacle=FormationObstacle.OWNER,
        **facts,
    )


def test_the_columns_stand_in_the_order_of_the_form() -> None:
    assert " ".join(column.header for column in UNCOVERED.columns) == (
        "序号 企业名称 所在地 从业人数 正式 预备 积极分子(名) 未建原因 拟采取措施 拟建时间 "
        "责任领导 责任人 指导员 电话 备注"
    )
    assert depth(UNCOVERED.members) == 2


def test_a_line_says_who_does_what_until_when(county: County, firm: Enterprise) -> None:
    planned(firm)
    instruct(firm, county.committee)
    line, total = rows(county)
    assert line == {
        "serial": 1,
        "name": "甲",
        "place": "东河镇工业路1号",
        "employees": 60,
        "full_members": 3,
        "probationary_members": 2,
        "activists": None,
        "reason": "应建未建：企业出资人不支持",
        "measures": "上门宣讲",
        "planned_on": UNTIL,
        "leader": "周书记",
        "person": "陈专干",
        "instructor": "何其正",
        "phone": "199****1234",
        "remark": "已计划",
    }
    assert (total["name"], total["employees"], total["full_members"]) == ("合计", 60, 3)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"full_member_count": 3}, "应建未建"),
        ({"member_count": 2, "full_member_count": 2}, "有党员但不符合建立条件"),
        ({"member_count": 0}, "无党员"),
        ({}, "无党员"),
        (
            {"full_member_count": 3, "reported": {"no_organization_reason": "superior"}},
            "应建未建：上级党组织未及时指导",
        ),
    ],
)
def test_each_enterprise_has_one_of_three_reasons(
    county: County, facts: dict[str, Any], reason: str
) -> None:
    county.enterprise("甲", **facts)
    assert rows(county)[0]["reason"] == reason


def test_covered_and_uncounted_enterprises_are_not_on_it(county: County, firm: Enterprise) -> None:
    cover(firm, make_organization("甲支部", parent=county.east_committee))
    county.unclaimed("乙", full_member_count=3)
    assert len(rows(county)) == 1  # the line of totals


def test_a_past_ledger_shows_the_plan_as_it_stood(county: County, firm: Enterprise) -> None:
    planned(firm)
    assert [rows(county, day)[0]["remark"] for day in (date(2025, 2, 1), BEGIN, DAY)] == [
        "",
        "已识别",
        "已计划",
    ]


def test_a_closed_plan_says_nothing_any_more(county: County, firm: Enterprise) -> None:
    planned(firm)
    advance(
        actor=None,
        plans=firm.formation_plans.all(),
        act="formation.close",
        on=date(2025, 6, 1),
        reason="停产",
    )
    assert (rows(county)[0]["remark"], rows(county)[0]["person"]) == ("", "")


def test_an_enterprise_appears_under_its_name_of_the_day(county: County, firm: Enterprise) -> None:
    firm.former_names.create(
        what="name", value="老甲厂", valid_from=date(2020, 1, 1), valid_to=date(2026, 1, 1)
    )
    assert rows(county)[0]["name"] == "老甲厂"


def test_the_file_says_what_the_preview_says(
    county: County, firm: Enterprise, tmp_path: Path
) -> None:
    planned(firm)
    county.enterprise("乙", member_count=1)
    unit = unit_of(county)
    write(UNCOVERED, unit, DAY, tmp_path / "台账.xlsx")
    sheet = load_workbook(tmp_path / "台账.xlsx").active
    assert sheet is not None
    cells = {str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value}
    shown = preview(UNCOVERED, unit, DAY)
    assert shown.heading == "怀川县未建党组织企业台账"
    for line in shown.rows[:-1]:
        for text, _ in line.cells:
            assert not text or any(text in cell for cell in cells), text
