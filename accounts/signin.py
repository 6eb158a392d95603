"""From the right password to a session: the code asked for, how a session begins and ends."""

import re
import time
from datetime import timedelta
from typing import Any

from axes.models import AccessFailureLog, AccessLog
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone

from accounts import throttle
from accounts.models import User, UserSession
from accounts.sessions import ACTIVE_AT, ADDRESS, BROWSER, SIGNED_IN_AT
from core import audit
from core.permissions import PROVED_AT
from core.request import client_address
from core.templatetags.ui import moment

BACKEND = "django.contrib.auth.backends.ModelBackend"
PENDING = "pending_sign_in"
PENDING_SECONDS = 300
SESSIONS, SESSIONS_OF_ADMINISTRATORS = 3, 1
IDENTITY, POSTS, MUST_ENROL = "identity", "posts", "must_enrol"


def hold(request: HttpRequest, user: User, **details: str) -> None:
    """The password was right; nobody is signed in until the code is."""
    request.session.flush()
    request.session[PENDING] = {
        "user": user.pk,
        "seal": user.get_session_auth_hash(),
        "at": int(time.time()),
        **details,
    }
    request.session[throttle.PENDING_NAME] = user.username


def held(request: HttpRequest) -> tuple[User, dict[str, Any]] | None:
    """Who waits for the code in this browser, as long as nothing has changed meanwhile."""
    details = request.session.get(PENDING)
    if details is None or time.time() - details["at"] > PENDING_SECONDS:
        return None
    user = User.objects.filter(pk=details["user"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != details["seal"]:
        return None
    return user, details


def enter(request: HttpRequest, user: User) -> None:
    """Sign in, end the oldest of too many sessions, and say when the last time was."""
    sentence = _last_time(user)
    login(request, user, backend=BACKEND)
    now = int(time.time())
    request.session.pop(PENDING, None)
    request.session.pop(throttle.PENDING_NAME, None)
    request.session[SIGNED_IN_AT] = request.session[ACTIVE_AT] = now
    request.session[PROVED_AT] = now
    request.session[ADDRESS] = client_address(request)
    request.session[BROWSER] = _browser(request.headers.get("User-Agent", ""))
    _end_oldest(user)
    audit.record(actor=user, verb="account.sign_in", target=user)
    messages.info(request, sentence)


def _browser(agent: str) -> str:
    """Name and version out of what a browser says of itself; Edge calls itself Chrome too."""
    for name in ("Edg", "Firefox", "Chrome", "Safari"):
        if found := re.search(rf"{name}/(\d+)", agent):
            return f"{name} {found[1]}"
    return ""


def _last_time(user: User) -> str:
    last = AccessLog.objects.filter(username=user.username).order_by("-attempt_time").first()
    if last is None:
        return "这是您第一次登录。"
    failed = AccessFailureLog.objects.filter(
        username=user.username, attempt_time__gt=last.attempt_time
    ).count()
    text = f"上次登录：{moment(last.attempt_time)}，地址 {last.ip_address or '未知'}。"
    return f"{text}此后有 {failed} 次登录失败，如非本人操作请修改密码。" if failed else text


def _end_oldest(user: User) -> None:
    """Leave room for the session that begins."""
    limit = SESSIONS_OF_ADMINISTRATORS if user.administers else SESSIONS
    now = timezone.now()
    begun = user.sessions.filter(expire_date__gt=now).order_by("-signed_in_at")
    kept = list(begun.values_list("pk", flat=True)[: limit - 1])
    user.sessions.exclude(pk__in=kept).delete()


def sessions_of(user: User, idle: timedelta) -> Any:
    """The user's living sessions, the newest first."""
    now = timezone.now()
    return UserSession.objects.filter(user=user, expire_date__gt=now, active_at__gt=now - idle)
