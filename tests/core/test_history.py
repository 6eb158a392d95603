"""History with a way back: an earlier value returns through its service, or is refused in words."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from core import audit
from core.models import AuditEntry
from enterprises import services
from enterprises.models import Enterprise, Ownership
from organizations import services as tree_services
from organizations.terms import correct_term, start_term
from tests.world import World

PHONE = "13812345678"


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def firm(world: World) -> Enterprise:
    """A firm whose name, phone and ownership were changed once."""
    said: dict[str, Any] = {"actor": world.clerk, "enterprise": world.joint, "reason": "年报更正"}
    services.change_enterprise(**said, facts={"phone": PHONE, "business_address": "新址1号"})
    return services.judge_ownership(**said, ownership=Ownership.FOREIGN)


def entry(verb: str) -> AuditEntry:
    found: AuditEntry = AuditEntry.objects.filter(verb=verb).latest("pk")
    return found


def way_back(verb: str, field: str, side: str = "before") -> str:
    return f"/history/{entry(verb).pk}/{side}/{field}"


def test_the_tab_offers_earlier_values_to_those_who_may_change(
    world: World, firm: Enterprise
) -> None:
    tab = f"/enterprises/{firm.pk}?tab=changes"

    assert way_back("enterprise.change", "business_address") in (
        signed_in(world.clerk).get(tab).content.decode()
    )
    seen = signed_in(world.leader).get(tab).content.decode()
    assert "经营地址" in seen
    assert "/history/" not in seen


def test_what_an_act_says_beside_the_fields_is_told_in_chinese(world: World) -> None:
    tree_services.rename_organization(
        actor=world.clerk,
        organization=world.own_branch,
        name="北湖芯片党支部",
        on=date(2026, 5, 1),
        document="江工〔2026〕5号",
    )
    page = signed_in(world.clerk).get(f"/orgs/{world.own_branch.pk}?tab=history").content.decode()

    assert "批准文号" in page
    assert "effective_on" not in page


def test_the_tab_speaks_of_codes_in_words_and_masks_numbers(world: World, firm: Enterprise) -> None:
    page = signed_in(world.clerk).get(f"/enterprises/{firm.pk}?tab=changes").content.decode()

    assert "控股情况：私营企业 → 外商投资企业" in page
    assert "138****5678" in page
    assert PHONE not in page


def test_a_value_comes_back_with_its_reason(world: World, firm: Enterprise) -> None:
    client = signed_in(world.east_officer)
    url = way_back("enterprise.change", "business_address")
    asked = client.get(url).content.decode()
    assert "的经营地址由“新址1号”恢复为“空”。" in asked

    assert client.post(url, {"reason": "录错"})["Location"] == f"/enterprises/{firm.pk}"
    firm.refresh_from_db()
    assert firm.business_address == ""
    last = entry("enterprise.change")
    assert (last.actor_id, last.reason) == (world.east_officer.pk, "录错")
    assert last.before == {"business_address": "新址1号"}


def test_a_judgement_comes_back_through_its_own_service(world: World, firm: Enterprise) -> None:
    client = signed_in(world.clerk)
    client.post(way_back("enterprise.judge", "ownership"), {"reason": "认定有误"})

    firm.refresh_from_db()
    assert firm.ownership == Ownership.PRIVATE
    assert entry("enterprise.judge").reason == "认定有误"


def test_an_area_comes_back_by_its_name(world: World, firm: Enterprise) -> None:
    services.claim_area(actor=world.clerk, enterprises=[firm], area=world.west, reason="迁址")
    client = signed_in(world.clerk)

    client.post(way_back("enterprise.claim", "reporting_area"), {"reason": "并未迁址"})
    firm.refresh_from_db()
    assert firm.reporting_area == world.east


def test_without_a_reason_nothing_comes_back(world: World, firm: Enterprise) -> None:
    written = AuditEntry.objects.count()
    answer = signed_in(world.clerk).post(
        way_back("enterprise.change", "business_address"), {"reason": ""}
    )

    assert answer.status_code == 200
    assert AuditEntry.objects.count() == written


def test_a_derived_field_is_refused_in_words(world: World, firm: Enterprise) -> None:
    audit.record(
        actor=world.clerk,
        verb="enterprise.change",
        target=firm,
        before={"version": 1},
        after={"version": 2},
    )
    answer = signed_in(world.clerk).post(
        way_back("enterprise.change", "version"), {"reason": "试试"}
    )

    assert "由系统得出或已封存，不能从历史恢复。" in answer.content.decode()


def test_a_value_that_no_longer_holds_is_refused_in_words(world: World, firm: Enterprise) -> None:
    audit.record(
        actor=world.clerk,
        verb="enterprise.period",
        target=firm,
        before={"operating_status": "abandoned"},
        after={"operating_status": "in_operation"},
    )
    answer = signed_in(world.clerk).post(
        way_back("enterprise.period", "operating_status"), {"reason": "试试"}
    )

    assert "原值“abandoned”按现在的规定不能再用" in answer.content.decode()


def test_the_value_of_today_needs_no_way_back(world: World, firm: Enterprise) -> None:
    url = way_back("enterprise.change", "business_address", side="after")
    answer = signed_in(world.clerk).get(url)

    assert "“经营地址”现在就是这个值。" in answer.content.decode()


@pytest.mark.parametrize("part", ["west_officer", "outsider"])
def test_a_neighbours_history_is_not_there(world: World, firm: Enterprise, part: str) -> None:
    url = way_back("enterprise.change", "business_address")
    assert signed_in(getattr(world, part)).post(url, {"reason": "试试"}).status_code == 404


def test_a_reader_without_the_right_is_turned_away(world: World, firm: Enterprise) -> None:
    url = way_back("enterprise.change", "business_address")
    assert signed_in(world.leader).post(url, {"reason": "试试"}).status_code == 403


def test_an_act_is_not_undone_from_the_history(world: World) -> None:
    audit.record(
        actor=world.clerk,
        verb="organization.rename",
        target=world.joint_branch,
        before={"name": "旧名"},
        after={"name": world.joint_branch.name},
    )
    answer = signed_in(world.clerk).post(way_back("organization.rename", "name"), {"reason": "试"})

    assert "请通过相应的办理页面更改" in answer.content.decode()


def test_corrections_of_organizations_and_areas_come_back(world: World) -> None:
    client = signed_in(world.clerk)
    branch, area = world.joint_branch, world.east
    tree_services.change_organization(
        actor=world.clerk, organization=branch, reason="更正", secretary_name="周某"
    )
    tree_services.change_area(actor=world.clerk, area=area, reason="更正", keywords=["茶场"])

    client.post(way_back("organization.change", "secretary_name"), {"reason": "录错"})
    client.post(way_back("area.change", "keywords"), {"reason": "录错"})
    branch.refresh_from_db()
    area.refresh_from_db()
    assert branch.secretary_name == ""
    assert area.keywords == []


def test_a_corrected_term_comes_back_until_the_next_body_is_elected(world: World) -> None:
    client, body = signed_in(world.clerk), world.own_branch
    said: dict[str, Any] = {"actor": world.clerk, "organization": body}
    term = start_term(**said, elected_on=date(2021, 3, 1))
    correct_term(
        actor=world.clerk,
        term=term,
        reason="核对会议记录",
        elected_on=date(2021, 4, 1),
        document="2号",
    )
    url = f"/orgs/{body.pk}?tab=history"
    assert "恢复当选日期为“2021-03-01”" in client.get(url).content.decode()
    client.post(way_back("term.correct", "valid_from"), {"reason": "录错"})
    term.refresh_from_db()
    assert (term.valid_from, term.expires_on) == (date(2021, 3, 1), date(2024, 3, 1))
    assert term.document == "2号"
    start_term(**said, elected_on=date(2024, 3, 1))
    assert "恢复当选日期" not in client.get(url).content.decode()
    answer = client.post(way_back("term.correct", "valid_from"), {"reason": "录错"})
    assert "只能更正最近一届" in answer.content.decode()
