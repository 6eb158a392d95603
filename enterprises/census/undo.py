"""Takes a whole batch back: what nobody touched since is reversed, the rest is kept and named."""

from collections import Counter
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils import timezone

from core import audit
from core.dates import today
from enterprises.census import reversal
from enterprises.census.apply import NAMED, NotApplicableError, lock
from enterprises.census.keys import load_keys
from enterprises.census.statements import large_statements, rows, run
from enterprises.figures import ask_for_figures
from enterprises.models import (
    BatchState,
    CensusBatch,
    Enterprise,
    EnterprisePeriod,
    EnterpriseYear,
    NameHistory,
    RegisterChange,
    SourceRecord,
)

Undone = RegisterChange.Undone
_OWN = {EnterprisePeriod, EnterpriseYear, NameHistory, SourceRecord}


@transaction.atomic
def undo_batch(
    *, actor: AbstractBaseUser | None, batch: CensusBatch, reason: str = ""
) -> CensusBatch:
    """Reverse an applied batch; undoing twice changes nothing."""
    batch = lock(batch)
    if batch.state == BatchState.UNDONE:
        return batch
    if batch.state != BatchState.APPLIED:
        raise NotApplicableError(f"批次当前为“{batch.get_state_display()}”，没有可撤销的内容")
    params = {"batch": batch.pk, "source": batch.source, "today": today()}
    large_statements()
    _remove_created(params)
    _reverse_changed(params)
    for statement in reversal.YEARS:
        run(statement, params)
    SourceRecord.objects.filter(batch=batch)._raw_delete("default")
    batch.undo_receipt = _receipt(batch)
    batch.state = BatchState.UNDONE
    batch.undone_by_id = actor.pk if actor else None
    batch.undone_at = timezone.now()
    batch.save()
    audit.record(
        actor=actor,
        verb="census.undo",
        target=batch,
        after={key: value for key, value in batch.undo_receipt.items() if key != "rows"},
        reason=reason,
        scope_path=batch.round.county.committee.path,
    )
    ask_for_figures(f"census {batch.pk} {batch.state}")
    return batch


def _remove_created(params: dict[str, Any]) -> None:
    """Delete what the batch brought in, unless something hangs on it or it was changed since."""
    for relation in _relations():
        model, column = relation.related_model, relation.field.column
        run(
            reversal.HANGS.format(table=model._meta.db_table, column=column),
            {**params, "note": f"已有{model._meta.verbose_name}，不能撤销"},
        )
    run(reversal.TOUCHED_SINCE, params)
    run(reversal.MARK_REMOVED, params)
    for table in ("enterpriseperiod", "enterpriseyear", "namehistory", "sourcerecord"):
        run(reversal.DELETE_OF_REMOVED.format(table=table), params)
    run(reversal.DELETE_REMOVED, params)


def _relations() -> list[models.ForeignObjectRel]:
    """Everything in any app that refers to an enterprise and is not the register's own."""
    return [
        relation
        for relation in Enterprise._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ForeignObjectRel)
        and getattr(relation.field, "db_constraint", False)
        and relation.related_model not in _OWN
    ]


def _reverse_changed(params: dict[str, Any]) -> None:
    run(reversal.COMPARE, params)
    run(reversal.REVERSE_REGISTER, params)
    load_keys(reversal.RENAMED, params)
    run(reversal.REVERSE_KEYS, params)
    run(reversal.MARK_CHANGED, params)
    run(reversal.DROP_NAMES, params)
    for statement in reversal.PERIODS:
        run(statement, params)
    run("DROP TABLE census_reversal, census_keys, census_period")


def _receipt(batch: CensusBatch) -> dict[str, Any]:
    """How many were reversed, kept or impossible, and the first of those that were not reversed."""
    what = [RegisterChange.What.CREATED, RegisterChange.What.CHANGED]
    found = RegisterChange.objects.filter(batch=batch, what__in=what)
    counts = Counter(dict(found.values_list("undone").annotate(models.Count("pk")).order_by()))
    left = [list(row) for row in _not_reversed(batch)]
    return {
        "reversed": counts[Undone.REVERSED],
        "kept": counts[Undone.KEPT],
        "impossible": counts[Undone.IMPOSSIBLE],
        "rows": left,
    }


def _not_reversed(batch: CensusBatch) -> list[tuple[Any, ...]]:
    return rows(
        "SELECT e.name, c.undone, c.note FROM enterprises_registerchange c"
        " JOIN enterprises_enterprise e ON e.id = c.enterprise_id"
        " WHERE c.batch_id = %(batch)s AND c.undone IN ('kept', 'impossible')"
        " ORDER BY c.id LIMIT %(limit)s",
        {"batch": batch.pk, "limit": NAMED},
    )
