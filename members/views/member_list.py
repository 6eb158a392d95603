"""The register of members: filtered, masked, ordered by sound, by strokes or by posts."""

from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.urls import reverse

from core.listing import DayColumn, ListFilters, ListPage, ListTable, NameColumn, SystemView
from core.listing.columns import PersonalColumn, StateColumn
from core.listing.filters import DayRangeFilter, YesNoFilter
from core.masking import Sensitive
from core.pinyin import surname_of
from core.text import fold
from members import codes
from members.conditions import CONDITIONS, current_posts, rank_of_posts
from members.models import LeadershipPost, PartyMember
from members.services.members import CHANGE
from members.services.persons import SHOWN
from organizations.models import PartyOrganization
from organizations.scoping import path_condition

VIEW = "members.view"
MOST = 50  # organizations that one word may mean
ORDERS = (("姓名拼音", "person"), ("姓氏笔画", "strokes"), ("职务在前", "post"))


class MemberTable(ListTable):
    person = NameColumn(
        linkify=lambda record: record.get_absolute_url(),
        order_by=("person__search_key", "person_id"),
        verbose_name="姓名",
    )
    post = tables.Column(
        empty_values=(), order_by=("post_rank", "person__search_key"), verbose_name="党内职务"
    )
    strokes = tables.Column(
        accessor="person__name",
        order_by=("person__stroke_key", "person_id"),
        verbose_name="姓氏笔画序",
        exclude_from_export=True,
    )
    category = tables.Column()
    standing = StateColumn(tones={"active": "ok"})
    home = tables.Column(
        accessor="person__home_organization",
        order_by=("person__home_organization__path", "person__search_key"),
        verbose_name="所在党组织",
    )
    sex = tables.Column(accessor="person__get_sex_display", orderable=False, verbose_name="性别")
    born_on = DayColumn(accessor="person__born_on", verbose_name="出生日期")
    ethnicity = tables.Column(
        accessor="person__get_ethnicity_display", orderable=False, verbose_name="民族"
    )
    education = tables.Column(
        accessor="person__get_education_display", orderable=False, verbose_name="学历"
    )
    job_class = tables.Column(
        accessor="person__get_job_class_display", orderable=False, verbose_name="工作岗位"
    )
    accepted_on = DayColumn()
    confirmed_on = DayColumn()
    citizen_id = PersonalColumn(
        accessor="person__citizen_id",
        kind=Sensitive.CITIZEN_ID,
        beside=SHOWN,
        orderable=False,
        verbose_name="身份证号",
    )
    phone = PersonalColumn(
        accessor="person__phone", kind=Sensitive.PHONE, orderable=False, verbose_name="联系电话"
    )

    class Meta(ListTable.Meta):
        model = PartyMember
        fields: ClassVar = ()

    def render_strokes(self, value: str) -> str:
        return surname_of(value)

    def render_post(self, record: PartyMember) -> str:
        posts: list[LeadershipPost] = record.person.current_posts  # type: ignore[attr-defined]
        return "、".join(post.get_kind_display() for post in posts)

    value_post = render_post


