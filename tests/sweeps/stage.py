"""The World with something of the eastern township on every page."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core.jobs import run_now, submit
from core.models import Job, Message, MessageKind
from core.notices import notify
from enterprises.census import intake, uploads
from enterprises.formation.services import open_plans
from enterprises.models import (
    BatchState,
    CensusBatch,
    CoverageBatch,
    Enterprise,
    FormationPlan,
    FormationReason,
    Source,
)
from organizations.models import ChangeKind, ChangePart, OrganizationChange
from reports.models import CoverageRun, LedgerIssue
from reports.runs import freeze
from tests.builders import make_enterprise
from tests.enterprises.census import lists
from tests.sweeps.account_things import AccountThings, account_things
from tests.sweeps.activity_things import ActivityThings, activity_things
from tests.sweeps.body_things import BodyThings, body_things
from tests.sweeps.branch_things import BranchThings, branch_things
from tests.sweeps.contact_things import ContactThings, contact_things
from tests.sweeps.development_things import DevelopmentThings, development_things
from tests.sweeps.dues_things import DuesThings, dues_things
from tests.sweeps.flow_things import FlowThings, flow_things
from tests.sweeps.instructor_things import InstructorThings, instructor_things
from tests.sweeps.member_things import MemberThings, member_things
from tests.sweeps.site_things import SiteThings, site_things
from tests.world import EAST, World, build_world

DAY = date(2026, 3, 31)
PHONE = "13812345678"


@dataclass
class Things(
    AccountThings,
    ActivityThings,
    BodyThings,
    BranchThings,
    ContactThings,
    DevelopmentThings,
    DuesThings,
    FlowThings,
    InstructorThings,
    MemberThings,
    SiteThings,
):
    """What the eastern officer owns or works on."""

    review: CensusBatch
    applied: CensusBatch
    coverage: CoverageBatch
    issue: LedgerIssue
    job: Job
    message: Message
    run: CoverageRun
    change: OrganizationChange
    plan: FormationPlan


@dataclass
class Stage:
    world: World
    things: Things


def build_stage() -> Stage:
    world = build_world()
    sewing = make_enterprise(
        f"{EAST}制衣有限公司", county=world.county, area=world.east, phone=PHONE
    )
    rows = [lists.firm(f"{EAST}新茶有限公司", 1, 联系电话=PHONE)]
    applied = lists.write(world.county, rows, area=world.east)
    notify(
        [world.east_officer],
        kind=MessageKind.ACTION,
        title=f"{EAST}待办",
        url="/messages",
        key="1",
    )
    things = Things(
        **_of_apps(world, sewing),
        review=_review(world),
        applied=applied,
        coverage=_coverage(world),
        issue=_issue(world),
        job=submit(
            "core.list_bulk",
            owner=world.east_officer,
            params={},
            idempotency_key="1",
            title=f"{EAST}批量办理",
        ),
        message=Message.objects.get(dedupe_key="1"),
        run=freeze(DAY),
        change=_change(world),
        plan=open_plans(actor=None, reasons={sewing: FormationReason.OTHER}, on=DAY)[0],
    )
    return Stage(world, things)


def _of_apps(world: World, sewing: Enterprise) -> dict[str, Any]:
    """What the modules beside this one put on the stage."""
    parts: tuple[Any, ...] = (
        site_things(world),
        body_things(world),
        member_things(world),
        development_things(world),
        dues_things(world),
        account_things(world),
        contact_things(world, sewing),
        instructor_things(world, sewing),
        flow_things(world),
        activity_things(world),
        branch_things(world),
    )
    return {name: thing for part in parts for name, thing in vars(part).items()}


def _change(world: World) -> OrganizationChange:
    change = OrganizationChange.objects.create(
        kind=ChangeKind.RENAME, effective_on=DAY, document=f"{EAST}1号"
    )
    ChangePart.objects.create(
        change=change, organization=world.joint_branch, role=ChangePart.Role.SUBJECT
    )
    return change


def _review(world: World) -> CensusBatch:
    """A list that the eastern officer has uploaded and must now judge."""
    lines = (
        "企业名称,统一社会信用代码,法定代表人,住所,联系电话",
        f"{EAST}茶业股份有限公司,{world.joint.uscc},王建国,江南县{EAST}镇1号,{PHONE}",
        f"{EAST}错码有限公司,91340899MA00000000,王建国,江南县{EAST}镇2号,{PHONE}",
    )
    batch = uploads.start_batch(
        actor=world.east_officer,
        content=BytesIO("\n".join(lines).encode()),
        name=f"{EAST}名单.csv",
        census_round=intake.open_round(world.county, DAY),
        source=Source.TAX,
        area=world.east,
    )
    _work()
    batch.refresh_from_db()
    uploads.confirm_mapping(
        actor=world.east_officer, batch=batch, fields=batch.layout["fields"], remember=False
    )
    _work()
    batch.refresh_from_db()
    assert batch.state == BatchState.RECONCILED
    return batch


def _work() -> None:
    """What waits in the queue, as the worker would do it."""
    for job in Job.objects.filter(state="queued"):
        run_now(job)


def _coverage(world: World) -> CoverageBatch:
    return CoverageBatch.objects.create(
        county=world.county,
        scope_path=world.east_committee.path,
        as_of=DAY,
        file="none.csv",
        sha256="0" * 64,
        original_name=f"{EAST}覆盖.csv",
        state=CoverageBatch.State.PLANNED,
    )


def _issue(world: World) -> LedgerIssue:
    file = default_storage.save("results/east.xlsx", ContentFile(EAST.encode()))
    return LedgerIssue.objects.create(
        key="enterprises", area=world.east, as_of=DAY, file=file, file_name=f"{EAST}.xlsx"
    )
