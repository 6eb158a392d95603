"""Sheets filled with the present register: they come back as they went out."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from organizations.sheets import FoldedWidget, TextWidget
from tests.builders import make_area, make_organization
from tests.organizations.test_sheets import desk, rows, tried
from tests.world import World


def test_the_filled_template_comes_back_without_changes(world: World) -> None:
    make_organization("北湖（集团）公司党支部，筹", parent=world.park_committee)
    client = desk(world.clerk)
    for key in ("areas", "organizations"):
        answer = client.get(f"/sheets/{key}/template?filled=1")
        book = load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
        form = book.worksheets[0]
        saved = BytesIO()
        book.save(saved)

        client.post(f"/sheets/{key}", {"file": SimpleUploadedFile("改.xlsx", saved.getvalue())})
        page = client.get(f"/sheets/{key}/preview").content.decode()

        assert "有误</span>" not in page, page
        assert "修改</span>" not in page
        assert page.count("无变化</span>") == form.max_row - 1


def test_only_the_topmost_committee_goes_without_a_superior(world: World) -> None:
    head = "组织代码,党组织名称,类别,上级组织代码"
    top, branch = world.county_committee, world.own_branch
    found = rows(
        head,
        f"{top.code},{top.name},党工委,",
        f"{branch.code},{branch.name},党支部,",
        "N1,新党支部,党支部,",
    )

    outcome = tried(world, "organizations", found)

    assert [line.state for line in outcome.lines] == ["无变化", "有误", "有误"]
    assert outcome.lines[1].remarks == ("上级组织代码：不能为空",)


def test_names_are_kept_as_written_and_codes_in_half_width() -> None:
    assert TextWidget().clean(" 北湖（集团）\n党支部，筹\u200b ") == "北湖（集团） 党支部，筹"
    assert TextWidget().clean("－－") == ""
    assert FoldedWidget().clean(" Ｎ１\u200b ") == "N1"


@pytest.mark.parametrize("key", ["areas", "organizations"])
def test_a_filled_template_takes_as_many_queries_for_many_rows(
    world: World, key: str, django_assert_max_num_queries: Any
) -> None:
    client, url = desk(world.clerk), f"/sheets/{key}/template?filled=1"
    for number in range(12):
        committee = make_organization(f"第{number}镇党委", parent=world.county_committee)
        make_area(f"第{number}镇", committee=committee, parent=world.county)

    with django_assert_max_num_queries(12):
        assert client.get(url).status_code == 200
