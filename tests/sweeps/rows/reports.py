"""Addresses of the board, the ledgers and of who covers whom."""

from typing import Any

from tests.sweeps.row import ABOVE, OUTSIDER, SUPERIOR, Row, key, page, post, thing
from tests.sweeps.stage import Stage

REPORTS = "reports.view"
LEDGER = "reports.ledger"
COVERAGE = "enterprises.coverage"
FORMATION = "enterprises.formation"


def _link(stage: Stage) -> dict[str, Any]:
    """The running link of an eastern enterprise."""
    return {"pk": stage.world.joint.pk, "link_pk": stage.world.joint.coverage_links.get().pk}


ROWS: dict[str, Row] = {
    "reports:enterprise_list": page("enterprises.view"),
    "reports:cover_new": thing("joint", COVERAGE),
    "reports:cover_change": Row(COVERAGE, _link, ABOVE),
    "reports:cover_end": Row(COVERAGE, _link, ABOVE),
    "reports:formation_finder": page(REPORTS),
    "reports:formation_take": page(FORMATION, kwargs=key("1-2"), answers=(404,)),
    "reports:formation_refresh": page(FORMATION),
    "reports:board": page(REPORTS),
    "reports:board_life": page("activities.view"),
    "reports:board_outreach": page("members.view"),
    "reports:board_volume": page("activities.view"),
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
