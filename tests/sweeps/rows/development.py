"""Addresses of development: board, list, cases, steps, plan, statistics, rules."""

from core.dates import today
from members.models import DevelopmentRules
from tests.sweeps.row import ABOVE, Row, of, page, thing
from tests.sweeps.stage import Stage

VIEW, RECORD, APPROVE = "members.view", "members.development", "members.approve"
ADMINISTER = "core.parameters"
APPLICANT = {"name": "东岭石初", "born_on": "1999-01-01", "reason": "", "recommended_on": ""}


def _branch(stage: Stage) -> dict[str, str]:
    branch = stage.world.joint_branch
    return {"organization": f"{branch.name}（{branch.code}）"}


def _applicant(stage: Stage) -> dict[str, str]:
    return {**APPLICANT, **_branch(stage)}


def _rules(stage: Stage) -> dict[str, int]:
    return {"pk": DevelopmentRules.objects.get().pk}


ROWS: dict[str, Row] = {
    "members:development_board": page(VIEW),
    "members:development_list": page(VIEW),
    "members:development_new": page(RECORD, fill=_applicant),
    "members:development_statistics": page(VIEW),
    "members:development_plans": page(VIEW),
    "members:development_plan_new": page(APPROVE, fill=_branch),
    "members:rules_list": page(VIEW),
    "members:rules_new": page(
        ADMINISTER,
        fill={"name": "新细则", "document": "1号", "valid_from": today().isoformat()},
    ),
    "members:rules": Row(VIEW, _rules),
    "members:development": thing("development", VIEW),
    "members:development_edit": thing("development", RECORD, fill={"remark": "东岭备注"}),
    "members:development_move": thing("development", RECORD, fill=_branch),
    "members:development_stop": thing("development", RECORD),
    "members:development_print": Row(VIEW, of("development", form="record"), seen_by=ABOVE),
    "members:development_helpers": Row(RECORD, of("development", role="contacts"), seen_by=ABOVE),
    "members:development_step": Row(RECORD, of("development", code="review"), seen_by=ABOVE),
    "members:development_correct": thing("development_talk", RECORD, fill={"by": "东岭石磊"}),
    "api:developmentcase-list": page(VIEW),
    "api:developmentcase-detail": thing("development", VIEW),
    "api:developmentcase-steps": thing("development", VIEW),
}
