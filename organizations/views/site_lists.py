"""The lists under 阵地与评定: sites, service centres, model points."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from core.dates import today
from core.listing import (
    DayColumn,
    ListFilters,
    ListPage,
    ListTable,
    NameColumn,
    NumberColumn,
    StateColumn,
    SystemView,
    YesNoFilter,
)
from core.templatetags.ui import badge
from core.text import fold
from core.validity import valid_on
from organizations.models import DemonstrationPoint, ServiceCentre, Site, SiteStage
from organizations.site_facts import CHANGE, with_check
from organizations.views.common import VIEW

STAGE_TONES: dict[str, str] = {SiteStage.IN_USE: "ok", SiteStage.BUILDING: "running"}
TABS = (
    ("site_list", "阵地"),
    ("centre_list", "党群服务中心"),
    ("demonstration_list", "示范点"),
    ("rating_list", "评定"),
    ("rectification_list", "整改"),
    ("scheme_list", "评定办法"),
)


def section_tabs(current: str) -> list[dict[str, Any]]:
    """The pages under the menu entry, the present one marked."""
    return [
        {"label": label, "url": reverse(f"organizations:{route}"), "current": route == current}
        for route, label in TABS
    ]


def page_of(route: str) -> Any:
    return lambda record: reverse(f"organizations:{route}", args=[record.pk])


class SitesPage(ListPage):
    """What the lists share: the tabs above, the search by words."""

    permission = VIEW
    tells_day = True
    template_name = "organizations/site_list.html"
    route: ClassVar[str]
    searched: ClassVar[Sequence[str]] = ("organization__name", "organization__code")
    buttons: ClassVar[Sequence[tuple[str, str, str]]] = ()  # label, route, permission
    sheet: ClassVar[str] = ""

    def section_tabs(self) -> list[dict[str, Any]]:
        return section_tabs(self.route)

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        word, condition = fold(text), Q()
        for field in self.searched:
            condition |= Q(**{f"{field}__icontains": word})
        return queryset.filter(condition)

    def actions(self) -> list[dict[str, str]]:
        found = []
        if self.sheet and self.user.has_perm(CHANGE):
            url = reverse("organizations:sheet_upload", args=[self.sheet])
            found.append({"label": "导入", "url": url})
        for label, route, permission in self.buttons:
            if self.user.has_perm(permission):
                url = reverse(f"organizations:{route}")
                found.append({"label": label, "url": url, "css": "btn-primary", "icon": "plus"})
        return found


class ChecksColumn(tables.Column):  # type: ignore[misc]
    """The latest check as 6/6; nothing where the site was never checked."""

    empty_values = ()

    def render(self, record: Any) -> str:
        if record.item_count is None:
            return badge("未检查")
        tone = "ok" if record.met_count == record.item_count else "attention"
        return badge(f"{record.met_count}/{record.item_count}", tone)

    def value(self, record: Any) -> str:
        return "未检查" if record.item_count is None else f"{record.met_count}/{record.item_count}"


class SiteTable(ListTable):
    name = NameColumn(linkify=page_of("site"))
    organization = tables.Column()
    area = tables.Column()
    stage = StateColumn(tones=STAGE_TONES)
    six_haves = ChecksColumn(verbose_name="六有", order_by=("met_count",))
    checked_on = DayColumn(verbose_name="检查日期")
    next_check_on = DayColumn(verbose_name="下次检查")
    address = tables.Column(orderable=False)
    square_metres = tables.Column()
    holding = tables.Column()
    valid_from = DayColumn(verbose_name="启用日期")
    valid_to = DayColumn(verbose_name="停用日期")

    class Meta(ListTable.Meta):
        model = Site
        fields: ClassVar = ()


class SiteFilter(ListFilters):
    stage = django_filters.ChoiceFilter(choices=SiteStage.choices, label="建设情况")
    passed = YesNoFilter(method="by_check", label="六有达标")
    holding = django_filters.ChoiceFilter(choices=Site.Holding.choices, label="使用方式")
    ended = YesNoFilter(field_name="valid_to", method="by_end", label="已停用")

    def by_check(self, queryset: QuerySet[Site], name: str, value: bool) -> QuerySet[Site]:
        passed = Q(item_count__isnull=False, met_count=F("item_count"))
        return queryset.filter(passed) if value else queryset.exclude(passed)

    def by_end(self, queryset: QuerySet[Site], name: str, value: bool) -> QuerySet[Site]:
        return queryset.filter(valid_to__isnull=not value)


class SiteList(SitesPage):
    key = "sites"
    title = "阵地"
    route = "site_list"
    table_class = SiteTable
    filterset_class = SiteFilter
    search_placeholder = "阵地、党组织、地址"
    searched = ("name", "address", "organization__name", "area__name")
    default_columns = ("name", "organization", "area", "stage", "six_haves", "checked_on")
    default_sort = "name"
    system_views = (
        SystemView("全部"),
        SystemView("使用中", "ended=false"),
        SystemView("六有未达标", "ended=false&stage=in_use&passed=false"),
    )
    export_name = "阵地名册"
    empty_text = "范围内还没有登记阵地。"
    buttons = (("新增阵地", "site_create", CHANGE),)
    sheet = "sites"

    def get_queryset(self) -> QuerySet[Site]:
        sites = Site.objects.visible_to(self.user).select_related("organization", "area")
        found: QuerySet[Site] = with_check(sites, today())
        return found


class CentreTable(ListTable):
    name = NameColumn(linkify=lambda record: reverse("organizations:site", args=[record.site_id]))
    level = tables.Column()
    organization = tables.Column(accessor="site__organization", verbose_name="党组织")
    area = tables.Column(accessor="site__area", verbose_name="辖区")
    opening_hours = tables.Column(orderable=False)
    opens_after_hours = tables.BooleanColumn(yesno="是,否")
    opens_on_holidays = tables.BooleanColumn(yesno="是,否")
    manager = tables.Column()
    full_time_staff = NumberColumn()
    part_time_staff = NumberColumn()
    services = tables.Column(orderable=False)

    class Meta(ListTable.Meta):
        model = ServiceCentre
        fields: ClassVar = ()


class CentreFilter(ListFilters):
    level = django_filters.ChoiceFilter(choices=ServiceCentre.Level.choices, label="级别")
    opens_after_hours = YesNoFilter(label="八小时外开放")
    opens_on_holidays = YesNoFilter(label="节假日开放")


class CentreList(SitesPage):
    key = "centres"
    title = "党群服务中心"
    route = "centre_list"
    table_class = CentreTable
    filterset_class = CentreFilter
    search_placeholder = "服务中心、党组织、辖区"
    searched = ("name", "site__organization__name", "site__area__name")
    default_columns = ("name", "level", "organization", "area", "opening_hours", "manager")
    default_sort = "name"
    export_name = "党群服务中心名册"
    empty_text = "还没有党群服务中心；在阵地页上新增。"

    def get_queryset(self) -> QuerySet[ServiceCentre]:
        centres = ServiceCentre.objects.visible_to(self.user)
        return centres.select_related("site__organization", "site__area")


class DemonstrationTable(ListTable):
    title = NameColumn(linkify=page_of("demonstration"))
    organization = tables.Column()
    level = tables.Column()
    awarded_by = tables.Column()
    document = tables.Column()
    valid_from = DayColumn(verbose_name="命名日期")
    valid_to = DayColumn(verbose_name="终止日期")
    is_withdrawn = tables.BooleanColumn(yesno="是,否")

    class Meta(ListTable.Meta):
        model = DemonstrationPoint
        fields: ClassVar = ()


class DemonstrationFilter(ListFilters):
    level = django_filters.ChoiceFilter(choices=DemonstrationPoint.Level.choices, label="级别")
    current = YesNoFilter(method="by_day", label="有效")

    def by_day(
        self, queryset: QuerySet[DemonstrationPoint], name: str, value: bool
    ) -> QuerySet[DemonstrationPoint]:
        return queryset.filter(valid_on(today())) if value else queryset.exclude(valid_on(today()))


class DemonstrationList(SitesPage):
    key = "demonstrations"
    title = "示范点"
    route = "demonstration_list"
    table_class = DemonstrationTable
    filterset_class = DemonstrationFilter
    search_placeholder = "示范点、党组织"
    searched = ("title", "organization__name", "document")
    default_columns = ("title", "organization", "level", "awarded_by", "valid_from", "valid_to")
    default_sort = "-valid_from"
    system_views = (SystemView("全部"), SystemView("有效", "current=true"))
    export_name = "示范点名册"
    empty_text = "范围内还没有命名示范点。"
    buttons = (("新增示范点", "demonstration_create", CHANGE),)
    sheet = "demonstrations"

    def get_queryset(self) -> QuerySet[DemonstrationPoint]:
        return DemonstrationPoint.objects.visible_to(self.user).select_related("organization")
