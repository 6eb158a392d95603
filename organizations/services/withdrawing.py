"""Taking back an act that was entered beforehand and whose day has not come."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from core import audit
from core.dates import today
from organizations import tree
from organizations.models import ChangeKind, ChangePart, OrganizationChange, PartyOrganization
from organizations.services.acts import Actor


def why_not(change: OrganizationChange) -> str:
    """Why an act cannot be taken back, in a sentence; empty when it can."""
    if change.effective_on <= today():
        return "已经生效，不能撤回；请另行办理变动。"
    if change.kind not in _UNDO:
        return (
            f"{change.get_kind_display()}同时安排了下级、企业和人员的去向，不能整件撤回；"
            "生效后可另行办理恢复或调整。"
        )
    return ""


@transaction.atomic
def withdraw_act(*, actor: Actor, change: OrganizationChange, reason: str) -> PartyOrganization:
    """All is as if the act had not been entered; the log keeps what it was and who took it back."""
    tree.lock()
    if refusal := why_not(change):
        raise ValidationError(refusal)
    subject = change.parts.get(role=ChangePart.Role.SUBJECT).organization
    others = OrganizationChange.objects.about(subject.pk).exclude(pk=change.pk)
    if others.filter(effective_on__gte=change.effective_on).exists():
        raise ValidationError("该日及以后另有变动，请先撤回后来的变动。")
    audit.record(
        actor=actor,
        verb="organization.withdraw",
        target=subject,
        before={
            **change.after,
            "effective_on": change.effective_on,
            "document": change.document,
        },
        after=change.before,
        reason=reason,
        scope_path=subject.path,
    )
    _UNDO[ChangeKind(change.kind)](subject, change.effective_on)
    change.delete()
    tree.check_places()
    return subject


def _unplace(subject: PartyOrganization, on: date) -> None:
    _reopen(subject.placements, on)


def _unname(subject: PartyOrganization, on: date) -> None:
    _reopen(subject.periods, on)


def _unguide(subject: PartyOrganization, on: date) -> None:
    _reopen(subject.guidances, on)


def _reopen(rows: Any, on: date) -> None:
    """The row that began on the day goes, the one that ended with it goes on."""
    end = rows.filter(valid_from=on).values_list("valid_to", flat=True).first()
    rows.filter(valid_from=on).delete()
    rows.filter(valid_to=on).update(valid_to=end)


def _unform(subject: PartyOrganization, on: date) -> None:
    try:
        with transaction.atomic():
            tree.uproot(subject)
    except ProtectedError:
        raise ValidationError(f"“{subject}”已有下级、企业、人员或其他记录，不能撤回。") from None


_UNDO = {
    ChangeKind.FORM: _unform,
    ChangeKind.MOVE: _unplace,
    ChangeKind.RENAME: _unname,
    ChangeKind.UPGRADE: _unname,
    ChangeKind.GUIDE: _unguide,
    ChangeKind.UNGUIDE: _unguide,
}
