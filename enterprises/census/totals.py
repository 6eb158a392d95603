"""The numbers of a batch for its pages: what differs, what is wrong, what would be written."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from enterprises.census.columns import label_of
from enterprises.census.filters import outcomes, undecided_condition
from enterprises.census.issues import CODES
from enterprises.census.statements import rows
from enterprises.models import Bucket, CensusBatch, Choice, RowDecision, Severity

_FIELDS = """
SELECT f, count(*) FILTER (WHERE NOT asks), count(*) FILTER (WHERE asks) FROM (
    SELECT unnest(changed) AS f, FALSE AS asks FROM enterprises_rowoutcome
    WHERE batch_id = %(batch)s AND bucket = 'changed'
    UNION ALL
    SELECT unnest(asked), TRUE FROM enterprises_rowoutcome
    WHERE batch_id = %(batch)s AND bucket = 'changed'
) found GROUP BY f ORDER BY count(*) DESC, f
"""


def field_counts(batch: CensusBatch) -> list[tuple[str, str, int, int]]:
    """For each field that differs somewhere: field, label, adopted by itself, asked about."""
    found = rows(_FIELDS, {"batch": batch.pk})
    return [(name, label_of(name), changed, asked) for name, changed, asked in found]


def issue_counts(batch: CensusBatch) -> list[tuple[str, str, str, int]]:
    """For each kind of issue found: code, severity, label, how often; errors first."""
    order = list(Severity)
    found = [
        (code, CODES[code].severity.value, CODES[code].label, count)
        for code, count in batch.issue_counts.items()
        if count
    ]
    return sorted(found, key=lambda issue: (order.index(Severity(issue[1])), -issue[3]))


@dataclass(frozen=True)
class Summary:
    """What an apply would do now; `waiting` rows come back with the next list."""

    rows: int
    buckets: dict[str, int]
    undecided: int
    waiting: int
    to_write: dict[str, int]
    sentence: str


def summary(batch: CensusBatch) -> Summary:
    """What would be written now, as numbers and as one sentence."""
    buckets = {bucket: batch.buckets.get(bucket, 0) for bucket in Bucket.values}
    put_off = _put_off(batch)
    undecided = outcomes(batch).filter(undecided_condition(), ~_has(Choice.LATER)).count()
    possible = buckets[Bucket.POSSIBLE_MATCH]
    open_fields = undecided - possible
    created = buckets[Bucket.NEW] - put_off[Bucket.NEW]
    updated = buckets[Bucket.CHANGED] - open_fields - put_off[Bucket.CHANGED]
    waiting = undecided + put_off.total()
    sentence = (
        f"将新增 {created} 家、更新 {updated} 家"
        f"（自动采用 {sum(changed for _, _, changed, _ in field_counts(batch))} 项）、"
        f"本次未见 {buckets[Bucket.NOT_SEEN]} 家标为待核；"
        f"{buckets[Bucket.ERROR]} 行错误不写入；{waiting} 行未决定，留待下次。"
        "工作人员已认定的控股情况和归属保持不变。"
    )
    if outside := _outside(batch):
        sentence += (
            f"新增中 {outside} 家代码和住所均不在本县，只入库留档、不计入本县，"
            "如应纳入请返回核对页选“纳入”。"
        )
    if batch.counts.get("similar_names_skipped"):
        sentence += "新增较多，名称相似的没有逐一比对，只比对了名称相同的。"
    return Summary(
        rows=sum(buckets.values()) - buckets[Bucket.NOT_SEEN],
        buckets=buckets,
        undecided=undecided,
        waiting=waiting,
        to_write={"new": created, "changed": updated},
        sentence=sentence,
    )


def _has(choice: Choice) -> Exists:
    return Exists(
        RowDecision.objects.filter(
            batch_id=OuterRef("batch_id"), row_id=OuterRef("row_id"), field="", choice=choice
        )
    )


def _outside(batch: CensusBatch) -> int:
    """New rows of other counties that nobody took in: in the register, not in the base list."""
    found = outcomes(batch).filter(bucket=Bucket.NEW, row__outside_county=True)
    return found.exclude(_has(Choice.INCLUDE)).exclude(_has(Choice.LATER)).count()


def _put_off(batch: CensusBatch) -> Counter[str]:
    """Rows that a clerk put off, by bucket."""
    found = outcomes(batch).filter(_has(Choice.LATER), row__isnull=False).order_by()
    return Counter(dict(found.values_list("bucket").annotate(Count("pk"))))
