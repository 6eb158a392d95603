"""党组织名册 and 换届台账: whose they list, what is derived, how many queries they take."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.dates import today
from enterprises.models import EnterpriseYear, FormationMode
from members import posts
from organizations import elections
from organizations.models import OrganizationKind, PartyOrganization, Placement
from organizations.terms import extend_term, start_term
from reports.ledgers import LEDGER, Ledger
from reports.ledgers.base import Value
from reports.units import units_on
from tests.builders import cover, make_organization, make_person
from tests.reports.county import DAY, County, enterprise, joint_branch

ROSTER, ELECTIONS, WORK = LEDGER["organizations"], LEDGER["elections"], LEDGER["enterprises"]
HEADERS = (
    "序列 组织编号 党组织所在单位情况 所属组织 党组织属地关系 组织名称 党组织所在单位代码"
    " 组织类别 组织状态 上级组织 党组织书记 联系人 联系电话 详细地址 传真 邮编 所属社区"
    " 建立日期 建立文号"
)


def rows(
    ledger: Ledger, county: County, place: str = "east", day: date = DAY
) -> list[dict[str, Value]]:
    code = getattr(county, place).code
    unit = next(unit for unit in units_on(day) if unit.code == code)
    fields = [column.field for column in ledger.columns]
    return [dict(zip(fields, line.values, strict=True)) for line in ledger.lines(unit, day)]


def secretary(organization: PartyOrganization, name: str, since: date = date(2022, 1, 1)) -> None:
    posts.appoint(
        actor=None,
        organization=organization,
        person=make_person(name, home=organization),
        kind="secretary",
        on=since,
        source="sent",
    )


@pytest.fixture
def branch(county: County) -> PartyOrganization:
    """A joint branch of two firms in the eastern township."""
    branch = joint_branch("东河镇第一联合党支部", county.east_committee)
    for name in ("甲", "乙"):
        firm = enterprise(f"东河{name}厂", county.east, county.area, member_count=4)
        cover(firm, branch, mode=FormationMode.JOINT)
    return branch


def test_the_roster_has_the_nineteen_columns_of_the_national_export() -> None:
    assert [column.header for column in ROSTER.columns] == HEADERS.split()


def test_the_roster_derives_host_superior_area_and_document(
    county: County, branch: PartyOrganization
) -> None:
    Placement.objects.filter(organization=branch).update(document="东党〔2020〕9号")
    own = make_organization("中共东河丙厂支部委员会", parent=county.east_committee)
    firm = enterprise("东河丙厂", county.east, county.area)
    cover(firm, own)
    secretary(branch, "石英")
    committee, joint, single, total = rows(ROSTER, county)
    assert (committee["host"], joint["host"], single["host"]) == (
        "与上级党组织相同",
        "联合党支部",
        "法人单位",
    )
    assert single["host_codes"] == firm.uscc
    assert str(joint["host_codes"]).count("\n") == 1
    assert (joint["superior"], joint["committee"]) == (county.east_committee.name,) * 2
    assert (joint["area"], joint["secretary"]) == ("东河镇", "石英")
    assert joint["document"] == "东党〔2020〕9号"
    assert committee["superior"] == county.committee.name
    assert (total["code"], total["name"]) == ("合计", "3个")


def test_a_phone_number_is_masked_in_the_roster(county: County, branch: PartyOrganization) -> None:
    PartyOrganization.objects.filter(pk=branch.pk).update(phone="13812345678")
    assert rows(ROSTER, county)[1]["phone"] == "138****5678"


def test_an_organization_stands_in_the_roster_from_its_first_day_on(
    county: County, branch: PartyOrganization
) -> None:
    make_organization("后来的党支部", parent=county.east_committee, since=date(2026, 1, 1))
    names = [row["name"] for row in rows(ROSTER, county)]
    assert branch.name in names
    assert "后来的党支部" not in names
    assert "后来的党支部" in [row["name"] for row in rows(ROSTER, county, day=date(2026, 3, 1))]


def test_the_elections_say_when_and_whether_on_time(
    county: County, branch: PartyOrganization
) -> None:
    term = start_term(actor=None, organization=branch, elected_on=date(2022, 5, 1))
    _committee, late, total = rows(ELECTIONS, county)
    assert (late["elected_on"], late["years"], late["expires_on"]) == (
        date(2022, 5, 1),
        3,
        date(2025, 5, 1),
    )
    assert (late["is_on_time"], late["remark"], late["members"]) == (False, "超期244天", 8)
    assert total["remark"] == "未登记任期1个，超期1个"
    extend_term(
        actor=None, term=term, until=date(2026, 4, 1), document="东党〔2025〕3号", reason="改制"
    )
    extended = rows(ELECTIONS, county)[1]
    assert (extended["is_on_time"], extended["extension_document"]) == (True, "东党〔2025〕3号")
    assert rows(ELECTIONS, county, day=date(2022, 4, 30))[1]["remark"] == "没有登记任期"


def test_an_election_under_way_says_its_planned_day(
    county: County, branch: PartyOrganization
) -> None:
    elections.open_election(actor=None, organization=branch, planned_on=date(2027, 1, 5))
    assert rows(ELECTIONS, county, day=today())[1]["planned_on"] == date(2027, 1, 5)
    assert rows(ELECTIONS, county)[1]["planned_on"] is None


def test_a_work_committee_holds_no_elections(county: County, branch: PartyOrganization) -> None:
    county.east_committee.periods.update(kind=OrganizationKind.WORK_COMMITTEE)
    PartyOrganization.objects.filter(pk=county.east_committee.pk).update(kind="work_committee")
    assert [row["name"] for row in rows(ELECTIONS, county)] == [branch.name, "合计"]


def test_the_post_beats_the_reported_secretary_in_the_work_ledger(county: County) -> None:
    own = make_organization(
        "中共东河丙厂支部委员会", parent=county.east_committee, secretary_name="旧名"
    )
    firm = enterprise(
        "东河丙厂",
        county.east,
        county.area,
        reported={"secretary_name": "填报名", "secretary_source": "owner"},
    )
    cover(firm, own)
    before = rows(WORK, county)[0]
    assert (before["secretary_name"], before["secretary_source:owner"]) == ("旧名", True)
    secretary(own, "石英")
    after = rows(WORK, county)[0]
    assert after["secretary_name"] == "石英"
    assert (after["secretary_source:owner"], after["secretary_source:sent"]) == (False, True)


@pytest.mark.parametrize("ledger", [ROSTER, ELECTIONS], ids=lambda ledger: ledger.key)
def test_many_organizations_take_no_more_queries(
    county: County, branch: PartyOrganization, ledger: Any
) -> None:
    with CaptureQueriesContext(connection) as few:
        rows(ledger, county)
    for number in range(8):
        more = joint_branch(f"东河镇第{number}联合党支部", county.east_committee)
        start_term(actor=None, organization=more, elected_on=date(2024, 5, 1))
        secretary(more, f"石{number}")
        firm = enterprise(f"东河{number}号厂", county.east, county.area)
        EnterpriseYear.objects.create(enterprise=firm, reference_date=DAY, member_count=1)
        cover(firm, more)
    with CaptureQueriesContext(connection) as many:
        assert len(rows(ledger, county)) > 9
    assert len(many) == len(few)
