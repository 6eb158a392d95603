"""`manage.py backup [make|verify|drill|keys]`: make, check and prove backups."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.backups import archive, drill
from core.backups.archive import DamagedBackupError
from core.backups.database import DatabaseProgramError


class Command(BaseCommand):
    help = "备份数据库与文件（make，默认）、核对（verify）、恢复演练（drill）、取出密钥（keys）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "action",
            nargs="?",
            default="make",
            choices=["make", "verify", "drill", "keys"],
            help="默认 make",
        )
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            help="要核对或演练的备份，默认最新；keys 时为密钥文件",
        )
        parser.add_argument("--to", type=Path, default=Path(settings.BACKUP_ROOT), help="存放目录")
        parser.add_argument("--keys-to", type=Path, help="密钥另存目录（另一介质），须有备份口令")
        parser.add_argument("--keep", type=int, default=0, help="只保留最近几份，0 为全部保留")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['action']}")(options)
        except (DamagedBackupError, DatabaseProgramError, OSError, ValueError) as problem:
            raise CommandError(str(problem)) from problem

    def _make(self, options: dict[str, Any]) -> None:
        passphrase = settings.BACKUP_PASSPHRASE
        if settings.PRODUCTION and not passphrase:
            raise CommandError("环境变量 BACKUP_PASSPHRASE:生产环境的备份必须加密")
        address = settings.DATABASES["default"]
        files = Path(settings.MEDIA_ROOT)
        made = archive.make(address, files, options["to"], passphrase)
        manifest = archive.Manifest.load(made)
        rows = sum(seen.rows for seen in manifest.tables.values())
        self.stdout.write(
            f"备份完成并已核对：{made}（{len(manifest.tables)} 张表 {rows} 行，"
            f"文件 {manifest.file_count} 个，{'已加密' if passphrase else '未加密'}）"
        )
        self._save_keys(options["keys_to"], passphrase)
        for old in archive.all_in(options["to"])[: -options["keep"]] if options["keep"] else []:
            shutil.rmtree(old)
            self.stdout.write(f"已删除旧备份：{old}")

    def _save_keys(self, target: Path | None, passphrase: str) -> None:
        if target is None:
            self.stdout.write("密钥不在备份中，请用 --keys-to 另存到另一介质。")
            return
        if not passphrase:
            raise CommandError("环境变量 BACKUP_PASSPHRASE:密钥只能加密保存")
        keys = {"DJANGO_SECRET_KEY": settings.SECRET_KEY, "FIELD_KEYS": settings.FIELD_KEYS}
        self.stdout.write(f"密钥已加密保存：{archive.save_keys(keys, target, passphrase)}")

    def _verify(self, options: dict[str, Any]) -> None:
        folder = self._chosen(options)
        archive.verify(folder)
        self.stdout.write(f"备份完好：{folder}")

    def _drill(self, options: dict[str, Any]) -> None:
        folder = self._chosen(options)
        report = drill.run(settings.DATABASES["default"], folder, settings.BACKUP_PASSPHRASE)
        text = report.text()
        written = options["to"] / f"drill-{report.started:{archive.STAMP}}.txt"
        written.write_text(text, encoding="utf-8")
        self.stdout.write(f"{text}报告：{written}")
        if report.faults:
            raise CommandError("恢复演练不合格")

    def _keys(self, options: dict[str, Any]) -> None:
        """Print what to put into the environment of a rebuilt machine."""
        if options["folder"] is None:
            raise CommandError("请写明密钥文件")
        for name, value in archive.open_keys(options["folder"], settings.BACKUP_PASSPHRASE).items():
            self.stdout.write(f"{name}={value}")

    def _chosen(self, options: dict[str, Any]) -> Path:
        known = archive.all_in(options["to"])
        if options["folder"] is None and not known:
            raise CommandError(f"{options['to']} 中没有备份")
        return Path(options["folder"] or known[-1])
