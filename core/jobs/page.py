"""A job as its page and its bar show it: one true sentence, how far, what may be done."""

from dataclasses import dataclass
from typing import Any

from core.jobs.ending import outcome_url
from core.jobs.registry import kind_of
from core.models import Job, JobState

TONES = {
    JobState.QUEUED: "none",
    JobState.RUNNING: "running",
    JobState.DONE: "ok",
    JobState.FAILED: "broken",
    JobState.CANCELLED: "none",
}
CHANNEL_AWAY = "排队中（任务通道暂不可用，恢复后自动继续）"
INTERRUPTED = "任务中断，系统稍后从中断处自动继续"
CANCELLING = "正在取消"


@dataclass(frozen=True)
class JobFace:
    """What templates need; `job` comes from a queryset `with_health`."""

    job: Any

    @property
    def kind_label(self) -> str:
        kind = kind_of(self.job.kind)
        return kind.label if kind else self.job.kind

    @property
    def tone(self) -> str:
        return "attention" if self.job.interrupted else TONES[JobState(self.job.state)]

    @property
    def state_label(self) -> str:
        return "任务中断" if self.job.interrupted else str(self.job.get_state_display())

    @property
    def sentence(self) -> str:
        """The state in words, with stage, numbers, speed and remaining time while it runs."""
        job: Job = self.job
        if job.is_final:
            return job.message
        if job.cancel_requested:
            return CANCELLING
        if job.state == JobState.QUEUED:
            return "排队中" if job.pushed_at else CHANNEL_AWAY
        if self.job.interrupted:
            return INTERRUPTED
        return "，".join(filter(None, [self._where(), job.message, self._pace()]))

    def _where(self) -> str:
        stage = self.job.stage or "正在处理"
        if not self.job.total:
            return f"{stage} {self.job.done:,}" if self.job.done else stage
        return f"{stage} {self.job.done:,}/{self.job.total:,}"

    def _pace(self) -> str:
        job = self.job
        seconds = (job.now - job.stage_at).total_seconds() if job.stage_at else 0
        if not job.total or seconds < 3 or not 0 < job.done < job.total:
            return ""
        speed = job.done / seconds
        return f"每秒 {speed:,.0f} 条，约剩 {_duration((job.total - job.done) / speed)}"

    @property
    def is_open(self) -> bool:
        return not self.job.is_final

    @property
    def can_cancel(self) -> bool:
        return self.is_open and not self.job.cancel_requested

    @property
    def can_retry(self) -> bool:
        return self.job.interrupted or self.job.state in {JobState.FAILED, JobState.CANCELLED}

    @property
    def has_file(self) -> bool:
        return self.job.state == JobState.DONE and bool(self.job.result_file)

    @property
    def file_expired(self) -> bool:
        return bool(self.job.result_name) and not self.job.result_file

    @property
    def outcome_url(self) -> str:
        return outcome_url(self.job)


def may_download(user: Any, job: Job) -> bool:
    """The owner, as long as the right and the scope that the file was made under still hold."""
    kind = kind_of(job.kind)
    return (
        job.owner_id == user.pk
        and kind is not None
        and (not kind.permission or user.has_perm(kind.permission))
        and (not job.scope_path or user.scope.covers(job.scope_path))
    )


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{max(1, round(seconds))} 秒"
    if seconds < 3600:
        return f"{round(seconds / 60)} 分钟"
    return f"{seconds / 3600:.1f} 小时"
