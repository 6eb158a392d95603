"""What the product must know of reports: verbs of the log and kinds of job."""

from django.urls import reverse

from core import audit, deadlines, jobs
from core.models import Job
from enterprises.figures import RECOMPUTE
from reports import consequences, runs
from reports.demo import load
from reports.formation import notices, queue
from reports.ledgers import issues


def register() -> None:
    """Called once when the apps are ready."""
    consequences.register()
    for verb, label in (
        (runs.PUBLISH, "发布覆盖率核算"),
        (issues.ISSUE, "生成台账"),
        (issues.LOCK, "锁定发布台账"),
        (issues.FETCH, "下载台账"),
        (load.LOADED, "载入演示县"),
    ):
        audit.register_verb(verb, label)
    jobs.register(RECOMPUTE, "核算覆盖率", "short", run=runs.recompute, url=_board, nightly=True)
    jobs.register(
        queue.REFRESH, "更新应建未建清单", "short", run=queue.refresh, url=_queue, nightly=True
    )
    deadlines.register("formation", "组建党组织", notices.deadlines)
    jobs.register(
        issues.GENERATE,
        "生成台账",
        "export",
        run=issues.generate,
        permission=issues.PERMISSION,
        url=_issue,
    )


def _issue(job: Job) -> str:
    issue = job.result.get("issue")
    return reverse("reports:ledger_issue", args=[issue]) if issue else ""


def _board(job: Job) -> str:
    return reverse("reports:board")


def _queue(job: Job) -> str:
    return reverse("enterprises:formation_list")
