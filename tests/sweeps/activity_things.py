"""Meetings of the eastern township's joint branch in each state, a photo, a task."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from io import BytesIO

from PIL import Image

from activities.models import Activity, ActivityDecision, ActivityPhoto, PartyGroup
from activities.photos import take
from activities.services import planning, reviewing
from activities.services.groups import form_group
from activities.services.minutes import Minutes, Presence, Resolved
from core.dates import today
from tests.activities.meeting import hold, kinds
from tests.members.paying import make_payer
from tests.world import EAST, World


@dataclass
class ActivityThings:
    """`scheduled` has not taken place, `minuted` is a draft, the others are further on."""

    scheduled: Activity
    minuted: Activity
    handed_in: Activity
    agreed: Activity
    cell: PartyGroup
    errand: ActivityDecision
    snapshot: ActivityPhoto


def activity_things(world: World) -> ActivityThings:
    branch, officer = world.joint_branch, world.east_officer
    person = make_payer(branch, f"{EAST}石会").person
    errand = Resolved(f"{EAST}走访", owner=person, due_on=today())
    given = Minutes(
        kinds=kinds("theme_day", "appraisal"),
        title=f"{EAST}主题党日",
        held_on=today() - timedelta(days=3),
        held_from=time(9),
        held_to=time(10),
        presences={person.pk: Presence(came=True)},
    )
    snapshot = take(actor=officer, file=_dot(), size=1)
    agreed = hold(branch, replace(given, decisions=[errand], photos=[snapshot.pk]), officer)
    reviewing.accept(actor=None, activity=agreed)
    return ActivityThings(
        scheduled=planning.plan(
            actor=officer,
            organization=branch,
            kinds=given.kinds,
            title=f"{EAST}下次",
            on=today(),
        ),
        cell=form_group(
            actor=officer, organization=branch, name=f"{EAST}第一党小组", on=date(2025, 1, 1)
        ),
        minuted=hold(branch, _at(given, 11), officer, submit=False),
        handed_in=hold(branch, _at(given, 13), officer),
        agreed=agreed,
        errand=agreed.decisions.get(),
        snapshot=snapshot,
    )


def _at(given: Minutes, hour: int) -> Minutes:
    return replace(given, held_from=time(hour), held_to=time(hour + 1))


def _dot() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    return BytesIO(out.getvalue())
