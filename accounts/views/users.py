"""Accounts: made, reset, closed and reopened by the system administrator, shown to superiors."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import django_filters
import django_tables2 as tables
from axes.models import AccessLog
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import roles, services
from accounts.forms import UserForm
from accounts.models import ScopeGrant, User
from accounts.services.accounts import idle_since
from accounts.services.paired import CONFIRM
from core import audit
from core.dates import today
from core.listing import (
    ListFilters,
    ListPage,
    ListTable,
    MomentColumn,
    NameColumn,
    ReasonForm,
    YesNoFilter,
)
from core.permissions import fresh, require
from core.templatetags.ui import badge

VIEW, USERS = "accounts.view", "accounts.users"
GRANTS, APPOINT, POSTS = "accounts.grants", "accounts.appoint", "accounts.posts"
SIGN_INS = 20
SHARED = 3  # addresses in a month that make one account look shared
CRUMBS = [("用户与权限", "/users/")]


def _shared(users: Any) -> Any:
    """Signed in from many addresses within a month: perhaps lent to others."""
    month = timezone.now() - timedelta(days=30)
    signed_in = AccessLog.objects.filter(attempt_time__gt=month).order_by().values("username")
    many = signed_in.annotate(n=Count("ip_address", distinct=True)).filter(n__gte=SHARED)
    return users.filter(username__in=many.values("username"))


WITH_SIGN: dict[str, Callable[[Any], Any]] = {
    "never": lambda users: users.filter(last_login=None),
    "idle": lambda users: users.filter(idle_since()),
    "shared": _shared,
    "none": lambda users: users.exclude(pk__in=ScopeGrant.objects.as_of(today()).values("user")),
}


class UserTable(ListTable):
    full_name = NameColumn(linkify=lambda record: reverse("accounts:user", args=[record.pk]))
    username = tables.Column()
    posts = tables.Column(verbose_name="角色", orderable=False)
    is_active = tables.Column()
    last_login = MomentColumn(verbose_name="最近登录")
    created_at = MomentColumn()

    class Meta(ListTable.Meta):
        model = User
        fields = ("full_name", "username", "posts", "is_active", "last_login", "created_at")

    def render_posts(self, value: list[ScopeGrant]) -> str:
        return "、".join(roles.role(grant.role).label for grant in value) or "—"

    def render_is_active(self, value: bool) -> str:
        return badge("启用", "ok") if value else badge("停用")


class UserFilter(ListFilters):
    signs = django_filters.ChoiceFilter(
        label="需要留意",
        choices=(
            ("never", "从未登录"),
            ("idle", "90 天未登录"),
            ("shared", "一月内多地登录"),
            ("none", "没有任职"),
        ),
        method="with_sign",
        empty_label="不限",
    )
    role = django_filters.ChoiceFilter(
        label="角色", choices=roles.CHOICES, method="in_role", empty_label="不限"
    )
    is_active = YesNoFilter(label="启用")

    def with_sign(self, queryset: Any, name: str, value: str) -> Any:
        return WITH_SIGN[value](queryset)

    def in_role(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.in_role(value)


class UserList(ListPage):
    key = "users"
    title = "用户与权限"
    permission = VIEW
    table_class = UserTable
    filterset_class = UserFilter
    search_placeholder = "账号、姓名"
    default_sort = "username"
    empty_text = "还没有用户。"

    def get_queryset(self) -> QuerySet[User]:
        return User.objects.visible_to(self.user).with_posts()

    def search(self, queryset: QuerySet[User], text: str) -> QuerySet[User]:
        return queryset.filter(Q(username__icontains=text) | Q(full_name__icontains=text))

    def actions(self) -> list[dict[str, str]]:
        offered = (
            (USERS, "新建账号", reverse("accounts:user_create"), "btn-primary"),
            (USERS, "导入账号", reverse("organizations:sheet_upload", args=["users"]), ""),
            (POSTS, "导入任职", reverse("organizations:sheet_upload", args=["grants"]), ""),
            (USERS, "发放一次性密码", reverse("accounts:hand_out"), ""),
            (APPOINT, "给下级授权", reverse("accounts:appoint"), "btn-primary"),
            (CONFIRM, "双人办理", reverse("accounts:act_list"), ""),
            (GRANTS, "角色设置", reverse("accounts:role_settings"), ""),
        )
        return [
            {"label": label, "url": url, "css": css or "btn-outline-secondary", "icon": ""}
            for permission, label, url, css in offered
            if self.user.has_perm(permission)
        ]


def found_user(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(User.objects.visible_to(cast(User, request.user)), pk=pk)


def posts_shown(reader: User, user: User) -> QuerySet[ScopeGrant]:
    """Of the user's posts those that the reader may know of."""
    shown = ScopeGrant.objects.visible_to(reader).filter(user=user)
    return shown.select_related("organization", "granted_by", "source__user")


