"""Addresses of meetings: plans, records, photos, what the committee does with them."""

from core.dates import today
from tests.activities.meeting import kinds
from tests.sweeps.row import Row, page, post, thing
from tests.sweeps.stage import Stage

VIEW, RECORD, REVIEW = "activities.view", "activities.record", "activities.review"


def _kinds(stage: Stage) -> dict[str, str]:
    return {"kinds": str(kinds("lecture")[0].pk)}


ROWS: dict[str, Row] = {
    "api:activity-list": page(VIEW),
    "api:activity-detail": thing("agreed", VIEW),
    "activities:activity_list": page(VIEW),
    "activities:activity_new": page(RECORD),
    "activities:activity_record": thing("minuted", RECORD, fill=_kinds),
    "activities:activity": thing("agreed", VIEW),
    "activities:activity_print": thing("agreed", VIEW),
    "activities:activity_word": thing("agreed", VIEW),
    "activities:activity_return": thing("handed_in", REVIEW, fill={"choice": "内容过简"}),
    "activities:activity_accept": thing("handed_in", REVIEW, method="POST"),
    "activities:activity_lock": thing("agreed", REVIEW, method="POST"),
    "activities:appraisal": thing("agreed", RECORD),
    "activities:group_list": page(VIEW),
    "activities:group_new": page(RECORD),
    "activities:group_members": thing("cell", RECORD),
    "activities:group_end": thing("cell", RECORD),
    "activities:plan_new": page(RECORD, fill=_kinds),
    "activities:plan_notify": thing("scheduled", RECORD, method="POST"),
    "activities:plan_hold": thing("scheduled", RECORD),
    "activities:plan_cancel": thing("scheduled", RECORD, method="POST"),
    "activities:task": thing(
        "errand", RECORD, fill={"on": today().isoformat(), "outcome": "已走访"}
    ),
    "activities:photo_new": post(RECORD, answers=(400,)),
    "activities:photo": thing("snapshot", VIEW),
}
