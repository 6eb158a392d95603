"""Acts as a clerk handles them: asked at the field, looked at first, done once, with a receipt."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from core.dates import today
from organizations.models import OrganizationChange, PartyOrganization
from tests.builders import make_organization
from tests.organizations.test_pages import desk, shown
from tests.world import EAST, PARK, World

ON = "2026-05-01"
PAPERS = {"on": ON, "document": "江工〔2026〕5号", "reason": "园区调整"}


def page_of(answer: Any) -> str:
    return str(answer.content.decode())


def seen_in(page: str) -> str:
    mark = 'name="seen" value="'
    start = page.index(mark) + len(mark)
    return page[start : page.index('"', start)]


def looked_at(client: Client, url: str, said: dict[str, Any]) -> str:
    answer = client.post(url, said)
    assert answer.status_code == 200
    return page_of(answer)


def done(client: Client, url: str, said: dict[str, Any]) -> str:
    """Look ahead, confirm, and read the receipt."""
    page = looked_at(client, url, said)
    answer = client.post(url, {**said, "seen": seen_in(page), "confirm": "1"})
    assert answer.status_code == 302, page_of(answer)
    return shown(client, answer["Location"])


def case(organization: PartyOrganization, act: str) -> str:
    return f"/orgs/{organization.pk}/case/{act}"


def words(organization: PartyOrganization) -> str:
    """What the box of a choice holds."""
    return f"{organization.name}（{organization.code}）"


def test_a_subordinate_is_set_up_below_its_superior(world: World) -> None:
    said = PAPERS | {
        "parent": words(world.east_committee),
        "code": "N1",
        "name": "东岭新党支部",
        "kind": "branch",
        "nature": "regular",
    }

    receipt = done(desk(world.clerk), case(world.east_committee, "establish"), said)

    made = PartyOrganization.objects.get(code="N1")
    assert made.path.startswith(world.east_committee.path)
    assert made.established_on == date(2026, 5, 1)
    assert "建立：东岭新党支部" in receipt
    assert "江工〔2026〕5号" in receipt


def test_nothing_is_written_before_it_is_confirmed(world: World) -> None:
    page = looked_at(
        desk(world.clerk), case(world.own_branch, "rename"), PAPERS | {"name": "北湖芯片党支部"}
    )

    assert "确认办理" in page
    assert 'value="北湖芯片党支部"' in page
    assert not OrganizationChange.objects.exists()
    world.own_branch.refresh_from_db()
    assert world.own_branch.name == f"{PARK}电子党支部"


def test_what_was_changed_after_the_look_is_looked_at_again(world: World) -> None:
    client, url = desk(world.clerk), case(world.own_branch, "rename")
    said = PAPERS | {"name": "北湖芯片党支部"}
    seen = seen_in(looked_at(client, url, said))

    page = page_of(
        client.post(url, {**said, "name": "北湖光电党支部", "seen": seen, "confirm": "1"})
    )

    assert "内容有改动，请再看一遍预览后确认" in page
    assert not OrganizationChange.objects.exists()


def test_boxes_that_the_look_adds_and_nobody_fills_are_no_change(world: World) -> None:
    client, url = desk(world.clerk), case(world.joint_branch, "merge")
    said = PAPERS | {"outcome": "here", "partners": [words(world.own_branch), "", ""]}
    seen = seen_in(looked_at(client, url, said))

    drawn = {"partners": [*said["partners"], ""], "all": "", "kind-coverage": ""}
    answer = client.post(url, {**said, **drawn, "seen": seen, "confirm": "1"})

    assert answer.status_code == 302, page_of(answer)
    history = shown(client, f"/orgs/{world.joint_branch.pk}?tab=history")
    assert f"党组织：{world.own_branch.name} → {world.joint_branch.name}" in history


@pytest.mark.parametrize("field", ["name", "document"])
def test_marks_that_nobody_sees_fill_no_field(world: World, field: str) -> None:
    said = PAPERS | {"name": "北湖芯片党支部", field: " \u200b\u3000"}

    page = looked_at(desk(world.clerk), case(world.own_branch, "rename"), said)

    assert "该字段是必填项" in page


def test_a_renamed_organization_has_the_act_in_its_history(world: World) -> None:
    client = desk(world.clerk)

    receipt = done(client, case(world.own_branch, "rename"), PAPERS | {"name": "北湖芯片党支部"})

    assert f"{PARK}电子党支部</span> → " in receipt
    history = shown(client, f"/orgs/{world.own_branch.pk}?tab=history")
    assert "江工〔2026〕5号" in history
    assert f"名称：{PARK}电子党支部 → 北湖芯片党支部" in history


def test_a_move_is_asked_and_shown(world: World) -> None:
    receipt = done(
        desk(world.clerk),
        case(world.own_branch, "move"),
        PAPERS | {"parent": words(world.west_committee)},
    )

    world.own_branch.refresh_from_db()
    assert world.own_branch.path.startswith(world.west_committee.path)
    assert f"{PARK}园区综合党委</span> → " in receipt


def test_a_branch_becomes_a_general_branch_with_a_new_name(world: World) -> None:
    done(
        desk(world.clerk),
        case(world.own_branch, "upgrade"),
        PAPERS | {"kind": "general_branch", "nature": "regular", "name": "北湖电子党总支"},
    )

    world.own_branch.refresh_from_db()
    assert (world.own_branch.kind, world.own_branch.name) == ("general_branch", "北湖电子党总支")


def test_an_abolished_organization_is_restored(world: World) -> None:
    client = desk(world.clerk)
    empty = make_organization(f"{PARK}空壳党支部", parent=world.park_committee)
    done(client, case(empty, "abolish"), PAPERS)
    assert "已撤销" in shown(client, f"/orgs/{empty.pk}")

    done(client, case(empty, "restore"), PAPERS | {"on": "2026-06-01"})

    empty.refresh_from_db()
    assert empty.abolished_on is None
    assert "已撤销" not in shown(client, f"/orgs/{empty.pk}")


def test_a_second_superior_guides_without_moving(world: World) -> None:
    client = desk(world.clerk)
    path = world.own_branch.path

    done(
        client,
        case(world.own_branch, "guide"),
        PAPERS | {"superior": words(world.east_committee)},
    )

    world.own_branch.refresh_from_db()
    assert world.own_branch.path == path
    page = shown(client, f"/orgs/{world.own_branch.pk}")
    assert f"指导上级</span> {EAST}镇党委" in page
    assert "结束双重管理" in page


def test_an_act_of_tomorrow_is_announced_as_a_plan(world: World) -> None:
    tomorrow = today() + timedelta(days=1)
    said = PAPERS | {"on": tomorrow.isoformat(), "parent": words(world.west_committee)}

    receipt = done(desk(world.clerk), case(world.own_branch, "move"), said)

    assert "自动生效" in receipt
    world.own_branch.refresh_from_db()
    assert world.own_branch.path.startswith(world.park_committee.path)


def test_no_kind_is_chosen_before_the_clerk_chooses(world: World) -> None:
    client = desk(world.clerk)

    for url in ("/orgs/new", case(world.joint_branch, "split")):
        page = shown(client, url)
        assert '<option value="" selected>请选择</option>' in page
        assert '<option value="local_committee" selected' not in page
        assert '<option value="joint_branch" selected' not in page

    said = PAPERS | {"parent": words(world.east_committee), "code": "N1", "name": "新党支部"}
    page = looked_at(client, case(world.east_committee, "establish"), said | {"nature": "regular"})
    assert "该字段是必填项" in page.split('id="id_kind"')[1].split("</div>")[0]


REFUSED = [
    ("rename", {"document": "", "name": "新名"}, "批准文号"),
    ("move", {"parent": "外县"}, "没有找到“外县”，或不在您的数据范围内"),
    ("move", {"parent": "北湖"}, "可能是"),
    ("move", {"on": "2019-01-01"}, "不能早于成立日期（2020-01-01）"),
    ("rename", {"on": "昨天", "name": "新名"}, "日期"),
    ("establish", {"code": "T"}, "该字段是必填项"),
    ("merge", {"outcome": "new", "partners": []}, "新设党组织时必须填写"),
    ("split", {"keep": "on", "code_0": "N1", "name_0": ""}, "代码和名称都要填写"),
    ("nothing", {}, ""),
]


@pytest.mark.parametrize(("act", "said", "sentence"), REFUSED)
def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(
    world: World, act: str, said: dict[str, Any], sentence: str
) -> None:
    answer = desk(world.clerk).post(case(world.own_branch, act), PAPERS | said)

    if not sentence:
        assert answer.status_code == 404
        return
    page = page_of(answer)
    assert sentence in page
    assert "园区调整" in page
    assert "确认办理" not in page
    assert not OrganizationChange.objects.exists()


def test_a_superior_below_itself_is_refused_at_the_superior(world: World) -> None:
    page = looked_at(
        desk(world.clerk),
        case(world.park_committee, "move"),
        PAPERS | {"parent": words(world.own_branch)},
    )

    field = page[page.index('data-field="parent"') :]
    assert "上级党组织不能是它自己的下级" in field[: field.index("</div>\n")]


def test_a_code_is_borne_once(world: World) -> None:
    page = looked_at(
        desk(world.clerk),
        "/orgs/new",
        PAPERS
        | {
            "parent": words(world.east_committee),
            "code": world.own_branch.code,
            "name": "东岭新党支部",
            "kind": "branch",
            "nature": "regular",
        },
    )

    assert "这个组织代码已经使用" in page


def test_only_who_may_change_organizations_handles_acts(world: World) -> None:
    client = desk(world.east_officer)

    assert client.get(case(world.joint_branch, "rename")).status_code == 403
    assert "办理" not in shown(client, f"/orgs/{world.joint_branch.pk}")


def test_a_receipt_is_seen_by_who_sees_the_organization(world: World) -> None:
    done(desk(world.clerk), case(world.own_branch, "rename"), PAPERS | {"name": "北湖芯片党支部"})
    url = f"/orgs/changes/{OrganizationChange.objects.get().pk}"

    assert "北湖芯片党支部" in shown(desk(world.park_officer), url)
    for stranger in (world.outsider, world.west_officer):
        assert desk(stranger).get(url).status_code == 404
