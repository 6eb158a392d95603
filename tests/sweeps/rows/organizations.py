"""Addresses of organizations and areas."""

from tests.sweeps.row import ABOVE, Row, key, of, page, post, thing

VIEW = "organizations.view"
CHANGE = "organizations.change"

ROWS: dict[str, Row] = {
    "organizations:organization_list": page(VIEW),
    "organizations:organization_tree": page(VIEW),
    "organizations:organization_choices": page(VIEW, query="q=党"),
    "organizations:organization_paper": page(VIEW),
    "organizations:organization_card": thing("joint_branch", VIEW),
    "organizations:organization_children": thing("east_committee", VIEW),
    "organizations:organization_print": thing("joint_branch", VIEW),
    "organizations:organization_create": page(CHANGE),
    "organizations:organization": thing("joint_branch", VIEW),
    "organizations:organization_edit": thing("joint_branch", CHANGE, fill={"short_name": "一支部"}),
    "organizations:organization_case": Row(
        CHANGE, of("joint_branch", act="abolish"), seen_by=ABOVE
    ),
    "organizations:organization_change": thing("change", VIEW),
    "organizations:change_withdraw": thing("change", CHANGE),
    "organizations:area_list": page(VIEW),
    "organizations:area_create": page(CHANGE, fill={"code": "340899777"}),
    "organizations:area": thing("east", VIEW),
    "organizations:area_edit": thing("east", CHANGE, fill={"official_order": "7"}),
    "organizations:area_hand_over": thing("east", CHANGE),
    "organizations:sheet_upload": page(CHANGE, kwargs=key("areas")),
    "organizations:sheet_preview": page(CHANGE, kwargs=key("areas")),
    "organizations:sheet_write": post(CHANGE, kwargs=key("areas"), answers=(404,)),
    "organizations:sheet_template": page(CHANGE, kwargs=key("areas"), query="filled=1"),
}
