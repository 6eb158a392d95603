"""Who is told of a request and when: those who deal with it, then whoever had heard it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from core.dates import today
from core.deadlines import Deadline
from core.jobs import JobRun
from core.models import MessageKind
from core.notices import notify
from enterprises.models import EnterpriseRequest, RequestState
from enterprises.models.request import CHANGE
from enterprises.periods import scope_path_of
from enterprises.requests.parameters import ACCEPT_DAYS
from organizations import audience

SHOWN = 100
# Acts of which the person who heard the request is told, and whether something is to be done.
HEARD = {
    "request.accept": MessageKind.INFORMATION,
    "request.decline": MessageKind.INFORMATION,
    "request.answer": MessageKind.ACTION,
    "request.close": MessageKind.INFORMATION,
}
TITLES = {
    "request.accept": "企业诉求已受理：{}",
    "request.decline": "企业诉求不予受理：{}",
    "request.answer": "请回访企业确认答复：{}",
    "request.close": "企业诉求已办结：{}",
}


def tell_received(row: EnterpriseRequest) -> None:
    """The users of the committee of the enterprise's area, or else of the one above it."""
    holders = audience.holders(CHANGE)
    notify(
        audience.nearest(holders, scope_path_of(row.enterprise)),
        kind=MessageKind.ACTION,
        title=f"新的企业诉求，请受理：{row}",
        url=row.get_absolute_url(),
        key=f"request:{row.pk}:received",
    )


def tell_advanced(row: EnterpriseRequest, act: str) -> None:
    """Whoever heard the request learns what became of it."""
    heard = row.steps.select_related("actor").order_by("pk").first()
    if act in HEARD and heard is not None and heard.actor is not None:
        notify(
            [heard.actor],
            kind=HEARD[act],
            title=TITLES[act].format(row),
            url=row.get_absolute_url(),
            key=f"request:{row.pk}:{act}:{row.return_count}",
        )


def deadlines(user: Any, until: date) -> Iterator[Deadline]:
    """Requests within the scope: to be accepted, handled, confirmed; most urgent first."""
    if not user.has_perm(CHANGE):
        return
    waits = Q(state=RequestState.RECEIVED) | Q(due_on__lte=until, answered_on=None)
    rows = EnterpriseRequest.objects.visible_to(user).unfinished().filter(waits)
    found = list(rows.select_related("enterprise").order_by("due_on", "received_on", "pk")[:SHOWN])
    if not found:
        return
    limit = timedelta(days=ACCEPT_DAYS.value(on=today()))
    for row in found:
        on, what = row.due_on, f"答复企业诉求（{row.get_state_display()}）"
        if on is None:
            on, what = row.received_on + limit, "受理企业诉求"
        yield Deadline(on, row.enterprise.name, what, row.get_absolute_url())


def remind(run: JobRun) -> None:
    """The nightly job: once a week the users of a committee learn how many are overdue."""
    run.finish(message=f"提醒 {send_reminders(today())} 个党组织")


def send_reminders(day: date) -> int:
    """How many committees were spoken to."""
    year, week, _ = day.isocalendar()
    overdue = EnterpriseRequest.objects.overdue(day).select_related(
        "enterprise__reporting_area__committee", "enterprise__county__committee"
    )
    numbers = Counter(scope_path_of(row.enterprise) for row in overdue)
    holders = audience.holders(CHANGE)
    for path, number in numbers.items():
        notify(
            audience.nearest(holders, path),
            kind=MessageKind.ACTION,
            title=f"{number} 件企业诉求已超过办理期限",
            url=f"{reverse('enterprises:request_list')}?overdue=true",
            key=f"requests {path} {year}-{week}",
        )
    return len(numbers)
