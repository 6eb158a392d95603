"""A clerk takes a list through the five steps, page by page, and back again."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core import jobs
from core.identifiers import make_uscc
from core.models import Job
from enterprises.models import BatchState, CensusBatch, Enterprise, RowOutcome
from tests.world import World

pytestmark = pytest.mark.django_db
HEADER = "企业名称,统一社会信用代码,法定代表人,住所,登记状态,办事员备注\n"


@pytest.fixture(autouse=True)
def _private_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = f"{tmp_path}/media"
    settings.VAR_DIR = tmp_path


@pytest.fixture
def clerk(client: Client, world: World) -> Client:
    client.force_login(world.clerk)
    return client


def upload(client: Client, lines: str, name: str = "名单.csv") -> CensusBatch:
    file = SimpleUploadedFile(name, (HEADER + lines).encode())
    answer = client.post(
        "/imports/new", {"source": "registry", "reference_date": "2026-03-31", "file": file}
    )
    assert answer.status_code == 302, answer.content.decode()
    return CensusBatch.objects.latest("pk")


def work() -> None:
    """Run what waits, as the worker would."""
    for job in Job.objects.filter(state="queued"):
        jobs.run_now(job)


def row(name: str, serial: int, person: str = "王建国") -> str:
    return f"{name},{make_uscc('340899', serial)},{person},江南县东岭镇街道{serial}号,存续,老户\n"


def map_columns(client: Client, batch: CensusBatch) -> None:
    work()
    page = client.get(f"/imports/{batch.pk}", follow=True)
    assert "办事员备注" in page.content.decode()
    batch.refresh_from_db()
    client.post(f"/imports/{batch.pk}/columns", {"field": batch.layout["fields"], "remember": "1"})
    work()


def test_from_upload_to_receipt_and_back(clerk: Client, world: World) -> None:
    batch = upload(clerk, row("江南新竹科技有限公司", 7001) + row("江南远山商贸有限公司", 7002))
    map_columns(clerk, batch)
    page = clerk.get(f"/imports/{batch.pk}", follow=True).content.decode()
    assert "江南新竹科技有限公司" in page
    confirm = clerk.get(f"/imports/{batch.pk}/confirm").content.decode()
    assert "将新增 2 家" in confirm
    clerk.post(f"/imports/{batch.pk}/confirm")
    assert not Enterprise.objects.filter(name="江南新竹科技有限公司").exists()
    work()
    receipt = clerk.get(f"/imports/{batch.pk}", follow=True).content.decode()
    assert "写入回执" in receipt
    assert Enterprise.objects.filter(name="江南新竹科技有限公司").exists()
    clerk.post(f"/imports/{batch.pk}/undo", {"reason": "导错了"})
    work()
    assert "撤销回执" in clerk.get(f"/imports/{batch.pk}", follow=True).content.decode()
    assert not Enterprise.objects.filter(name="江南新竹科技有限公司").exists()


def test_a_row_may_be_put_off(clerk: Client, world: World) -> None:
    batch = upload(clerk, row("江南新竹科技有限公司", 7001) + row("江南远山商贸有限公司", 7002))
    map_columns(clerk, batch)
    review = f"/imports/{batch.pk}/review?bucket=new"
    clerk.get(review)
    from enterprises.census.review import RowFilter, outcomes

    first = outcomes(batch, RowFilter(bucket="new"))[0]
    clerk.post(review, {"one": f"{first.pk}:later"})
    assert "稍后" in clerk.get(review).content.decode()
    clerk.post(f"/imports/{batch.pk}/confirm")
    work()
    assert Enterprise.objects.filter(name="江南远山商贸有限公司").exists()
    assert not Enterprise.objects.filter(name="江南新竹科技有限公司").exists()


def test_a_file_that_cannot_be_used_ends_with_a_sentence(clerk: Client, world: World) -> None:
    file = SimpleUploadedFile("名单.xlsx", b"")
    answer = clerk.post(
        "/imports/new", {"source": "registry", "reference_date": "2026-03-31", "file": file}
    )
    assert "文件" in answer.content.decode()
    batch = upload(clerk, "", name="只有表头.csv")
    work()
    page = clerk.get(f"/imports/{batch.pk}", follow=True).content.decode()
    if "下一步" in page:
        map_columns(clerk, batch)
        page = clerk.get(f"/imports/{batch.pk}", follow=True).content.decode()
    batch.refresh_from_db()
    assert batch.state == BatchState.FAILED
    assert "系统内数据未发生任何变化" in page


def test_a_cancelled_import_changes_nothing(clerk: Client, world: World) -> None:
    batch = upload(clerk, row("江南新竹科技有限公司", 7001))
    work()
    clerk.post(f"/imports/{batch.pk}/cancel")
    assert "已取消" in clerk.get(f"/imports/{batch.pk}").content.decode()


def test_the_neighbour_does_not_see_the_import(clerk: Client, world: World, client: Client) -> None:
    batch = upload(clerk, row("江南新竹科技有限公司", 7001))
    client.force_login(world.outsider)
    assert client.get(f"/imports/{batch.pk}").status_code == 404


def test_the_import_centre_lists_batches(clerk: Client, world: World) -> None:
    assert "还没有导入过名单" in clerk.get("/imports/").content.decode()
    upload(clerk, row("江南新竹科技有限公司", 7001))
    assert "名单.csv" in clerk.get("/imports/").content.decode()
    assert clerk.get("/rounds/").status_code == 200


def test_an_upload_needs_a_file(clerk: Client, world: World) -> None:
    page = clerk.post("/imports/new", {"source": "registry", "reference_date": "2026-03-31"})
    assert page.status_code == 200
    assert "名单文件" in page.content.decode()


def test_a_file_above_the_limit_is_cut_off_in_chinese(clerk: Client, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1_000
    file = SimpleUploadedFile("名单.csv", b"x" * 1_200)
    answer = clerk.post("/imports/new", {"source": "registry", "file": file})
    assert answer.status_code == 413
    assert "上传的内容超过系统允许的大小" in answer.content.decode()
    assert not CensusBatch.objects.exists()


def test_a_full_disk_refuses_the_upload_before_it_is_kept(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.upload.RESERVE_BYTES", 1 << 60)
    file = SimpleUploadedFile("名单.csv", HEADER.encode())
    answer = clerk.post(
        "/imports/new", {"source": "registry", "reference_date": "2026-03-31", "file": file}
    )
    assert answer.status_code == 507
    assert "服务器磁盘空间不足" in answer.content.decode()
    assert not CensusBatch.objects.exists()


def test_a_code_column_read_as_numbers_is_said_before_going_on(clerk: Client) -> None:
    batch = upload(clerk, "江南新竹科技有限公司,9.13408E+17,王建国,东岭镇,存续,\n")
    work()
    page = clerk.get(f"/imports/{batch.pk}/columns").content.decode()
    assert "“统一社会信用代码”列被存成了数字" in page


def test_the_same_file_again_is_pointed_out(clerk: Client) -> None:
    lines = row("江南新竹科技有限公司", 7001)
    first = upload(clerk, lines)
    map_columns(clerk, first)
    clerk.post(f"/imports/{first.pk}/confirm")
    work()
    again = upload(clerk, lines)
    work()
    page = clerk.get(f"/imports/{again.pk}/columns").content.decode()
    assert f"第 {first.pk} 批</a>）。再次导入不会重复新增" in page


def test_a_reason_is_asked_only_when_it_is_needed_and_a_word_may_be_withdrawn(
    clerk: Client,
) -> None:
    batch = upload(clerk, row("江南新竹科技有限公司", 7001))
    map_columns(clerk, batch)
    review = f"/imports/{batch.pk}/review?bucket=new"
    assert "理由（必填）" not in clerk.get(review).content.decode()
    asked = clerk.post(review, {"all": "1", "choice": "exclude"}).content.decode()
    assert "把 <b>1</b> 行记为“不纳入”" in asked
    clerk.post(review, {"all": "1", "choice": "exclude", "reason": "不在本县经营"})
    page = clerk.get(review).content.decode()
    assert "不在本县经营" in page
    assert "王县办" in page
    outcome = RowOutcome.objects.get(batch=batch)
    clerk.post(review, {"one": f"{outcome.pk}:withdraw"})
    assert "不在本县经营" not in clerk.get(review).content.decode()
