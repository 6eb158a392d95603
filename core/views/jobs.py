"""Background work as its owner sees it; another user's job does not exist."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseStopPolling

from core.jobs import control, files
from core.jobs.page import JobFace, may_download
from core.models import Job, JobState
from core.request import polled

PER_PAGE = 20


def _job(request: HttpRequest, pk: UUID) -> Any:
    return get_object_or_404(Job.objects.with_health().visible_to(request.user), pk=pk)


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    jobs = Job.objects.with_health().visible_to(request.user).select_related("owner")
    state = request.GET.get("state", "")
    if state in JobState.values:
        jobs = jobs.filter(state=state)
    page = Paginator(jobs, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "core/job_list.html",
        {
            "page": page,
            "faces": [JobFace(job) for job in page],
            "states": JobState.choices,
            "state": state,
        },
    )


@require_safe
def job_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "core/job_detail.html", _context(request, pk))


@polled
@require_safe
def job_bar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The fragment that a waiting page asks for again and again, until the job has ended."""
    context = _context(request, pk)
    bar = render_to_string("core/_job_bar.html", context, request)
    return HttpResponse(bar) if context["face"].is_open else HttpResponseStopPolling(bar)


def _context(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    job = _job(request, pk)
    return {"job": job, "face": JobFace(job), "may_download": may_download(request.user, job)}


@require_POST
def job_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    user: Any = request.user
    if control.cancel(actor=user, job=_job(request, pk)):
        messages.info(request, "已要求取消，任务将在当前一步结束后停止。")
    else:
        messages.info(request, "任务已经结束，无需取消。")
    return redirect("core:job_detail", pk)


@require_POST
def job_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    user: Any = request.user
    if control.retry(actor=user, job=_job(request, pk)):
        messages.info(request, "已重新排队，将从中断处继续。")
    else:
        messages.info(request, "任务正在执行或已完成，无需重试。")
    return redirect("core:job_detail", pk)


@require_safe
def job_result(request: HttpRequest, pk: UUID) -> FileResponse:
    job = _job(request, pk)
    if not may_download(request.user, job) or not JobFace(job).has_file:
        raise Http404
    try:
        opened = files.path_of(job.result_file).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(opened, as_attachment=True, filename=job.result_name)
