"""What people left behind in the eastern township: changes with personal numbers, shared views."""

from core.models import AuditEntry, SavedView
from enterprises.services import change_enterprise
from tests.sweeps.stage import PHONE, Stage
from tests.world import EAST


def leave_traces(stage: Stage) -> None:
    world = stage.world
    change_enterprise(
        actor=world.east_officer,
        enterprise=world.joint,
        facts={"phone": PHONE, "business_address": f"{EAST}镇新址"},
        reason=f"{EAST}年报更正",
    )
    SavedView.objects.create(
        owner=world.east_officer,
        sharing=SavedView.Sharing.UNIT,
        scope_path=world.east_committee.path,
        page="enterprises",
        name=f"{EAST}视图",
        querystring="q=1",
    )


def latest_entry(stage: Stage) -> AuditEntry:
    """The change of the eastern firm."""
    entries = AuditEntry.objects.filter(verb="enterprise.change", target_id=stage.world.joint.pk)
    found: AuditEntry = entries.latest("pk")
    return found
