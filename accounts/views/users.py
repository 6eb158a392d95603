"""Accounts and posts: the system administrator makes accounts, the security administrator posts."""

from typing import Any, cast

import django_filters
import django_tables2 as tables
from axes.models import AccessLog
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import roles, services
from accounts.forms import EndGrantForm, GrantForm, UserForm
from accounts.models import ScopeGrant, User
from core import audit
from core.listing import (
    ListFilters,
    ListPage,
    ListTable,
    MomentColumn,
    NameColumn,
    ReasonForm,
    YesNoFilter,
)
from core.permissions import require
from core.templatetags.ui import badge

VIEW, USERS, GRANTS = "accounts.view", "accounts.users", "accounts.grants"
CRUMBS = [("用户与权限", "/users/")]


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
    role = django_filters.ChoiceFilter(
        label="角色", choices=roles.CHOICES, method="in_role", empty_label="不限"
    )
    is_active = YesNoFilter(label="启用")

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
        if not self.user.has_perm(USERS):
            return []
        url = reverse("accounts:user_create")
        return [{"label": "新建账号", "url": url, "css": "btn-primary", "icon": "plus"}]


def _user(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(User.objects.visible_to(cast(User, request.user)), pk=pk)


@require_safe
@require(VIEW)
def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    user = _user(request, pk)
    context = {
        "title": user.full_name,
        "crumbs": CRUMBS,
        "person": user,
        "grants": user.grants.select_related("organization", "granted_by"),
        "sign_ins": AccessLog.objects.filter(username=user.username)[:10],
        "history": audit.history_of(user),
        "may_users": cast(User, request.user).has_perm(USERS),
        "may_grants": cast(User, request.user).has_perm(GRANTS),
    }
    return render(request, "accounts/user.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(USERS)
def user_create(request: HttpRequest) -> HttpResponse:
    actor = cast(User, request.user)
    form = UserForm(request.POST or None)
    if not form.is_valid():
        return _form(request, "新建账号", form, resolve_url("accounts:user_list"))
    made = services.create_user(actor=actor, **form.cleaned_data)
    return render(request, "accounts/passwords.html", {"made": [made]})


@require_POST
@require(USERS)
def user_reset(request: HttpRequest, pk: int) -> HttpResponse:
    actor = cast(User, request.user)
    user = _user(request, pk)
    word = services.reset_password(actor=actor, user=user)
    return render(request, "accounts/passwords.html", {"made": [(user, word)]})


@require_http_methods(["GET", "HEAD", "POST"])
@require(USERS)
def user_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an open account, or reopen a closed one."""
    actor = cast(User, request.user)
    user = _user(request, pk)
    verb = "停用" if user.is_active else "启用"
    form = ReasonForm(request.POST or None)
    if user == actor:
        form.add_error(None, "不能停用自己的账号") if form.is_bound else None
    if not form.is_valid():
        context = {"sentence": f"{verb}账号 {user.username}({user.full_name})。"}
        return _form(request, f"{verb}账号", form, _page(user), context)
    services.set_active(actor=actor, user=user, active=not user.is_active, **form.cleaned_data)
    messages.success(request, f"账号已{verb}。")
    return redirect(_page(user))


@require_POST
@require(GRANTS)
def user_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    actor = cast(User, request.user)
    user = _user(request, pk)
    services.unlock(actor=actor, user=user)
    messages.success(request, "已解除登录锁定。")
    return redirect(_page(user))


@require_http_methods(["GET", "HEAD", "POST"])
@require(GRANTS)
def grant_create(request: HttpRequest, pk: int) -> HttpResponse:
    actor = cast(User, request.user)
    user = _user(request, pk)
    form = GrantForm(request.POST or None)
    if form.is_valid() and _accepted(form, services.grant_role, actor=actor, user=user):
        messages.success(request, "已授权，该用户须重新登录。")
        return redirect(_page(user))
    return _form(request, f"给 {user.full_name} 授权", form, _page(user))


@require_http_methods(["GET", "HEAD", "POST"])
@require(GRANTS)
def grant_end(request: HttpRequest, pk: int, grant_pk: int) -> HttpResponse:
    actor = cast(User, request.user)
    user = _user(request, pk)
    grant = get_object_or_404(user.grants.filter(valid_to=None), pk=grant_pk)
    form = EndGrantForm(request.POST or None)
    if form.is_valid() and _accepted(form, services.end_grant, actor=actor, grant=grant):
        messages.success(request, "授权已终止。")
        return redirect(_page(user))
    return _form(request, f"终止授权：{grant}", form, _page(user))


def _accepted(form: Form, service: Any, **known: Any) -> bool:
    """Call the service with the form's answers; its refusal becomes the form's error."""
    try:
        service(**known, **form.cleaned_data)
    except ValidationError as problem:
        form.add_error(None, problem.messages)
        return False
    return True


def _page(user: User) -> str:
    return resolve_url("accounts:user", user.pk)


def _form(
    request: HttpRequest,
    title: str,
    form: Form,
    cancel_url: str,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {"title": title, "form": form, "cancel_url": cancel_url, "crumbs": CRUMBS}
    return render(request, "generic/form.html", context | (extra or {}))
