"""Finds work whose bell was not heard or whose worker died, and rings again; tidies old results."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from core.dates import today
from core.jobs import bell, files
from core.jobs.registry import nightly_kinds
from core.jobs.submit import submit
from core.models import Job

YOUNG = timedelta(minutes=1)
SOON = timedelta(seconds=3)
AT_ONCE = 200  # bells of one pass


def sweep() -> int:
    """Ring for every job that waits unheard, however old; returns how many, 0 if Redis is away."""
    later = timedelta(seconds=settings.JOB_LEASE_SECONDS / 2)
    unheard = (
        Q(pushed_at=None)
        | Q(pushed_at__lt=Now() - later)
        | Q(pushed_at__lt=Now() - SOON, created_at__gt=Now() - YOUNG)
    )
    waiting = Job.objects.claimable().filter(unheard).order_by("created_at")
    jobs = list(waiting.values_list("pk", "queue")[:AT_ONCE])
    return len(jobs) if bell.ring(jobs) else 0


def submit_nightly() -> None:
    """Once a day each nightly kind; any number of callers, late ones catch up."""
    hour = timezone.localtime().hour
    for kind in nightly_kinds():
        if hour >= kind.hour:
            submit(kind.key, owner=None, idempotency_key=f"nightly {today().isoformat()}")


def tidy() -> int:
    """Forget result files that have been kept long enough; returns how many were deleted."""
    Job.objects.filter(finished_at__lt=Now() - files.KEPT).exclude(result_file="").update(
        result_file=""
    )
    return files.remove_old()
