"""manage.py census_import FILE --source KEY --as-of DATE: the whole pipeline in this process."""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from core.spreadsheets.errors import FileError
from enterprises.census import intake, pipeline
from enterprises.census.apply import apply_batch
from enterprises.census.shortness import shortness
from enterprises.models import BatchState, Bucket, CensusBatch, Source
from organizations.models import Area, AreaKind


def source_of(text: str) -> str:
    """A source by its key or its Chinese name."""
    for source in Source:
        if text in {source.value, source.label}:
            return source.value
    known = "、".join(f"{source.value}({source.label})" for source in Source)
    raise CommandError(f"不认识的来源“{text}”，可用的有：{known}")


def county_of(code: str | None) -> Area:
    """The county of that code; the only one when there is one."""
    counties: QuerySet[Area] = Area.objects.filter(kind=AreaKind.COUNTY)
    if code:
        found = counties.filter(code=code).first()
        if found is None:
            raise CommandError(f"没有代码为 {code} 的县")
        return found
    if counties.count() != 1:
        listed = "、".join(f"{area.code} {area.name}" for area in counties)
        raise CommandError(
            f"请用 --county 指明哪个县：{listed}" if listed else "系统里还没有县，请先建立辖区"
        )
    return counties.get()


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise CommandError(f"日期“{text}”应写成 2026-03-31 的样子") from problem


class Command(BaseCommand):
    help = "导入一份部门名单：读取、暂存、核对；加 --apply 则写入名册，未决定的行留待下次"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="名单文件(.xlsx、.xls、.csv)")
        parser.add_argument("--source", required=True, help="来源，如 registry（市场监管）")
        parser.add_argument("--as-of", required=True, help="普查时点，如 2026-03-31")
        parser.add_argument("--county", help="县的六位代码；只有一个县时可省略")
        parser.add_argument(
            "--supplement",
            "--partial",
            action="store_true",
            dest="partial",
            help="补充名单，不判断本次未见",
        )
        parser.add_argument("--apply", action="store_true", help="写入名册")
        parser.add_argument("--json", action="store_true", help="最后一行输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        county = county_of(options["county"])
        source = source_of(options["source"])
        census_round = intake.open_round(county, day_of(options["as_of"]))
        try:
            with path.open("rb") as content:
                batch = intake.receive(
                    actor=None,
                    content=content,
                    name=path.name,
                    census_round=census_round,
                    source=source,
                    is_partial=options["partial"],
                )
            batch = self._run(batch, apply=options["apply"])
        except OSError as problem:
            raise CommandError(f"文件打不开，请核对路径和读取权限：{path}") from problem
        except FileError as problem:
            raise CommandError(str(problem)) from problem
        except ValidationError as problem:
            raise CommandError(";".join(problem.messages)) from problem
        self._report(batch, as_json=options["json"])

    def _run(self, batch: CensusBatch, *, apply: bool) -> CensusBatch:
        try:
            pipeline.read(batch, self._progress)
            intake.check_fields(batch.layout["labels"], batch.layout["fields"])
            pipeline.prepare(batch, self._progress)
        except (FileError, ValidationError) as problem:
            pipeline.fail(batch, problem)
            raise
        if short := shortness(batch):
            self.stderr.write(f"提醒：{short.sentence}；如只是部分名单，请加 --supplement 重新导入")
        if apply:
            self._progress(0, None, "写入")
            batch = apply_batch(actor=None, batch=batch)
        return batch

    def _progress(self, done: int, total: int | None, stage: str) -> None:
        of = f"/{total}" if total else ""
        self.stderr.write(f"{stage} {done}{of}" if done else stage)

    def _report(self, batch: CensusBatch, *, as_json: bool) -> None:
        buckets = {bucket: batch.buckets[bucket] for bucket in Bucket.values}
        rows = sum(count for bucket, count in buckets.items() if bucket != Bucket.NOT_SEEN)
        words = ",".join(f"{Bucket(bucket).label} {count}" for bucket, count in buckets.items())
        self.stderr.write(f"批次 {batch.pk}：数据 {rows} 行，{words}")
        if batch.state == BatchState.APPLIED:
            receipt = batch.receipt
            self.stderr.write(
                f"已写入：新增 {receipt['created']} 家，更新 {receipt['changed']} 家，"
                f"留待下次 {receipt['waiting'] + receipt['possible_match']} 行"
            )
        if as_json:
            found = {
                "rows": rows,
                "buckets": buckets,
                "issues": {code: count for code, count in batch.issue_counts.items() if count},
                "batch": batch.pk,
                "seconds": batch.seconds,
            }
            sys.stderr.flush()
            self.stdout.write(json.dumps(found, ensure_ascii=False))
