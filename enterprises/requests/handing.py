"""Open requests that name a leaver as the person who deals with them go to the successor."""

from typing import Any

from core import audit
from core.handover import Work, register
from enterprises.models import EnterpriseRequest
from enterprises.periods import scope_path_of
from enterprises.requests.services import CHANGE

REASON = "工作交接"


def _requests(user: Any) -> list[EnterpriseRequest]:
    rows = EnterpriseRequest.objects.visible_to(user).unfinished().filter(person=user.full_name)
    return list(
        rows.select_related(
            "enterprise__reporting_area__committee", "enterprise__county__committee"
        )
    )


def _titles(user: Any) -> list[str]:
    return [str(row) for row in _requests(user)]


def _move(leaver: Any, successor: Any, actor: Any) -> list[str]:
    rows = _requests(leaver)
    for row in rows:
        row.person = successor.full_name
    EnterpriseRequest.objects.bulk_update(rows, ["person"])
    before, after = {"person": leaver.full_name}, {"person": successor.full_name}
    audit.record_many(
        actor=actor,
        verb=CHANGE,
        reason=REASON,
        changes=(audit.Change(row, before, after, scope_path_of(row.enterprise)) for row in rows),
    )
    return [str(row) for row in rows]


def register_work() -> None:
    register(Work("企业诉求", _titles, _move))
