"""Which rows of a batch a page, a decision or a count speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from enterprises.models import Bucket, CensusBatch, CensusIssue, RowOutcome


@dataclass(frozen=True)
class RowFilter:
    """Which rows of a batch: all conditions hold; `ids` are outcomes picked by hand."""

    bucket: str = ""
    field: str = ""
    issue: str = ""
    search: str = ""
    undecided: bool = False
    outside: bool = False
    ids: Sequence[int] = ()

    def as_json(self) -> dict[str, Any]:
        """The conditions in use, for the audit entry of a bulk decision."""
        return {key: value for key, value in vars(self).items() if value} | (
            {"ids": len(self.ids)} if self.ids else {}
        )


def outcomes(batch: CensusBatch, chosen: RowFilter | None = None) -> QuerySet[RowOutcome]:
    """The rows of the filter, each bucket in the order of the file; a page goes on by `id`."""
    chosen = chosen or RowFilter()
    found = RowOutcome.objects.filter(batch=batch)
    if chosen.ids:
        found = found.filter(pk__in=chosen.ids)
    if chosen.bucket:
        found = found.filter(bucket=chosen.bucket)
    if chosen.field:
        found = found.filter(
            Q(changed__contains=[chosen.field]) | Q(asked__contains=[chosen.field])
        )
    if chosen.issue:
        found = found.filter(Exists(_issues_of_row().filter(code=chosen.issue)))
    if chosen.outside:
        found = found.filter(row__outside_county=True)
    if chosen.search.strip():
        found = found.filter(_named(chosen.search.strip()))
    if chosen.undecided:
        found = found.filter(undecided_condition())
    return found.order_by("id")


def _issues_of_row() -> QuerySet[CensusIssue]:
    return CensusIssue.objects.filter(
        batch_id=OuterRef("batch_id"),
        sheet=OuterRef("row__sheet"),
        row_number=OuterRef("row__row_number"),
    )


def _named(text: str) -> Q:
    condition = (
        Q(row__name__contains=text)
        | Q(row__uscc__startswith=text.upper())
        | Q(enterprise__name__contains=text)
        | Q(enterprise__uscc__startswith=text.upper())
    )
    return condition | Q(row__row_number=int(text)) if text.isdecimal() else condition


# The same words as in the plan of an apply: what is not decided there waits here.
_OPEN_FIELD = """
EXISTS (SELECT 1 FROM unnest(enterprises_rowoutcome.asked) f WHERE NOT EXISTS (
    SELECT 1 FROM enterprises_rowdecision d
    WHERE d.batch_id = enterprises_rowoutcome.batch_id AND d.row_id = enterprises_rowoutcome.row_id
      AND d.field IN (f, '') AND d.choice IN ('adopt', 'keep')
      AND d.enterprise_version = enterprises_rowoutcome.enterprise_version))
"""


def undecided_condition() -> Q:
    """Rows that wait: both sides changed a field, or the row may be an enterprise we have."""
    open_field = RawSQL(_OPEN_FIELD, [], output_field=BooleanField())
    return Q(open_field, bucket=Bucket.CHANGED) | Q(bucket=Bucket.POSSIBLE_MATCH)
