"""Acts of two administrators, and what the security administrator decides for roles."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import factors, roles, services
from accounts.forms import AdministratorForm, NoteForm, RoleSettingForm
from accounts.models import PairedAct, User
from accounts.services.paired import CONFIRM, PROPOSE
from accounts.views.users import CRUMBS, GRANTS, accepted, found_user, page_of
from core.listing import ReasonForm
from core.permissions import fresh, require

SHOWN = 100


@require_safe
@require(CONFIRM)
def act_list(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and what became of the rest."""
    acts = PairedAct.objects.select_related("user", "proposed_by", "decided_by")
    context = {
        "title": "双人办理事项",
        "crumbs": CRUMBS,
        "acts": acts[:SHOWN],
        "form": NoteForm(),
    }
    return render(request, "accounts/acts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(PROPOSE)
@fresh
def administrator_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose that a user become one of the three administrators."""
    user = found_user(request, pk)
    form = AdministratorForm(request.POST or None)
    return _propose(request, user, form, services.propose_administrator, "提出管理员授权")


@require_http_methods(["GET", "HEAD", "POST"])
@require(PROPOSE)
@fresh
def reset_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose that a lost second factor be taken away."""
    user = found_user(request, pk)
    form = ReasonForm(request.POST or None)
    return _propose(request, user, form, services.propose_reset, "提出重置动态口令")


def _propose(request: HttpRequest, user: User, form: Any, service: Any, title: str) -> HttpResponse:
    actor = cast(User, request.user)
    if form.is_valid() and accepted(form, service, actor=actor, user=user):
        messages.success(request, "已提出，须由另一名管理员复核后生效。")
        return redirect("accounts:act_list")
    context = {
        "title": f"{title}：{user.full_name}",
        "form": form,
        "cancel_url": page_of(user),
        "crumbs": CRUMBS,
        "intro": "提出后由另一名管理员在 7 天内复核，复核同意才生效。",
        "submit_label": "提出",
    }
    return render(request, "generic/form.html", context)


@require_POST
@require(CONFIRM)
@fresh
def act_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, refuse or take back a proposal."""
    actor = cast(User, request.user)
    act = get_object_or_404(PairedAct, pk=pk)
    form = NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        match request.POST.get("do"):
            case "confirm":
                services.confirm_act(actor=actor, act=act, note=note)
                messages.success(request, f"已复核同意：{act}。")
            case "refuse":
                services.refuse_act(actor=actor, act=act, note=note)
                messages.success(request, f"已退回：{act}。")
            case "withdraw":
                services.withdraw_act(actor=actor, act=act)
                messages.success(request, f"已撤回：{act}。")
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    return redirect("accounts:act_list")


@require_http_methods(["GET", "HEAD", "POST"])
@require(GRANTS)
@fresh
def role_settings(request: HttpRequest) -> HttpResponse:
    """Which roles must use a second factor."""
    form = RoleSettingForm(request.POST or None)
    if form.is_valid():
        factors.require_for_role(actor=cast(User, request.user), **form.cleaned_data)
        messages.success(request, "设置已保存，有关用户下次登录时生效。")
        return redirect("accounts:role_settings")
    needed = factors.roles_that_need_it()
    context = {
        "title": "角色设置",
        "form": form,
        "crumbs": CRUMBS,
        "cancel_url": reverse("accounts:user_list"),
        "roles": [(role.label, role.key in needed) for role in roles.ROLES],
    }
    return render(request, "accounts/roles.html", context)
