"""Records of meetings that duties ask of a branch's secretary, for the page of the burden."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from activities.duties import Applies
from activities.forms import RecordForm
from activities.models import Duty
from core.burden import Demand

OF_BRANCHES = (Applies.BRANCH, Applies.COMMITTEE, Applies.GROUPS)


def of_month(user: Any, first: date, last: date) -> Iterator[Demand]:
    """Duties in force at the end of the month; those for all branches are the same everywhere."""
    fields = len(RecordForm.base_fields)
    for duty in Duty.objects.as_of(last).filter(kind__isnull=False).select_related("kind"):
        if duty.applies in OF_BRANCHES:
            what = f"{duty.name}（{duty.get_applies_display()}）"
            times = Fraction(duty.times * duty.every, 12)
            yield Demand("branch_secretary", what, times, fields, duty.source)
