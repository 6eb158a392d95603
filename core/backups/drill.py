"""The restore drill: a backup is worth what its last restore proved."""

import random
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.db import connections

from core.backups import archive, database
from core.backups.database import Address
from core.crypto import SealBrokenError
from core.fields import EncryptedTextField

ALIAS = "drill"
FILES_TO_OPEN = 10
VALUES_TO_OPEN = 100
Check = Callable[
    [str], str
]  # database alias -> line of the report; raises AssertionError on a fault
_checks: list[tuple[str, Check]] = []


def register_check(name: str, check: Check) -> None:
    """What must hold in a restored database: the log is whole, values can be decrypted."""
    _checks.append((name, check))


@dataclass
class Report:
    """What a drill found; without faults the backup is good."""

    backup: Path
    lines: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    started: datetime = field(default_factory=lambda: datetime.now(UTC))

    def text(self) -> str:
        verdict = "不合格" if self.faults else "合格"
        seconds = (datetime.now(UTC) - self.started).total_seconds()
        head = [
            f"恢复演练报告 {self.started:%Y-%m-%d %H:%M:%S} UTC",
            f"备份：{self.backup}",
            f"结论：{verdict}",
            f"用时：{seconds:.1f} 秒",
        ]
        return "\n".join([*head, *self.lines, *(f"问题：{fault}" for fault in self.faults)]) + "\n"


def run(address: Address, folder: Path, passphrase: str) -> Report:
    """Restore into a database of its own, compare, look into it, and remove it again."""
    report = Report(folder)
    manifest = archive.verify(folder)
    scratch = f"{address['NAME']}_drill_{report.started:%H%M%S%f}"
    with tempfile.TemporaryDirectory(prefix="drill-") as name:
        workspace = Path(name)
        dump = archive.opened(folder, archive.DUMP, workspace, passphrase)
        database.create(address, scratch)
        try:
            database.restore(address, dump, scratch)
            _compare(report, manifest, address, scratch)
            files = archive.opened(folder, archive.FILES, workspace, passphrase)
            with _alias(address, scratch):
                _open_attachments(report, manifest, files)
                _open_values(report)
                _run_checks(report)
        finally:
            database.drop(address, scratch)
    return report


def _compare(report: Report, manifest: archive.Manifest, address: Address, scratch: str) -> None:
    connection = database.open_connection(address, scratch)
    found = database.fingerprints(connection)
    connection.close()
    rows = sum(seen.rows for seen in found.values())
    report.lines.append(f"数据表：{len(found)} 张，{rows} 行，逐表比对行数与行校验和")
    report.faults += archive.differences(manifest.tables, found)


@contextmanager
def _alias(address: Address, scratch: str) -> Iterator[None]:
    """Django's models on the restored database."""
    connections.databases[ALIAS] = {**address, "NAME": scratch}
    try:
        yield
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]


def _open_attachments(report: Report, manifest: archive.Manifest, files: Path) -> None:
    """A sample of the attachments the database names must lie in the archive, byte for byte."""
    attachment = apps.get_model("core", "Attachment")
    known = list(attachment.objects.using(ALIAS).values_list("path", "sha256"))
    sample = random.sample(known, min(FILES_TO_OPEN, len(known)))
    with tarfile.open(files) as packed:
        for path, expected in sample:
            if _checksum_in(packed, path) != expected:
                report.faults.append(f"附件 {path} 缺失或内容不符")
    report.lines.append(f"文件：{manifest.file_count} 个，抽查附件 {len(sample)} 个")


def _checksum_in(packed: tarfile.TarFile, path: str) -> str:
    try:
        content = packed.extractfile(f"./{path}")
    except KeyError:
        return ""
    return "" if content is None else archive.checksum_of(content)


def _open_values(report: Report) -> None:
    """A sample of the encrypted values must open with the keys at hand."""
    opened = 0
    for model in apps.get_models():
        for column in model._meta.get_fields():
            if not isinstance(column, EncryptedTextField):
                continue
            filled = model._default_manager.using(ALIAS).exclude(**{f"{column.name}__isnull": True})
            for row in filled.order_by("?")[: VALUES_TO_OPEN - opened]:
                opened += 1
                try:
                    getattr(row, column.name)
                except SealBrokenError:
                    report.faults.append(f"{model._meta.label}.{column.name} 有值无法解密")
                    break
    report.lines.append(f"加密字段：抽查 {opened} 个值")


def _run_checks(report: Report) -> None:
    for name, check in _checks:
        try:
            report.lines.append(f"{name}:{check(ALIAS)}")
        except AssertionError as fault:
            report.faults.append(f"{name}:{fault}")
