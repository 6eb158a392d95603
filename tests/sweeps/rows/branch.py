"""Addresses of what a branch keeps beside its meetings: posts of members, suggestions."""

from tests.sweeps.row import Row, page, thing

VIEW, RECORD = "activities.view", "activities.record"


ROWS: dict[str, Row] = {
    "activities:study_list": page(VIEW),
    "activities:member_post_list": page(VIEW),
    "activities:member_post_new": page(RECORD),
    "activities:member_post": thing("held_post", VIEW),
    "activities:member_post_edit": thing("held_post", RECORD, fill={"valid_to": "2026-01-01"}),
    "activities:suggestion_list": page(VIEW),
    "activities:suggestion_new": page(RECORD),
    "activities:suggestion": thing("idea", VIEW),
    "activities:suggestion_edit": thing("idea", RECORD, fill={"enterprise": ""}),
    "activities:suggestion_answer": thing("idea", RECORD),
}
