"""What a clerk sees of a reconciled batch: rows by filter, three values per field, the totals."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from enterprises.census.columns import MEASURES, label_of
from enterprises.census.filters import RowFilter, outcomes, undecided_condition
from enterprises.census.totals import Summary, field_counts, issue_counts, summary
from enterprises.models import (
    CensusBatch,
    CensusIssue,
    Enterprise,
    EnterpriseYear,
    RowDecision,
    RowOutcome,
    SourceRecord,
    StagedRow,
)
from organizations.models import Area

__all__ = [
    "FieldValues",
    "RowFilter",
    "RowView",
    "Summary",
    "field_counts",
    "issue_counts",
    "outcomes",
    "row_views",
    "summary",
    "undecided_condition",
]


@dataclass(frozen=True)
class FieldValues:
    """One differing field: what the source said last time, what it says now, what we have."""

    field: str
    label: str
    last: Any
    this: Any
    ours: Any
    asks: bool
    choice: str = ""


@dataclass
class RowView:
    """One row of the review page with everything that is shown of it."""

    outcome: RowOutcome
    fields: list[FieldValues] = field(default_factory=list)
    issues: list[CensusIssue] = field(default_factory=list)
    candidates: list[Enterprise] = field(default_factory=list)
    decision: RowDecision | None = None


def row_views(batch: CensusBatch, page: Iterable[RowOutcome]) -> list[RowView]:
    """The page's rows with values, issues, candidates and decisions, in a fixed number of queries.

    The outcomes come with `row` and `enterprise` selected.
    """
    views = [RowView(outcome) for outcome in page]
    decisions = _decisions(batch, views)
    issues = _issues(batch, views)
    candidates = Enterprise.objects.in_bulk(
        {one for view in views for one in view.outcome.candidates}
    )
    context = _Context.of(batch, [view.outcome for view in views])
    for view in views:
        outcome = view.outcome
        row = outcome.row
        if row is not None:
            view.issues = issues[(row.sheet, row.row_number)]
        view.decision = decisions.get((_whom(outcome), ""))
        view.candidates = [candidates[one] for one in outcome.candidates if one in candidates]
        if row is not None and outcome.enterprise is not None:
            view.fields = [
                context.values(outcome, name, decisions.get((_whom(outcome), name)))
                for name in (*outcome.asked, *outcome.changed)
            ]
    return views


def _whom(outcome: RowOutcome) -> tuple[int | None, int | None]:
    """The row, or the enterprise that no row speaks of: what a decision is about."""
    return outcome.row_id, None if outcome.row_id else outcome.enterprise_id


def _decisions(batch: CensusBatch, views: list[RowView]) -> dict[tuple[Any, str], RowDecision]:
    whom = [_whom(view.outcome) for view in views]
    found = RowDecision.objects.filter(batch=batch).select_related("decided_by")
    found = found.filter(
        Q(row_id__in=[row for row, _ in whom if row])
        | Q(absent_id__in=[absent for _, absent in whom if absent])
    )
    return {((said.row_id, said.absent_id), said.field): said for said in found}


def _issues(
    batch: CensusBatch, views: list[RowView]
) -> defaultdict[tuple[int, int], list[CensusIssue]]:
    numbers = [view.outcome.row.row_number for view in views if view.outcome.row]
    by_row: defaultdict[tuple[int, int], list[CensusIssue]] = defaultdict(list)
    for issue in CensusIssue.objects.filter(batch=batch, row_number__in=numbers).order_by("id"):
        by_row[(issue.sheet, issue.row_number)].append(issue)
    return by_row


@dataclass
class _Context:
    """What three values need besides the rows themselves."""

    last: dict[int, StagedRow]
    years: dict[int, EnterpriseYear]
    areas: dict[int, str]

    @classmethod
    def of(cls, batch: CensusBatch, page: list[RowOutcome]) -> "_Context":
        ids = [outcome.enterprise_id for outcome in page if outcome.enterprise_id]
        day = batch.round.reference_date
        records = (
            SourceRecord.objects.filter(
                county=batch.round.county,
                source=batch.source,
                enterprise_id__in=ids,
                reference_date__lte=day,
            )
            .exclude(batch=batch)
            .order_by("enterprise_id", "-reference_date", "-id")
            .distinct("enterprise_id")
            .values_list("enterprise_id", "row_id")
        )
        rows_of = dict(records)
        staged = StagedRow.objects.in_bulk(rows_of.values())
        years = EnterpriseYear.objects.filter(enterprise_id__in=ids).exclude(batch=batch).as_of(day)
        return cls(
            {enterprise: staged[row] for enterprise, row in rows_of.items() if row in staged},
            {year.enterprise_id: year for year in years},
            dict(Area.objects.values_list("pk", "name")),
        )

    def values(self, outcome: RowOutcome, name: str, decision: RowDecision | None) -> FieldValues:
        ours = (
            self.years.get(outcome.enterprise_id or 0) if name in MEASURES else outcome.enterprise
        )
        valid = decision and decision.enterprise_version == outcome.enterprise_version
        return FieldValues(
            name,
            label_of(name),
            self._shown(self.last.get(outcome.enterprise_id or 0), name),
            self._shown(outcome.row, name),
            self._shown(ours, name),
            name in outcome.asked,
            decision.choice if decision and valid else "",
        )

    def _shown(self, holder: Any, name: str) -> Any:
        """The value for people: Chinese names of codes and areas, None where nothing is said."""
        if holder is None:
            return None
        value = getattr(holder, name)
        if name == "reporting_area_id":
            return self.areas.get(value)
        face = getattr(holder, f"get_{name}_display", None)
        return face() if face else value
