"""发展党员台账: the five groups of the form, and the day it is of."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.columns import Group
from organizations.models import PartyOrganization
from reports.ledgers import LEDGER
from reports.units import Unit, units_on
from tests.builders import make_organization
from tests.members.developing import DAYS, applied, walk
from tests.reports.county import County

DAY = date(2022, 12, 31)
GROUPS = ["基本信息", "入党申请", "入党积极分子和发展对象", "预备党员", "正式党员"]


def lines(unit: Unit, day: date = DAY) -> list[dict[str, Any]]:
    ledger = LEDGER["development"]
    fields = [column.field for column in ledger.columns]
    return [dict(zip(fields, line.values, strict=True)) for line in ledger.lines(unit, day)]


def unit_of(county: County) -> Unit:
    return next(one for one in units_on(DAY) if one.area == county.area)


@pytest.fixture
def branch(county: County) -> PartyOrganization:
    return make_organization("茶厂党支部", parent=county.park_committee)


def test_the_ledger_has_the_five_groups_of_the_form(county: County) -> None:
    ledger = LEDGER["development"]
    assert [one.header for one in ledger.members if isinstance(one, Group)] == GROUPS
    assert ledger.columns[-2].header == "转出"
    assert len(list(ledger.notes())) == len(ledger.columns)


def test_a_line_tells_the_days_up_to_its_day(county: County, branch: PartyOrganization) -> None:
    walk(applied(branch, "申甲"), "confirmation")
    row, total = lines(unit_of(county))
    assert (row["name"], row["candidate"], row["meeting"]) == (
        "申甲",
        DAYS["candidate"],
        DAYS["meeting"],
    )
    assert row["discussion"] is None
    assert row["remark"] == "接收票决：应到9，赞成7"
    assert total["remark"] == "预备党员1人"
    assert lines(unit_of(county), date(2020, 12, 31))[0]["name"] == "合计"


def test_a_longer_ledger_asks_no_more_questions(county: County, branch: PartyOrganization) -> None:
    counts = []
    for name in ("申甲", "申乙"):
        walk(applied(branch, name), "approval")
        unit = unit_of(county)
        with CaptureQueriesContext(connection) as caught:
            lines(unit)
        counts.append(len(caught))
    assert counts[0] == counts[1]
