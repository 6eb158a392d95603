"""A list so short that it is hardly the whole list: counted, told, and confirmed by a person."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.parameters import Parameter
from core.rates import Rate
from enterprises.census.statements import rows
from enterprises.models import BatchState, Bucket, CensusBatch, OperatingStatus, RowOutcome

SHORT_SHARE = Parameter(
    "census.short_list_share",
    "名单可能不完整的提醒线：在册企业未列入的占比",
    30,
    "%",
    "系统约定：一次普查有三成企业不见，多半是只传了部分名单；县级可另定",
)
NONE_MISSING = {"expected": 0, "missing": 0}
# Whoever an earlier list of the source missed already, or who is closed, says nothing about this
# list. The temporary tables are those of the reconciling transaction.
_EXPECTED = f"""
SELECT count(*), count(*) FILTER (WHERE m.enterprise_id IS NULL)
FROM census_last l
JOIN enterprises_enterprise e ON e.id = l.enterprise_id
LEFT JOIN census_match m ON m.enterprise_id = e.id
WHERE (%(area)s::bigint IS NULL OR e.reporting_area_id = %(area)s)
  AND e.operating_status NOT IN ('{OperatingStatus.DEREGISTERED}', '{OperatingStatus.RELOCATED}')
  AND NOT EXISTS (
    SELECT 1 FROM enterprises_enterpriseyear y
    WHERE y.enterprise_id = e.id AND y.reference_date < %(day)s
      AND y.not_seen_by @> ARRAY[%(source)s]::varchar[]
      AND NOT EXISTS (SELECT 1 FROM enterprises_enterpriseyear z
                      WHERE z.enterprise_id = e.id AND z.reference_date > y.reference_date
                        AND z.reference_date < %(day)s
                        AND z.seen_by @> ARRAY[%(source)s]::varchar[]))
"""


@dataclass(frozen=True)
class Shortness:
    """Enterprises that the list was expected to hold, and those of them that it lacks."""

    source: str
    missing: Rate

    @property
    def sentence(self) -> str:
        return (
            f"{self.source}以前的名单上有 {self.missing.denominator} 家，"
            f"这次有 {self.missing.numerator} 家不在名单里（{self.missing.percent_text}），"
            "名单可能不完整"
        )


def expected(params: dict[str, Any]) -> dict[str, int]:
    """For the batch's counts; only within the transaction that reconciles."""
    [(known, missing)] = rows(_EXPECTED, params)
    return {"expected": known, "missing": missing}


def shortness(batch: CensusBatch) -> Shortness | None:
    """What to tell before the batch is written; None for a list of usual length."""
    found = Rate(batch.counts.get("missing", 0), batch.counts.get("expected", 0))
    if batch.is_partial or not found.numerator:
        return None
    limit = SHORT_SHARE.value(on=batch.round.reference_date)
    if found.numerator * 100 < limit * found.denominator:
        return None
    return Shortness(batch.get_source_display(), found)


def confirm_whole(*, actor: AbstractBaseUser, batch: CensusBatch, confirmed: bool) -> None:
    """Log an officer's word that a short list is the whole list; raises without that word."""
    found = shortness(batch)
    if found is None:
        return
    if not confirmed:
        raise ValidationError(f"{found.sentence}。请勾选“这是完整名单”，或改为补充名单。")
    _log(actor, batch, {"choice": "whole_list", "rows": found.missing.numerator})


@transaction.atomic
def make_supplementary(*, actor: AbstractBaseUser, batch: CensusBatch) -> None:
    """Let the batch say nothing about the enterprises that it does not list."""
    batch = CensusBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state not in {BatchState.RECONCILED, BatchState.DECIDED}:
        raise ValidationError(f"批次当前为“{batch.get_state_display()}”，不能改为补充名单")
    if batch.is_partial:
        return
    gone, _ = RowOutcome.objects.filter(batch=batch, bucket=Bucket.NOT_SEEN).delete()
    batch.is_partial = True
    batch.buckets = {**batch.buckets, Bucket.NOT_SEEN: 0}
    batch.save(update_fields=["is_partial", "buckets"])
    _log(actor, batch, {"choice": "supplementary", "rows": gone})


def _log(actor: AbstractBaseUser, batch: CensusBatch, after: dict[str, Any]) -> None:
    audit.record(
        actor=actor,
        verb="census.decide",
        target=batch,
        after=after,
        scope_path=(batch.area or batch.round.county).committee.path,
    )
