"""manage.py census_import and census_undo, from the file on disk to the last line of output."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from enterprises.models import CensusBatch, CensusIssue, CensusRound, Enterprise, StagedRow
from tests.enterprises.census.files import HEADER, Rows, csv_file, old_workbook, workbook
from tests.enterprises.census.lists import SPRING, code
from tests.world import World

pytestmark = pytest.mark.django_db
ROWS: Rows = [
    ["清泉豆制品公司", code(1), "王建国", "江南县东岭镇茶山路1号", "2001.5.1"],
    ["双溪面粉厂", code(2), "李新民", "江南县西河镇河街2号", "2003年3月5日"],
    ["没有代码的厂", "", "赵正", "江南县东岭镇", "2010-02-30"],
]


@pytest.fixture(autouse=True)
def _private_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = f"{tmp_path}/media"
    settings.VAR_DIR = tmp_path


@pytest.fixture
def only_county(world: World) -> World:
    """The neighbour leaves, so that the county need not be named."""
    Enterprise.objects.filter(pk=world.foreign.pk).delete()
    world.foreign_township.delete()
    world.foreign_county.delete()
    return world


def run(path: Path, *options: str, source: str = "registry") -> dict[str, Any]:
    out, err = io.StringIO(), io.StringIO()
    call_command(
        "census_import",
        str(path),
        "--source",
        source,
        "--as-of",
        "2026-03-31",
        "--json",
        *options,
        stdout=out,
        stderr=err,
    )
    last: dict[str, Any] = json.loads(out.getvalue().splitlines()[-1])
    return last


def test_a_preview_touches_nothing_and_counts_everything(
    only_county: World, tmp_path: Path
) -> None:
    before = Enterprise.objects.count()
    told = run(csv_file(tmp_path / "名单.csv", ROWS))
    assert list(told) == ["rows", "buckets", "issues", "batch", "seconds"]
    assert told["rows"] == 3
    assert told["buckets"] == {
        "new": 2,
        "changed": 0,
        "same": 0,
        "not_seen": 0,
        "possible_match": 0,
        "error": 1,
    }
    assert told["issues"]["uscc_missing"] == told["issues"]["date_impossible"] == 1
    assert {"parse", "stage", "reconcile"} <= set(told["seconds"])
    assert Enterprise.objects.count() == before


def test_the_same_file_goes_on_where_the_preview_stopped(
    only_county: World, tmp_path: Path
) -> None:
    path = csv_file(tmp_path / "名单.csv", ROWS)
    preview = run(path)
    applied = run(path, "--apply")
    assert applied["batch"] == preview["batch"]
    assert Enterprise.objects.get(name="双溪面粉厂").established_on == date(2003, 3, 5)


def test_a_file_written_once_is_another_batch_the_second_time(
    only_county: World, tmp_path: Path
) -> None:
    path = csv_file(tmp_path / "名单.csv", ROWS)
    first, second = run(path, "--apply"), run(path, "--apply")
    assert second["batch"] != first["batch"]
    assert second["buckets"]["same"] == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_delimited_text_in_every_encoding(
    only_county: World, tmp_path: Path, encoding: str
) -> None:
    told = run(csv_file(tmp_path / "名单.csv", ROWS, encoding=encoding))
    assert told["buckets"]["new"] == 2


def test_a_workbook_with_title_several_sheets_and_footer(
    only_county: World, tmp_path: Path
) -> None:
    title = [["江南县市场主体名单"], ["截至 2026 年 3 月"]]
    foot = [[], ["合计", "2 户"], ["填报单位：", "江南县市场监督管理局"]]
    path = workbook(
        tmp_path / "名单.xlsx",
        {
            "东岭所": [*title, HEADER, ROWS[0], *foot],
            "西河所": [*title, HEADER, ROWS[1], *foot],
            "说明": [["本表由系统导出"]],
        },
    )
    told = run(path, "--apply")
    assert (told["rows"], told["buckets"]["new"]) == (2, 2)
    counts = CensusBatch.objects.get(pk=told["batch"]).counts
    assert (counts["above"], counts["header"], counts["ignored"], counts["unused"]) == (4, 2, 4, 1)


def test_a_row_that_stands_on_two_sheets_is_told_with_the_other_sheet(
    only_county: World, tmp_path: Path
) -> None:
    path = workbook(
        tmp_path / "名单.xlsx", {"东岭所": [HEADER, ROWS[0]], "西河所": [HEADER, ROWS[1], ROWS[0]]}
    )
    told = run(path)
    issue = CensusIssue.objects.get(batch=told["batch"], code="duplicate_row")
    assert (issue.row_number, issue.other_row, issue.value) == (3, 2, "工作表“东岭所”")


def test_a_header_of_two_rows(only_county: World, tmp_path: Path) -> None:
    upper = ["基本情况", "", "", "登记情况", ""]
    path = workbook(tmp_path / "名单.xlsx", {"名单": [upper, HEADER, *ROWS]})
    assert run(path)["rows"] == 3


def test_a_workbook_of_the_old_kind(only_county: World, tmp_path: Path) -> None:
    assert run(old_workbook(tmp_path / "名单.xls", [HEADER, *ROWS]))["buckets"]["new"] == 2


def test_the_source_may_be_named_in_chinese(only_county: World, tmp_path: Path) -> None:
    told = run(csv_file(tmp_path / "名单.csv", ROWS), source="市场监管")
    assert CensusBatch.objects.get(pk=told["batch"]).source == "registry"


def test_the_county_must_be_named_where_there_are_two(world: World, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "名单.csv", ROWS)
    with pytest.raises(CommandError, match="请用 --county 指明哪个县"):
        run(path)
    assert run(path, "--county", "340899")["rows"] == 3


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--county", "999999"], "没有代码为 999999 的县"),
        (["--source", "邻居"], "不认识的来源“邻居”"),
        (["--as-of", "去年"], "日期“去年”应写成"),
    ],
)
def test_what_is_asked_for_wrongly_is_told(
    only_county: World, tmp_path: Path, options: list[str], complaint: str
) -> None:
    with pytest.raises(CommandError, match=complaint):
        run(csv_file(tmp_path / "名单.csv", ROWS), *options)


def test_a_file_that_is_no_list_changes_nothing_and_says_why(
    only_county: World, tmp_path: Path
) -> None:
    path = tmp_path / "说明.csv"
    path.write_text("你好\n这不是名单\n")
    with pytest.raises(CommandError, match="没有找到表头"):
        run(path)
    assert CensusBatch.objects.get().state == "failed"
    assert not StagedRow.objects.exists()


def test_a_list_without_rows_is_refused(only_county: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="文件里没有任何数据"):
        run(csv_file(tmp_path / "名单.csv", []))


def test_a_file_that_is_not_there(only_county: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"文件打不开，请核对路径和读取权限：\S+没有\.csv$"):
        run(tmp_path / "没有.csv")


def test_a_closed_round_takes_no_more_lists(only_county: World, tmp_path: Path) -> None:
    CensusRound.objects.create(
        county=only_county.county, reference_date=SPRING, name="春季普查", state="closed"
    )
    with pytest.raises(CommandError, match="“春季普查”已结束"):
        run(csv_file(tmp_path / "名单.csv", ROWS))


def test_a_short_list_is_applied_with_a_warning_beside_the_answer(
    only_county: World, tmp_path: Path
) -> None:
    run(csv_file(tmp_path / "名单.csv", ROWS[:2]), "--apply")
    out, err = io.StringIO(), io.StringIO()
    path = csv_file(tmp_path / "一半.csv", ROWS[:1])
    options = ["--source", "registry", "--as-of", "2027-03-31", "--apply", "--json"]
    call_command("census_import", str(path), *options, stdout=out, stderr=err)

    assert json.loads(out.getvalue())["buckets"]["not_seen"] == 1
    assert "提醒：市场监管以前的名单上有 2 家，这次有 1 家不在名单里（50.0%）" in err.getvalue()
    assert "--supplement" in err.getvalue()


def test_a_supplement_marks_nobody(only_county: World, tmp_path: Path) -> None:
    run(csv_file(tmp_path / "名单.csv", ROWS[:2]), "--apply")
    told = run(csv_file(tmp_path / "一半.csv", ROWS[:1]), "--apply", "--supplement")

    assert told["buckets"]["not_seen"] == 0


def test_undo_by_command(only_county: World, tmp_path: Path) -> None:
    told = run(csv_file(tmp_path / "名单.csv", ROWS), "--apply")
    out = io.StringIO()
    call_command("census_undo", str(told["batch"]), "--json", stdout=out, stderr=io.StringIO())
    assert json.loads(out.getvalue())["reversed"] == 2
    assert not Enterprise.objects.filter(name="双溪面粉厂").exists()


def test_undo_of_what_is_not_there(only_county: World) -> None:
    with pytest.raises(CommandError, match="没有批次 4711"):
        call_command("census_undo", "4711")
