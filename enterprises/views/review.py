"""Step 3 of an import: differences by bucket, three values a field, decisions by row or filter."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from core.permissions import require
from enterprises.census import review
from enterprises.census.decisions import decide
from enterprises.census.issues import CODES, sentence
from enterprises.models import (
    BatchState,
    Bucket,
    CensusBatch,
    CensusIssue,
    Choice,
    Enterprise,
)
from enterprises.views.imports import PERMISSION, find, page_of
from enterprises.views.steps import Step, job_context, step_of

PER_PAGE = 50
DECIDABLE = {BatchState.RECONCILED, BatchState.DECIDED}
ORDER = (
    Bucket.CHANGED,
    Bucket.POSSIBLE_MATCH,
    Bucket.NEW,
    Bucket.NOT_SEEN,
    Bucket.ERROR,
    Bucket.SAME,
)
# What a clerk may say of the rows of a bucket, the usual word first.
CHOICES: dict[str, tuple[Choice, ...]] = {
    Bucket.NEW: (Choice.LATER, Choice.EXCLUDE, Choice.INCLUDE),
    Bucket.CHANGED: (Choice.ADOPT, Choice.KEEP, Choice.LATER),
    Bucket.SAME: (),
    Bucket.NOT_SEEN: (Choice.DEREGISTERED, Choice.RELOCATED, Choice.OMITTED, Choice.PENDING),
    Bucket.POSSIBLE_MATCH: (Choice.SAME_AS, Choice.SEPARATE),
    Bucket.ERROR: (Choice.CONFIRM,),
}


def filter_of(params: QueryDict) -> review.RowFilter:
    bucket = params.get("bucket", "")
    return review.RowFilter(
        bucket=bucket if bucket in Bucket.values else "",
        field=params.get("field", "")[:40],
        issue=params.get("issue", "") if params.get("issue", "") in CODES else "",
        search=params.get("q", "").replace("\0", "")[:100],
        undecided="undecided" in params,
        outside="outside" in params,
    )


def link(params: QueryDict, **changes: str) -> str:
    """The address of the review with some conditions replaced; empty ones fall away."""
    kept = {name: value for name, value in params.items() if name != "after"}
    merged = {name: value for name, value in {**kept, **changes}.items() if value}
    return f"?{urlencode(merged)}"


@require_http_methods(["GET", "POST"])
@require(PERMISSION)
def import_review(request: HttpRequest, pk: int) -> HttpResponse:
    batch = find(request, pk)
    if job_context(batch, request)["running"] or step_of(batch) not in {Step.REVIEW, Step.CONFIRM}:
        return redirect("enterprises:import_batch", batch.pk)
    if batch.state not in DECIDABLE:
        return redirect("enterprises:import_columns", batch.pk)
    if request.method == "POST":
        return _decide(request, batch)
    return render(request, "enterprises/import_review.html", _context(request, batch))


def _context(request: HttpRequest, batch: CensusBatch) -> dict[str, Any]:
    params = request.GET
    chosen = filter_of(params)
    if not params:
        chosen = review.RowFilter(bucket=_first_bucket(batch))
    found = review.outcomes(batch, chosen).select_related("row", "enterprise")
    total = found.count()
    page = list(_after(found, params)[: PER_PAGE + 1])
    more = page[PER_PAGE - 1].pk if len(page) > PER_PAGE else None
    numbers = review.summary(batch)
    return page_of(
        batch,
        Step.REVIEW,
        chosen=chosen,
        summary=numbers,
        tabs=[
            (
                bucket.label,
                link(QueryDict(), bucket=bucket.value),
                numbers.buckets[bucket],
                bucket == chosen.bucket,
            )
            for bucket in ORDER
        ],
        fields=review.field_counts(batch) if chosen.bucket in {"", Bucket.CHANGED} else [],
        issues=review.issue_counts(batch),
        views=[
            (view, [issue_line(issue) for issue in view.issues])
            for view in review.row_views(batch, page[:PER_PAGE])
        ],
        total=total,
        choices=CHOICES.get(chosen.bucket, ()),
        more_url=link(params, bucket=chosen.bucket, after=str(more)) if more else "",
        first_url=link(params, bucket=chosen.bucket) if params.get("after") else "",
        open_url=link(QueryDict(), bucket=chosen.bucket, undecided="1"),
    )


class IssueLine(NamedTuple):
    """One problem of a row as a clerk reads it."""

    severity: str
    column: str
    sentence: str
    remedy: str


def issue_line(issue: CensusIssue) -> IssueLine:
    said = sentence(issue.code, value=issue.value, other=issue.other_row)
    return IssueLine(issue.severity, issue.column, said, CODES[issue.code].remedy)


def _first_bucket(batch: CensusBatch) -> str:
    """The first bucket with something to look at."""
    return next((bucket.value for bucket in ORDER if batch.buckets.get(bucket)), Bucket.SAME.value)


def _after(found: Any, params: QueryDict) -> Any:
    after = params.get("after", "")
    usable = after.isascii() and after.isdigit() and len(after) < 19
    return found.filter(pk__gt=int(after)) if usable else found


def _decide(request: HttpRequest, batch: CensusBatch) -> HttpResponse:
    """One row ("id:choice" or "id:choice:field"), the ticked rows, or the whole filter."""
    chosen, choice, field = _said(request)
    try:
        if choice not in Choice.values:
            raise ValidationError("请选择如何处理")
        count = decide(
            actor=request.user,  # type: ignore[arg-type]
            batch=batch,
            chosen=chosen,
            choice=Choice(choice),
            field=field,
            same_as=_same_as(request, batch),
            reason=request.POST.get("reason", "")[:200],
        )
    except ValidationError as problem:
        messages.error(request, "".join(problem.messages))
    else:
        messages.success(request, f"已对 {count:,} 行记下“{Choice(choice).label}”。")
    return redirect(request.get_full_path())


def _said(request: HttpRequest) -> tuple[review.RowFilter, str, str]:
    one = request.POST.get("one", "")
    if one:
        number, _, rest = one.partition(":")
        choice, _, field = rest.partition(":")
        ids = [int(number)] if number.isascii() and number.isdigit() else [0]
        return review.RowFilter(ids=ids), choice, field
    choice = request.POST.get("choice", "")
    if "all" in request.POST:
        chosen = filter_of(request.GET)
        bucket = chosen.bucket or request.POST.get("bucket", "")
        return review.RowFilter(**{**vars(chosen), "bucket": bucket}), choice, chosen.field
    ids = [int(one) for one in request.POST.getlist("pk") if one.isascii() and one.isdigit()]
    return review.RowFilter(ids=ids or [0]), choice, ""


def _same_as(request: HttpRequest, batch: CensusBatch) -> Enterprise | None:
    wanted = request.POST.get("same_as", "")
    if not (wanted.isascii() and wanted.isdigit()):
        return None
    user: Any = request.user
    found: Enterprise = get_object_or_404(Enterprise.objects.visible_to(user), pk=int(wanted))
    return found
