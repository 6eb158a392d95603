"""Writes one ledger of one unit as a workbook."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from organizations.models import Area
from reports.ledgers import LEDGER
from reports.ledgers.issues import unit_of
from reports.ledgers.workbook import write
from reports.management.commands.coverage import asked_day


class Command(BaseCommand):
    help = "生成一个县、乡镇或园区的台账"

    def add_arguments(self, parser: CommandParser) -> None:
        titles = ";".join(f"{ledger.key} {ledger.title}" for ledger in LEDGER.values())
        parser.add_argument("key", choices=LEDGER, help=titles)
        parser.add_argument("--area", required=True, metavar="CODE", help="县、乡镇或园区的编码")
        parser.add_argument("--as-of", default="", metavar="DATE", help="截至日期，默认今天")
        parser.add_argument("-o", "--output", required=True, metavar="FILE", help="输出文件 .xlsx")

    def handle(self, *args: Any, **options: Any) -> None:
        as_of = asked_day(options["as_of"])
        area = Area.objects.filter(code=options["area"]).first()
        if area is None:
            raise CommandError(f"没有编码为 {options['area']} 的辖区")
        try:
            unit = unit_of(area, as_of)
        except ValidationError as problem:
            raise CommandError(problem.messages[0]) from None
        try:
            written = write(LEDGER[options["key"]], unit, as_of, Path(options["output"]))
        except OSError as problem:
            raise CommandError(f"不能写入 {options['output']}：{problem.strerror}") from None
        self.stdout.write(f"{options['output']}：{written.rows} 行，校验值 {written.sha256}")
