"""Result files: written under a working name, made durable, then renamed; kept for seven days."""

import os
import time
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings

KEPT = timedelta(days=7)


def folder() -> Path:
    path = Path(settings.MEDIA_ROOT) / "results"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def workfile(suffix: str) -> Path:
    """A name for a file in the making; nobody can fetch it."""
    return folder() / f"{uuid.uuid4().hex}{suffix}.part"


def keep(part: Path) -> str:
    """Make a finished workfile durable; returns its path below MEDIA_ROOT."""
    with part.open("rb") as written:
        os.fsync(written.fileno())
    final = part.with_suffix("")
    part.chmod(0o600)
    part.rename(final)
    directory = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return str(final.relative_to(settings.MEDIA_ROOT))


def path_of(result_file: str) -> Path:
    return Path(settings.MEDIA_ROOT) / result_file


def remove_old() -> int:
    """Delete what is older than the time it is kept for, left-over workfiles included."""
    oldest = time.time() - KEPT.total_seconds()
    old = [path for path in folder().iterdir() if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
