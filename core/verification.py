"""Each night the log's chain is gone through; whoever audits is told when something is wrong."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core import audit, chain, heads, jobs
from core.backups import drill
from core.jobs import JobRun
from core.models import AuditSeal, Job, JobState, MessageKind
from core.notices import notify
from core.permissions import holders

KIND = "core.verify_log"
VERB = "log.verify"
PERMISSION = "core.audit"
STALLED = "日志超过 10 分钟没有封存，请检查巡检进程和定时任务是否在运行。"
UNREADABLE = "库外留存的链头文件无法读取，可能被改动。"
UNNOTED = "没有库外留存的链头，日志尾部是否被截去无从核对。"


def register() -> None:
    audit.register_verb(VERB, "核验操作日志")
    jobs.register(KIND, "核验操作日志", "short", run=run, permission=PERMISSION, nightly=True)
    drill.register_check("操作日志链", check_restored)


@transaction.atomic
def request(*, actor: AbstractBaseUser) -> Job:
    """Verify now, at the wish of somebody who audits."""
    job = jobs.submit(KIND, owner=actor)
    audit.record(actor=actor, verb=VERB, target=job)
    return job


def run(run: JobRun) -> None:
    """Seal what waits, go through the chain, tell the auditors of any fault."""
    faults = [STALLED] if chain.is_stalled() else []
    chain.seal()
    try:
        noted = heads.noted()
    except (OSError, ValueError):
        noted, faults = [], [*faults, UNREADABLE]
    verdict = chain.verify(noted)
    faults = [fault for fault in (verdict.fault, *faults) if fault]
    remarks = [] if noted or not verdict.count or faults else [UNNOTED]
    if faults:
        _alarm(faults)
    run.finish(
        {"count": verdict.count, "head": verdict.head, "faults": faults},
        message="".join([f"已核验 {verdict.count:,} 条。", *faults, *remarks]),
    )


def _alarm(faults: list[str]) -> None:
    notify(
        holders(PERMISSION),
        kind=MessageKind.ACTION,
        title="操作日志核验未通过",
        body="".join(faults),
        url=reverse("core:audit_list"),
        key=f"log broken {timezone.now():%Y%m%d%H%M}",
    )


def check_restored(using: str) -> str:
    """For the restore drill: the chain of a restored database, without heads of later days."""
    verdict = chain.verify([], using)
    assert not verdict.fault, verdict.fault
    return f"{verdict.count} 条相连"


@dataclass(frozen=True)
class Mark:
    """What the page of the log says about its integrity; `tone` as of `core.templatetags.ui`."""

    tone: str
    label: str
    sentence: str
    head: str


def mark() -> Mark:
    """From the last verification and from what waits for its seal now."""
    newest = AuditSeal.objects.last()
    head = str(newest) if newest else ""
    done = Job.objects.filter(kind=KIND, state=JobState.DONE).order_by("-finished_at").first()
    if done is None or done.finished_at is None:
        return Mark("attention", "尚未核验", "系统每夜核验一次，也可以立即核验。", head)
    when = f"{timezone.localtime(done.finished_at):%Y-%m-%d %H:%M}"
    faults: list[Any] = done.result["faults"]
    if faults:
        return Mark("broken", "核验未通过", f"{when} 核验：{''.join(faults)}", head)
    if chain.is_stalled():
        return Mark("attention", "封存停滞", STALLED, head)
    return Mark("ok", "完整", f"{when} 核验 {done.result['count']:,} 条，未发现改动。", head)
