"""My work: what is due, came back, waits, comes soon, what I began, and what apps above add."""

from datetime import timedelta
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import passwords
from accounts.models import User
from core import deadlines, notices, work
from core.dates import today
from core.jobs.page import JobFace
from core.models import Job, MessageKind
from core.work import Group, Row

ROWS = 8
SOON = timedelta(days=30)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user, day = cast(User, request.user), today()
    due = deadlines.due(user, day + SOON)
    rows = len(due) if "all" in request.GET else ROWS
    overdue = [one for one in due if one.on <= day]
    soon = [one for one in due if day < one.on <= day + SOON]
    early = [one for one in due if one.on > day + SOON]  # what takes long to prepare
    context = {
        "day": day,
        "due": overdue[:rows],
        "due_more": len(overdue) - rows,
        "ahead": [*soon[:rows], *early[:rows]],
        "ahead_more": max(len(soon) - rows, 0) + max(len(early) - rows, 0),
        "returned": work.rows(Group.RETURNED, user),
        "waiting_rows": [*_unread(user), *work.rows(Group.WAITING, user)],
        "started": [*work.rows(Group.STARTED, user), *_jobs(user)],
        "news": notices.inbox(user).exclude(kind=MessageKind.ACTION)[:ROWS],
        "blocks": work.blocks(user),
        "password_days": passwords.days_left(user),
        "has_posts": bool(user.current_grants),
    }
    return render(request, "accounts/home.html", context)


def _unread(user: User) -> list[Row]:
    unread = notices.inbox(user, MessageKind.ACTION).filter(read_at=None)[:ROWS]
    return [
        Row(one.title, reverse("core:message", args=[one.pk]), one.created_at, action="去办理")
        for one in unread
    ]


def _jobs(user: User) -> list[Row]:
    jobs = Job.objects.with_health().filter(owner_id=user.pk).select_related("owner")
    return [
        Row(
            f"{face.job.title} {face.sentence}",
            reverse("core:job_detail", args=[face.job.pk]),
            face.job.created_at,
            face.state_label,
            face.tone,
            "查看",
        )
        for face in map(JobFace, jobs[:ROWS])
    ]
