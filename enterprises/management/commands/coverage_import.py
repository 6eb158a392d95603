"""manage.py coverage_import FILE --as-of DATE: existing coverage, read and planned or written."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from enterprises.coverage_import import batches
from enterprises.management.commands.census_import import county_of, day_of
from enterprises.models import CoverageBatch, CoverageRow

State, Outcome = CoverageBatch.State, CoverageRow.Outcome
LISTED = 20


class Command(BaseCommand):
    help = "导入现有覆盖情况：去年的党建工作台账（62 列）或覆盖关系简表；加 --apply 则写入"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="文件(.xlsx、.xls、.csv)")
        parser.add_argument("--as-of", required=True, help="表中情况截至的日期，如 2025-12-31")
        parser.add_argument("--county", help="县的六位代码；只有一个县时可省略")
        parser.add_argument("--apply", action="store_true", help="写入")
        parser.add_argument(
            "--replace", action="store_true", help="与现有覆盖关系不一致的，以文件为准"
        )
        parser.add_argument("--json", action="store_true", help="最后一行输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            with path.open("rb") as content:
                batch = batches.receive(
                    actor=None,
                    content=content,
                    name=path.name,
                    county=county_of(options["county"]),
                    as_of=day_of(options["as_of"]),
                )
        except OSError as problem:
            raise CommandError(f"文件打不开，请核对路径和读取权限：{path}") from problem
        batches.read(batch)
        if batch.state == State.FAILED:
            raise CommandError(batch.error)
        if options["apply"]:
            batch = batches.apply(actor=None, batch=batch, replaces=options["replace"])
            if batch.state != State.APPLIED:
                raise CommandError(batches.MOVED)
        self._report(batch, as_json=options["json"])

    def _report(self, batch: CoverageBatch, *, as_json: bool) -> None:
        counts = batch.counts
        words = "、".join(f"{outcome.label} {counts[outcome.value]}" for outcome in Outcome)
        self.stdout.write(f"{batch.get_form_display()}，共 {counts['rows']} 行：{words}")
        self.stdout.write(f"须新建党组织 {counts['organizations']} 个")
        for row in batch.rows.filter(outcome__in=[Outcome.ERROR, Outcome.NOT_FOUND])[:LISTED]:
            self.stdout.write(f"  第 {row.number} 行：{row.message}")
        receipt = {key: value for key, value in batch.receipt.items() if key != "formed"}
        if receipt:
            self.stdout.write(
                f"已写入：党组织 {receipt['organizations']} 个、覆盖关系 {receipt['links']} 条"
            )
        if as_json:
            answer = {"batch": batch.pk, "form": batch.form, "counts": counts, "receipt": receipt}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
