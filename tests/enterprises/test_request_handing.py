"""Requests that name a leaver go on with the successor."""

from core.dates import today
from core.models import AuditEntry
from enterprises.models import EnterpriseRequest
from enterprises.requests.handing import _move
from enterprises.requests.services import receive
from tests.world import World


def test_open_requests_of_a_leaver_go_to_the_successor(world: World) -> None:
    row = receive(
        actor=None,
        enterprise=world.uncovered,
        source="hotline",
        category="land",
        title="用地",
        received_on=today(),
    )
    EnterpriseRequest.objects.filter(pk=row.pk).update(person=world.west_officer.full_name)
    assert _move(world.east_officer, world.clerk, world.clerk) == []
    assert _move(world.west_officer, world.clerk, world.clerk) == [str(row)]
    row.refresh_from_db()
    assert row.person == world.clerk.full_name
    assert AuditEntry.objects.filter(target_id=str(row.pk), reason="工作交接").exists()
