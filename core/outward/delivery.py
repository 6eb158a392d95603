"""Tells the webhook of noted messages: a job each minute, tried again for half a day."""

import time
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from core.jobs.registry import register
from core.jobs.run import JobRun
from core.jobs.submit import submit
from core.outward import webhook
from core.outward.models import Outgoing

KIND = "outward.webhook"
# Minutes until the next try after each failed one; then it is given up.
WAITS = (1, 5, 30, 120, 720)
LONGEST = 45.0  # seconds of one job; what is left over is the next minute's
IN_A_ROW = 3  # failures that say the receiver is away


def register_kind() -> None:
    """Called from AppConfig.ready."""
    register(KIND, "向外部系统推送消息", "short", run=deliver)


def submit_due() -> None:
    """A job for what waits, at most one a minute; any number of callers."""
    if settings.WEBHOOK is None:
        return
    now = timezone.localtime()
    if Outgoing.objects.filter(next_at__lte=now).exists():
        submit(KIND, owner=None, idempotency_key=f"{now:%Y-%m-%d %H:%M}")


def deliver(run: JobRun) -> None:
    """Send what is due, oldest first. A run that dies in between leaves the rest for the next."""
    begun, sent, problems = time.monotonic(), 0, []
    in_a_row = 0
    while settings.WEBHOOK and in_a_row < IN_A_ROW and time.monotonic() - begun < LONGEST:
        outgoing = _claim()
        if outgoing is None:
            break
        run.progress(sent, stage="推送")
        problem = webhook.tell(settings.WEBHOOK, settings.SITE_URL, outgoing.message)
        _note(outgoing, problem)
        sent += not problem
        in_a_row = in_a_row + 1 if problem else 0
        problems += [problem] * bool(problem)
    told = f"送达 {sent:,} 条"
    run.finish(message=f"{told}，未送达 {len(problems):,} 条：{problems[-1]}" if problems else told)


def _claim() -> Outgoing | None:
    """The oldest one due, put off at once so that nobody else sends it meanwhile."""
    now = timezone.now()
    due = Outgoing.objects.filter(next_at__lte=now).order_by("next_at", "pk")
    for outgoing in due.select_related("message__recipient")[:5]:
        attempts = outgoing.attempts + 1
        wait = WAITS[attempts - 1] if attempts <= len(WAITS) else None
        later = now + timedelta(minutes=wait) if wait else None
        claimed = Outgoing.objects.filter(pk=outgoing.pk, next_at=outgoing.next_at)
        if claimed.update(attempts=attempts, next_at=later):
            return outgoing
    return None


def _note(outgoing: Outgoing, problem: str) -> None:
    row = Outgoing.objects.filter(pk=outgoing.pk)
    if problem:
        row.update(problem=problem[:200])
    else:
        row.update(sent_at=timezone.now(), next_at=None, problem="")
