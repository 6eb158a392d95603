"""Stages that stop half way and go on, run twice, or meet a batch that somebody cancelled."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core import jobs
from core.models import Job, Message
from enterprises.census import intake, pipeline, staging, uploads
from enterprises.census.apply import NotApplicableError, apply_batch
from enterprises.census.errorfile import error_workbook
from enterprises.census.rows import unpack
from enterprises.models import (
    BatchState,
    CensusBatch,
    CensusIssue,
    ColumnMapping,
    Enterprise,
    RowOutcome,
    StagedRow,
)
from tests.enterprises.census.files import HEADER, Rows, csv_file, workbook
from tests.enterprises.census.lists import SPRING, code
from tests.world import World

pytestmark = pytest.mark.django_db
ROWS: Rows = [
    [f"第{n}豆制品公司", code(n), "王建国", f"江南县东岭镇茶山路{n}号", "2001.5.1"]
    for n in range(1, 8)
]
NOTED: Rows = [[*row[:4], "2010-02-30"] for row in ROWS]


class Killed(Exception):
    """The worker dies."""


@pytest.fixture(autouse=True)
def _private_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = f"{tmp_path}/media"
    settings.VAR_DIR = tmp_path


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "CHUNK", 3)


def received(world: World, path: Path, **options: Any) -> CensusBatch:
    with path.open("rb") as content:
        return intake.receive(
            actor=world.clerk,
            content=content,
            name=path.name,
            census_round=intake.open_round(world.county, SPRING),
            source="registry",
            **options,
        )


def dying_after(chunks: int) -> pipeline.Progress:
    """Progress that kills the worker in the transaction of a later chunk."""
    seen = []

    def progress(done: int, total: int | None, stage: str) -> None:
        seen.append(done)
        if stage == "暂存" and len(seen) > chunks:
            raise Killed

    return progress


@pytest.mark.usefixtures("small_chunks")
def test_staging_goes_on_at_the_last_committed_chunk(world: World, tmp_path: Path) -> None:
    batch = pipeline.read(received(world, csv_file(tmp_path / "名单.csv", NOTED)))
    with pytest.raises(Killed):
        pipeline.stage(batch, dying_after(1))
    assert StagedRow.objects.filter(batch=batch).count() == 3
    batch = pipeline.prepare(CensusBatch.objects.get(pk=batch.pk))
    assert list(
        StagedRow.objects.filter(batch=batch).order_by("pk").values_list("row_number", flat=True)
    ) == list(range(2, 9))
    assert batch.issue_counts["date_impossible"] == 7
    assert CensusIssue.objects.filter(batch=batch, code="date_impossible").count() == 7


def test_a_cell_may_hold_any_sign_that_parts_rows_or_cells(world: World, tmp_path: Path) -> None:
    address = "江南县\t东岭镇\r\n茶山路\\N 1号\\"
    rows: Rows = [["东岭\\茶业公司", code(1), "王建国", f'"{address}"', ""], *ROWS[1:]]
    batch = pipeline.prepare(pipeline.read(received(world, csv_file(tmp_path / "名单.csv", rows))))
    first = StagedRow.objects.filter(batch=batch).earliest("row_number")
    assert unpack(first.raw)[3] == address
    assert (first.name, first.registered_address) == (
        "东岭\\茶业公司",
        "江南县 东岭镇 茶山路\\N 1号\\",
    )
    assert (first.established_on, first.registration_number) == (None, "")


def test_every_stage_run_twice_has_one_result(world: World, tmp_path: Path) -> None:
    batch = received(world, csv_file(tmp_path / "名单.csv", ROWS))
    for _ in range(2):
        pipeline.read(batch)
    for _ in range(2):
        pipeline.prepare(batch)
    assert StagedRow.objects.filter(batch=batch).count() == 7
    assert RowOutcome.objects.filter(batch=batch).count() == 7


def test_a_reading_that_was_lost_is_done_again(world: World, tmp_path: Path) -> None:
    batch = pipeline.read(received(world, csv_file(tmp_path / "名单.csv", ROWS)))
    intake.forget_reading(batch)
    assert pipeline.prepare(batch).buckets["new"] == 7


def test_a_batch_cancelled_meanwhile_is_not_staged(world: World, tmp_path: Path) -> None:
    batch = pipeline.read(received(world, csv_file(tmp_path / "名单.csv", ROWS)))
    uploads.cancel_batch(actor=world.clerk, batch=batch)
    with pytest.raises(NotApplicableError, match="已取消"):
        pipeline.stage(batch)


def test_cancelling_forgets_the_rows_and_keeps_the_file(world: World, tmp_path: Path) -> None:
    batch = pipeline.read(received(world, csv_file(tmp_path / "名单.csv", ROWS)))
    batch = uploads.cancel_batch(actor=world.clerk, batch=pipeline.prepare(batch))
    assert batch.state == BatchState.CANCELLED
    assert not StagedRow.objects.filter(batch=batch).exists()
    assert intake.path_of(batch).exists()


def test_the_same_unfinished_file_is_the_same_batch(world: World, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "名单.csv", ROWS)
    first = received(world, path)
    assert received(world, path) == first
    assert len(list(intake.path_of(first).parent.iterdir())) == 1


def test_a_file_written_before_is_told(world: World, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "名单.csv", ROWS)
    first = apply_batch(actor=None, batch=pipeline.prepare(pipeline.read(received(world, path))))
    assert uploads.earlier_import(received(world, path)) == first


def test_a_mapping_is_remembered_for_the_header_and_the_unit(world: World, tmp_path: Path) -> None:
    header = [*HEADER[:3], "经营者所在", "成立日期"]
    batch = pipeline.read(received(world, csv_file(tmp_path / "甲.csv", ROWS, header=header)))
    assert batch.layout["fields"][3] == "extra"
    fields = [*batch.layout["fields"][:3], "registered_address", "established_on"]
    uploads.confirm_mapping(actor=world.clerk, batch=batch, fields=fields)
    other = pipeline.read(received(world, csv_file(tmp_path / "乙.csv", ROWS[:2], header=header)))
    assert (other.layout["fields"], other.layout["remembered"]) == (fields, True)
    assert ColumnMapping.objects.get().unit == world.county_committee


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        (["uscc", "uscc", "", "", ""], "请指出哪一列是“企业名称”"),
        (["name", "uscc", "uscc", "", ""], "有 2 列都对应“统一社会信用代码”"),
        (["name", "secret", "", "", ""], "系统不认识的项目"),
        (["name"], "列数与文件不符"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused(
    world: World, tmp_path: Path, fields: list[str], complaint: str
) -> None:
    batch = pipeline.read(received(world, csv_file(tmp_path / "名单.csv", ROWS)))
    with pytest.raises(ValidationError, match=complaint):
        uploads.confirm_mapping(actor=world.clerk, batch=batch, fields=fields)


def test_a_mapping_changed_after_reconciling_reads_the_rows_anew(
    world: World, tmp_path: Path
) -> None:
    batch = pipeline.read(received(world, csv_file(tmp_path / "名单.csv", ROWS)))
    batch = pipeline.prepare(batch)
    fields = [*batch.layout["fields"][:4], ""]
    uploads.confirm_mapping(actor=world.clerk, batch=batch, fields=fields)
    batch.refresh_from_db()
    assert batch.state == BatchState.PARSED
    pipeline.prepare(batch)
    assert not StagedRow.objects.filter(batch=batch, established_on__isnull=False).exists()


def test_another_header_row_may_be_pointed_at(world: World, tmp_path: Path) -> None:
    sheets = {"名单": [HEADER, ["企业名称", "税号", "法人", "地址", "备注"], *ROWS]}
    batch = pipeline.read(received(world, workbook(tmp_path / "名单.xlsx", sheets)))
    batch = uploads.choose_header(actor=world.clerk, batch=batch, sheet=0, header_row=2)
    assert batch.layout["labels"][1] == "税号"
    assert pipeline.prepare(batch).buckets["new"] == 7


def test_columns_are_shown_with_samples_and_confidence(world: World, tmp_path: Path) -> None:
    header = [*HEADER[:4], "网格员"]
    batch = pipeline.read(received(world, csv_file(tmp_path / "名单.csv", ROWS, header=header)))
    views = uploads.column_views(batch)
    assert [view.confidence for view in views] == ["自动"] * 4 + ["未对应"]
    assert views[0].samples == [row[0] for row in ROWS[:3]]


def test_an_error_workbook_is_uploaded_again_without_harm(world: World, tmp_path: Path) -> None:
    rows = [*ROWS[:4], ["缺码的厂", "", "赵正", "江南县东岭镇", "2001.5.1"]]
    first = pipeline.prepare(pipeline.read(received(world, csv_file(tmp_path / "名单.csv", rows))))
    apply_batch(actor=None, batch=first)
    target = tmp_path / "错误.xlsx"
    assert error_workbook(first, target).startswith("名单错误表")
    again = pipeline.prepare(pipeline.read(received(world, target)))
    assert again.is_partial
    assert {bucket: n for bucket, n in again.buckets.items() if n} == {"error": 1}
    assert StagedRow.objects.get(batch=again).name == "缺码的厂"


def test_a_batch_without_errors_has_no_error_workbook(world: World, tmp_path: Path) -> None:
    batch = pipeline.prepare(pipeline.read(received(world, csv_file(tmp_path / "a.csv", ROWS))))
    with pytest.raises(ValidationError, match="没有错误行"):
        error_workbook(batch, tmp_path / "错误.xlsx")


def work() -> None:
    """Run what waits, as the worker would."""
    for job in Job.objects.filter(state="queued", kind__startswith="census."):
        jobs.run_now(job)


def test_the_census_as_jobs(world: World, tmp_path: Path) -> None:
    batch = uploads.start_batch(
        actor=world.clerk,
        content=io.BytesIO(csv_file(tmp_path / "名单.csv", ROWS).read_bytes()),
        name="名单.csv",
        census_round=intake.open_round(world.county, SPRING),
        source="registry",
    )
    work()
    batch.refresh_from_db()
    job = uploads.confirm_mapping(
        actor=world.clerk, batch=batch, fields=batch.layout["fields"], remember=False
    )
    again = Job.objects.filter(kind=job.kind).count()
    work()
    batch.refresh_from_db()
    first = uploads.request_apply(actor=world.clerk, batch=batch)
    assert uploads.request_apply(actor=world.clerk, batch=batch) == first  # a double click
    work()
    batch.refresh_from_db()
    assert (batch.state, again) == (BatchState.APPLIED, 1)
    uploads.request_undo(actor=world.clerk, batch=batch, reason="传错了")
    work()
    batch.refresh_from_db()
    assert batch.state == BatchState.UNDONE
    assert not Enterprise.objects.filter(name="第1豆制品公司").exists()
    assert Message.objects.filter(recipient=world.clerk).exists()


def test_a_file_that_cannot_be_used_ends_batch_and_job_with_one_word(
    world: World, tmp_path: Path
) -> None:
    batch = uploads.start_batch(
        actor=world.clerk,
        content=io.BytesIO("你好\n这不是名单\n".encode()),
        name="说明.csv",
        census_round=intake.open_round(world.county, SPRING),
        source="registry",
    )
    work()
    batch.refresh_from_db()
    job = uploads.current_job(batch)
    assert job is not None
    assert (batch.state, job.state, job.error_code) == ("failed", "failed", "E-FILE-13")
    assert "没有找到表头" in job.message


def test_undo_needs_a_reason(world: World, tmp_path: Path) -> None:
    batch = received(world, csv_file(tmp_path / "名单.csv", ROWS))
    with pytest.raises(ValidationError, match="请填写撤销的原因"):
        uploads.request_undo(actor=world.clerk, batch=batch, reason=" ")


def test_what_a_reading_left_on_disk_goes_after_a_month(world: World, tmp_path: Path) -> None:
    batch = pipeline.read(received(world, csv_file(tmp_path / "名单.csv", ROWS)))
    apply_batch(actor=None, batch=pipeline.prepare(batch))
    jobs.run_now(jobs.submit("census.tidy", owner=None, bell_rings=False))
    assert intake.folder_of(batch).exists()
    CensusBatch.objects.update(created_at=timezone.now() - timedelta(days=31))
    jobs.run_now(jobs.submit("census.tidy", owner=None, bell_rings=False))
    assert not intake.folder_of(batch).exists()
    assert intake.path_of(batch).exists()
