"""manage.py census_undo BATCH: take a whole import back and say what was kept."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from enterprises.census.undo import undo_batch
from enterprises.models import CensusBatch


class Command(BaseCommand):
    help = "撤销一个已写入的导入批次"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, help="批次号")
        parser.add_argument("--json", action="store_true", help="最后一行输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        batch = CensusBatch.objects.filter(pk=options["batch"]).first()
        if batch is None:
            raise CommandError(f"没有批次 {options['batch']}")
        try:
            receipt = undo_batch(actor=None, batch=batch).undo_receipt
        except ValidationError as problem:
            raise CommandError(";".join(problem.messages)) from problem
        self.stderr.write(
            f"批次 {batch.pk} 已撤销：恢复 {receipt['reversed']} 家，"
            f"保留后来的修改 {receipt['kept']} 家，不能撤销 {receipt['impossible']} 家"
        )
        for name, _, note in receipt["rows"]:
            self.stderr.write(f"  {name}:{note}")
        if options["json"]:
            self.stdout.write(json.dumps({"batch": batch.pk, **receipt}, ensure_ascii=False))
