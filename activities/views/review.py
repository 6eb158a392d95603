"""The review queue: what was handed in, its changed parts, decided row by row or all at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

import django_tables2 as tables
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from activities.facts import Difference, differences
from activities.forms import NoQuestions, ReasonForm
from activities.likeness import remarks, with_recent
from activities.models import Activity, ActivityState
from activities.services import reviewing
from activities.states import REVIEW
from activities.views.activity_list import ActivityFilter, ActivityTable
from activities.views.common import LIST, find
from core.dates import SHANGHAI, today
from core.listing import BulkAction, ListPage, SystemView
from core.listing.bulk import BulkRequest
from core.listing.filters import YesNoFilter
from core.permissions import require
from core.text import fold
from organizations.views.common import accepted, form_page

QUEUE = ("待审核的会议记录", "/meetings/review")
SHORT = 80  # characters of a changed text


class ReviewTable(ActivityTable):
    changes = tables.Column(empty_values=(), orderable=False, verbose_name="本次变化")
    decide = tables.Column(
        empty_values=(), orderable=False, verbose_name="办理", exclude_from_export=True
    )

    def render_changes(self, record: Activity) -> SafeString:
        seen_by_branch = getattr(record, "handed_in", None)
        context = {
            "changes": changed(record),
            "is_first": len(record.versions.all()) < 2,
            "remarks": remarks(record) if seen_by_branch and is_before(seen_by_branch) else (),
            "short": SHORT,
        }
        return render_to_string("activities/_changes.html", context)

    def value_changes(self, record: Activity) -> str:
        return "；".join(f"{one.label}：{one.after}" for one in changed(record))

    def render_decide(self, record: Activity) -> SafeString:
        return render_to_string("activities/_decide.html", {"record": record})


def changed(record: Activity) -> list[Difference]:
    """What the last hand-in changed of the one before; nothing for a first one."""
    versions = sorted(record.versions.all(), key=lambda one: one.version)
    return differences(versions[-2].facts, versions[-1].facts) if len(versions) > 1 else []


def is_before(moment: datetime) -> bool:
    """Whether the branch has had a day to see the remark itself."""
    return moment.astimezone(SHANGHAI).date() < today()


class ReviewFilter(ActivityFilter):
    again = YesNoFilter(method="is_again", label="重报")

    def is_again(self, queryset: QuerySet[Activity], name: str, value: bool) -> QuerySet[Activity]:
        return queryset.filter(version__gt=1) if value else queryset.filter(version=1)


@transaction.atomic
def accept_many(request: BulkRequest) -> str:
    """Accept what still waits; what somebody decided meanwhile stays as it is."""
    done = left = 0
    for row in request.rows:
        if row.state == ActivityState.SUBMITTED:
            reviewing.accept(actor=request.actor, activity=row)
            done += 1
        else:
            left += 1
    return f"已通过 {done:,} 份记录" + (f"，{left} 份已另行办理，未改动。" if left else "。")


class ReviewQueue(ListPage):
    key = "review"
    title = QUEUE[0]
    permission = REVIEW
    table_class = ReviewTable
    filterset_class = ReviewFilter
    search_placeholder = "议题、党组织"
    main_filters = ("kinds", "held_on", "again")
    default_columns = ("title", "kinds", "organization", "held_on", "came", "changes", "decide")
    default_sort = "held_on"
    system_views = (
        SystemView("待审核"),
        SystemView("退回后重报", "again=true"),
    )
    bulk_actions: ClassVar[Sequence[BulkAction]] = (
        BulkAction(
            "accept", "通过", REVIEW, accept_many, NoQuestions, undo="通过后仍可由支部更正。"
        ),
    )
    empty_text = "没有等待审核的会议记录。"
    crumbs = (LIST,)

    def get_queryset(self) -> QuerySet[Activity]:
        seen: QuerySet[Activity] = Activity.objects.visible_to(self.user)
        waiting = seen.filter(state=ActivityState.SUBMITTED).select_related("organization")
        shown = with_recent(waiting.annotate(handed_in=Max("versions__at")))
        return shown.prefetch_related("kinds", "versions")

    def search(self, queryset: QuerySet[Activity], text: str) -> QuerySet[Activity]:
        word = fold(text)
        return queryset.filter(Q(title__icontains=word) | Q(organization__name__icontains=word))


@require_POST
@require(REVIEW)
def review_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """One row of the queue; the queue opens again where it was."""
    row = find(request, pk)
    try:
        reviewing.accept(actor=_actor(request), activity=row)
    except ValidationError as problem:
        messages.error(request, "".join(problem.messages))
    else:
        messages.success(request, f"已通过：{row.organization} {row}。")
    return redirect(_queue_of(request))


@require_http_methods(["GET", "HEAD", "POST"])
@require(REVIEW)
def review_return(request: HttpRequest, pk: int) -> HttpResponse:
    row = find(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and accepted(
        form,
        lambda: reviewing.return_record(actor=_actor(request), activity=row, reason=form.reason),
    ):
        messages.success(request, f"已退回：{row.organization} {row}。")
        return redirect("activities:review_queue")
    title = f"退回：{row.organization} {row}"
    return form_page(request, title, form, reverse("activities:review_queue"), [LIST, QUEUE])


def _actor(request: HttpRequest) -> Any:
    return request.user


def _queue_of(request: HttpRequest) -> str:
    """The queue with its filter, as the browser says where the press came from."""
    queue = reverse("activities:review_queue")
    came_from = request.headers.get("Referer", "")
    is_own = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    query = came_from.partition("?")[2]
    return f"{queue}?{query}" if is_own and query and queue in came_from else queue
