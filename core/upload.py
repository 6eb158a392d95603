"""What the site accepts as an upload: how large, under what name, and with how much disk left."""

import shutil
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from core.spreadsheets.errors import FileError
from core.spreadsheets.limits import Limits, human

NAME_LENGTH = 200
FORM_BYTES = 1 << 20  # fields and boundaries beside the files of one request
SPACE_FACTOR = 4  # upload, normalised rows, staging and index
RESERVE_BYTES = 2 << 30


class UploadTooLarge(RequestDataTooBig):
    """Ends the request while it is still being sent; shown as 413."""

    def __init__(self) -> None:
        super().__init__(f"文件大小超过上限 {human(settings.UPLOAD_MAX_BYTES)}。")


class QuotaUploadHandler(TemporaryFileUploadHandler):
    """Streams files to disk and aborts the stream once they exceed the limit (S37).

    Django itself limits form data only; a lie about the length or a body without one is
    stopped by counting.
    """

    total = 0

    def handle_raw_input(
        self,
        input_data: object,
        META: dict[str, str],  # noqa: N803
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > settings.UPLOAD_MAX_BYTES + FORM_BYTES:
            raise UploadTooLarge

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.total += len(raw_data)
        if self.total > settings.UPLOAD_MAX_BYTES:
            self.upload_interrupted()
            raise UploadTooLarge
        try:
            return super().receive_data_chunk(raw_data, start)
        except OSError:  # no space left: the half file must not lie there until it is collected
            with suppress(OSError):
                self.file.close()
            raise


def upload_limits() -> Limits:
    """The limits of every reader, with the size that the site is set to."""
    return Limits(file_bytes=settings.UPLOAD_MAX_BYTES)


def display_name(name: str) -> str:
    """A user's file name as data: no folders, no control or direction marks, not endless."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    base = "".join(letter for letter in last if letter.isprintable()).strip()
    if len(base) > NAME_LENGTH:
        suffix = Path(base).suffix[:10]
        base = base[: NAME_LENGTH - len(suffix)] + suffix
    return base or "未命名"


def require_space(folder: Path, size: int) -> None:
    """Refuse with E-IO-01 before a file of `size` unpacked bytes fills the disk."""
    if shutil.disk_usage(folder).free < size * SPACE_FACTOR + RESERVE_BYTES:
        raise FileError("E-IO-01")
