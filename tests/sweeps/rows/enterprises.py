"""Addresses of the register, the census and coverage lists."""

from core.dates import today
from core.identifiers import make_uscc
from tests.sweeps.row import ABOVE, Row, of, page, thing

CENSUS = "enterprises.census"
COVERAGE = "enterprises.coverage"
FORMATION = "enterprises.formation"
CONTACTS = "enterprises.contacts"
REQUESTS, RAISE = "enterprises.requests", "enterprises.raise"

ROWS: dict[str, Row] = {
    "enterprises:enterprise_choices": page("enterprises.view", query="q=有限公司"),
    "enterprises:enterprise_new": page(
        "enterprises.change", fill={"uscc": make_uscc("340899", 777)}
    ),
    "enterprises:enterprise_detail": thing("joint", "enterprises.view"),
    "enterprises:enterprise_change": thing(
        "joint", "enterprises.change", fill={"business_address": "东岭镇3号"}
    ),
    "enterprises:formation_list": page("enterprises.view"),
    "enterprises:formation_plan": thing("plan", "enterprises.view"),
    "enterprises:formation_edit": thing("plan", FORMATION),
    "enterprises:formation_act": Row(FORMATION, of("plan", act="close"), ABOVE),
    "enterprises:contact_list": page("enterprises.view"),
    "enterprises:contact_new": page(CONTACTS),
    "enterprises:contact": thing("contact", "enterprises.view"),
    "enterprises:contact_edit": thing("contact", CONTACTS, fill={"post": "东岭镇镇长"}),
    "enterprises:contact_visit": thing(
        "contact", CONTACTS, fill={"title": "东岭用电紧张", "category": "utilities"}
    ),
    "enterprises:contact_sum_up": thing("contact", CONTACTS),
    "enterprises:contact_end": thing("contact", CONTACTS, fill={"on": f"{today().year}-12-31"}),
    "enterprises:request_list": page("enterprises.view"),
    "enterprises:request_new": page(RAISE),
    "enterprises:request": thing("request", "enterprises.view"),
    "enterprises:request_edit": thing("request", REQUESTS, fill={"content": "东岭缺工"}),
    "enterprises:request_act": Row(REQUESTS, of("request", act="accept"), ABOVE),
    "enterprises:round_list": page(CENSUS),
    "enterprises:batch_list": page(CENSUS),
    "enterprises:batch_new": page(CENSUS),
    "enterprises:import_template": page(CENSUS, query="filled=1"),
    "enterprises:import_batch": thing("review", CENSUS),
    "enterprises:import_columns": thing("review", CENSUS),
    "enterprises:import_header": thing("review", CENSUS, method="POST"),
    "enterprises:import_review": thing("review", CENSUS),
    "enterprises:import_confirm": thing("review", CENSUS),
    "enterprises:import_receipt": thing("applied", CENSUS),
    "enterprises:import_errors": thing("review", CENSUS),
    "enterprises:import_undo": thing("applied", CENSUS),
    "enterprises:import_cancel": thing("review", CENSUS, method="POST"),
    "enterprises:coverage_upload": page(COVERAGE),
    "enterprises:coverage_template": page(COVERAGE),
    "enterprises:coverage_batch": thing("coverage", COVERAGE),
    "enterprises:coverage_decide": thing("coverage", COVERAGE, method="POST"),
    "enterprises:coverage_apply": thing("coverage", COVERAGE, method="POST"),
    "enterprises:coverage_undo": thing("coverage", COVERAGE, method="POST"),
}
