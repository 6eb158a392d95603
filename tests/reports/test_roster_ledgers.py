"""The ledgers of members, and the same rows for other programs, always masked."""

from datetime import date
from typing import Any

from django.test import Client

from core.identifiers import complete_citizen_id
from members.models import PartyMember
from members.services import employments, members, memberships
from members.services.members import Registration
from reports.ledgers import LEDGER
from reports.units import Unit, units_on
from tests.builders import (
    cover,
    make_full_member,
    make_organization,
    make_person,
    make_user,
)
from tests.reports.county import DAY, County

NUMBER = complete_citizen_id("34082419900307123")
ROSTER = (
    "序号 姓名 性别 民族 出生年月 年龄 参加工作时间 学历 毕业院校 入党时间 转正时间 正式/预备 "
    "所在部门 职务 职称 身份证号 所在单位 在岗情况"
)


def joined(county: County, name: str = "甲") -> PartyMember:
    branch = make_organization("茶厂党支部", parent=county.park_committee)
    facts = {"name": name, "citizen_id": NUMBER, "phone": "13905566123", "education": "college"}
    member = {"category": "full", "accepted_on": date(2010, 7, 1), "confirmed_on": date(2011, 7, 1)}
    given = Registration(branch, facts, member, on=date(2021, 1, 1))
    return members.register_member(actor=None, given=given)


def lines(key: str, unit: Unit, day: date = DAY) -> list[dict[str, Any]]:
    ledger = LEDGER[key]
    fields = [column.field for column in ledger.columns]
    return [dict(zip(fields, line.values, strict=True)) for line in ledger.lines(unit, day)]


def unit_of(county: County, day: date = DAY) -> Unit:
    return next(one for one in units_on(day) if one.area == county.area)


def test_the_roster_has_the_columns_of_the_form(county: County) -> None:
    assert [column.header for column in LEDGER["roster"].columns] == ROSTER.split()
    member = joined(county)
    firm = county.enterprise("茶厂", county.park)
    employments.move_employment(
        actor=None, person=member.person, enterprise=firm, on=date(2021, 2, 1), department="制茶部"
    )
    row, total = lines("roster", unit_of(county))
    assert (row["name"], row["age"], row["unit"], row["on_post"]) == (
        "甲",
        (DAY - date(1990, 3, 7)).days // 365,
        firm.name,
        "在岗",
    )
    assert row["citizen_id"] == "*" * 17 + NUMBER[-1]
    assert total["category"] == "正式1人，预备0人"


def test_the_roster_shows_the_day_it_is_of(county: County) -> None:
    member = joined(county)
    assert len(lines("roster", unit_of(county))) == 2
    memberships.end_membership(actor=None, member=member, on=DAY, kind="deceased")
    assert len(lines("roster", unit_of(county))) == 1


def test_the_national_list_keeps_its_header_and_tells_completeness(county: County) -> None:
    joined(county)
    headers = [column.header for column in LEDGER["national"].columns]
    assert (len(headers), headers[9], headers[-1]) == (25, "所在党组织", "信息完整度(%)")
    row, _ = lines("national", unit_of(county))
    assert (row["home"], row["is_lost"], row["completeness"]) == ("茶厂党支部", "否", "46")
    assert NUMBER not in str(row)
    assert row["phone"] == "139****6123"


def test_other_programs_get_masked_members_of_their_scope(county: County) -> None:
    member = joined(county)
    client = Client()
    client.force_login(make_user("王县办", role="county_clerk", at=county.committee))
    found = client.get("/api/v1/members").json()["results"]
    assert [one["id"] for one in found] == [member.pk]
    assert (found[0]["citizen_id"], found[0]["phone"]) == ("*" * 17 + NUMBER[-1], "139****6123")
    stranger = Client()
    stranger.force_login(make_user("周园区", role="organizer", at=county.east_committee))
    assert stranger.get(f"/api/v1/members/{member.pk}").status_code == 404


def test_the_work_ledger_counts_members_where_they_are_kept(county: County) -> None:
    """The relation in the branch and the work in the firm are counted apart; else as reported."""
    member = joined(county)
    firm = county.enterprise("茶厂", county.park, member_count=9, full_member_count=9)
    other = county.enterprise("竹厂", county.park, member_count=7, full_member_count=7)
    cover(firm, member.memberships.get().organization)
    guest = make_full_member(make_person("乙", home=county.park_committee))
    employments.move_employment(
        actor=None, person=guest.person, enterprise=firm, on=date(2021, 2, 1)
    )
    found = {row["name"]: row for row in lines("enterprises", unit_of(county))}
    shown = ("member_count", "members_elsewhere", "members_under_35", "member_workers")
    assert [found[firm.name][key] for key in shown] == [1, 1, 1, 0]
    assert [found[other.name][key] for key in shown[:2]] == [7, None]
