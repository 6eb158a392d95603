"""Secretaries over time: who held the post, through which channel, trained this year or not."""

from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import (
    Count,
    DecimalField,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.dates import today
from core.listing import (
    DayColumn,
    ListFilters,
    ListTable,
    NameColumn,
    NumberColumn,
    SystemView,
    YesNoFilter,
)
from core.permissions import require
from members.models import (
    LeadershipPost,
    PostKind,
    PostState,
    SecretarySource,
    TrainingAttendance,
)
from members.talent import parameters
from members.talent.figures import source_lines
from members.views.post_list import VIEW, PostList, PostTable
from organizations.views.common import day_of

POSTS = ("班子成员", "/posts/")


class HistoryTable(ListTable):
    person = NameColumn(
        linkify=lambda record: reverse("members:post", args=[record.pk]),
        order_by=("person__search_key",),
        verbose_name="姓名",
    )
    organization = tables.Column(order_by=("organization__path", "-valid_from"))
    valid_from = DayColumn()
    valid_to = DayColumn()
    source = tables.Column()
    engagement = tables.Column()
    end_reason = tables.Column(orderable=False)
    document = tables.Column(orderable=False)

    class Meta(ListTable.Meta):
        model = LeadershipPost
        fields: ClassVar = ()


class HistoryFilter(ListFilters):
    source = django_filters.ChoiceFilter(choices=SecretarySource.choices, label="来源")
    present = YesNoFilter(method="is_present", label="现任")

    def is_present(
        self, rows: QuerySet[LeadershipPost], name: str, value: bool
    ) -> QuerySet[LeadershipPost]:
        user: Any = self.request.user
        now = LeadershipPost.objects.visible_to(user).as_of(today()).values("pk")
        return rows.filter(pk__in=now) if value else rows.exclude(pk__in=now)


class SecretaryHistory(PostList):
    """Every secretary of every body in scope, the present ones too."""

    key = "secretary_history"
    title = "历任书记"
    table_class = HistoryTable
    filterset_class = HistoryFilter
    main_filters = ("source", "present")
    default_columns = ("organization", "person", "valid_from", "valid_to", "source", "end_reason")
    default_sort = "organization"
    system_views = (SystemView("全部"), SystemView("现任", "present=true"))
    export_name = "历任书记名册"
    empty_text = "范围内没有登记过书记。"

    def get_queryset(self) -> QuerySet[LeadershipPost]:
        posts: QuerySet[LeadershipPost] = LeadershipPost.objects.visible_to(self.user)
        held = posts.filter(kind=PostKind.SECRETARY, state=PostState.IN_FORCE)
        return held.select_related("person", "organization")

    def actions(self) -> list[dict[str, Any]]:
        return []


@require_safe
@require(VIEW)
def sources(request: HttpRequest) -> HttpResponse:
    """How many secretaries came through which channel, by unit, as of a day (`on`)."""
    user: Any = request.user
    day = day_of(request)
    context = {
        "title": "书记来源统计",
        "crumbs": [POSTS],
        "lines": source_lines(user, day),
        "channels": SecretarySource.choices,
        "day": day,
        "as_of": f"数据截至 {day}",
    }
    return render(request, "members/sources.html", context)


class TrainedTable(PostTable):
    times = NumberColumn(verbose_name="本年培训（次）")
    hours = tables.Column(
        verbose_name="本年学时", attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )


class TrainedFilter(ListFilters):
    kind = django_filters.ChoiceFilter(choices=PostKind.choices, label="党内职务")
    trained = YesNoFilter(method="is_trained", label="本年已培训")

    def is_trained(
        self, rows: QuerySet[LeadershipPost], name: str, value: bool
    ) -> QuerySet[LeadershipPost]:
        least = parameters.TIMES.value(on=today())
        return rows.filter(**{"times__gte" if value else "times__lt": least})


class TrainedList(PostList):
    """Posts in force with the classes of this year."""

    key = "post_training"
    title = "书记和班子培训"
    table_class = TrainedTable
    filterset_class = TrainedFilter
    main_filters = ("kind", "trained")
    default_columns = ("person", "organization", "kind", "times", "hours")
    system_views = (
        SystemView("书记未培训", "kind=secretary&trained=false"),
        SystemView("班子未培训", "trained=false"),
        SystemView("全部"),
    )
    export_name = "书记和班子培训情况"

    def get_queryset(self) -> QuerySet[LeadershipPost]:
        attended = (
            TrainingAttendance.objects.visible_to(self.user)
            .filter(person=OuterRef("person"), training__ends_on__year=today().year)
            .order_by()
            .values("person")
        )
        times = attended.annotate(found=Count("pk")).values("found")
        hours = attended.annotate(found=Sum("hours")).values("found")
        return (
            super()
            .get_queryset()
            .annotate(
                times=Coalesce(Subquery(times), Value(0), output_field=IntegerField()),
                hours=Coalesce(
                    Subquery(hours),
                    Value(0),
                    output_field=DecimalField(max_digits=6, decimal_places=1),
                ),
            )
        )

    def actions(self) -> list[dict[str, Any]]:
        return [{"label": "培训班", "url": reverse("members:training_list")}]

    def as_of_line(self) -> str:
        now = today()
        times, hours = parameters.TIMES.value(on=now), parameters.HOURS.value(on=now)
        return f"{now.year}年；每人每年不少于{times}次、{hours}学时"
