"""Addresses of the register, the census and coverage lists."""

from core.identifiers import make_uscc
from tests.sweeps.row import ABOVE, Row, of, page, thing

CENSUS = "enterprises.census"
COVERAGE = "enterprises.coverage"
FORMATION = "enterprises.formation"

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
    "enterprises:coverage_apply": thing("coverage", COVERAGE, method="POST"),
    "enterprises:coverage_undo": thing("coverage", COVERAGE, method="POST"),
}
