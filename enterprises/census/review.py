"""What a clerk sees of a reconciled batch: counters, rows by filter, three values per field."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from enterprises.census.columns import MEASURES, label_of
from enterprises.census.issues import CODES
from enterprises.census.statements import rows
from enterprises.models import (
    Bucket,
    CensusBatch,
    CensusIssue,
    Choice,
    Enterprise,
    EnterpriseYear,
    RowDecision,
    RowOutcome,
    SourceRecord,
    StagedRow,
)
from organizations.models import Area


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
    """The rows of the filter in the order of the file; a page goes on by `id`."""
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


def field_counts(batch: CensusBatch) -> list[tuple[str, str, int, int]]:
    """For each field that differs somewhere: field, label, adopted by itself, asked about."""
    found = rows(
        "SELECT f, count(*) FILTER (WHERE NOT asks), count(*) FILTER (WHERE asks) FROM ("
        " SELECT unnest(changed) AS f, FALSE AS asks FROM enterprises_rowoutcome"
        " WHERE batch_id = %(batch)s UNION ALL"
        " SELECT unnest(asked), TRUE FROM enterprises_rowoutcome WHERE batch_id = %(batch)s"
        ") found GROUP BY f ORDER BY count(*) DESC, f",
        {"batch": batch.pk},
    )
    return [(name, label_of(name), changed, asked) for name, changed, asked in found]


def issue_counts(batch: CensusBatch) -> list[tuple[str, str, str, int]]:
    """For each kind of issue found: code, severity, label, how often; errors first."""
    order = ["error", "warning", "notice"]
    found = [
        (code, CODES[code].severity.value, CODES[code].label, count)
        for code, count in batch.issue_counts.items()
        if count
    ]
    return sorted(found, key=lambda issue: (order.index(issue[1]), -issue[3]))


@dataclass(frozen=True)
class Summary:
    """The numbers of step 3 and 4."""

    rows: int
    buckets: dict[str, int]
    undecided: int
    to_write: dict[str, int]
    sentence: str


def summary(batch: CensusBatch) -> Summary:
    """What would be written now, as numbers and as one sentence."""
    buckets = {bucket: batch.buckets.get(bucket, 0) for bucket in Bucket.values}
    changed = outcomes(batch, RowFilter(bucket=Bucket.CHANGED))
    waiting = changed.filter(undecided_condition()).count()
    put_off = RowDecision.objects.filter(
        batch=batch, row_id=OuterRef("row_id"), choice=Choice.LATER
    )
    later = changed.filter(Exists(put_off)).count()
    new_later = outcomes(batch, RowFilter(bucket=Bucket.NEW)).filter(Exists(put_off)).count()
    updates = buckets[Bucket.CHANGED] - waiting - later
    created = buckets[Bucket.NEW] - new_later
    facts = sum(count for _, _, count, _ in field_counts(batch))
    sentence = (
        f"将新增 {created} 家、更新 {updates} 家(自动采用 {facts} 项)、"
        f"本次未见 {buckets[Bucket.NOT_SEEN]} 家标为待核；"
        f"{buckets[Bucket.ERROR]} 行错误不写入；"
        f"{waiting + later + new_later + buckets[Bucket.POSSIBLE_MATCH]} 行未决定，留待下次。"
        "工作人员已认定的控股情况和归属保持不变。"
    )
    if batch.counts.get("similar_names_skipped"):
        sentence += "新增较多，名称相似的没有逐一比对，只比对了名称相同的。"
    return Summary(
        rows=sum(buckets.values()) - buckets[Bucket.NOT_SEEN],
        buckets=buckets,
        undecided=waiting + buckets[Bucket.POSSIBLE_MATCH],
        to_write={"new": created, "changed": updates},
        sentence=sentence,
    )
