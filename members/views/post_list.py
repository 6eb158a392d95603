"""The list of posts in force: who leads where, through which channel, full or part time."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.urls import reverse

from core.dates import today
from core.listing import DayColumn, ListFilters, ListPage, ListTable, NameColumn, SystemView
from core.text import fold
from members.models import LeadershipPost, PostKind, SecretarySource
from members.posts import CHANGE

VIEW = "members.view"


class PostTable(ListTable):
    person = NameColumn(
        linkify=lambda record: reverse("members:post", args=[record.pk]),
        order_by=("person__search_key",),
        verbose_name="姓名",
    )
    organization = tables.Column(order_by=("organization__name",))
    kind = tables.Column()
    valid_from = DayColumn()
    source = tables.Column()
    engagement = tables.Column()
    other_post = tables.Column()
    review_on = DayColumn()
    document = tables.Column(orderable=False)

    class Meta(ListTable.Meta):
        model = LeadershipPost
        fields: ClassVar = ()


class PostFilter(ListFilters):
    kind = django_filters.ChoiceFilter(choices=PostKind.choices, label="党内职务")
    source = django_filters.ChoiceFilter(choices=SecretarySource.choices, label="来源")
    engagement = django_filters.ChoiceFilter(
        choices=LeadershipPost.Engagement.choices, label="专职兼职"
    )


class PostList(ListPage):
    key = "posts"
    title = "班子成员"
    permission = VIEW
    table_class = PostTable
    filterset_class = PostFilter
    search_placeholder = "姓名、拼音、党组织"
    main_filters = ("kind", "source")
    default_columns: ClassVar[Sequence[str]] = (
        "person",
        "organization",
        "kind",
        "valid_from",
        "source",
        "engagement",
    )
    default_sort = "person"
    tells_day = True
    system_views: ClassVar[Sequence[SystemView]] = (
        SystemView("全部"),
        SystemView("书记", "kind=secretary"),
    )
    export_name = "班子成员名册"
    empty_text = "范围内没有登记班子成员。"

    def get_queryset(self) -> QuerySet[LeadershipPost]:
        posts: QuerySet[LeadershipPost] = LeadershipPost.objects.visible_to(self.user).as_of(
            today()
        )
        return posts.select_related("person", "organization")

    def search(self, queryset: QuerySet[LeadershipPost], text: str) -> QuerySet[LeadershipPost]:
        word = fold(text)
        return queryset.filter(
            Q(person__name__contains=word)
            | Q(person__search_key__contains=word.lower().replace(" ", ""))
            | Q(organization__name__contains=word)
        )

    def actions(self) -> list[dict[str, Any]]:
        found = [
            {"label": "历任书记", "url": reverse("members:secretary_history")},
            {"label": "书记来源", "url": reverse("members:secretary_sources")},
            {"label": "培训", "url": reverse("members:post_training")},
        ]
        if self.user.has_perm(CHANGE):
            upload = reverse("organizations:sheet_upload", args=["posts"])
            found.insert(0, {"label": "导入", "url": upload})
        return found
