"""Addresses of duties: the year grid, the year of a branch, the rules, the review queue."""

from tests.sweeps.row import Row, page, thing

VIEW, REVIEW = "activities.view", "activities.review"

ROWS: dict[str, Row] = {
    "activities:year_grid": page(VIEW),
    "activities:branch_year": thing("joint_branch", VIEW),
    "activities:checkup": thing("joint_branch", VIEW),
    "activities:duty_rules": page(VIEW),
    "activities:review_queue": page(REVIEW),
    "activities:review_accept": thing("handed_in", REVIEW, method="POST"),
    "activities:review_return": thing("handed_in", REVIEW, fill={"choice": "内容过简"}),
}