@require_safe
@require(VIEW)
def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    reader, user = cast(User, request.user), found_user(request, pk)
    context = {
        "title": user.full_name,
        "crumbs": CRUMBS,
        "person": user,
        "grants": posts_shown(reader, user),
        "today": today(),
        "own": user == reader,
        "may_users": reader.has_perm(USERS),
        "may_grants": reader.has_perm(GRANTS),
        "may_posts": reader.has_perm(POSTS) and user != reader,
        "may_propose": reader.has_perm("accounts.propose"),
    }
    if reader.administers:
        signed_in = AccessLog.objects.filter(username=user.username)
        context |= {
            "sign_ins": signed_in.order_by("-attempt_time")[:SIGN_INS],
            "history": audit.history_of(user, user=reader),
        }
    return render(request, "accounts/user.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(USERS)
def user_create(request: HttpRequest) -> HttpResponse:
    actor = cast(User, request.user)
    form = UserForm(request.POST or None)
    if not form.is_valid():
        return user_form(request, "新建账号", form, resolve_url("accounts:user_list"))
    made = services.create_user(actor=actor, **form.cleaned_data)
    return render(request, "accounts/passwords.html", {"made": [made]})


@require_POST
@require(USERS)
@fresh
def user_reset(request: HttpRequest, pk: int) -> HttpResponse:
    actor = cast(User, request.user)
    user = found_user(request, pk)
    word = services.reset_password(actor=actor, user=user)
    return render(request, "accounts/passwords.html", {"made": [(user, word)]})


@require_http_methods(["GET", "HEAD", "POST"])
@require(USERS)
@fresh
def hand_out(request: HttpRequest) -> HttpResponse:
    """One-time passwords for accounts that nobody has used yet, on slips to be cut."""
    actor = cast(User, request.user)
    unused = User.objects.visible_to(actor).filter(last_login=None, is_active=True)
    chosen = unused.filter(pk__in=[pk for pk in request.POST.getlist("pk") if pk.isdigit()])
    if request.method == "POST" and chosen:
        made = [(user, services.reset_password(actor=actor, user=user)) for user in chosen]
        return render(request, "accounts/passwords.html", {"made": made})
    context = {"title": "发放一次性密码", "crumbs": CRUMBS, "users": unused.order_by("username")}
    return render(request, "accounts/hand_out.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(USERS)
def user_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an open account, or reopen a closed one."""
    actor = cast(User, request.user)
    user = found_user(request, pk)
    verb = "停用" if user.is_active else "启用"
    form = ReasonForm(request.POST or None)
    if user == actor:
        form.add_error(None, "不能停用自己的账号") if form.is_bound else None
    if not form.is_valid():
        context = {"sentence": f"{verb}账号 {user.username}({user.full_name})。"}
        return user_form(request, f"{verb}账号", form, page_of(user), context)
    known = {"actor": actor, "user": user, "active": not user.is_active}
    if not accepted(form, services.set_active, **known):
        return user_form(request, f"{verb}账号", form, page_of(user))
    messages.success(request, f"账号已{verb}。")
    return redirect(page_of(user))


@require_POST
@require(USERS)
def user_sessions_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs the user out everywhere."""
    user = found_user(request, pk)
    services.end_all_sessions(actor=cast(User, request.user), user=user)
    messages.success(request, "该用户的会话已全部结束。")
    return redirect(page_of(user))


@require_POST
@require(GRANTS)
def user_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    actor = cast(User, request.user)
    user = found_user(request, pk)
    services.unlock(actor=actor, user=user)
    messages.success(request, "已解除登录锁定。")
    return redirect(page_of(user))


def accepted(form: Form, service: Any, **known: Any) -> bool:
    """Call the service with the form's answers; its refusal becomes the form's error."""
    try:
        service(**known, **form.cleaned_data)
    except ValidationError as problem:
        form.add_error(None, problem if hasattr(problem, "error_dict") else problem.messages)
        return False
    return True


def page_of(user: User) -> str:
    return resolve_url("accounts:user", user.pk)


def user_form(
    request: HttpRequest,
    title: str,
    form: Form,
    cancel_url: str,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {"title": title, "form": form, "cancel_url": cancel_url, "crumbs": CRUMBS}
    return render(request, "generic/form.html", context | (extra or {}))
