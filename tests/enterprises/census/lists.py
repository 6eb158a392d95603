"""Lists as departments hand them over, staged without a file: the stages after reading."""

from collections import Counter
from datetime import date
from typing import Any

from core.headers import recognise
from core.identifiers import make_uscc
from core.spreadsheets.rowfile import Row
from enterprises.census import intake, pipeline, staging
from enterprises.census.apply import apply_batch
from enterprises.census.columns import CENSUS
from enterprises.census.rows import EXTRA, Context, RowReader
from enterprises.census.territory import Territory
from enterprises.models import BatchState, CensusBatch, Enterprise, RowOutcome, Source
from organizations.models import Area

REGION = "340899"  # of the county in the test world
SPRING, NEXT_SPRING = date(2026, 3, 31), date(2027, 3, 31)
DEFAULTS = {"法定代表人": "王建国", "住所": "江南县东岭镇茶山路1号"}


def code(serial: int) -> str:
    return make_uscc(REGION, 50_000 + serial)


def firm(name: str, serial: int | None = None, **facts: str) -> dict[str, str]:
    """One row of a list by header; with a valid code of the county when it has a serial."""
    row = {"企业名称": name, **DEFAULTS, **facts}
    if serial is not None:
        row.setdefault("统一社会信用代码", code(serial))
    return row


def outsider(name: str = "清泉豆制品公司") -> dict[str, str]:
    """A row whose code and address both lie in another county."""
    row = firm(name, 住所="合肥市蜀山区长江路1号")
    return row | {"统一社会信用代码": make_uscc("340104", 1)}


def stage(
    county: Area,
    rows: list[dict[str, str]],
    *,
    day: date = SPRING,
    source: str = Source.REGISTRY,
    area: Area | None = None,
    is_partial: bool = False,
) -> CensusBatch:
    """A batch with these rows staged and reconciled."""
    labels = list(dict.fromkeys(label for row in rows for label in row))
    known = recognise(CENSUS, labels).fields
    fields = [known.get(place) or EXTRA for place in range(len(labels))]
    batch = CensusBatch.objects.create(
        round=intake.open_round(county, day),
        source=source,
        area=area,
        is_partial=is_partial,
        file="none.csv",
        sha256="0" * 64,
        original_name="名单.csv",
        size=1,
        layout={"labels": labels, "fields": fields},
        counts=counted(len(rows)),
        state=BatchState.STAGED,
    )
    reader = RowReader(labels, fields, Context(Territory.of(county), source, day))
    read = (
        reader.read(Row(number, [row.get(label, "") for label in labels], []))
        for number, row in enumerate(rows, 2)
    )
    totals: Counter[str] = Counter()
    staging.stage_chunk(batch, 0, read, totals)
    staging.mark_duplicates(batch, totals)
    batch.issue_counts = dict(totals)
    batch.save()
    return pipeline.prepare(batch)


def counted(rows: int) -> dict[str, Any]:
    return {
        "physical": rows + 1,
        "header": 1,
        "above": 0,
        "blank": 0,
        "ignored": 0,
        "unused": 0,
        "staged": rows,
    }


def write(county: Area, rows: list[dict[str, str]], **options: Any) -> CensusBatch:
    """The same, written into the register."""
    return apply_batch(actor=None, batch=stage(county, rows, **options))


def outcome(batch: CensusBatch, name: str) -> RowOutcome:
    """What became of the row of that name."""
    return RowOutcome.objects.get(batch=batch, row__name=name)


def buckets(batch: CensusBatch) -> dict[str, int]:
    """Only the buckets that hold something."""
    return {bucket: count for bucket, count in batch.buckets.items() if count}


def registered(name: str) -> Enterprise:
    return Enterprise.objects.get(name=name)
