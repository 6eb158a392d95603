"""Plans from a sheet: previewed, opened or changed by service, errors by row in Chinese."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from core.dates import today
from enterprises.formation.services import open_plans
from enterprises.formation.sheets import PLANS
from enterprises.models import FormationPlan, FormationReason, FormationState
from organizations import importing, sheets
from tests.world import World

HEAD = ("统一社会信用代码", "责任单位代码", "责任人", "拟建日期", "拟采取形式")


def outcome(world: World, *lines: tuple[str, ...], write: bool = False) -> Any:
    fields = {column.header: column.field for column in PLANS}
    rows = [
        {fields[header]: cell for header, cell in zip(HEAD, line, strict=True)} | {"row": str(n)}
        for n, line in enumerate(lines, 2)
    ]
    register = sheets.sheet("formation")
    assert register
    return importing.run(register, world.west_officer, rows, write=write)


def line(world: World, **facts: str) -> tuple[str, ...]:
    said = {
        "uscc": world.uncovered.uscc or "",
        "unit": world.west_committee.code,
        "person": "林专干",
        "planned_on": "2027-06-30",
        "mode": "单独组建",
        **facts,
    }
    return tuple(said.values())


def test_a_row_opens_and_plans_one_enterprise(world: World) -> None:
    found = outcome(world, line(world), write=True)
    assert (found.new, found.wrong) == (1, 0)
    plan = FormationPlan.objects.get()
    assert (plan.enterprise, plan.state) == (world.uncovered, FormationState.PLANNED)
    assert (plan.unit, plan.person, plan.mode) == (world.west_committee, "林专干", "single")


def test_a_row_of_an_enterprise_in_the_queue_plans_it(world: World) -> None:
    reasons = {world.uncovered: FormationReason.FULL_MEMBERS}
    open_plans(actor=None, reasons=reasons, on=today())
    found = outcome(world, line(world), write=True)
    assert found.changed == 1
    assert "责任人：空 → 林专干" in found.lines[0].remarks
    plan = FormationPlan.objects.get()
    assert (plan.reason, plan.state) == (FormationReason.FULL_MEMBERS, FormationState.PLANNED)
    assert outcome(world, line(world)).lines[0].state == "无变化"


def test_a_preview_leaves_no_trace(world: World) -> None:
    assert outcome(world, line(world)).new == 1
    assert not FormationPlan.objects.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"uscc": "EAST"}, "或不在您的范围内"),
        ({"unit": "X1"}, "责任单位代码：没有代码为“X1”的记录，或不在您的范围内"),
        ({"planned_on": ""}, "拟建日期：请填写拟建日期。"),
        ({"planned_on": "2020-01-01"}, "拟建日期不能早于识别日期"),
        ({"mode": "自建"}, "拟采取形式：“自建”应为单独组建、联合组建"),
    ],
)
def test_a_wrong_row_says_what_is_wrong(world: World, facts: dict[str, str], sentence: str) -> None:
    if facts.get("uscc") == "EAST":
        facts = {"uscc": world.joint.uscc or ""}
    found = outcome(world, line(world, **facts), write=True)
    assert found.wrong == 1
    assert any(sentence in remark for remark in found.lines[0].remarks), found.lines[0].remarks
    assert not FormationPlan.objects.exists()


def test_the_filled_template_comes_back_unchanged(world: World) -> None:
    outcome(world, line(world), write=True)
    client = Client()
    client.force_login(world.west_officer)
    answer = client.get("/sheets/formation/template?filled=1")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    upload = SimpleUploadedFile("组建计划.xlsx", content)
    answer = client.post("/sheets/formation", {"file": upload}, follow=True)
    assert [one.state for one in answer.context["outcome"].lines] == ["无变化"]


def test_a_blank_template_offers_the_choices(world: World, tmp_path: Any) -> None:
    client = Client()
    client.force_login(world.west_officer)
    path = tmp_path / "t.xlsx"
    answer = client.get("/sheets/formation/template")
    path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    sheet = load_workbook(path).worksheets[0]
    text = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("责任单位代码" in one for one in text)
