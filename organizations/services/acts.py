"""What all acts share: their checks, their entry in the history, their entry in the log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError

from core import audit, horizon
from core.horizon import Reach
from organizations.closing import Settled
from organizations.models import ChangeKind, ChangePart, OrganizationChange, PartyOrganization
from organizations.models.change import WITHOUT_DOCUMENT

Actor = AbstractBaseUser | None
Role = ChangePart.Role
Part = tuple[PartyOrganization, ChangePart.Role]


@dataclass(frozen=True)
class Act:
    """One act on the tree; raises ValidationError for a wild day or a lacking document."""

    actor: Actor
    kind: ChangeKind
    on: date
    document: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        horizon.require(self.on, Reach.ACT, "on")
        if not self.document.strip() and self.kind not in WITHOUT_DOCUMENT:
            raise ValidationError({"document": f"{self.kind.label}须填写批准文号。"})

    def enter(
        self,
        subject: PartyOrganization,
        *parts: Part,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        settled: Iterable[Settled] = (),
    ) -> OrganizationChange:
        """Write the act into the history of all its parts and into the log."""
        done = list(settled)
        change = OrganizationChange.objects.create(
            kind=self.kind,
            effective_on=self.on,
            document=self.document.strip(),
            reason=self.reason,
            actor_id=self.actor.pk if self.actor else None,
            before=dict(before or {}),
            after=dict(after or {}),
            consequences=[line for one in done for line in one.lines],
            pending=[row for one in done for row in one.pending],
        )
        change.homeless = [row for one in done for row in one.homeless]
        ChangePart.objects.bulk_create(
            ChangePart(change=change, organization=organization, role=role)
            for organization, role in [(subject, Role.SUBJECT), *parts]
        )
        audit.record(
            actor=self.actor,
            verb=f"organization.{self.kind}",
            target=subject,
            before=before,
            after={**(after or {}), "effective_on": self.on, "document": change.document},
            reason=self.reason,
            scope_path=subject.path,
        )
        return change


def correct(
    actor: Actor, verb: str, target: Any, facts: dict[str, Any], reason: str, scope_path: str
) -> dict[str, Any]:
    """Set facts of a row and log the difference; returns what differed, with its new values."""
    before = {name: getattr(target, name) for name in facts}
    for name, value in facts.items():
        setattr(target, name, value)
    target.full_clean()
    target.save()
    before, after = audit.difference(_plain(before), _plain(facts))
    if after:
        audit.record(
            actor=actor,
            verb=verb,
            target=target,
            before=before,
            after=after,
            reason=reason,
            scope_path=scope_path,
        )
    return after


def _plain(state: dict[str, Any]) -> dict[str, Any]:
    """Objects by their names, everything else as it is."""
    return {name: str(value) if hasattr(value, "pk") else value for name, value in state.items()}
