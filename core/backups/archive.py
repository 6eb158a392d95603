"""One backup on disk: a folder with the dump, the files and a manifest of what is in them."""

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from core.backups import database, sealing
from core.backups.database import Address, Fingerprint

FORMAT = 1
DUMP, FILES, MANIFEST = "database.dump", "files.tar", "manifest.json"
STAMP = "%Y%m%d-%H%M%S"


class DamagedBackupError(ValueError):
    """A backup that does not hold what its manifest says."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, written last."""

    format: int
    made_at: str
    server_version: int
    sealed: bool
    tables: Mapping[str, Fingerprint]
    parts: Mapping[str, str]  # file name -> sha256
    file_count: int

    def save(self, folder: Path) -> None:
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / MANIFEST).write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Manifest":
        try:
            known = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            tables = {name: Fingerprint(**seen) for name, seen in known.pop("tables").items()}
            return cls(tables=tables, **known)
        except (OSError, ValueError, TypeError, KeyError) as problem:
            raise DamagedBackupError(f"{folder} 不是完整的备份") from problem


def make(address: Address, files: Path, root: Path, passphrase: str) -> Path:
    """A new backup below `root`; it gets its name only after it has been checked."""
    made_at = datetime.now(UTC)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = root / f"{made_at:{STAMP}}.part"
    part.mkdir(mode=0o700)
    with database.snapshot(address) as (connection, key):
        database.dump(address, part / DUMP, key)
        tables = database.fingerprints(connection)
        version = connection.server_version
    file_count = _pack(files, part / FILES)
    database.contents(address, part / DUMP)
    if passphrase:
        _seal_all(part, passphrase)
    parts = {path.name: checksum(path) for path in sorted(part.iterdir())}
    manifest = Manifest(
        FORMAT, made_at.isoformat(), version, bool(passphrase), tables, parts, file_count
    )
    manifest.save(part)
    _make_durable(part)
    verify(part)
    return part.rename(root / f"{made_at:{STAMP}}")


def verify(folder: Path) -> Manifest:
    """Every part is there with the content it was written with."""
    manifest = Manifest.load(folder)
    for name, expected in manifest.parts.items():
        if not (folder / name).is_file() or checksum(folder / name) != expected:
            raise DamagedBackupError(f"{folder / name} 缺失或已损坏")
    return manifest


def opened(folder: Path, name: str, workspace: Path, passphrase: str) -> Path:
    """The plain form of a part; sealed ones are opened in the workspace."""
    if (folder / name).exists():
        return folder / name
    if not passphrase:
        raise DamagedBackupError("备份已加密，请设置 BACKUP_PASSPHRASE 或 BACKUP_PASSPHRASE_FILE")
    sealing.unseal(folder / (name + sealing.ENDING), workspace / name, passphrase)
    return workspace / name


def all_in(root: Path) -> list[Path]:
    """Finished backups, old to new."""
    return sorted(path.parent for path in root.glob(f"*/{MANIFEST}") if path.parent.suffix == "")


def checksum(path: Path) -> str:
    with path.open("rb") as stream:
        return checksum_of(stream)


def checksum_of(stream: IO[bytes]) -> str:
    return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


def save_keys(keys: Mapping[str, str], target: Path, passphrase: str) -> Path:
    """The keys, sealed, apart from the data that they open."""
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    sealed = target / f"keys-{datetime.now(UTC):{STAMP}}{sealing.ENDING}"
    with tempfile.TemporaryDirectory(prefix="keys-") as name:
        plain = Path(name) / "keys"
        plain.write_text(json.dumps(dict(keys)), encoding="utf-8")
        sealing.seal(plain, sealed, passphrase)
    sealed.chmod(0o600)
    return sealed


def open_keys(sealed: Path, passphrase: str) -> dict[str, str]:
    with tempfile.TemporaryDirectory(prefix="keys-") as name:
        plain = Path(name) / "keys"
        sealing.unseal(sealed, plain, passphrase)
        keys: dict[str, str] = json.loads(plain.read_text(encoding="utf-8"))
    return keys


def _pack(files: Path, target: Path) -> int:
    """All finished files; what is still being written has no row that names it yet."""

    def finished(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
        return None if member.name.endswith(".part") else member

    with tarfile.open(target, "w") as archive:
        if files.is_dir():
            archive.add(files, arcname=".", filter=finished)
        return sum(1 for member in archive.getmembers() if member.isfile())


def unpack(source: Path, target: Path) -> int:
    """The files of a backup, none of them outside the target; their number."""
    target.mkdir(parents=True, mode=0o700)
    with tarfile.open(source) as archive:
        members = archive.getmembers()
        archive.extractall(target, members, filter="data")
    return sum(1 for member in members if member.isfile())


def _seal_all(part: Path, passphrase: str) -> None:
    for name in (DUMP, FILES):
        sealing.seal(part / name, part / (name + sealing.ENDING), passphrase)
        (part / name).unlink()


def _make_durable(folder: Path) -> None:
    """Closed to others, and safe from a power cut right after."""
    for path in folder.iterdir():
        path.chmod(0o600)
    for path in [*folder.iterdir(), folder]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def differences(expected: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """Tables whose rows are not what they were, in the words of the report."""
    return [
        f"{name}：备份时 {expected.get(name)}，恢复后 {found.get(name)}"
        for name in sorted(expected.keys() | found.keys())
        if expected.get(name) != found.get(name)
    ]
