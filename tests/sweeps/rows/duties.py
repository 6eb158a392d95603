"""Addresses of duties: the year grid, the year of a branch, the rules, the review queue."""

from typing import Any

from activities.models import Duty
from tests.sweeps.row import Row, page, thing
from tests.sweeps.stage import Stage

VIEW, REVIEW, PARAMETERS = "activities.view", "activities.review", "core.parameters"
DEMAND = {"on": "2026-01-01", "source": "县委〔2026〕1号"}


def _lecture(stage: Stage) -> dict[str, Any]:
    """Duties are the same for all; the sweep changes that of lectures."""
    return {"pk": Duty.objects.get(kind__key="lecture", valid_to=None).pk}


ROWS: dict[str, Row] = {
    "activities:year_grid": page(VIEW),
    "activities:branch_year": thing("joint_branch", VIEW),
    "activities:checkup": thing("joint_branch", VIEW),
    "activities:duty_rules": page(VIEW),
    "activities:duty_new": page(PARAMETERS, fill=DEMAND),
    "activities:duty_change": page(PARAMETERS, kwargs=_lecture, fill=DEMAND),
    "activities:duty_end": page(PARAMETERS, kwargs=_lecture, fill={"on": "2026-01-01"}),
    "activities:review_queue": page(REVIEW),
    "activities:review_accept": thing("handed_in", REVIEW, method="POST"),
    "activities:review_return": thing("handed_in", REVIEW, fill={"choice": "内容过简"}),
}
