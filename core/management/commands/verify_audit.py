"""`manage.py verify_audit`: go through the chain over the log; exit code 1 when it is broken."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import chain, heads
from core.heads import Head


class Command(BaseCommand):
    help = "核验操作日志链：逐条比对封存值，指出第一条被改动、删除、插入或调换次序的日志"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head", action="append", default=[], help="另行抄存的链头（序号:校验值），可多次给出"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            noted = heads.noted() + [Head.parse(text) for text in options["head"]]
        except (ValueError, OSError) as problem:
            raise CommandError(f"链头无法读取：{problem}") from None
        verdict = chain.verify(noted)
        if verdict.fault:
            raise CommandError(f"操作日志不完整：{verdict.fault}")
        self.stdout.write(
            f"操作日志完整：已核验 {verdict.count} 条，链头 {Head(verdict.count, verdict.head)}"
        )
        if not noted:
            self.stdout.write("没有库外留存的链头，日志尾部是否被截去无从核对。")
