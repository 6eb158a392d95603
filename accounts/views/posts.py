"""Posts: given and ended by the security administrator or a superior, previewed, handed over."""

from typing import Any, cast

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.views.decorators.http import require_http_methods, require_safe

from accounts import roles, services
from accounts.choices import OrganizationsOfPosts
from accounts.forms import AppointForm, EndGrantForm, GrantForm, HandoverForm
from accounts.models import User
from accounts.views.users import (
    APPOINT,
    CRUMBS,
    GRANTS,
    POSTS,
    VIEW,
    accepted,
    found_user,
    page_of,
    posts_shown,
    user_form,
)
from core import choices
from core.permissions import fresh, require
from organizations.scoping import ScopedQuerySet


@require_http_methods(["GET", "HEAD", "POST"])
@require(GRANTS)
@fresh
def grant_create(request: HttpRequest, pk: int) -> HttpResponse:
    actor, user = cast(User, request.user), found_user(request, pk)
    form = GrantForm(request.POST or None, actor=actor)
    if form.is_valid() and accepted(form, services.grant_role, actor=actor, user=user):
        messages.success(request, "已授权，该用户不必重新登录。")
        return redirect(page_of(user))
    return user_form(request, f"给 {user.full_name} 授权", form, page_of(user))


@require_safe
@require(GRANTS)
def organization_choices(request: HttpRequest) -> HttpResponse:
    """Proposals for the committee of a post."""
    return choices.answer(request, OrganizationsOfPosts())


@require_http_methods(["GET", "HEAD", "POST"])
@require(APPOINT)
@fresh
def appoint(request: HttpRequest) -> HttpResponse:
    """A superior gives a post below the own one to an account known by its name."""
    actor = cast(User, request.user)
    form = AppointForm(request.POST or None, actor=actor)
    if form.is_valid():
        said = dict(form.cleaned_data)
        user = said.pop("username")
        try:
            services.grant_role(actor=actor, user=user, **said)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, f"已给 {user.full_name} 授权，该用户不必重新登录。")
            return redirect(page_of(user))
    return user_form(request, "给下级授权", form, resolve_url("accounts:user_list"))


@require_http_methods(["GET", "HEAD", "POST"])
@require(POSTS)
@fresh
def grant_end(request: HttpRequest, pk: int, grant_pk: int) -> HttpResponse:
    actor, user = cast(User, request.user), found_user(request, pk)
    open_posts = posts_shown(actor, user).filter(valid_to=None, withdrawn_at=None)
    grant = get_object_or_404(open_posts, pk=grant_pk)
    form = EndGrantForm(request.POST or None)
    if form.is_valid() and accepted(form, services.end_grant, actor=actor, grant=grant):
        messages.success(request, "授权已终止。")
        return redirect(page_of(user) if may_see(actor, user) else "accounts:user_list")
    return user_form(request, f"终止授权：{grant}", form, page_of(user))


def may_see(reader: User, user: User) -> bool:
    return User.objects.visible_to(reader).filter(pk=user.pk).exists()


@require_safe
@require(VIEW)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What each of the user's posts may do and how many rows it opens: numbers, no rows."""
    reader, user = cast(User, request.user), found_user(request, pk)
    shown = set(posts_shown(reader, user).values_list("pk", flat=True))
    posts = [grant for grant in user.posts_in_force if grant.pk in shown]
    context = {
        "title": f"以此身份查看：{user.full_name}",
        "crumbs": [*CRUMBS, (user.full_name, page_of(user))],
        "person": user,
        "posts": [_face(user, grant) for grant in posts],
    }
    return render(request, "accounts/preview.html", context)


def _face(user: User, grant: Any) -> dict[str, Any]:
    user.assume(str(grant.pk))
    counts = [
        (model._meta.verbose_name, model.objects.visible_to(user).count())  # type: ignore[attr-defined]
        for model in apps.get_models()
        if isinstance(getattr(model, "objects", None) and model.objects.none(), ScopedQuerySet)  # type: ignore[attr-defined]
    ]
    return {
        "grant": grant,
        "permissions": roles.describe(grant.role),
        "counts": sorted(((str(name), count) for name, count in counts), key=lambda one: one[0]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@require(POSTS)
@fresh
def user_handover(request: HttpRequest, pk: int) -> HttpResponse:
    """A leaver's posts and open work go to a successor; numbers only, titles are the two's."""
    actor, user = cast(User, request.user), found_user(request, pk)
    form = HandoverForm(request.POST or None)
    if form.is_valid():
        try:
            done = services.hand_over(
                actor=actor, leaver=user, with_posts=True, **form.cleaned_data
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return redirect("accounts:handover", done.pk)
    context = {
        "title": f"交接：{user.full_name}",
        "form": form,
        "crumbs": CRUMBS,
        "cancel_url": page_of(user),
        "submit_label": "交接",
        "work": services.open_work(user),
        "names": False,
        "with_posts": True,
    }
    return render(request, "accounts/handover_form.html", context)
