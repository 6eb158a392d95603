"""Sites and model points from sheets: previewed, written through services, errors by row."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from organizations import importing, sheets
from organizations.models import Site
from tests.organizations.test_sites import desk, opened, point
from tests.world import World


def tried(world: World, key: str, *lines: dict[str, str], write: bool = False) -> Any:
    register = sheets.sheet(key)
    assert register
    rows = [{"row": str(number), **line} for number, line in enumerate(lines, 2)]
    return importing.run(register, world.park_officer, rows, write=write)


def test_sites_come_from_a_sheet_row_by_row(world: World) -> None:
    good = {
        "organization": world.own_branch.code,
        "area": "",
        "name": "驿站",
        "square_metres": "120.5",
        "valid_from": "2025年1月1日",
    }
    found = tried(
        world,
        "sites",
        good,
        {**good, "organization": world.joint_branch.code},
        {**good, "organization": "", "name": "无主"},
        {**good, "name": "小屋", "square_metres": "很大"},
        write=True,
    )

    assert [line.state for line in found.lines] == ["新增", "有误", "有误", "有误"]
    assert [line.remarks[0] for line in found.lines[1:]] == [
        f"党组织代码：没有代码为“{world.joint_branch.code}”的记录，或不在您的范围内",
        "请选择阵地所属的党组织或辖区",
        "面积(平方米)：“很大”应为数字",
    ]
    changed = tried(world, "sites", {**good, "square_metres": "130"}, write=True).lines[0]
    assert changed.remarks == ("面积(平方米)：120.5 → 130.0",)
    assert Site.objects.get().square_metres == 130


def test_model_points_come_from_a_sheet(world: World) -> None:
    line = {
        "organization": world.own_branch.code,
        "title": "双强示范点",
        "level": "市级",
        "awarded_by": "市委组织部",
        "valid_from": "2025-07-01",
    }
    assert tried(world, "demonstrations", line, write=True).new == 1
    assert tried(world, "demonstrations", line).lines[0].state == "无变化"
    wrong = tried(world, "demonstrations", {**line, "level": "区级"}).lines[0]
    assert "级别：“区级”应为国家级、省级、市级" in wrong.remarks[0]


@pytest.mark.parametrize("key", ["sites", "demonstrations"])
def test_the_filled_template_comes_back_without_changes(world: World, key: str) -> None:
    opened(world, square_metres=Decimal("80.0"), rooms=3)
    point(world)
    client = desk(world.park_officer)
    answer = client.get(f"/sheets/{key}/template?filled=1")
    book = BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert load_workbook(book).worksheets[0].max_row == 2

    client.post(f"/sheets/{key}", {"file": SimpleUploadedFile("改.xlsx", book.getvalue())})
    page = client.get(f"/sheets/{key}/preview").content.decode()

    assert page.count("无变化</span>") == 1, page
