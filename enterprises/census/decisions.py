"""An officer's word on rows of a batch: one row, one field, or everything that a filter finds."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from core import audit
from enterprises.census.apply import APPLICABLE, NotApplicableError
from enterprises.census.filters import RowFilter, outcomes
from enterprises.census.reconcile import reconcile
from enterprises.models import (
    BatchState,
    Bucket,
    CensusBatch,
    Choice,
    Enterprise,
    Fault,
    RowDecision,
    RowOutcome,
)

AT_ONCE = 50_000  # rows of a batch that are judged anew while the clerk waits
# Which decisions fit which bucket; LATER fits all that would be written.
_FITS: dict[Choice, tuple[Bucket, ...]] = {
    Choice.ADOPT: (Bucket.CHANGED,),
    Choice.KEEP: (Bucket.CHANGED,),
    Choice.LATER: (Bucket.NEW, Bucket.CHANGED, Bucket.SAME, Bucket.NOT_SEEN),
    Choice.SAME_AS: (Bucket.POSSIBLE_MATCH,),
    Choice.SEPARATE: (Bucket.POSSIBLE_MATCH,),
    Choice.CONFIRM: (Bucket.ERROR,),
    Choice.INCLUDE: (Bucket.NEW, Bucket.CHANGED, Bucket.SAME),
    Choice.EXCLUDE: (Bucket.NEW, Bucket.CHANGED, Bucket.SAME),
    Choice.DEREGISTERED: (Bucket.NOT_SEEN,),
    Choice.RELOCATED: (Bucket.NOT_SEEN,),
    Choice.OMITTED: (Bucket.NOT_SEEN,),
    Choice.PENDING: (Bucket.NOT_SEEN,),
}
NEEDS_REASON = {Choice.CONFIRM, Choice.EXCLUDE, Choice.INCLUDE}
_CHANGES_IDENTITY = {Choice.SAME_AS, Choice.SEPARATE, Choice.CONFIRM}

_INSERT = """
INSERT INTO enterprises_rowdecision
    (batch_id, row_id, absent_id, field, choice, enterprise_id, enterprise_version, reason,
     decided_by_id, decided_at)
SELECT %s, o.row_id, CASE WHEN o.row_id IS NULL THEN o.enterprise_id END, %s, %s, {same_as},
       o.enterprise_version, %s, %s, now()
FROM enterprises_rowoutcome o WHERE o.id IN ({chosen})
ON CONFLICT (batch_id, row_id, absent_id, field) DO UPDATE SET
    choice = EXCLUDED.choice, enterprise_id = EXCLUDED.enterprise_id,
    enterprise_version = EXCLUDED.enterprise_version, reason = EXCLUDED.reason,
    decided_by_id = EXCLUDED.decided_by_id, decided_at = EXCLUDED.decided_at
