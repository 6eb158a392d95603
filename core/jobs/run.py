"""What a handler sees of its job: parameters, checkpoint, progress, the end."""

import copy
import time
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from core.jobs import ending, files, lease
from core.jobs.crash import crash_point
from core.jobs.errors import Cancelled
from core.jobs.registry import Kind
from core.models import Job, JobState

WRITE_EVERY = 1.0  # seconds between two writes that carry nothing but progress


class JobRun:
    """One attempt at a job.

    A handler works in chunks: one transaction holds the chunk's data, the new `checkpoint` and the
    call of `progress`, so that the next attempt continues exactly where the last commit was. What
    a handler commits without `progress`, `confirm` or `finish`, a run that froze may write late.
    """

    def __init__(self, job: Job, kind: Kind) -> None:
        self.job = job
        self.kind = kind
        if job.identity and job.owner:  # the work is done with the rights it was asked for with
            job.owner.assume(job.identity)
        self.params: dict[str, Any] = job.params
        self.checkpoint: dict[str, Any] = job.checkpoint
        self.cancel_seen = False
        self.told: dict[str, Any] = {}
        self._saved_checkpoint = copy.deepcopy(self.checkpoint)
        self._written_at = 0.0
        self._workfiles: list[Path] = []

    @property
    def is_over(self) -> bool:
        return self.job.is_final

    def progress(
        self, done: int, total: int | None = None, *, stage: str = "", message: str = ""
    ) -> None:
        """Save progress and checkpoint and renew the lease; raises Cancelled or LostLease."""
        values = self._news(done, total, stage, message)
        moved = self.checkpoint != self._saved_checkpoint
        if not moved and not self._is_due(values):
            return
        if moved:
            # Only a run that gets no further than the last one counts against the job.
            values["max_attempts"] = self.job.attempt + self.kind.attempts
            values["checkpoint"] = self.checkpoint
        if values.get("stage", self.job.stage) != self.job.stage:
            values["stage_at"] = Now()
        lease.write(self.job, **values)
        self.job.stage = values.get("stage", self.job.stage)
        self._saved_checkpoint = copy.deepcopy(self.checkpoint)
        self._written_at = time.monotonic()
        crash_point("chunk")

    def confirm(self) -> None:
        """Renew the lease: the present transaction commits only if the job is still ours."""
        lease.write(self.job)

    def tell(
        self, done: int, total: int | None = None, *, stage: str = "", message: str = ""
    ) -> None:
        """Show progress from within one long transaction; the heartbeat carries it outside."""
        if self.cancel_seen:
            raise Cancelled
        self.told = self._news(done, total, stage, message)

    def workfile(self, suffix: str) -> Path:
        """Where to write a result file; removed unless handed to `finish`."""
        path = files.workfile(suffix)
        self._workfiles.append(path)
        return path

    def finish(
        self,
        result: dict[str, Any] | None = None,
        *,
        message: str = "",
        file: Path | None = None,
        name: str = "",
    ) -> None:
        """End well, in the present transaction if there is one; `name` is the download's name."""
        crash_point("before_finish")
        kept = files.keep(file) if file else ""
        with transaction.atomic():
            ending.end(
                self.job,
                JobState.DONE,
                result=result or {},
                message=message,
                result_file=kept,
                result_name=name,
            )

    def clean_up(self) -> None:
        for path in self._workfiles:
            path.unlink(missing_ok=True)

    def _news(self, done: int, total: int | None, stage: str, message: str) -> dict[str, Any]:
        news: dict[str, Any] = {"done": done, "message": message}
        if total is not None:
            news["total"] = total
        if stage:
            news["stage"] = stage
        return news

    def _is_due(self, values: dict[str, Any]) -> bool:
        return (
            connection.in_atomic_block
            or values.get("stage", self.job.stage) != self.job.stage
            or time.monotonic() - self._written_at >= WRITE_EVERY
        )
