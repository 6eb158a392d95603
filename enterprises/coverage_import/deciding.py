"""Rows that contradict the register: for each one, whether the file or the register counts."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q, QuerySet

from core import audit
from core.text import fold
from enterprises.coverage_import.batches import State, locked
from enterprises.models import CoverageBatch, CoverageRow

DECIDE = "coverage_import.decide"
CONFLICT = CoverageRow.Outcome.CONFLICT


def conflicts(batch: CoverageBatch) -> QuerySet[CoverageRow]:
    return batch.rows.filter(outcome=CONFLICT)


def narrowed(rows: QuerySet[CoverageRow], text: str) -> QuerySet[CoverageRow]:
    """Rows whose enterprise, organization or explanation holds the words."""
    word = fold(text)
    if not word:
        return rows
    return rows.filter(
        Q(enterprise__name__contains=word)
        | Q(organization__name__contains=word)
        | Q(new_organization__contains=word)
        | Q(message__contains=word)
    )


@transaction.atomic
def decide(
    *,
    actor: AbstractBaseUser | None,
    batch: CoverageBatch,
    rows: QuerySet[CoverageRow],
    takes_file: bool,
) -> int:
    """Say of these conflicts that the file counts, or the register; returns how many changed."""
    locked(batch, State.PLANNED, "这份表不在待写入状态")
    changed = conflicts(batch).filter(pk__in=rows.values("pk")).exclude(takes_file=takes_file)
    numbers = list(changed.order_by("id").values_list("number", flat=True))
    if numbers:
        CoverageRow.objects.filter(pk__in=list(changed.values_list("pk", flat=True))).update(
            takes_file=takes_file
        )
        after = {"以文件为准" if takes_file else "保留现有关系": f"第{_listed(numbers)}行"}
        audit.record(
            actor=actor, verb=DECIDE, target=batch, after=after, scope_path=batch.scope_path
        )
    return len(numbers)


def _listed(numbers: Collection[int]) -> str:
    return "、".join(map(str, numbers))


def will_form(batch: CoverageBatch) -> dict[str, Any]:
    """What would be written by the decisions so far: organizations, links, ended relations."""
    taken = Q(outcome=CONFLICT, takes_file=True)
    linked = batch.rows.filter(Q(outcome=CoverageRow.Outcome.LINK) | (taken & ~Q(mode="")))
    named = linked.exclude(new_organization="").values("new_organization")
    return {
        "organizations": named.distinct().count(),
        "links": linked.count(),
        "taken": batch.rows.filter(taken).count(),
    }
