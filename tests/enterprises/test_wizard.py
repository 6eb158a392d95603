"""A clerk takes a list through the five steps, page by page, and back again."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core import jobs
from core.identifiers import make_uscc
from core.models import Job
from enterprises.models import BatchState, CensusBatch, Enterprise
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
