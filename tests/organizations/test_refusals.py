"""What a term cannot be is told at the field of the page that puts it right."""

from core.dates import today
from organizations import elections
from organizations.models import ElectionStep
from tests.organizations.test_elections import desk
from tests.world import World

Kind = ElectionStep.Kind


def test_no_term_passes_by_an_open_case(world: World) -> None:
    elections.open_election(actor=world.secretary, organization=world.own_branch)
    url = f"/orgs/{world.own_branch.pk}/terms/new"
    facts = {"elected_on": today().isoformat(), "years": "3", "form": "meeting"}
    refused = desk(world.park_officer).post(url, facts).context["form"]
    assert refused.errors == {"elected_on": ["该党组织正在办理换届，请在换届事项中登记选举结果。"]}
    assert world.own_branch.terms.count() == 0


def test_more_present_than_entitled_is_told_at_the_number_of_either_page(world: World) -> None:
    case = elections.open_election(actor=world.secretary, organization=world.own_branch)
    elections.record_step(actor=None, election=case, kind=Kind.REQUEST, done_on=today())
    elections.submit(actor=world.secretary, election=case)
    elections.approve(actor=world.park_officer, election=case, done_on=today(), document="7号")
    counts = {"entitled": "7", "present": "9", "form": "meeting"}
    held = {"done_on": today().isoformat(), **counts}
    entered = {"elected_on": "2025-03-01", "years": "3", **counts}
    for user, url, facts in (
        (world.secretary, f"/orgs/elections/{case.pk}/hold", held),
        (world.clerk, f"/orgs/{world.joint_branch.pk}/terms/new", entered),
    ):
        assert list(desk(user).post(url, facts).context["form"].errors) == ["present"]
