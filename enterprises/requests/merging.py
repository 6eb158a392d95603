"""Open requests of an enterprise that was merged into another go on there."""

from typing import Any

from core import audit
from enterprises.models import Enterprise, EnterpriseRequest
from enterprises.periods import scope_path_of

MOVE = "request.move"


def move_open(*, actor: Any, absorbed: Enterprise, into: Enterprise, reason: str) -> None:
    """Days, steps and who heard it stay; what has ended stays with the enterprise that is gone."""
    rows = list(EnterpriseRequest.objects.unfinished().filter(enterprise=absorbed))
    EnterpriseRequest.objects.filter(pk__in=[row.pk for row in rows]).update(enterprise=into)
    for row in rows:
        row.enterprise = into
    before, after = {"enterprise": absorbed.pk}, {"enterprise": into.pk}
    path = scope_path_of(into)
    audit.record_many(
        actor=actor,
        verb=MOVE,
        reason=reason,
        changes=(audit.Change(row, before, after, path) for row in rows),
    )
