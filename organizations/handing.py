"""Open rectifications that name a leaver go to the successor with the leaver's other work."""

from typing import Any

from core import audit
from core.handover import Work, register
from organizations.models import Rectification, RectificationState

REASON = "工作交接"


def _open(user: Any) -> list[Rectification]:
    """Within the user's scope, not yet verified, with the user as the person responsible."""
    named = Rectification.objects.visible_to(user).filter(responsible=user.full_name)
    unsettled = named.exclude(state=RectificationState.VERIFIED)
    return list(unsettled.select_related("organization", "criterion"))


def _titles(user: Any) -> list[str]:
    return [str(row) for row in _open(user)]


def _move(leaver: Any, successor: Any, actor: Any) -> list[str]:
    moved = _open(leaver)
    for row in moved:
        row.responsible = successor.full_name
        row.save(update_fields=["responsible"])
        audit.record(
            actor=actor,
            verb="rectification.hand_over",
            target=row,
            before={"responsible": leaver.full_name},
            after={"responsible": successor.full_name},
            reason=REASON,
            scope_path=row.organization.path,
        )
    return [str(row) for row in moved]


def register_work() -> None:
    register(Work("整改事项", _titles, _move))
