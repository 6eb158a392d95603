"""The menu as data: what it says, where it leads and which permission opens it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from core.dates import today
from core.notices import waiting


@dataclass(frozen=True)
class Item:
    """One entry; without a permission every signed-in user has it."""

    label: str
    route: str
    icon: str
    permission: str = ""
    phone: str = ""  # short word in the phone's bottom bar
    key: str = ""  # letter that opens it after g


@dataclass(frozen=True)
class Section:
    label: str
    items: tuple[Item, ...]


MENU = (
    Section(
        "",
        (
            Item("工作台", "home", "home", phone="工作台"),
            Item("覆盖看板", "reports:board", "board", "reports.view", phone="看板", key="h"),
        ),
    ),
    Section(
        "基础台账",
        (
            Item(
                "企业库",
                "reports:enterprise_list",
                "enterprise",
                "enterprises.view",
                phone="企业",
                key="e",
            ),
            Item("党组织", "organizations:organization_tree", "organization", "organizations.view"),
            Item("换届", "organizations:term_list", "calendar", "organizations.view"),
            Item("党员名册", "members:member_list", "members", "members.view"),
            Item("班子成员", "members:post_list", "members", "members.view"),
            Item("流动与失联", "members:transfer_list", "members", "members.view"),
            Item("党务人才库", "members:talent_list", "members", "members.view"),
            Item("园区组织员", "members:organizers", "instructor", "members.view"),
            Item("辖区", "organizations:area_list", "area", "organizations.view"),
            Item("应建未建", "enterprises:formation_list", "calendar", "enterprises.view"),
            Item("阵地与评定", "organizations:site_list", "flag", "organizations.view"),
            Item("党建指导员", "members:instructor_list", "instructor", "members.view"),
        ),
    ),
    Section(
        "日常工作",
        (
            Item("会议记录", "activities:activity_list", "calendar", "activities.view"),
            Item("记一次会", "activities:activity_new", "edit", "activities.record", phone="记会"),
            Item("记录审核", "activities:review_queue", "check", "activities.review"),
            Item("组织生活年历", "activities:year_grid", "calendar", "activities.view"),
            Item("学习培训", "activities:study_list", "calendar", "activities.view"),
            Item("党员岗", "activities:member_post_list", "flag", "activities.view"),
            Item("合理化建议", "activities:suggestion_list", "edit", "activities.view"),
            Item("领导联系点", "enterprises:contact_list", "members", "enterprises.view"),
            Item("党费", "members:dues_list", "ledger", "members.dues"),
            Item("企业诉求", "enterprises:request_list", "flag", "enterprises.view"),
            Item("发展党员", "members:development_board", "members", "members.view"),
        ),
    ),
    Section(
        "普查与报表",
        (
            Item("年度普查", "enterprises:round_list", "census", "enterprises.census"),
            Item("导入中心", "enterprises:batch_list", "import", "enterprises.census"),
            Item("台账中心", "reports:ledger_list", "ledger", "reports.view"),
            Item("基层负担", "accounts:burden", "board", "reports.burden"),
        ),
    ),
    Section(
        "系统",
        (
            Item("消息", "core:message_list", "bell", phone="消息"),
            Item("任务", "core:job_list", "jobs"),
            Item("用户与权限", "accounts:user_list", "users", "accounts.view"),
            Item("口径参数", "core:parameter_list", "settings", "core.parameters"),
            Item("提醒规则", "accounts:rule_list", "bell", "core.parameters"),
            Item("操作日志", "core:audit_list", "audit", "core.audit"),
        ),
    ),
)
SEARCH_ROUTE = "reports:enterprise_list"


class Entry(TypedDict):
    label: str
    url: str
    icon: str
    phone: str
    key: str
    current: bool


class EntrySection(TypedDict):
    label: str
    items: list[Entry]


def route_url(route: str) -> str:
    """The address of a route, or nothing where the product is installed without that screen."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def _current_url(path: str, urls: Iterator[str]) -> str:
    """The longest menu address that the page lies under; the front page only matches itself."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(under, key=len, default="")


def menu_for(may: Callable[[str], bool], path: str) -> list[EntrySection]:
    """Sections with the entries the user may open, the present page marked."""
    allowed = [
        (section, [item for item in section.items if not item.permission or may(item.permission)])
        for section in MENU
    ]
    urls = {item.route: route_url(item.route) for _, items in allowed for item in items}
    current = _current_url(path, (url for url in urls.values() if url))
    return [
        EntrySection(
            label=section.label,
            items=[
                Entry(
                    label=item.label,
                    url=urls[item.route],
                    icon=item.icon,
                    phone=item.phone,
                    key=item.key,
                    current=urls[item.route] == current,
                )
                for item in items
                if urls[item.route]
            ],
        )
        for section, items in allowed
        if any(urls[item.route] for item in items)
    ]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: menu, waiting messages, the reader's display settings."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    menu = menu_for(user.has_perm, request.path)
    preferences = user.preferences
    return {
        "menu": menu,
        "phone_menu": [entry for section in menu for entry in section["items"] if entry["phone"]],
        "menu_closed": request.COOKIES.get("ui_menu") == "closed",
        "density": preferences.get("density", "compact"),
        "large_type": bool(preferences.get("large_type")),
        "search_url": route_url(SEARCH_ROUTE) if user.has_perm("enterprises.view") else "",
        "messages_url": route_url("core:message_list"),
        "today": today(),
        "idle_minutes": settings.SESSION_IDLE_MINUTES,
        "waiting": SimpleLazyObject(lambda: waiting(user)),
    }