"""


@transaction.atomic
def decide(
    *,
    actor: AbstractBaseUser | None,
    batch: CensusBatch,
    chosen: RowFilter,
    choice: Choice,
    field: str = "",
    same_as: Enterprise | None = None,
    reason: str = "",
) -> int:
    """Take one decision for every row of the filter that it fits; how many rows those are.

    Without a field it speaks for the whole row and replaces what was said of single fields.
    `same_as` names the enterprise that a row is; by default its first candidate.
    """
    batch = _open(batch)
    if choice in NEEDS_REASON and not reason.strip():
        raise ValidationError("请填写理由")
    found = _fitting(batch, chosen, choice, field)
    if same_as is not None:
        if same_as.county_id != batch.round.county_id:
            raise ValidationError("所选企业不在本县名册")
        found = found.filter(candidates__contains=[same_as.pk])
    if not field:
        RowDecision.objects.filter(batch=batch, row_id__in=found.values("row_id")).exclude(
            field=""
        ).delete()
    count = _insert(actor, batch, found, choice, (field, same_as, reason.strip()))
    if count:
        _after(actor, batch, chosen, (choice, field, reason, count))
    return count


def _open(batch: CensusBatch) -> CensusBatch:
    locked = CensusBatch.objects.select_for_update(of=("self",)).select_related("round__county")
    batch = locked.get(pk=batch.pk)
    if batch.state not in APPLICABLE:
        raise NotApplicableError(f"批次当前为“{batch.get_state_display()}”，不能再作决定")
    return batch


def _fitting(
    batch: CensusBatch, chosen: RowFilter, choice: Choice, field: str
) -> QuerySet[RowOutcome]:
    found = outcomes(batch, chosen).filter(bucket__in=_FITS[choice])
    if choice == Choice.CONFIRM:
        found = found.filter(row__fault=Fault.CONFIRMABLE)
    if choice == Choice.SAME_AS:
        found = found.exclude(candidates=[])
    if field:
        found = found.filter(Q(asked__contains=[field]) | Q(changed__contains=[field]))
    return found


def _insert(
    actor: AbstractBaseUser | None,
    batch: CensusBatch,
    found: QuerySet[RowOutcome],
    choice: Choice,
    said: tuple[str, Enterprise | None, str],
) -> int:
    field, same_as, reason = said
    sql, params = found.order_by().values("id").query.sql_with_params()
    target: Iterable[Any] = ()
    expression = "NULL"
    if choice == Choice.SAME_AS:
        expression = "o.candidates[1]" if same_as is None else "%s"
        target = () if same_as is None else (same_as.pk,)
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT.format(same_as=expression, chosen=sql),
            [
                batch.pk,
                field,
                choice.value,
                *target,
                reason,
                actor.pk if actor else None,
                *params,
            ],
        )
        return int(cursor.rowcount)


def _after(
    actor: AbstractBaseUser | None,
    batch: CensusBatch,
    chosen: RowFilter,
    said: tuple[Choice, str, str, int],
) -> None:
    """Write the log; judge the rows anew where the decision says who is who."""
    choice, field, reason, count = said
    after = {"choice": choice.value, "field": field, "rows": count, "chosen": chosen.as_json()}
    _log(actor, batch, after, reason)
    if choice in _CHANGES_IDENTITY:
        _judge_anew(batch)


def _log(
    actor: AbstractBaseUser | None, batch: CensusBatch, after: dict[str, Any], reason: str = ""
) -> None:
    audit.record(
        actor=actor,
        verb="census.decide",
        target=batch,
        after=after,
        reason=reason,
        scope_path=(batch.area or batch.round.county).committee.path,
    )


def _judge_anew(batch: CensusBatch) -> None:
    batch.needs_reconcile = True
    batch.save(update_fields=["needs_reconcile"])
    if batch.counts.get("staged", 0) <= AT_ONCE:
        reconcile(batch)


@transaction.atomic
def withdraw(*, actor: AbstractBaseUser | None, batch: CensusBatch, chosen: RowFilter) -> int:
    """Forget every decision on the rows of the filter; how many decisions those were."""
    batch = _open(batch)
    found = outcomes(batch, chosen)
    said = RowDecision.objects.filter(batch=batch).filter(
        Q(row_id__in=found.exclude(row_id=None).values("row_id"))
        | Q(absent_id__in=found.filter(row_id=None).values("enterprise_id"))
    )
    names_identity = said.filter(choice__in=_CHANGES_IDENTITY).exists()
    count, _ = said.delete()
    if count:
        _log(actor, batch, {"choice": "withdrawn", "rows": count, "chosen": chosen.as_json()})
    if names_identity:
        _judge_anew(batch)
    return count


@transaction.atomic
def finish(*, actor: AbstractBaseUser | None, batch: CensusBatch) -> CensusBatch:
    """The clerk is done with deciding; what is still open waits for the next list."""
    batch = _open(batch)
    batch.state = BatchState.DECIDED
    batch.save(update_fields=["state"])
    return batch
