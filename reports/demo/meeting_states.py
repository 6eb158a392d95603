"""Meetings of the demonstration county in each state of their way, and a party group that meets."""

from datetime import date, time, timedelta
from uuid import uuid4

from activities.models import Activity, ActivityKind, PartyGroup
from activities.roster import roster_on
from activities.services import planning, recording, reviewing
from activities.services.groups import form_group, set_members
from activities.services.minutes import Minutes, Presence, Resolved
from members.models import Person
from organizations.models import PartyOrganization

TOO_SHORT = "内容过简：请补充讨论情况"


def store_states(branches: list[PartyOrganization], own: PartyOrganization, day: date) -> None:
    """The plans, drafts and returned records stand at the own branch, on whose page they show."""
    kinds = {kind.key: kind for kind in ActivityKind.objects.all()}
    _store_plans(own, kinds, day)
    _store_talks(own, kinds, day)
    _store_group(own, kinds, day)
    again, final = branches[:2]
    committee, on = [kinds["committee_meeting"]], day - timedelta(days=3)
    _revise(_returned(_recorded(again, committee, on)), "逐项讨论，形成一致意见。")
    accepted = reviewing.accept(actor=None, activity=_recorded(final, committee, on))
    reviewing.lock(actor=None, activity=accepted)


def _store_plans(own: PartyOrganization, kinds: dict[str, ActivityKind], day: date) -> None:
    def plan(key: str, days: int) -> Activity:
        kind, on = kinds[key], day + timedelta(days=days)
        return planning.plan(
            actor=None,
            organization=own,
            kinds=[kind],
            title=kind.topics.splitlines()[0],
            on=on,
            at=time(15),
            place="党员活动室",
        )

    plan("lecture", 12)
    planning.notify(actor=None, activity=plan("theme_day", 5))
    planning.cancel(actor=None, activity=plan("volunteering", 9))
    planning.hold(actor=None, activity=plan("open_talk", 0), on=day - timedelta(days=1))


def _store_talks(own: PartyOrganization, kinds: dict[str, ActivityKind], day: date) -> None:
    talk = [kinds["talk"]]
    _recorded(own, talk, day - timedelta(days=2), submit=False)
    _returned(_recorded(own, talk, day - timedelta(days=4)))


def _store_group(own: PartyOrganization, kinds: dict[str, ActivityKind], day: date) -> None:
    since = day - timedelta(days=40)
    still = {person.pk for person in _members(own, day)}
    people = [person for person in _members(own, since) if person.pk in still][::2]
    if not people:
        return
    group = form_group(actor=None, organization=own, name="第一党小组", on=since)
    set_members(actor=None, group=group, people=people, leader=people[0], on=since)
    _recorded(own, [kinds["group_meeting"]], day - timedelta(days=6), group=group)


def _members(branch: PartyOrganization, on: date) -> list[Person]:
    return [seat.person for seat in roster_on(branch, on) if seat.is_full or seat.is_probationary]


def _recorded(
    branch: PartyOrganization,
    kinds: list[ActivityKind],
    on: date,
    *,
    group: PartyGroup | None = None,
    submit: bool = True,
) -> Activity:
    return recording.record(
        actor=None,
        organization=branch,
        token=uuid4(),
        minutes=_minutes(branch, kinds, on, group),
        submit=submit,
    )


def _minutes(
    branch: PartyOrganization,
    kinds: list[ActivityKind],
    on: date,
    group: PartyGroup | None = None,
    content: str = "",
) -> Minutes:
    seats = roster_on(branch, on)
    inside = {row.person_id for row in group.members.all()} if group else set()
    came = [seat.person for seat in seats if not group or seat.person.pk in inside]
    owner = came[0] if came else None
    task = Resolved("汇总意见并在下次会议上通报", owner=owner, due_on=on + timedelta(days=20))
    return Minutes(
        kinds=kinds,
        title=kinds[0].topics.splitlines()[0],
        held_on=on,
        held_from=time(9, 30),
        held_to=time(11),
        place="党员活动室",
        group=group,
        content=content,
        presences={person.pk: Presence(came=True) for person in came},
        decisions=[task] if came else [],
    )


def _returned(record: Activity) -> Activity:
    return reviewing.return_record(actor=None, activity=record, reason=TOO_SHORT)


def _revise(record: Activity, content: str) -> None:
    assert record.held_on is not None
    kinds = list(record.kinds.all())
    better = _minutes(record.organization, kinds, record.held_on, content=content)
    recording.revise(actor=None, activity=record, minutes=better, submit=True)
