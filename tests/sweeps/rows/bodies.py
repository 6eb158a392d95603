"""Addresses of leading bodies: terms, elections, posts."""

from core.dates import today
from tests.sweeps.row import ABOVE, Row, of, page, thing

VIEW, RUN = "organizations.view", "organizations.election"
POSTS = "members.posts"
DAY = {"done_on": today().isoformat()}

ROWS: dict[str, Row] = {
    "organizations:term_list": page(VIEW),
    "organizations:body_election": thing("east_committee", VIEW),
    "organizations:election_open": thing("east_committee", RUN, method="POST"),
    "organizations:term_create": thing("east_committee", RUN, fill={"elected_on": "2024-05-01"}),
    "organizations:term_extend": thing("term", RUN, fill={"until": f"{today().year + 9}-01-01"}),
    "organizations:term_correct": thing("term", RUN, fill={"elected_on": "2025-03-02"}),
    "organizations:election": thing("election", VIEW),
    "organizations:election_hold": thing("election", RUN, fill={"timing_document": "东岭1号"}),
    "organizations:election_cancel": thing("election", RUN),
    "organizations:election_act": Row(
        VIEW, of("election", act="candidates"), seen_by=ABOVE, method="POST", data=DAY
    ),
    "members:post_list": page("members.view"),
    "members:secretary_change": thing(
        "east_committee", POSTS, fill={"person": "new", "name": "东岭石青"}
    ),
    "members:post_create": thing("joint_branch", POSTS, fill={"person": "new", "name": "东岭石青"}),
    "members:body_seat": thing("joint_branch", POSTS),
    "members:post": thing("body_post", "members.view"),
    "members:post_edit": thing("body_post", POSTS, fill={"document": "东岭2号"}),
    "members:post_relieve": thing("body_post", POSTS),
    "members:post_decide": thing(
        "proposal",
        "organizations.review",
        method="POST",
        data={"document": "东岭3号", "on": today().isoformat()},
    ),
    "members:opinion_record": thing(
        "body_post",
        POSTS,
        method="POST",
        data={
            "body": "union",
            "unit": "东岭工会",
            "given_on": today().isoformat(),
            "result": "agrees",
        },
    ),
}
