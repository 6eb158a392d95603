"""The one command of a fresh machine: makes .venv with the standard library, then hands over.

python3 run.py up [PORT] [--no-demo]
python3 run.py test [pytest arguments]
python3 run.py help
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.sha256"
UNFINISHED = VENV / "install-unfinished"
ENGINES = "requirements-embedded.txt"
DEVELOPER_COMMANDS = {"test", "check", "bench"}
PIP = ["-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def say(line: str) -> None:
    print(line, flush=True)


def call(*command: object, **options: Any) -> int:
    """The exit code of a command."""
    return subprocess.run([str(word) for word in command], **options).returncode


def refuse_unfit_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python meets
        version = ".".join(str(number) for number in sys.version_info[:3])
        sys.exit(f"需要 Python 3.11 或更高版本，当前为 {version}。")
    if os.name != "posix":
        sys.exit("内置运行方式只支持 Linux 和 macOS（Windows 请用 WSL）。")


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One process at a time changes .venv; a second one waits."""
    import fcntl

    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    with open(folder / "venv.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def wanted(files: list[str]) -> str:
    """What the stamp must say: the requirements files' text and the Python they are for."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for name in files:
        digest.update(name.encode() + (ROOT / name).read_bytes())
    return digest.hexdigest()


def usable() -> bool:
    """Whether pip can complete .venv: never cut off, of this Python's version, pip starts."""
    major, minor = sys.version_info[:2]
    library = VENV / "lib" / f"python{major}.{minor}"
    if UNFINISHED.exists() or os.environ.get("RUN_PY_REPAIR") or not library.is_dir():
        return False
    try:
        return call(PYTHON, "-c", "import pip", **QUIET) == 0
    except OSError:
        return False


def make_venv() -> None:
    """A new .venv by the first way that works."""
    if call(sys.executable, "-m", "venv", "--clear", VENV, **QUIET) == 0:
        return
    if sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        say("缺少 python3-venv，正在用 apt-get 安装……")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        call("apt-get", "update", "-q", **QUIET)
        call(
            "apt-get",
            "install",
            "-y",
            "-q",
            "--no-install-recommends",
            "python3-venv",
            env=quiet,
            **QUIET,
        )
        if call(sys.executable, "-m", "venv", "--clear", VENV, **QUIET) == 0:
            return
    if call(sys.executable, "-m", "pip", "--version", **QUIET) == 0:
        bare = call(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV, **QUIET)
        if (
            bare == 0
            and call(sys.executable, "-m", "pip", "--python", PYTHON, "install", "-q", "pip") == 0
        ):
            return
    sys.exit(
        "无法建立虚拟环境：请先安装 python3-venv（Debian、Ubuntu：apt-get install python3-venv）。"
    )


def install(files: list[str]) -> None:
    """Two pip runs side by side: the packages, and the engines, whose hashes are pinned."""
    UNFINISHED.touch()
    engines = subprocess.Popen(
        [str(PYTHON), *PIP, "--no-deps", "--require-hashes", "-r", str(ROOT / ENGINES)]
    )
    packages = [word for name in files if name != ENGINES for word in ("-r", ROOT / name)]
    failed = call(PYTHON, *PIP, *packages)
    if engines.wait() or failed:
        sys.exit("安装 Python 软件包失败，请看上面的提示；修正后重新运行即可继续。")
    UNFINISHED.unlink()


def start_assets() -> subprocess.Popen[bytes]:
    """Fetch the front-end files beside pip; pages are served plain until they are there."""
    log = open(ROOT / "var" / "assets.log", "w")  # noqa: SIM115 - inherited by the child
    return subprocess.Popen(
        [sys.executable, str(ROOT / "assets.py")], stdout=log, stderr=log, start_new_session=True
    )


def prepare(command: str) -> subprocess.Popen[bytes] | None:
    """Bring .venv up to date; the process that fetches the front-end files meanwhile, for `up`."""
    assets = None
    files = [ENGINES, "requirements.txt"]
    if command in DEVELOPER_COMMANDS:
        files.append("requirements-dev.txt")
    with alone():
        # What a developer command installed satisfies the others too.
        known = STAMP.read_text().split() if STAMP.exists() else []
        current = (
            wanted(files) in known
            and not UNFINISHED.exists()
            and not os.environ.get("RUN_PY_REPAIR")
        )
        if not current:
            started = time.monotonic()
            say("正在准备运行环境（首次约半分钟）……")
            if command == "up" and shutil.which("npm"):
                assets = start_assets()
            if not usable():
                make_venv()
                # The pip of Debian 12 takes twice as long as today's.
                call(PYTHON, *PIP, "-U", "pip")
            if command == "up" and assets is None:
                assets = start_assets()
            install(files)
            STAMP.write_text(wanted(files[:2]) + "\n" + wanted(files) + "\n")
            say(f"运行环境就绪，用时 {time.monotonic() - started:.1f} 秒。")
    if command == "up" and assets is None:
        assets = start_assets()
    return assets


def main() -> None:
    refuse_unfit_python()
    arguments = sys.argv[1:] or ["help"]
    if arguments[0] not in {"help", "-h", "--help"}:
        assets = prepare(arguments[0])
        if assets is not None:
            os.environ["RUN_PY_ASSETS_PID"] = str(assets.pid)
    # launch/ needs the standard library alone, so that `help` answers before anything is installed.
    python = str(PYTHON) if PYTHON.exists() else sys.executable
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ["RUN_PY_PYTHON"] = sys.executable
    os.execv(python, [python, "-m", "launch", *arguments])


if __name__ == "__main__":
    main()
