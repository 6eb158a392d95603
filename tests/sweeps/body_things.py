"""The leading body of the eastern township's joint branch: term, election, posts."""

from dataclasses import dataclass
from datetime import date

from core.dates import today
from members import posts
from members.models import LeadershipPost
from organizations import elections
from organizations.models import ElectionStep, LeadershipTerm, TermElection
from organizations.terms import start_term
from tests.builders import make_person
from tests.world import EAST, World


@dataclass
class BodyThings:
    """`election` waits to be held; `proposal` waits for the superior committee."""

    term: LeadershipTerm
    election: TermElection
    body_post: LeadershipPost
    proposal: LeadershipPost


def body_things(world: World) -> BodyThings:
    branch, officer = world.joint_branch, world.east_officer
    day = date(today().year - 1, 3, 1)
    term = start_term(actor=officer, organization=branch, elected_on=day)
    post = posts.change_secretary(
        actor=officer,
        organization=branch,
        person=make_person(f"{EAST}石英", home=branch),
        on=day,
        source="owner",
    )
    proposal = posts.propose(
        actor=officer,
        organization=branch,
        person=make_person(f"{EAST}石磊", home=branch),
        on=today(),
        source="sent",
    )
    return BodyThings(term, _approved(world), post, proposal)


def _approved(world: World) -> TermElection:
    election = elections.open_election(actor=world.east_officer, organization=world.joint_branch)
    elections.record_step(
        actor=world.east_officer,
        election=election,
        kind=ElectionStep.Kind.REQUEST,
        done_on=today(),
    )
    elections.submit(actor=world.east_officer, election=election)
    return elections.approve(
        actor=world.east_officer, election=election, done_on=today(), document=f"{EAST}〔2026〕1号"
    )
