"""Contact points at which the leader has been less often than he should before the year ends."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from core.dates import today
from core.deadlines import Deadline
from enterprises.contacts.figures import with_results
from enterprises.contacts.parameters import VISITS_A_YEAR
from enterprises.models import ContactPoint

PERMISSION = "enterprises.contacts"
SHOWN = 100


def deadlines(user: Any, until: date) -> Iterator[Deadline]:
    """Those within the scope that end by that day; their last day is the latest for a visit."""
    if not user.has_perm(PERMISSION):
        return
    points = ContactPoint.objects.visible_to(user).as_of(today())
    ending = with_results(points.filter(valid_to__lte=until + timedelta(days=1)))
    rows = ending.select_related("enterprise").order_by("visit_count", "valid_to", "pk")[:SHOWN]
    found = list(rows)
    if not found:
        return
    expected = VISITS_A_YEAR.value(on=today())
    for point in found:
        if point.visit_count < expected:
            yield Deadline(
                point.valid_to - timedelta(days=1),
                str(point),
                f"走访联系企业（已 {point.visit_count} 次，每年至少 {expected} 次）",
                point.get_absolute_url(),
            )
