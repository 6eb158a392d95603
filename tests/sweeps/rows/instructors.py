"""Addresses of instructors: the register, terms and visits, who waits for one."""

from core.dates import today
from reports.needs import proposals
from tests.sweeps.row import GUIDE, SIBLING, SUPERIOR, Row, of, page, thing
from tests.sweeps.stage import Stage

VIEW, CHANGE = "members.view", "members.instructors"
OFFICIAL = {
    "name": "东岭石全",
    "home": "东岭镇党委",
    "accepted_on": "2010-07-01",
    "confirmed_on": "2011-07-01",
}


def _first_proposal(stage: Stage) -> dict[str, str]:
    return {"pair": proposals(stage.world.east_officer, today())[0].key}


def _firm(stage: Stage) -> dict[str, str]:
    return {"enterprises": stage.world.joint.name}


ROWS: dict[str, Row] = {
    "members:instructor_list": page(VIEW),
    "members:instructor_choices": page(VIEW, query="q=石"),
    "members:full_member_choices": page(VIEW, query="q=石"),
    "members:instructor": Row(VIEW, of("instructor"), frozenset({SUPERIOR, GUIDE, SIBLING})),
    "members:instructor_new": page(CHANGE, fill=OFFICIAL),
    "members:instructor_edit": thing("east_guide", CHANGE, fill={"home_unit": "东岭镇党建办"}),
    "members:instructor_leave": thing("east_guide", CHANGE),
    "members:instructor_send": thing("east_guide", CHANGE, fill=_firm),
    "members:instructor_assess": thing("east_guide", CHANGE),
    "members:assignment_list": page(VIEW),
    "members:assignment": thing("guide_term", VIEW),
    "members:assignment_renew": thing("guide_term", CHANGE),
    "members:assignment_end": thing("guide_term", CHANGE),
    "members:payment_new": thing("guide_term", CHANGE),
    "members:payment_settle": thing("payment", CHANGE),
    "reports:instructor_needs": page(VIEW),
    "reports:instructor_proposal": page(CHANGE, fill=_first_proposal),
    "api:instructorassignment-list": page(VIEW),
    "api:instructorassignment-detail": thing("guide_term", VIEW),
    "api:instructor-list": page(VIEW),
    "api:instructor-detail": thing("east_guide", VIEW),
}
