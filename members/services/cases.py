"""What the services of transfers, absences, lost and hidden members share: states and the log."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

from core import audit
from core.refusals import clean_at
from core.states import StateTable, TransitionRefusedError
from members.services.persons import Actor
from organizations.models import PartyOrganization

CHANGE = "members.change"
AT = {
    "members_transfer_once": "member",
    "members_transfer_receiver": "receiving_unit",
    "members_transfer_elsewhere": "receiver",
    "members_transfer_valid": "issued_on",
    "members_transfer_answered": "on",
    "members_transfer_in_time": "on",
    "members_transfer_told_why": "answer",
    "members_mobile_once": "member",
    "members_mobile_known": "host",
    "members_mobile_origin": "origin_unit",
    "members_mobile_host": "host_unit",
    "members_mobile_elsewhere": "host",
    "members_mobile_received": "on",
    "members_mobile_refused": "refusal",
    "members_mobile_ended": "on",
    "members_mobile_contacted": "on",
    "members_lost_once": "member",
    "members_lost_six_months": "on",
    "members_lost_two_years": "on",
    "members_lost_ended": "on",
    "members_lost_in_order": "on",
    "members_hidden_verified": "on",
    "members_hidden_settled": "on",
}
M = TypeVar("M", bound=Model)


def locked(row: M) -> M:
    """The row as it is now; nobody else may act on it until the transaction ends."""
    found: M = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    return found


def step(row: Any, table: StateTable, act: str) -> None:
    """Put the row into the state after the act; refuses an act that is not next."""
    try:
        row.state = table.target(act, row.state)
    except TransitionRefusedError as refused:
        raise ValidationError(f"{refused}。") from None


def keep(
    actor: Actor,
    row: Any,
    verb: str,
    *,
    at: PartyOrganization,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any],
    reason: str = "",
) -> None:
    """Check, save and log a row that an act changed; `at` is the organization that acts."""
    clean_at(row, AT)
    row.save()
    audit.record(
        actor=actor,
        verb=verb,
        target=row,
        before=plain(before) if before else None,
        after=plain(after),
        reason=reason,
        scope_path=at.path,
    )


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as the log keeps them: rows by their names."""
    return {name: str(v) if isinstance(v, Model) else v for name, v in facts.items()}


def change(
    actor: Actor,
    row: Any,
    verb: str,
    *,
    at: PartyOrganization,
    facts: Mapping[str, Any],
    reason: str,
) -> None:
    """Correct what was noted; what acts have written is corrected by another act."""
    old = plain({name: getattr(row, name) for name in facts})
    for name, value in facts.items():
        setattr(row, name, value)
    before, after = audit.difference(old, plain(facts))
    if after:
        keep(actor, row, verb, at=at, before=before, after=after, reason=reason)


def words_at(**given: str) -> None:
    """Refuse words that are lacking, each at its field: sentences by field, empty if in order."""
    if lacking := {name: [sentence] for name, sentence in given.items() if sentence}:
        raise ValidationError(lacking)


def not_before(on: date, day: date, what: str) -> None:
    """Refuse, at `on`, a day before another one."""
    if on < day:
        raise ValidationError({"on": f"不能早于{what} {day}。"})
