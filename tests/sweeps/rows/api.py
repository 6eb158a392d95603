"""Addresses of the API."""

from tests.sweeps.row import MINE, SYSTEM, Row, page, thing

VIEW = "organizations.view"
REPORTS = "reports.view"

ROWS: dict[str, Row] = {
    "api:enterprise-list": page("enterprises.view"),
    "api:enterprise-detail": thing("joint", "enterprises.view"),
    "api:area-list": page(VIEW),
    "api:area-detail": thing("east", VIEW),
    "api:partyorganization-list": page(VIEW),
    "api:partyorganization-detail": thing("joint_branch", VIEW),
    "api:partyorganization-changes": thing("joint_branch", VIEW),
    "api:formationplan-list": page("enterprises.view"),
    "api:formationplan-detail": thing("plan", "enterprises.view"),
    "api:contactpoint-list": page("enterprises.view"),
    "api:contactpoint-detail": thing("contact", "enterprises.view"),
    "api:enterpriserequest-list": page("enterprises.view"),
    "api:enterpriserequest-detail": thing("request", "enterprises.view"),
    "api:site-list": page(VIEW),
    "api:site-detail": thing("site", VIEW),
    "api:demonstrationpoint-list": page(VIEW),
    "api:demonstrationpoint-detail": thing("point", VIEW),
    "api:rating-list": page(VIEW),
    "api:rating-detail": thing("submitted", VIEW),
    "api:job-list": page(speaks="the system administrator reads titles of all jobs"),
    "api:job-detail": thing("job", seen_by=MINE | {SYSTEM}, speaks="as the list"),
    "api:coverage": page(REPORTS),
    "api:schema": page(),
    "api:no_such_route": page(answers=(404,)),
}
