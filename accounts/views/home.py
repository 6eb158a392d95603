"""My work: what waits for me, what falls due, what runs, and what the apps above add."""

from datetime import timedelta
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import passwords
from accounts.models import User
from core import deadlines, notices, work
from core.dates import today
from core.jobs.page import JobFace
from core.models import Job, MessageKind

ROWS = 8
SOON = timedelta(days=30)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    jobs = Job.objects.with_health().filter(owner_id=user.pk).select_related("owner")
    unread = notices.inbox(user, MessageKind.ACTION).filter(read_at=None)
    context = {
        "unread": unread[:ROWS],
        "deadlines": deadlines.due(user, today() + SOON)[:ROWS],
        "faces": [JobFace(job) for job in jobs[:ROWS]],
        "news": notices.inbox(user).exclude(kind=MessageKind.ACTION)[:ROWS],
        "blocks": work.blocks(user),
        "password_days": passwords.days_left(user),
        "has_posts": bool(user.current_grants),
    }
    return render(request, "accounts/home.html", context)