class MemberFilter(ListFilters):
    home = django_filters.CharFilter(method="below", label="党组织（含下级）")
    category = django_filters.ChoiceFilter(choices=codes.Category.choices, label="党员类别")
    standing = django_filters.ChoiceFilter(choices=codes.Standing.choices, label="党籍状态")
    held = YesNoFilter(method="meets", label="组织关系在本县")
    leads = YesNoFilter(method="meets", label="任党内职务")
    sex = django_filters.ChoiceFilter(
        field_name="person__sex", choices=codes.Sex.choices, label="性别"
    )
    education = django_filters.ChoiceFilter(
        field_name="person__education", choices=codes.Education.choices, label="学历"
    )
    job_class = django_filters.ChoiceFilter(
        field_name="person__job_class", choices=codes.JobClass.choices, label="工作岗位"
    )
    mobile = YesNoFilter(method="meets", label="流动")
    lost = YesNoFilter(method="meets", label="失联")
    hardship = YesNoFilter(method="meets", label="生活困难")
    accepted_on = DayRangeFilter(label="入党时间")

    def below(self, rows: QuerySet[PartyMember], name: str, value: str) -> QuerySet[PartyMember]:
        """An organization by its key, as links name it, or those that a name or code finds."""
        user: Any = self.request.user
        seen = PartyOrganization.objects.visible_to(user)
        known = seen.filter(pk=int(value)) if value.isdecimal() and len(value) < 19 else seen.none()
        chosen = known if known.exists() else seen.search(value)
        paths = chosen.values_list("path", flat=True)[:MOST]
        return rows.filter(path_condition("person__home_organization__path", tuple(paths)))

    def meets(self, rows: QuerySet[PartyMember], name: str, value: bool) -> QuerySet[PartyMember]:
        condition = CONDITIONS[name]()
        return rows.filter(condition if value else ~condition)


class MemberList(ListPage):
    key = "members"
    title = "党员名册"
    permission = VIEW
    table_class = MemberTable
    filterset_class = MemberFilter
    template_name = "members/member_list.html"
    search_placeholder = "姓名、拼音、党组织"
    main_filters = ("category", "standing", "job_class")
    default_columns = (
        "person",
        "post",
        "category",
        "home",
        "sex",
        "born_on",
        "accepted_on",
        "confirmed_on",
    )
    default_sort = "person"
    tells_day = True
    keyset_sorts = ("person", "strokes")
    system_views = (
        SystemView("在册", "standing=active"),
        SystemView("预备党员", "standing=active&category=probationary"),
        SystemView("流动党员", "standing=active&mobile=true"),
        SystemView("失联党员", "lost=true"),
        SystemView("党务工作者", "standing=active&leads=true"),
        SystemView("生活困难", "standing=active&hardship=true"),
        SystemView("组织关系在外", "standing=active&held=false"),
        SystemView("全部", ""),
    )
    export_name = "党员名册"
    empty_text = "范围内没有登记党员。"

    def get_queryset(self) -> QuerySet[PartyMember]:
        rows: QuerySet[PartyMember] = PartyMember.objects.visible_to(self.user)
        rows = rows.select_related("person__home_organization").prefetch_related(current_posts())
        if self.state.sort.lstrip("-") == "post":
            rows = rows.annotate(post_rank=rank_of_posts())
        return rows

    def search(self, queryset: QuerySet[PartyMember], text: str) -> QuerySet[PartyMember]:
        word = fold(text)
        condition = (
            Q(person__name__contains=word)
            | Q(person__search_key__contains=word.lower().replace(" ", ""))
            | Q(person__home_organization__name__contains=word)
        )
        return queryset.filter(condition)

    def shown_columns(self) -> list[str]:
        """A list is ordered by a column that it shows."""
        shown, sort = super().shown_columns(), self.state.sort.lstrip("-")
        wanted = {*shown, sort}
        return [name for name in self.column_names() if name in wanted]

    def orders(self) -> list[dict[str, Any]]:
        """The three orders that lists of members are wanted in."""
        now = self.state.sort or self.default_sort
        return [
            {"label": label, "url": self.state.link(sort=name), "current": now == name}
            for label, name in ORDERS
        ]

    def actions(self) -> list[dict[str, Any]]:
        query = self.state.params.urlencode()
        found = [
            {"label": "打印花名册", "url": f"{reverse('members:roster_print')}?{query}"},
            {"label": "年度增减", "url": reverse("members:flow")},
        ]
        if self.user.has_perm(CHANGE):
            found = [
                {
                    "label": "登记党员",
                    "url": reverse("members:member_new"),
                    "css": "btn-primary",
                    "hotkey": "n",
                },
                {"label": "导入", "url": reverse("organizations:sheet_upload", args=["members"])},
                *found,
            ]
        return found
