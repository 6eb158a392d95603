"""What was missed is put right: listed with a deadline, reported done, verified from above."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.dates import today
from core.states import StateTable, Transition, TransitionRefusedError
from organizations.models import (
    PartyOrganization,
    Rating,
    RatingCriterion,
    RatingState,
    Rectification,
    RectificationState,
    SiteCheck,
)
from organizations.services.acts import Actor

OPEN, DONE = RectificationState.OPEN, RectificationState.DONE
VERIFIED = RectificationState.VERIFIED
STATES = StateTable(
    RectificationState,
    (
        Transition("rectification.report", "报送整改", frozenset({OPEN}), DONE),
        Transition("rectification.verify", "核验销号", frozenset({DONE}), VERIFIED),
        Transition("rectification.return", "退回", frozenset({DONE}), OPEN),
    ),
)
Source = SiteCheck | Rating


def organization_of(source: Source) -> PartyOrganization:
    return source.site.keeper if isinstance(source, SiteCheck) else source.organization


def missed(source: Source) -> list[RatingCriterion]:
    """The criteria that a check or a confirmed rating found wanting."""
    if isinstance(source, SiteCheck):
        failed = source.items.filter(is_met=False).select_related("criterion")
        return [item.criterion for item in failed]
    if source.state != RatingState.CONFIRMED:
        return []
    items = source.items.select_related("criterion")
    return [
        item.criterion
        for item in items
        if item.violated or (not item.criterion.is_veto and item.score != item.criterion.weight)
    ]


@transaction.atomic
def open_rectifications(
    *,
    actor: Actor,
    source: Source,
    criteria: Iterable[RatingCriterion],
    responsible: str,
    due_on: date,
    problem: str = "",
) -> list[Rectification]:
    """List missed criteria to be put right by a day; each source lists a criterion once."""
    if due_on < today():
        raise ValidationError({"due_on": "整改期限不能早于今天"})
    wanting = {criterion.pk for criterion in missed(source)}
    link: dict[str, Any] = (
        {"check_record": source} if isinstance(source, SiteCheck) else {"rating": source}
    )
    made = []
    for criterion in criteria:
        if criterion.pk not in wanting:
            raise ValidationError({"criteria": f"“{criterion}”已经达标，不用整改"})
        row = Rectification(
            organization=organization_of(source),
            criterion=criterion,
            problem=problem,
            responsible=responsible,
            opened_on=today(),
            due_on=due_on,
            **link,
        )
        row.full_clean()
        row.save()
        _record(actor, "rectification.open", row, {"due_on": due_on, "responsible": responsible})
        made.append(row)
    return made


@transaction.atomic
def report_done(*, actor: Any, row: Rectification, on: date, evidence: str) -> Rectification:
    """The organization says that it is put right, with evidence."""
    row = _locked(row)
    _step(row, "rectification.report")
    if not evidence.strip():
        raise ValidationError({"evidence": "请写明整改情况和依据"})
    if not row.opened_on <= on <= today():
        raise ValidationError({"on": f"完成日期应在 {row.opened_on} 至今天之间"})
    row.done_on, row.evidence, row.done_by_id = on, evidence.strip(), actor.pk
    row.return_reason = ""
    row.save()
    _record(actor, "rectification.report", row, {"done_on": on, "evidence": row.evidence})
    return row


@transaction.atomic
def verify(*, actor: Any, row: Rectification, on: date) -> Rectification:
    """Somebody else has looked and strikes it off the list."""
    row = _locked(row)
    _step(row, "rectification.verify")
    assert row.done_on is not None  # a constraint of the table
    if row.done_by_id == actor.pk:
        raise ValidationError("核验人不能是报送人")
    if not row.done_on <= on <= today():
        raise ValidationError({"on": f"核验日期应在 {row.done_on} 至今天之间"})
    row.verified_on, row.verified_by_id = on, actor.pk
    row.save()
    _record(actor, "rectification.verify", row, {"verified_on": on})
    return row


@transaction.atomic
def return_rectification(*, actor: Any, row: Rectification, reason: str) -> Rectification:
    """What was reported does not suffice: it is open again."""
    row = _locked(row)
    _step(row, "rectification.return")
    row.return_reason = reason.strip()[:200]
    row.save()
    _record(actor, "rectification.return", row, {}, reason)
    return row


def _locked(row: Rectification) -> Rectification:
    rows = Rectification.objects.select_for_update(of=("self",))
    found: Rectification = rows.select_related("organization", "criterion").get(pk=row.pk)
    return found


def _step(row: Rectification, name: str) -> None:
    try:
        row.state = STATES.target(name, row.state)
    except TransitionRefusedError as refused:
        raise ValidationError(str(refused)) from None


def _record(
    actor: Actor, verb: str, row: Rectification, after: dict[str, Any], reason: str = ""
) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target=row,
        after={"state": row.get_state_display(), **after},
        reason=reason,
        scope_path=row.organization.path,
    )
