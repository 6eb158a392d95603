"""What one administrator cannot do alone: proposed by one, confirmed or refused by another."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import factors, roles
from accounts.models import PairedAct, ScopeGrant, User
from accounts.services.posts import give, require_possible
from core import audit
from core.models import MessageKind
from core.notices import notify
from core.refusals import clean_at

VALID = timedelta(days=7)
PROPOSE, CONFIRM = "accounts.propose", "accounts.confirm"


@transaction.atomic
def propose_administrator(
    *, actor: User, user: User, role: str, since: date, reason: str
) -> PairedAct:
    """Ask that a user become one of the three administrators."""
    require_possible(actor, user, role, None)
    kind = PairedAct.Kind.GRANT
    return _propose(actor, PairedAct(kind=kind, user=user, role=role, since=since, reason=reason))


@transaction.atomic
def propose_reset(*, actor: User, user: User, reason: str) -> PairedAct:
    """Ask that a user's second factor be taken away, because telephone and codes are lost."""
    if user.second_factor_since is None:
        raise ValidationError("该用户没有启用动态口令。")
    return _propose(actor, PairedAct(kind=PairedAct.Kind.RESET, user=user, reason=reason))


def _propose(actor: User, act: PairedAct) -> PairedAct:
    if not actor.has_perm(PROPOSE):
        raise PermissionDenied
    if act.user_id == actor.pk:
        raise ValidationError("不能办理涉及本人的事项。")
    expire_acts()
    act.proposed_by = actor
    act.expires_at = timezone.now() + VALID
    answer = "role" if act.kind == PairedAct.Kind.GRANT else "reason"
    clean_at(act, {"accounts_act_open_once": answer})
    act.save()
    _record(actor, "act.propose", act, act.reason)
    notify(
        confirmers(act),
        kind=MessageKind.ACTION,
        title=f"待复核：{act}",
        url="/users/acts/",
        key=f"paired-act-{act.pk}",
        body=f"{actor.full_name} 提出，{VALID.days} 天内有效。原因：{act.reason}",
    )
    return act


def confirmers(act: PairedAct) -> Iterable[User]:
    """The administrators who may decide: neither who proposed it nor whom it is about."""
    return (
        User.objects.in_role(*roles.ADMINISTRATORS)
        .filter(is_active=True)
        .exclude(pk__in=[act.proposed_by_id, act.user_id])
    )


@transaction.atomic
def confirm_act(*, actor: User, act: PairedAct, note: str = "") -> None:
    """The second person agrees, and it is done."""
    act = _decide(actor, act, PairedAct.Outcome.CONFIRMED, note)
    if act.kind == PairedAct.Kind.RESET:
        factors.take_away(actor=actor, user=act.user, reason=act.reason)
        return
    assert act.since is not None
    require_possible(actor, act.user, act.role, None)
    grant = ScopeGrant(
        user=act.user,
        role=act.role,
        valid_from=act.since,
        granted_by=act.proposed_by,
        confirmed_by=actor,
        document=act.reason[:100],
    )
    give(actor=actor, grant=grant)


@transaction.atomic
def refuse_act(*, actor: User, act: PairedAct, note: str) -> None:
    _decide(actor, act, PairedAct.Outcome.REFUSED, note)


def _decide(actor: User, act: PairedAct, outcome: PairedAct.Outcome, note: str) -> PairedAct:
    if not actor.has_perm(CONFIRM):
        raise PermissionDenied
    act = _open(act)
    if actor.pk == act.proposed_by_id:
        raise ValidationError("提出人不能复核自己提出的事项。")
    if actor.pk == act.user_id:
        raise ValidationError("不能办理涉及本人的事项。")
    _close(act, actor, outcome, note)
    return act


@transaction.atomic
def withdraw_act(*, actor: User, act: PairedAct) -> None:
    """Taken back by who proposed it."""
    act = _open(act)
    if actor.pk != act.proposed_by_id:
        raise ValidationError("只有提出人可以撤回。")
    _close(act, actor, PairedAct.Outcome.WITHDRAWN, "")


def _open(act: PairedAct) -> PairedAct:
    """The act, locked; refused once it is decided or too old."""
    act = PairedAct.objects.select_for_update().get(pk=act.pk)
    if act.outcome or act.expires_at <= timezone.now():
        raise ValidationError("该事项已办结或已过期。")
    return act


def _close(act: PairedAct, actor: User, outcome: PairedAct.Outcome, note: str) -> None:
    act.outcome, act.note = outcome, note
    act.decided_by, act.decided_at = actor, timezone.now()
    act.save()
    _record(actor, f"act.{outcome.value}", act, note)


def expire_acts() -> None:
    """Close what nobody has decided in time; runs each night and before each new proposal."""
    late = PairedAct.objects.filter(outcome="", expires_at__lte=timezone.now())
    late.update(outcome=PairedAct.Outcome.EXPIRED)


def _record(actor: User, verb: str, act: PairedAct, reason: str) -> None:
    after = {"kind": act.kind, "role": act.role, "outcome": act.outcome}
    audit.record(actor=actor, verb=verb, target=act.user, after=after, reason=reason)
