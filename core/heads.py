"""The newest links of the log's chain, noted in a file outside the database.

One line each: time, number, digest. Whoever cuts off the end of the log, or makes its chain anew,
does not reach this file when it lies on another disk or machine (setting AUDIT_HEADS).
"""

import logging
import os
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

EVERY = 60.0  # seconds between two notes
LONGEST = 200  # bytes of a line
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Head:
    """A link by its number."""

    seq: int
    digest: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.digest}"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """What `str` gives; raises ValueError."""
        seq, _, digest = text.strip().partition(":")
        if len(digest) != 64:
            raise ValueError(text)
        return cls(int(seq), digest)


def note(head: Head) -> None:
    """Write the head down unless it stands there or another was written just now."""
    path = Path(settings.AUDIT_HEADS)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if _is_recent(path) or _last(path) == str(head):
            return
        line = f"{timezone.localtime():%Y-%m-%dT%H:%M:%S%z} {head}\n"
        with open(path, "a", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except (OSError, IndexError) as problem:
        logger.warning("head of the log %s not noted: %s", head.seq, problem)


def _is_recent(path: Path) -> bool:
    return path.exists() and time.time() - path.stat().st_mtime < EVERY


def _last(path: Path) -> str:
    """The head of the last line; the file is long after some years."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - LONGEST))
        return file.read().decode().split()[-1]


def noted() -> list[Head]:
    """All heads written down, oldest first; raises ValueError when the file was tampered with."""
    path = Path(settings.AUDIT_HEADS)
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Head.parse(line.rpartition(" ")[2]) for line in lines]


def set_aside() -> None:
    """Begin a new file, for a log that begins anew; the old one is kept beside it."""
    path = Path(settings.AUDIT_HEADS)
    if path.exists():
        path.rename(path.with_name(f"{path.stem}-{timezone.localtime():%Y%m%d%H%M%S}{path.suffix}"))
