"""Addresses of the board and the ledgers."""

from tests.sweeps.row import ABOVE, OUTSIDER, SUPERIOR, Row, key, page, post, thing

REPORTS = "reports.view"
LEDGER = "reports.ledger"

ROWS: dict[str, Row] = {
    "reports:enterprise_list": page("enterprises.view"),
    "reports:board": page(REPORTS),
    "reports:board_recompute": post(LEDGER),
    "reports:run_publish": thing(
        "run", LEDGER, method="POST", seen_by=frozenset({SUPERIOR, OUTSIDER})
    ),
    "reports:board_list": page(
        REPORTS,
        kwargs=key("organization_coverage"),
        seen_by=ABOVE,
        query="area={east}&as_of=2026-03-31",
    ),
    "reports:ledger_list": page(REPORTS),
    "reports:ledger": page(REPORTS, kwargs=key("enterprises")),
    "reports:ledger_generate": post(
        LEDGER,
        kwargs=key("enterprises"),
        seen_by=ABOVE,
        data={"area": "{east}", "as_of": "2026-03-31"},
    ),
    "reports:ledger_issue": thing("issue", REPORTS),
    "reports:ledger_file": thing("issue", "reports.export"),
    "reports:ledger_lock": thing("issue", LEDGER, method="POST"),
}
