"""Addresses of members: the register, the page of one, acts, the yearly flow, sheets."""

from tests.sweeps.row import Row, key, page, thing
from tests.sweeps.stage import Stage

VIEW, CHANGE = "members.view", "members.change"


def _new(stage: Stage) -> dict[str, str]:
    return {
        "name": "东岭石来",
        "organization": stage.world.joint_branch.code,
        "category": "full",
        "accepted_on": "2015-07-01",
        "confirmed_on": "2016-07-01",
        "on": "2021-03-01",
    }


def _second(stage: Stage) -> dict[str, str]:
    return {"organization": stage.things.second_branch.code}


ROWS: dict[str, Row] = {
    "members:member_list": page(VIEW),
    "members:member_new": page(CHANGE, fill=_new),
    "members:flow": page(VIEW),
    "members:roster_print": page(VIEW),
    "members:member": thing("comrade", VIEW),
    "members:member_print": thing("comrade", VIEW),
    "members:member_edit": thing("comrade", CHANGE, fill={"education": "college"}),
    "members:member_move": thing("comrade", CHANGE, fill=_second),
    "members:member_leave": thing("comrade", CHANGE),
    "members:member_return": thing("departed", CHANGE, fill=_second),
    "members:member_confirm": thing("trainee", CHANGE),
    "members:member_extend": thing("trainee", CHANGE),
    "members:member_work": thing("comrade", CHANGE),
    "organizations:sheet_errors": page(CHANGE, kwargs=key("members"), answers=(404,)),
    "api:partymember-list": page(VIEW),
    "api:partymember-detail": thing("comrade", VIEW),
    "api:partymember-memberships": thing("comrade", VIEW),
}
