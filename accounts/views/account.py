"""One's own account: display, posts in use, deputies, sign-ins, sessions, tokens for programs."""

from datetime import timedelta
from typing import Any, cast

from axes.models import AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import factors, services, signin, tokens
from accounts.forms import DelegationForm, HandoverForm, PreferencesForm, TokenForm
from accounts.models import OWN_POSTS, CalendarAddress, Handover, ScopeGrant, User
from core import audit
from core.dates import today
from core.permissions import fresh

RECORD = 20


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The page; a post changes how screens look."""
    user = cast(User, request.user)
    form = PreferencesForm(request.POST or None, initial=user.preferences)
    if form.is_valid():
        user.preferences |= form.cleaned_data
        user.save(update_fields=["preferences"])
        messages.success(request, "显示设置已保存。")
        return redirect("accounts:preferences")
    return render(request, "accounts/account.html", _context(request) | {"preferences_form": form})


def _context(request: HttpRequest) -> dict[str, object]:
    user = cast(User, request.user)
    idle = timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    sign_ins = AccessLog.objects.filter(username=user.username)
    failures = AccessFailureLog.objects.filter(username=user.username)
    lent = ScopeGrant.objects.as_of(today()).filter(source__user=user)
    return {
        "token_form": TokenForm(),
        "tokens": list(user.tokens.all()),
        "calendar": CalendarAddress.objects.filter(user=user).first(),
        "mail_enabled": settings.MAIL_ENABLED,
        "sign_ins": list(sign_ins.order_by("-attempt_time")[:RECORD]),
        "failures": list(failures.order_by("-attempt_time")[:RECORD]),
        "sessions": list(signin.sessions_of(user, idle)),
        "present_session": request.session.session_key,
        "codes_left": factors.recovery_codes_left(user) if user.second_factor_since else 0,
        "may_lend": bool(services.lendable(user)),
        "lent": list(lent.select_related("user", "organization")),
    }


@require_POST
def identity(request: HttpRequest) -> HttpResponse:
    """Use one post, or all own ones together, from now on in this session."""
    user = cast(User, request.user)
    chosen = request.POST.get("identity", OWN_POSTS)
    if chosen not in {OWN_POSTS, *(str(grant.pk) for grant in user.posts_in_force)}:
        messages.error(request, "没有这一任职，或已到期。")
        return redirect("home")
    request.session[signin.IDENTITY] = chosen
    user.assume(chosen)
    title = user.current_grants[0].title if chosen else "全部任职"
    other = user.acts_for
    messages.success(request, f"当前身份：{title}{f'（代 {other} 办理）' if other else ''}。")
    return redirect("home")


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End every session of one's own but this one."""
    user = cast(User, request.user)
    ended = user.sessions.exclude(pk=request.session.session_key)
    count = ended.count()
    ended.delete()
    audit.record(actor=user, verb="account.sessions", target=user, after={"count": count})
    messages.success(request, f"已结束其他 {count} 个会话。")
    return redirect("accounts:preferences")


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def delegation_create(request: HttpRequest) -> HttpResponse:
    """Lend a post of one's own to a deputy."""
    user = cast(User, request.user)
    form = DelegationForm(request.POST or None, actor=user)
    if not form.offers:
        messages.error(request, "没有可以委托的任职：只能委托本人的业务任职，受托的不能再委托。")
        return redirect("accounts:preferences")
    if form.is_valid():
        try:
            services.delegate(actor=user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, "已委托，受托人切换身份后即可办理。")
            return redirect("accounts:preferences")
    return _form(request, "委托代办", form, "委托")


@require_POST
def delegation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """By who lent the post or by who got it."""
    user = cast(User, request.user)
    mine = ScopeGrant.objects.filter(Q(user=user) | Q(source__user=user)).exclude(source=None)
    services.revoke_delegation(actor=user, grant=get_object_or_404(mine, pk=pk))
    messages.success(request, "委托已撤回。")
    return redirect("accounts:preferences")


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def own_handover(request: HttpRequest) -> HttpResponse:
    """Hand over open work; posts end and begin where they are administered."""
    user = cast(User, request.user)
    form = HandoverForm(request.POST or None)
    if form.is_valid():
        try:
            done = services.hand_over(
                actor=user, leaver=user, with_posts=False, **form.cleaned_data
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return redirect("accounts:handover", done.pk)
    extra = {"work": services.open_work(user), "names": True}
    return _form(request, "交接工作", form, "交接", "accounts/handover_form.html", extra)


@require_safe
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt, for the two persons and whoever did it; titles only for the two."""
    user = cast(User, request.user)
    mine = Handover.objects.filter(Q(leaver=user) | Q(successor=user) | Q(done_by=user))
    done = get_object_or_404(mine.select_related("leaver", "successor", "done_by"), pk=pk)
    context = {
        "title": "工作交接单",
        "handover": done,
        "names": user in {done.leaver, done.successor},
        "printed_at": timezone.now(),
    }
    return render(request, "accounts/handover.html", context)


@require_POST
@fresh
def token_create(request: HttpRequest) -> HttpResponse:
    """Shows the token once; it cannot be shown again."""
    user = cast(User, request.user)
    form = TokenForm(request.POST)
    if not form.is_valid():
        forms = {"token_form": form, "preferences_form": PreferencesForm(initial=user.preferences)}
        return render(request, "accounts/account.html", _context(request) | forms)
    token, text = tokens.create_token(user=user, **form.cleaned_data)
    return render(request, "accounts/token.html", {"token": token, "text": text})


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    user = cast(User, request.user)
    tokens.revoke_token(actor=user, token=get_object_or_404(user.tokens, pk=pk))
    messages.success(request, "令牌已停用。")
    return redirect("accounts:preferences")


def _form(
    request: HttpRequest,
    title: str,
    form: Any,
    submit_label: str,
    template: str = "generic/form.html",
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "cancel_url": "/account",
        "submit_label": submit_label,
        "crumbs": [("个人设置", "/account")],
        **(extra or {}),
    }
    return render(request, template, context)
