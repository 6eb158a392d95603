"""`manage.py coverage_import` does in one process what the pages do in three."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from enterprises.models import CoverageLink
from tests.builders import cover, make_organization
from tests.enterprises.coverage_import.files import csv_file
from tests.reports.county import County


@pytest.fixture
def sheet(county: County, tmp_path: Path) -> Path:
    county.enterprise("甲有限公司")
    path = tmp_path / "覆盖.csv"
    rows = (("", "甲有限公司", "甲支部", "单独", ""), ("", "没有的公司", "甲支部", "单独", ""))
    path.write_bytes(csv_file(*rows).read())
    return path


def run(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("coverage_import", str(path), "--as-of", "2025-12-31", *options, stdout=out)
    return out.getvalue()


def test_without_apply_it_only_tells(sheet: Path) -> None:
    said = run(sheet)
    assert "共 2 行：建立关系 1" in said
    assert "第 3 行：企业库没有这家企业" in said
    assert not CoverageLink.objects.exists()


def test_with_apply_it_writes_and_answers_with_one_object(sheet: Path) -> None:
    answer = json.loads(run(sheet, "--apply", "--json").splitlines()[-1])
    assert answer["form"] == "short"
    assert (answer["counts"]["rows"], answer["counts"]["link"]) == (2, 1)
    assert answer["receipt"] == {"organizations": 1, "links": 1, "ended": 0, "years": 0}


def test_replace_lets_the_file_count(county: County, sheet: Path) -> None:
    firm = county.area.registered_enterprises.get()
    cover(firm, make_organization("旧支部", parent=county.east_committee))
    run(sheet, "--apply", "--replace")
    assert firm.coverage_links.count() == 2


@pytest.mark.parametrize(("name", "content"), [("空.csv", b""), ("没有.csv", None)])
def test_a_bad_file_is_refused_in_chinese(
    county: County, tmp_path: Path, name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match="文件"):
        run(path)
