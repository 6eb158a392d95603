"""Registering, changing and ending coverage on screen: effect first, then done, queue in step."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from core.dates import today
from enterprises.models import CoverageLink, Enterprise, FormationMode, FormationState
from organizations.models import PartyOrganization
from reports.formation.queue import bring_up_to_date
from tests.builders import cover, make_organization, make_user
from tests.reports.county import County, joint_branch


@pytest.fixture
def firm(county: County) -> Enterprise:
    return county.enterprise("甲", full_member_count=3, member_count=3)


@pytest.fixture
def branch(county: County) -> PartyOrganization:
    return make_organization("甲支部", parent=county.east_committee)


@pytest.fixture
def desk(county: County) -> Client:
    client = Client()
    client.force_login(make_user("陈东河", role="organizer", at=county.east_committee))
    return client


def answers(branch: PartyOrganization, **others: str) -> dict[str, str]:
    return {
        "organization": branch.code,
        "mode": FormationMode.SINGLE.value,
        "on": "2025-06-01",
        "document": "江组〔2025〕3号",
        "reason": "新成立",
        **others,
    }


def previewed(desk: Client, url: str, said: dict[str, str]) -> Any:
    answer = desk.post(url, said)
    assert answer.status_code == 200
    return answer.context["form"]


def test_the_effect_is_shown_before_anything_is_written(
    desk: Client, firm: Enterprise, branch: PartyOrganization
) -> None:
    answer = desk.post(f"/enterprises/{firm.pk}/cover", answers(branch))
    effect = answer.context["effect"]
    assert (effect.before.label, effect.after.label) == ("应建未建", "单独建")
    assert effect.sentence == "东河镇的组织覆盖企业增加 1 家。"
    assert "确认办理" in answer.content.decode()
    assert not CoverageLink.objects.exists()


def test_the_same_answers_confirmed_register_the_cover_and_end_the_plan(
    desk: Client, firm: Enterprise, branch: PartyOrganization
) -> None:
    bring_up_to_date(actor=None, day=today())
    url = f"/enterprises/{firm.pk}/cover"
    seal = previewed(desk, url, answers(branch)).data["confirm"]
    answer = desk.post(url, answers(branch, confirm=seal))
    assert answer["Location"] == f"/enterprises/{firm.pk}?tab=coverage"
    link = CoverageLink.objects.get()
    assert (link.organization, link.valid_from) == (branch, date(2025, 6, 1))
    plan = firm.formation_plans.get()
    assert (plan.state, plan.link) == (FormationState.WORKING, link)
    page = desk.get(answer["Location"]).content.decode()
    assert "已保存“甲”的覆盖关系，组建计划转为运行。" in page
    assert "江组〔2025〕3号" in page


def test_other_answers_than_those_previewed_are_previewed_again(
    desk: Client, firm: Enterprise, branch: PartyOrganization
) -> None:
    url = f"/enterprises/{firm.pk}/cover"
    seal = previewed(desk, url, answers(branch)).data["confirm"]
    changed = previewed(desk, url, answers(branch, on="2025-07-01", confirm=seal))
    assert not CoverageLink.objects.exists()
    assert changed.data["confirm"] != seal


def test_what_the_service_refuses_stands_at_its_field_with_the_answers_kept(
    desk: Client, firm: Enterprise, county: County
) -> None:
    late = make_organization("新支部", parent=county.east_committee, since=date(2025, 9, 1))
    form = previewed(desk, f"/enterprises/{firm.pk}/cover", answers(late))
    assert form.errors == {"organization": ["“新支部”2025-09-01 才成立，起始日期不能更早。"]}
    assert form["reason"].value() == "新成立"


def test_a_change_keeps_the_organization_where_none_is_named(
    desk: Client, firm: Enterprise, branch: PartyOrganization
) -> None:
    link = cover(firm, branch, mode=FormationMode.HOSTED)
    url = f"/enterprises/{firm.pk}/cover/{link.pk}/change"
    said = answers(branch, organization="")
    seal = previewed(desk, url, said).data["confirm"]
    assert desk.post(url, {**said, "confirm": seal}).status_code == 302
    assert list(CoverageLink.objects.order_by("valid_from").values_list("mode", "valid_to")) == [
        ("hosted", date(2025, 6, 1)),
        ("single", None),
    ]


def test_an_end_shows_what_is_lost(desk: Client, firm: Enterprise, county: County) -> None:
    joint = joint_branch("联合支部", county.east_committee)
    link = cover(firm, joint, mode=FormationMode.JOINT)
    url = f"/enterprises/{firm.pk}/cover/{link.pk}/end"
    said = {"on": today().isoformat(), "reason": "撤销"}
    answer = desk.post(url, said)
    assert answer.context["effect"].sentence == "东河镇的组织覆盖企业减少 1 家。"
    seal = answer.context["form"].data["confirm"]
    assert desk.post(url, {**said, "confirm": seal}).status_code == 302
    link.refresh_from_db()
    assert link.valid_to == today()
    assert firm.formation_plans.get().state == FormationState.IDENTIFIED


def test_who_only_reads_finds_no_buttons(county: County, firm: Enterprise) -> None:
    client = Client()
    client.force_login(make_user("李县长", role="leader", at=county.committee))
    page = client.get(f"/enterprises/{firm.pk}?tab=coverage").content.decode()
    assert "没有登记过覆盖关系。" in page
    assert f"/enterprises/{firm.pk}/cover" not in page
    assert client.get(f"/enterprises/{firm.pk}/cover").status_code == 403


def test_the_tab_gives_advice_with_its_document(desk: Client, firm: Enterprise) -> None:
    page = desk.get(f"/enterprises/{firm.pk}?tab=coverage").content.decode()
    assert "有正式党员 3 名，达到 3 名，应当单独组建。" in page
    assert "《中国共产党支部工作条例（试行）》：凡有正式党员3人以上的，应当成立党支部" in page
