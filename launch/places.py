"""Where the running things keep their files, and the locks that keep two commands apart."""

import fcntl
import hashlib
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
SOCKET_LIMIT = 100  # bytes; the system allows 107 and the server adds its own ending
PLAIN_PATH = re.compile(rb"[A-Za-z0-9/._+-]+")


def var_dir() -> Path:
    return Path(os.environ.get("DJANGO_VAR_DIR") or ROOT / "var").absolute()


def home(kind: str) -> Path:
    """The folder of one set of engines: `run` for the application, `test`, `bench`."""
    folder = var_dir() / kind
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def tag(path: Path) -> str:
    """A short name that belongs to this path alone, so that copies of a checkout do not meet."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def socket_dir(folder: Path, socket_name: str) -> Path:
    """The folder itself, or a private temporary one when its path is too long or not plain."""
    path = os.fsencode(folder / socket_name)
    if len(path) <= SOCKET_LIMIT and PLAIN_PATH.fullmatch(path):
        return folder
    short = _short_dir(folder)
    short.mkdir(mode=0o700, exist_ok=True)
    found = short.lstat()
    if found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise SystemExit(f"{short} 属于其他用户或权限过宽，请删除后重试。")
    return short


def _short_dir(folder: Path) -> Path:
    base = Path("/tmp") if os.access("/tmp", os.W_OK) else Path(tempfile.gettempdir())
    return base / f"fgqydj-{os.geteuid()}-{tag(folder)}"


def forget_socket_dir(folder: Path) -> None:
    """Remove the private folder once no server has a socket in it."""
    with suppress(OSError):
        _short_dir(folder).rmdir()


class Lock:
    """A file lock that ends with its process, also after SIGKILL."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor = -1

    def acquire(self, *, shared: bool = False, wait: bool = True) -> bool:
        """Whether the lock is held now; a shared lock may be turned into an exclusive one."""
        if self._descriptor < 0:
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self._descriptor, kind | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def keep_small(log: Path, limit: int = 10_000_000) -> Path:
    """The log file, begun anew beside one old copy when it has grown past the limit."""
    if log.exists() and log.stat().st_size > limit:
        log.replace(log.with_suffix(log.suffix + ".1"))
    return log
