"""Editions of ledgers: generated into a file, locked when handed out, then corrected anew."""

import uuid
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core import audit
from core.jobs import JobFailed, JobRun, submit
from core.models import Job
from organizations.models import Area
from reports.ledgers.base import Ledger
from reports.ledgers.registry import LEDGER
from reports.ledgers.workbook import write
from reports.models import LedgerIssue
from reports.units import Unit, units_on

GENERATE = "ledger.generate"
ISSUE, LOCK, FETCH = "ledger.issue", "ledger.lock", "ledger.fetch"
PERMISSION = "reports.ledger"


def unit_of(area: Area, as_of: date) -> Unit:
    """The area as a reporting unit of the day; raises ValidationError if it was none."""
    found = units_on(as_of, Area.objects.filter(pk=area.pk))
    if not found:
        raise ValidationError(f"{area}在 {as_of} 不是填报单位")
    return found[0]


def path_of(issue: LedgerIssue) -> Path:
    return Path(settings.MEDIA_ROOT) / issue.file


def needs_reason(ledger: Ledger, area: Area, as_of: date) -> bool:
    """Whether a further edition would correct one that was handed out."""
    issues = LedgerIssue.objects.filter(key=ledger.key, area=area, as_of=as_of)
    latest = issues.order_by("-version").first()
    return latest is not None and latest.is_locked


def request_issue(
    *, actor: AbstractBaseUser, ledger: Ledger, area: Area, as_of: date, reason: str = ""
) -> Job:
    """Ask for a new edition; the job asks again whether the owner may."""
    return submit(
        GENERATE,
        owner=actor,
        title=f"生成{area}{ledger.title}",
        params={
            "ledger": ledger.key,
            "area": area.code,
            "as_of": as_of.isoformat(),
            "reason": reason,
        },
        scope_path=area.committee.path,
    )


def generate(run: JobRun) -> None:
    """The job: the rights are those its owner has when it runs."""
    owner: Any = run.job.owner
    area = Area.objects.visible_to(owner).filter(code=run.params["area"]).first()
    if area is None or not owner.has_perm(PERMISSION):
        raise JobFailed("没有生成这份台账的权限。", "E-RPT-01")
    ledger = LEDGER[run.params["ledger"]]
    as_of = date.fromisoformat(run.params["as_of"])
    part = run.workfile(".xlsx")
    written = write(ledger, unit_of(area, as_of), as_of, part)
    with transaction.atomic():
        issue = _keep(owner, ledger, area, as_of, run.params["reason"])
        issue.row_count, issue.sha256 = written.rows, written.sha256
        issue.file = _move(part)
        issue.save()
        audit.record(
            actor=owner,
            verb=ISSUE,
            target=issue,
            after={"sha256": issue.sha256, "rows": issue.row_count, "as_of": as_of},
            scope_path=area.committee.path,
        )
        run.finish({"issue": issue.pk}, message=f"共 {issue.row_count} 行")


def _keep(
    actor: AbstractBaseUser, ledger: Ledger, area: Area, as_of: date, reason: str
) -> LedgerIssue:
    """The draft of the day, which a new edition replaces; after a lock the next version."""
    Area.objects.select_for_update().get(pk=area.pk)
    issues = LedgerIssue.objects.filter(key=ledger.key, area=area, as_of=as_of)
    draft: LedgerIssue | None = issues.filter(locked_at=None).first()
    if draft:
        path_of(draft).unlink(missing_ok=True)
        draft.issued_by_id, draft.issued_at, draft.reason = actor.pk, timezone.now(), reason
        return draft
    latest = issues.aggregate(latest=Max("version"))["latest"] or 0
    return LedgerIssue(
        key=ledger.key,
        area=area,
        as_of=as_of,
        version=latest + 1,
        file_name=ledger.file_name(unit_of(area, as_of), as_of),
        reason=reason,
        issued_by_id=actor.pk,
    )


def _move(part: Path) -> str:
    """Into the folder of editions, which are kept for ever."""
    folder = Path(settings.MEDIA_ROOT) / "ledgers"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    final = folder / f"{uuid.uuid4().hex}.xlsx"
    part.chmod(0o600)
    part.rename(final)
    return str(final.relative_to(settings.MEDIA_ROOT))


@transaction.atomic
def lock(*, actor: AbstractBaseUser, issue: LedgerIssue) -> LedgerIssue:
    """Hand the edition out: from now on a correction is a new version with a reason."""
    issue = LedgerIssue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if issue.is_locked:
        raise ValidationError("这一版已经锁定发布")
    issue.locked_at, issue.locked_by_id = timezone.now(), actor.pk
    issue.save(update_fields=["locked_at", "locked_by"])
    audit.record(
        actor=actor,
        verb=LOCK,
        target=issue,
        after={"sha256": issue.sha256, "version": issue.version},
        scope_path=issue.area.committee.path,
    )
    return issue
