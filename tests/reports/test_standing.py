"""The card that says why an enterprise is counted as it is."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from core.dates import today
from core.models import ParameterValue
from enterprises.models import FormationMode
from enterprises.models.enterprise import OperatingStatus, Ownership, UnitKind
from members.models import Employment, PartyMember
from organizations.models import OrganizationNature
from organizations.services import close_organization, restore_organization
from reports.standing import standing
from tests.builders import cover, make_full_member, make_organization, make_person, make_user
from tests.reports.county import DAY, County, instruct, joint_branch, union


def test_a_covered_enterprise_names_who_covers_it_and_since_when(county: County) -> None:
    firm = county.enterprise("甲", full_member_count=4, member_count=5)
    own = make_organization("甲支部", parent=county.east_committee)
    cover(firm, own, since=date(2021, 7, 1))
    instruct(firm, county.committee)
    union(firm)
    found = standing(firm, DAY)
    assert (found.label, found.is_covered) == ("单独建", True)
    assert found.populations == ("全部", "实体运营", "纳入基数", "应建", "有党员")
    assert found.reasons == (
        "由“甲支部”单独组建，自 2021-07-01 起计入组织覆盖",
        "有在任党建指导员，计入工作覆盖",
        "有群团组织，计入工作覆盖",
    )


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        ({"full_member_count": 3}, "应建未建"),
        ({"member_count": 2}, "仅有个别党员"),
        ({}, "没有党员"),
    ],
)
def test_an_uncovered_enterprise_is_in_one_of_three_classes(
    county: County, facts: dict[str, Any], label: str
) -> None:
    assert standing(county.enterprise("甲", **facts), DAY).label == label


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"ownership": Ownership.UNKNOWN}, "控股情况待认定，认定前不在任何口径内"),
        ({"ownership": Ownership.PUBLIC}, "控股情况为公有控股，不是非公有制企业"),
        ({"unit_kind": UnitKind.BRANCH}, "单位类别为分支机构，不是企业法人，不在任何口径内"),
        ({"operating_status": OperatingStatus.DEREGISTERED}, "登记状态为注销"),
        ({"since": date(2026, 1, 1)}, "2025-12-31 还没有登记状态，不在任何口径内"),
    ],
)
def test_what_is_not_counted_says_why(county: County, facts: dict[str, Any], reason: str) -> None:
    found = standing(county.enterprise("甲", **facts), DAY)
    assert (found.label, found.populations, found.reasons) == ("不计入", (), (reason,))


def test_an_unclaimed_enterprise_waits_for_its_area(county: County) -> None:
    found = standing(county.unclaimed("甲"), DAY)
    assert found.reasons == ("没有统计辖区，认领前不在任何口径内",)


def test_links_that_do_not_count_are_named_with_their_reason(county: County) -> None:
    firm = county.enterprise("甲", in_base_list=False)
    away = make_organization("旧支部", parent=county.committee)
    abolish, restore = close_organization, restore_organization
    for act, on in ((abolish, date(2024, 1, 1)), (restore, date(2027, 1, 1))):
        act(actor=None, organization=away, on=on, document="县发1号")
    late = make_organization("新支部", parent=county.committee, since=date(2026, 1, 1))
    task = make_organization(
        "攻坚支部", parent=county.committee, nature=OrganizationNature.FUNCTIONAL
    )
    for body in (away, late, task):
        cover(firm, body)
    found = standing(firm, DAY)
    assert not found.is_covered
    assert sorted(found.reasons) == sorted(
        [
            "普查中已从党建基数中剔除",
            f"“旧支部”在 {DAY} 已撤销、尚未恢复，不计入",
            "“新支部”2026-01-01 才成立，不计入",
            "“攻坚支部”是功能型党组织，不计入组织覆盖",
        ]
    )


def test_the_enterprise_page_carries_the_card(county: County) -> None:
    firm = county.enterprise("甲")
    cover(firm, joint_branch("联合支部", county.east_committee), mode=FormationMode.JOINT)
    client = Client()
    client.force_login(make_user("王县办", role="county_clerk", at=county.committee))
    text = client.get(f"/enterprises/{firm.pk}").content.decode()
    assert "由“联合支部”联合组建，自 2020-01-01 起计入组织覆盖" in text
    for population in ("all", "operating", "base"):
        asked = f"population={population}&amp;side=numerator"
        assert f"area={county.east.code}&amp;as_of={today()}&amp;{asked}" in text
    assert "统计辖区：东河镇，责任党组织：中共怀川县东河镇委员会" in text
    assert "计入组织覆盖的组建形式：单独组建、联合组建、依托建、挂靠建、网格建" in text


def test_the_card_stands_on_the_day_that_the_address_asks_for(county: County) -> None:
    firm = county.enterprise("甲", full_member_count=3)
    cover(firm, make_organization("甲支部", parent=county.east_committee), since=date(2025, 6, 1))
    client = Client()
    client.force_login(make_user("王县办", role="county_clerk", at=county.committee))

    def label(day: str) -> str:
        page = client.get(f"/enterprises/{firm.pk}?tab=coverage&as_of={day}")
        assert page.status_code == 200
        return "应建未建" if 'tag-attention">应建未建' in page.content.decode() else "已建"

    assert [label(day) for day in ("2025-05-31", "2025-06-01", "", "昨天", "2999-01-01")] == [
        "应建未建",
        "已建",
        "已建",
        "已建",
        "已建",
    ]


def test_a_county_rule_of_its_own_is_named_with_its_first_day(county: County) -> None:
    ParameterValue.objects.create(
        key="coverage.full_members_minimum", value=5, valid_from=date(2025, 1, 1)
    )
    found = standing(county.enterprise("甲", full_member_count=4, member_count=4), DAY)
    assert found.label == "仅有个别党员"
    ground = next(one for one in found.grounds if one.value == "5人")
    assert (ground.label, ground.since) == ("单独成立党支部所需正式党员数", date(2025, 1, 1))
    assert "正式党员3人以上" in ground.source


def test_a_register_that_knows_other_members_asks_to_check_the_report(county: County) -> None:
    firm = county.enterprise("甲", full_member_count=2, member_count=2)
    for number in range(3):
        person = make_person(f"党员{number}", home=county.committee)
        make_full_member(person)
        Employment.objects.create(person=person, enterprise=firm, valid_from=date(2024, 1, 1))
    PartyMember.objects.filter(person__name="党员0").update(
        category="probationary", confirmed_on=None
    )
    (told,) = standing(firm, DAY).reasons
    assert told.endswith("党员名册上当日在此从业的有党员 3 名、正式党员 2 名，请核对上报数")
    PartyMember.objects.filter(person__name="党员1").update(standing="left")
    assert "党员 2 名、正式党员 1 名，请核对" in standing(firm, DAY).reasons[0]
    assert standing(firm, date(2023, 12, 31)).reasons == ()
