"""`manage.py restore FOLDER`: rebuild database and files from a backup, then exchange them."""

import tempfile
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from core import heads
from core.backups import archive, database
from core.backups.archive import DamagedBackupError
from core.backups.database import DatabaseProgramError


class Command(BaseCommand):
    help = "从备份恢复数据库与文件；先恢复到旁边并逐表比对，再替换，原有数据改名保留"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="备份目录")
        parser.add_argument(
            "--replace", action="store_true", help="库中已有数据时仍替换（原库改名保留）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._restore(options["folder"], replace=options["replace"])
        except (DamagedBackupError, DatabaseProgramError, OSError, ValueError) as problem:
            raise CommandError(str(problem)) from problem

    def _restore(self, folder: Path, *, replace: bool) -> None:
        address = settings.DATABASES["default"]
        manifest = archive.verify(folder)
        self._refuse(replace=replace)
        stamp = f"{datetime.now(UTC):{archive.STAMP}}"
        fresh = f"{address['NAME']}_restored_{stamp}"
        with tempfile.TemporaryDirectory(prefix="restore-") as name:
            dump = archive.opened(folder, archive.DUMP, Path(name), settings.BACKUP_PASSPHRASE)
            packed = archive.opened(folder, archive.FILES, Path(name), settings.BACKUP_PASSPHRASE)
            database.create(address, fresh)
            try:
                database.restore(address, dump, fresh)
                self._compare(manifest, fresh)
                files = Path(settings.MEDIA_ROOT).with_name(f"files-restored-{stamp}")
                count = archive.unpack(packed, files)
                self._exchange_database(fresh, stamp)
            except BaseException:
                database.drop(address, fresh)
                raise
        self._exchange_files(files, stamp)
        heads.set_aside()  # they speak of days that the backup does not know
        call_command(
            "migrate", interactive=False, verbosity=0
        )  # rights of the app role, newer tables
        self.stdout.write(f"恢复完成：{len(manifest.tables)} 张表逐表一致，文件 {count} 个。")

    def _refuse(self, *, replace: bool) -> None:
        """Nobody may be working in the database, and what is in it must be given up on purpose."""
        filled = bool(connection.introspection.table_names())
        connection.close()
        if database.sessions(settings.DATABASES["default"]):
            raise CommandError("数据库正在使用，请先停止系统（网页、任务、定时、巡检进程）再恢复。")
        if filled and not replace:
            raise CommandError("库中已有数据表；确认替换请加 --replace，原库会改名保留。")

    def _compare(self, manifest: archive.Manifest, fresh: str) -> None:
        restored = database.open_connection(settings.DATABASES["default"], fresh)
        found = database.fingerprints(restored)
        restored.close()
        faults = archive.differences(manifest.tables, found)
        if faults:
            raise DamagedBackupError("恢复结果与备份时不一致：" + ";".join(faults))

    def _exchange_files(self, fresh: Path, stamp: str) -> None:
        root = Path(settings.MEDIA_ROOT)
        if root.exists():
            kept = root.with_name(f"files-before-{stamp}")
            root.rename(kept)
            self.stdout.write(f"原文件保留在 {kept}。")
        fresh.rename(root)

    def _exchange_database(self, fresh: str, stamp: str) -> None:
        address = settings.DATABASES["default"]
        name = str(address["NAME"])
        kept = f"{name}_before_{stamp}"
        database.rename(address, name, kept)
        try:
            database.rename(address, fresh, name)
        except BaseException:
            database.rename(address, kept, name)
            raise
        self.stdout.write(f"原数据库保留为 {kept}，确认无误后可删除。")
