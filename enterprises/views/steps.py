"""The five steps of an import: where a batch stands, and the line that shows it."""

from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from core.jobs.page import JobFace
from core.models import Job, JobState
from enterprises.census.uploads import APPLY, UNDO
from enterprises.models import BatchState, CensusBatch


class Step(StrEnum):
    UPLOAD = "upload"
    COLUMNS = "columns"
    REVIEW = "review"
    CONFIRM = "confirm"
    RECEIPT = "receipt"
    ENDED = "ended"  # failed or cancelled: nothing more to do


STEPS = {
    Step.UPLOAD: "上传",
    Step.COLUMNS: "列对应",
    Step.REVIEW: "核对差异",
    Step.CONFIRM: "确认写入",
    Step.RECEIPT: "完成",
}
_STEP_OF = {
    BatchState.RECEIVED: Step.UPLOAD,
    BatchState.PARSED: Step.COLUMNS,
    BatchState.STAGED: Step.REVIEW,
    BatchState.RECONCILED: Step.REVIEW,
    BatchState.DECIDED: Step.CONFIRM,
    BatchState.APPLIED: Step.RECEIPT,
    BatchState.UNDONE: Step.RECEIPT,
}


def step_of(batch: CensusBatch) -> Step:
    """The step that waits for the clerk."""
    return _STEP_OF.get(BatchState(batch.state), Step.ENDED)


def steps(batch: CensusBatch, here: Step) -> list[tuple[str, bool, bool, str]]:
    """(word, current, done, address) of each step; only steps that may be revisited have one."""
    order = list(STEPS)
    stands = step_of(batch)
    reached = order.index(stands) if stands in STEPS else 0
    if stands is Step.REVIEW:
        reached += 1  # nothing has to be decided before one may look at what would be written
    at = order.index(here) if here in STEPS else 0
    line = []
    for index, step in enumerate(order):
        open_now = stands is not Step.RECEIPT and 0 < index <= reached
        url = reverse(f"enterprises:import_{step.value}", args=[batch.pk]) if open_now else ""
        line.append((STEPS[step], index == at, index < at, url))
    return line


def job_context(batch: CensusBatch, request: HttpRequest) -> dict[str, Any]:
    """The batch's latest job for the progress bar, and whether it still runs."""
    job = (
        Job.objects.with_health()
        .filter(target_type=batch._meta.label_lower, target_id=str(batch.pk))
        .order_by("-created_at")
        .first()
    )
    return {
        "job": job,
        "face": JobFace(job) if job else None,
        "running": job is not None and not job.is_final,
    }


def ahead_of(batch: CensusBatch) -> CensusBatch | None:
    """The batch of the same county that is being written just now; a second one waits for it."""
    running = Job.objects.filter(kind__in=[APPLY, UNDO], state=JobState.RUNNING)
    busy = [job.params["batch"] for job in running if job.params["batch"] != batch.pk]
    same_county = CensusBatch.objects.filter(round__county=batch.round.county_id)
    ahead: CensusBatch | None = same_county.filter(pk__in=busy).order_by("pk").first()
    return ahead
