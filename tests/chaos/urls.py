"""A few addresses without sign-in, for clients that only want to submit, note and look."""

from datetime import date
from pathlib import Path
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from accounts.models import User
from config.urls import urlpatterns as product
from core import audit, jobs
from core.jobs.page import JobFace
from core.models import Job
from enterprises.census import intake, uploads
from enterprises.models import CensusBatch
from organizations.models import Area, AreaKind


@csrf_exempt
@login_not_required
def submit(request: HttpRequest) -> JsonResponse:
    clerk = User.objects.get(username="clerk")
    with transaction.atomic():
        job = jobs.submit(
            request.POST["kind"],
            owner=clerk,
            params={"rows": int(request.POST["rows"]), "gate": request.POST.get("gate", "")},
            idempotency_key=request.POST["key"],
        )
    return JsonResponse({"job": str(job.pk)})


@csrf_exempt
@login_not_required
def upload(request: HttpRequest) -> JsonResponse:
    """What every upload page does: read the file, then write the job down."""
    size = len(request.FILES.getlist("file")[0])
    clerk = User.objects.get(username="clerk")
    job = jobs.submit("toy.import", owner=clerk, params={"rows": size})
    return JsonResponse({"job": str(job.pk)})


@csrf_exempt
@login_not_required
@transaction.atomic
def note(request: HttpRequest) -> JsonResponse:
    """A change by hand: the row and its audit entry."""
    clerk = User.objects.get(username="clerk")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO toy_note VALUES (%s)", [request.POST["key"]])
    audit.record(actor=clerk, verb="toy.note", target=clerk, reason=request.POST["key"])
    return JsonResponse({})


@csrf_exempt
@login_not_required
def act(request: HttpRequest, pk: UUID, what: str) -> JsonResponse:
    clerk = User.objects.get(username="clerk")
    job = get_object_or_404(Job, pk=pk)
    change = {"cancel": jobs.cancel, "retry": jobs.retry}[what]
    return JsonResponse({"changed": change(actor=clerk, job=job)})


@login_not_required
def state(request: HttpRequest, pk: UUID) -> JsonResponse:
    face = JobFace(get_object_or_404(Job.objects.with_health(), pk=pk))
    return JsonResponse({"label": face.state_label, "sentence": face.sentence})


@csrf_exempt
@login_not_required
def census_start(request: HttpRequest) -> JsonResponse:
    """Take in the list at `list`, as the upload page does."""
    clerk, county = User.objects.get(username="clerk"), Area.objects.get(kind=AreaKind.COUNTY)
    list_file = Path(request.POST["list"])
    with list_file.open("rb") as content:
        batch = uploads.start_batch(
            actor=clerk,
            content=content,
            name=list_file.name,
            census_round=intake.open_round(county, date(2026, 3, 31)),
            source=request.POST["source"],
        )
    return JsonResponse({"batch": batch.pk, "job": _job_of(batch)})


@csrf_exempt
@login_not_required
def census_step(request: HttpRequest, pk: int, what: str) -> JsonResponse:
    """Press the button of a step."""
    clerk, batch = User.objects.get(username="clerk"), CensusBatch.objects.get(pk=pk)
    if what == "map":
        uploads.confirm_mapping(actor=clerk, batch=batch, fields=batch.layout["fields"])
    if what == "apply":
        uploads.request_apply(actor=clerk, batch=batch)
    if what == "undo":
        uploads.request_undo(actor=clerk, batch=batch, reason="试验")
    return JsonResponse({"job": _job_of(batch)})


def _job_of(batch: CensusBatch) -> str:
    job = uploads.current_job(batch)
    return str(job.pk) if job else ""


urlpatterns = [
    path("toy/census", census_start),
    path("toy/census/<int:pk>/<str:what>", census_step),
    path("toy/submit", submit),
    path("toy/upload", upload),
    path("toy/note", note),
    path("toy/<uuid:pk>", state),
    path("toy/<uuid:pk>/<str:what>", act),
    *product,
]
