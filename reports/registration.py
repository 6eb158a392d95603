"""What the product must know of reports: verbs of the log and kinds of job."""

from django.urls import reverse

from core import audit, jobs
from core.models import Job
from reports import runs


def register() -> None:
    """Called once when the apps are ready."""
    audit.register_verb(runs.PUBLISH, "发布覆盖率核算")
    jobs.register(
        runs.RECOMPUTE, "核算覆盖率", "short", run=runs.recompute, url=_board, nightly=True
    )


def _board(job: Job) -> str:
    return reverse("reports:board")
