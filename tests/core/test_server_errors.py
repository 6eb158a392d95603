"""What fails for outside reasons says so: the database away, the disk full, a mistake of ours."""

import errno
import resource
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django.fixtures import Settings

from config import urls as product
from tests.core.cast import person

PROBLEMS = {
    "away": OperationalError("server closed the connection unexpectedly"),
    "full": OSError(errno.ENOSPC, "No space left on device"),
    "mistake": ZeroDivisionError("internal detail"),
}


def fail(request: HttpRequest, what: str) -> HttpResponse:
    raise PROBLEMS[what]


def take_upload(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.FILES)))


urlpatterns = [path("fail/<str:what>", fail), path("upload", take_upload)]
handler500 = product.handler500


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "status", "sentence"),
    [("away", 503, "暂不可用"), ("full", 507, "磁盘空间不足"), ("mistake", 500, "")],
)
def test_the_page_names_the_reason_and_no_detail(
    signed_in: Client, settings: Settings, what: str, status: int, sentence: str
) -> None:
    settings.ROOT_URLCONF = __name__
    answer = signed_in.get(f"/fail/{what}")
    page = answer.content.decode()
    assert answer.status_code == status
    assert sentence in page
    assert "internal detail" not in page


@pytest.mark.django_db
def test_an_upload_that_no_longer_fits_on_the_disk_is_refused_by_name(
    signed_in: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.ROOT_URLCONF = __name__
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    file = SimpleUploadedFile("名录.csv", b"x" * 4_000_000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        answer = signed_in.post("/upload", {"file": file})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert answer.status_code == 507
    assert "磁盘空间不足" in answer.content.decode()
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def signed_in() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person("wang"), backend="django.contrib.auth.backends.ModelBackend")
    return client
