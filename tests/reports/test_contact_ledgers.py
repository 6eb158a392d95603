"""领导干部联系点台账 and 企业诉求办理台账: the year's pairs and requests as a day saw them."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enterprises.contacts.services import pair, record_visit
from enterprises.models import ContactPoint, Enterprise, EnterpriseRequest
from enterprises.requests.services import advance, receive
from reports.ledgers import LEDGER
from reports.ledgers.base import Value
from reports.units import Unit, units_on
from tests.builders import cover, make_organization
from tests.reports.county import DAY, County

CONTACTS, REQUESTS = LEDGER["contacts"], LEDGER["requests"]
MARCH, APRIL, MAY = date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1)


def unit_of(county: County) -> Unit:
    return next(unit for unit in units_on(DAY) if unit.code == county.area.code)


def rows(ledger: Any, county: County, day: date = DAY) -> list[dict[str, Value]]:
    fields = [column.field for column in ledger.columns]
    found = ledger.lines(unit_of(county), day)
    return [dict(zip(fields, line.values, strict=True)) for line in found]


@pytest.fixture
def firm(county: County) -> Enterprise:
    return county.enterprise(
        "甲厂", legal_representative="何其正", business_address="工业路1号", phone="19900001234"
    )


@pytest.fixture
def point(firm: Enterprise) -> ContactPoint:
    return pair(
        actor=None, enterprise=firm, year=2025, level="county", leader="周县长", post="县长"
    )


def heard(firm: Enterprise, on: date = MARCH, **facts: Any) -> EnterpriseRequest:
    said: dict[str, Any] = {"source": "hotline", "category": "labour", "title": "招工难", **facts}
    return receive(actor=None, enterprise=firm, received_on=on, **said)


def act(row: EnterpriseRequest, name: str, on: date, **said: Any) -> None:
    advance(actor=None, request=row, act=f"request.{name}", on=on, **said)


def closed(row: EnterpriseRequest, on: date = MAY) -> None:
    act(row, "accept", APRIL)
    act(row, "assign", APRIL, unit="县人社局", due_on=date(2025, 4, 20))
    act(row, "handle", on, result="已招聘")
    act(row, "answer", on, answer="已招聘")
    act(row, "confirm", on, satisfaction="fair")
    act(row, "close", on)


def test_the_columns_stand_in_the_order_of_the_forms() -> None:
    assert " ".join(column.header for column in CONTACTS.columns) == (
        "序号 领导姓名 职务 联系企业 企业地址 企业负责人 党组织名称/书记 联系电话 "
        "走访次数/时间 解决问题 备注"
    )
    assert " ".join(column.header for column in REQUESTS.columns) == (
        "序号 企业名称 诉求类别 收到日期 来源 承办单位 办理期限 办理状态 用时(日) 企业评价 "
        "诉求内容 备注"
    )


def test_a_line_tells_what_a_leader_did_for_an_enterprise(
    county: County, firm: Enterprise, point: ContactPoint
) -> None:
    cover(firm, make_organization("甲支部", parent=county.east_committee, secretary_name="陈平"))
    for day in (MARCH, MAY):
        visit = record_visit(actor=None, contact=point, visited_on=day, content="座谈")
    closed(heard(firm, source="contact", title="用电"), on=date(2025, 6, 1))
    heard(firm, source="contact", title="用地", on=MAY, visit=visit)
    line, total = rows(CONTACTS, county)
    assert line == {
        "serial": 1,
        "leader": "周县长",
        "post": "县长",
        "enterprise": "甲厂",
        "address": "工业路1号",
        "head": "何其正",
        "organization": "甲支部/陈平",
        "phone": "199****1234",
        "visits": "2次（3月1日、5月1日）",
        "solved": "用电",
        "remark": "",
    }
    assert (total["enterprise"], total["visits"], total["solved"]) == ("1家", "2次", "1件")
    early = rows(CONTACTS, county, APRIL)[0]
    assert (early["visits"], early["solved"]) == ("1次（3月1日）", "")
    assert len(rows(CONTACTS, county, date(2024, 12, 31))) == 1  # the line of totals


def test_a_request_stands_as_the_day_saw_it(county: County, firm: Enterprise) -> None:
    closed(heard(firm))
    state = {
        day: [rows(REQUESTS, county, day)[0][name] for name in ("state", "unit", "days", "remark")]
        for day in (MARCH, APRIL, date(2025, 4, 21), MAY)
    }
    assert state == {
        MARCH: ["待受理", "", 0, ""],
        APRIL: ["办理中", "县人社局", 31, ""],
        date(2025, 4, 21): ["办理中", "县人社局", 51, "逾期"],
        MAY: ["已办结", "县人社局", 61, "逾期"],
    }
    line, total = rows(REQUESTS, county)
    assert line["satisfaction"] == "基本满意"
    assert (total["unit"], total["state"], total["satisfaction"]) == (
        "按期答复率0.0%",
        "办结1件",
        "满意率100.0%",
    )


def test_open_requests_of_earlier_years_stay_and_closed_ones_go(
    county: County, firm: Enterprise
) -> None:
    last_year = date(2024, 11, 1)
    heard(firm, last_year, title="用地")
    closed(heard(firm, last_year, title="用电"))
    heard(firm, title="道路")
    titles = {
        day: [row["title"] for row in rows(REQUESTS, county, day)[:-1]]
        for day in (date(2024, 12, 31), MARCH, DAY)
    }
    assert titles == {
        date(2024, 12, 31): ["用地", "用电"],
        MARCH: ["用地", "用电", "道路"],
        DAY: ["用地", "道路"],
    }


def test_each_area_has_its_own_and_the_county_the_unclaimed_too(
    county: County, firm: Enterprise
) -> None:
    heard(firm)
    heard(county.unclaimed("乙厂"), title="用地")
    township = next(unit for unit in units_on(DAY) if unit.code == county.west.code)
    assert len(rows(REQUESTS, county)) == 3
    assert len(list(REQUESTS.lines(township, DAY))) == 1


def test_a_longer_ledger_asks_no_more_questions(
    county: County, firm: Enterprise, point: ContactPoint
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows(CONTACTS, county)
            rows(REQUESTS, county)
        return len(queries)

    heard(firm)
    before = asked()
    for number in range(3):
        other = county.enterprise(f"第{number}厂")
        heard(other)
        pair(actor=None, enterprise=other, year=2025, level="county", leader="周", post="县长")
    assert asked() == before
