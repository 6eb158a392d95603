"""Addresses of sites, ratings, rectifications and of what enterprises are classified by."""

from tests.sweeps.row import Row, of, page, thing

VIEW = "organizations.view"
SITES, RATE = "organizations.sites", "organizations.rate"
SCHEMES = "organizations.schemes"

ROWS: dict[str, Row] = {
    "organizations:site_list": page(VIEW),
    "organizations:site_create": page(SITES),
    "organizations:site": thing("site", VIEW),
    "organizations:site_edit": thing("site", SITES),
    "organizations:site_close": thing("site", SITES),
    "organizations:site_centre": thing("site", SITES),
    "organizations:site_check": thing("site", SITES),
    "organizations:check_rectify": thing("failed_check", SITES),
    "organizations:centre_list": page(VIEW),
    "organizations:demonstration_list": page(VIEW),
    "organizations:demonstration_create": page(SITES),
    "organizations:demonstration": thing("point", VIEW),
    "organizations:demonstration_edit": thing("point", SITES),
    "organizations:demonstration_withdraw": thing("point", SITES),
    "organizations:rating_list": page(VIEW),
    "organizations:rating_create": page(RATE),
    "organizations:rating": thing("submitted", VIEW),
    "organizations:rating_self": thing("draft", RATE),
    "organizations:rating_judge": thing("submitted", SITES),
    "organizations:rating_return": thing("submitted", SITES),
    "organizations:rating_withdraw": thing("confirmed", SITES),
    "organizations:rating_rectify": thing("confirmed", SITES),
    "organizations:rectification_list": page(VIEW),
    "organizations:rectification": thing("open_task", VIEW),
    "organizations:rectification_report": thing("open_task", RATE),
    "organizations:rectification_verify": thing("done_task", SITES),
    "organizations:rectification_return": thing("done_task", SITES),
    "organizations:scheme_list": page(VIEW),
    "organizations:scheme_create": page(SCHEMES),
    "organizations:scheme": Row(VIEW, of("scheme")),
    "organizations:scheme_edit": Row(SCHEMES, of("scheme")),
    "enterprises:enterprise_classes": thing("joint", "enterprises.change"),
    "enterprises:class_end": thing("classification", "enterprises.change"),
}
