"""An upload beyond the limit ends while it is still being sent; nothing of it stays on the disk."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.test import RequestFactory

from core.errors import bad_request
from core.spreadsheets.errors import FileError
from core.upload import (
    QuotaUploadHandler,
    UploadTooLarge,
    display_name,
    require_space,
    upload_limits,
)

BOUNDARY = b"--x"
LIMIT = 300_000


def form(*files: bytes) -> bytes:
    head = b'%b\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n%b\r\n'
    return b"".join(head % (BOUNDARY, file) for file in files) + BOUNDARY + b"--\r\n"


class Counted(io.BytesIO):
    """A body that remembers how far it was read."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        block = super().read(size)
        self.taken += len(block)
        return block


@pytest.fixture
def spool(tmp_path: Path, settings: Any) -> Path:
    settings.UPLOAD_MAX_BYTES = LIMIT
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_HANDLERS = ["core.upload.QuotaUploadHandler"]
    return tmp_path


def request(body: bytes, length: int | None = None) -> tuple[HttpRequest, Counted]:
    stream = Counted(body)
    environ = RequestFactory().post("/").META | {
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": str(len(body) if length is None else length),
        "wsgi.input": stream,
    }
    return WSGIRequest(environ), stream


def test_a_file_at_the_limit_is_accepted(spool: Path) -> None:
    made, _ = request(form(b"x" * LIMIT))
    uploaded = made.FILES["f"]
    assert isinstance(uploaded, UploadedFile)
    assert uploaded.size == LIMIT
    uploaded.close()
    assert list(spool.iterdir()) == []


@pytest.mark.parametrize("files", [[b"x" * (LIMIT + 1)], [b"x" * LIMIT, b"y"]])
def test_one_byte_more_is_refused_and_nothing_stays(files: list[bytes], spool: Path) -> None:
    made, _ = request(form(*files))
    with pytest.raises(UploadTooLarge, match="文件大小超过上限"):
        _ = made.FILES
    assert list(spool.iterdir()) == []


def test_the_stream_is_not_read_to_its_end(spool: Path) -> None:
    made, stream = request(form(b"x" * LIMIT * 4))
    with pytest.raises(UploadTooLarge):
        _ = made.FILES
    assert 0 < stream.taken < LIMIT * 2


def test_an_honest_length_is_refused_before_a_byte_is_read(spool: Path) -> None:
    made, stream = request(b"", length=LIMIT + (2 << 20))
    with pytest.raises(UploadTooLarge):
        _ = made.POST
    assert stream.taken == 0


def test_the_refusal_is_shown_as_413() -> None:
    assert bad_request(RequestFactory().get("/"), UploadTooLarge()).status_code == 413
    assert bad_request(RequestFactory().get("/"), ValueError()).status_code == 400


def test_readers_obey_the_limit_of_the_site(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 7
    assert upload_limits().file_bytes == 7


def test_an_upload_that_would_fill_the_disk_is_refused(tmp_path: Path) -> None:
    require_space(tmp_path, 0)
    with pytest.raises(FileError, match="磁盘空间不足"):
        require_space(tmp_path, 1 << 60)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/名单.xlsx", "名单.xlsx"),
        ("C:\\用户\\名单.xls", "名单.xls"),
        ("a\r\nSet-Cookie: x.csv", "aSet-Cookie: x.csv"),
        ("名单\u202excod.xlsx", "名单xcod.xlsx"),
        ("\0\n", "未命名"),
        ("名" * 300 + ".xlsx", "名" * 195 + ".xlsx"),
    ],
)
def test_the_users_file_name_is_kept_as_harmless_data(name: str, shown: str) -> None:
    assert display_name(name) == shown


def test_the_handler_is_one_of_djangos() -> None:
    assert QuotaUploadHandler().chunk_size == 65536
