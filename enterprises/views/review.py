"""Step 3 of an import: differences by bucket, three values a field, decisions by row or filter."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from core.permissions import require
from core.text import key_of, typed
from enterprises.census import review, totals
from enterprises.census.decisions import decide, withdraw
from enterprises.census.issues import CODES
from enterprises.census.shortness import shortness
from enterprises.models import BatchState, Bucket, CensusBatch, Choice, Enterprise
from enterprises.views.imports import PERMISSION, find, page_of
from enterprises.views.review_rows import CHOICES, line_of, needs_reason
from enterprises.views.steps import Step, job_context, step_of

PER_PAGE = 50
DECIDABLE = {BatchState.RECONCILED, BatchState.DECIDED}
# The rows of the file first; what the file does not name stands apart.
ORDER = (
    Bucket.CHANGED,
    Bucket.POSSIBLE_MATCH,
    Bucket.NEW,
    Bucket.ERROR,
    Bucket.SAME,
    Bucket.NOT_SEEN,
)
LOOKED_AT_FIRST = (
    Bucket.CHANGED,
    Bucket.POSSIBLE_MATCH,
    Bucket.NEW,
    Bucket.NOT_SEEN,
    Bucket.ERROR,
)
WITHDRAW = "withdraw"


def filter_of(params: QueryDict) -> review.RowFilter:
    bucket = params.get("bucket", "")
    return review.RowFilter(
        bucket=bucket if bucket in Bucket.values else "",
        field=typed(params.get("field", ""), 40),
        issue=params.get("issue", "") if params.get("issue", "") in CODES else "",
        search=typed(params.get("q", ""), 100),
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
    numbers = totals.summary(batch)
    return page_of(
        batch,
        Step.REVIEW,
        chosen=chosen,
        summary=numbers,
        short=shortness(batch),
        tabs=[
            (
                bucket,
                link(QueryDict(), bucket=bucket.value),
                numbers.buckets[bucket],
                bucket == chosen.bucket,
            )
            for bucket in ORDER
        ],
        fields=totals.field_counts(batch) if chosen.bucket in {"", Bucket.CHANGED} else [],
        issues=totals.issue_counts(batch),
        lines=[line_of(view, chosen.bucket) for view in review.row_views(batch, page[:PER_PAGE])],
        total=total,
        choices=CHOICES.get(chosen.bucket, ()),
        more_url=link(params, bucket=chosen.bucket, after=str(more)) if more else "",
        first_url=link(params, bucket=chosen.bucket) if params.get("after") else "",
        open_url=link(QueryDict(), bucket=_open_bucket(batch), undecided="1"),
    )


def _first_bucket(batch: CensusBatch) -> str:
    """The first bucket with something to look at."""
    return next(
        (bucket.value for bucket in LOOKED_AT_FIRST if batch.buckets.get(bucket)), Bucket.SAME.value
    )


def _after(found: Any, params: QueryDict) -> Any:
    after = key_of(params.get("after", ""))
    return found if after is None else found.filter(pk__gt=after)


def _open_bucket(batch: CensusBatch) -> str:
    """Where the rows are that wait for a word, doubtful names first."""
    return Bucket.POSSIBLE_MATCH if batch.buckets.get(Bucket.POSSIBLE_MATCH) else Bucket.CHANGED


class Said(NamedTuple):
    """What the clerk pressed: for which rows, which word, for one field or candidate."""

    chosen: review.RowFilter
    choice: str
    field: str = ""
    same_as: str = ""
    anchor: str = ""


def _decide(request: HttpRequest, batch: CensusBatch) -> HttpResponse:
    """One row ("id:choice:field:candidate"), the ticked rows, or the whole filter."""
    said = _said(request)
    reason = typed(request.POST.get("reason", ""), 200)
    if needs_reason(said.choice) and not reason:
        return _ask_reason(request, batch, said)
    try:
        _take(request, batch, said, reason)
    except ValidationError as problem:
        messages.error(request, "".join(problem.messages))
    return redirect(_here(request) + (f"#{said.anchor}" if said.anchor else ""))


def _here(request: HttpRequest) -> str:
    """The page the decision was taken on, with the bucket that was open there."""
    if request.GET:
        return request.get_full_path()
    bucket = request.POST.get("bucket", "")
    return f"{request.path}?bucket={bucket}" if bucket in Bucket.values else request.path


def _take(request: HttpRequest, batch: CensusBatch, said: Said, reason: str) -> None:
    user: Any = request.user
    if said.choice == WITHDRAW:
        count = withdraw(actor=user, batch=batch, chosen=said.chosen)
        word = "已撤回决定"
    else:
        if said.choice not in Choice.values:
            raise ValidationError("请选择如何处理")
        count = decide(
            actor=user,
            batch=batch,
            chosen=said.chosen,
            choice=Choice(said.choice),
            field=said.field,
            same_as=_same_as(request, said.same_as),
            reason=reason,
        )
        word = f"已记下“{Choice(said.choice).label}”"
    if not count and not said.anchor and "all" not in request.POST and "pk" not in request.POST:
        raise ValidationError("请先勾选要处理的行")
    if not count:
        raise ValidationError("没有可以这样处理的行，可能刚刚重新核对过，请看过最新结果再决定")
    messages.success(request, f"{word}，共 {count:,} 行。")


def _ask_reason(request: HttpRequest, batch: CensusBatch, said: Said) -> HttpResponse:
    """A word that needs a reason asks for it, with everything that was pressed kept."""
    count = review.outcomes(batch, said.chosen).count()
    if not count:
        messages.error(request, "请先勾选要处理的行")
        return redirect(_here(request))
    context = page_of(
        batch,
        Step.REVIEW,
        choice=Choice(said.choice),
        count=count,
        kept=[
            (name, value)
            for name in ("one", "choice", "all", "bucket", "pk")
            for value in request.POST.getlist(name)
        ],
        back_url=_here(request),
    )
    return render(request, "enterprises/import_reason.html", context)


def _said(request: HttpRequest) -> Said:
    one = typed(request.POST.get("one", ""), 200)
    if one:
        number, choice, field, same_as = (one.split(":") + [""] * 3)[:4]
        anchor = request.POST.get(f"anchor-{number}", "")
        return Said(review.RowFilter(ids=[key_of(number) or 0]), choice, field, same_as, anchor)
    choice = typed(request.POST.get("choice", ""), 20)
    if "all" in request.POST:
        chosen = filter_of(request.GET)
        bucket = chosen.bucket or typed(request.POST.get("bucket", ""), 20)
        return Said(review.RowFilter(**{**vars(chosen), "bucket": bucket}), choice, chosen.field)
    keys = map(key_of, request.POST.getlist("pk"))
    return Said(review.RowFilter(ids=[key for key in keys if key] or [0]), choice)


def _same_as(request: HttpRequest, wanted: str) -> Enterprise | None:
    key = key_of(wanted)
    if key is None:
        return None
    user: Any = request.user
    found: Enterprise = get_object_or_404(Enterprise.objects.visible_to(user), pk=key)
    return found
