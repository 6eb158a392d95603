"""The record of a meeting: kept as a draft, handed in, corrected after the lock."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from activities.facts import facts_of
from activities.models import (
    Activity,
    ActivityDecision,
    ActivityPhoto,
    ActivityState,
    ActivityVersion,
    Attendance,
    AttendanceStatus,
)
from activities.services.minutes import Minutes, check, check_votes, quorum_of, same_meeting
from activities.services.reviewing import return_key
from activities.services.steps import locked, move, note, standing
from core.dates import today
from core.notices import settle
from core.refusals import clean_at
from members.services.persons import Actor
from organizations.models import PartyOrganization

AT = {
    "activities_held_in_order": "held_to",
    "activities_held_not_ahead": "held_on",
    "activities_once": "held_from",
}
MOST_PHOTOS = 6
CARRIED = ("done_on", "outcome")


class StaleError(Exception):
    """Somebody saved the record after this page was opened."""

    def __init__(self, current: Activity) -> None:
        super().__init__(current.pk)
        self.current = current


def stamp_of(activity: Activity | None) -> str:
    """What a page remembers of the record it was opened with."""
    return activity.changed_at.isoformat() if activity else ""


@transaction.atomic
def record(
    *, actor: Actor, organization: PartyOrganization, token: UUID, minutes: Minutes, submit: bool
) -> Activity:
    """A meeting that had no plan; the same `token` a second time gives the same meeting."""
    PartyOrganization.objects.select_for_update().get(pk=organization.pk)
    known: Activity | None = Activity.objects.filter(token=token).first()
    if known is not None:
        return known
    activity = Activity(
        organization=organization, token=token, state=ActivityState.HELD, created_by_id=_pk(actor)
    )
    return _written(actor, activity, minutes, "activity.submit" if submit else "activity.record")


@transaction.atomic
def revise(
    *, actor: Actor, activity: Activity, minutes: Minutes, submit: bool, stamp: str = ""
) -> Activity:
    """The record of a planned meeting, a draft or a returned record; `stamp` of `stamp_of`."""
    PartyOrganization.objects.select_for_update().get(pk=activity.organization_id)
    activity = _unchanged(activity, stamp)
    if activity.state == ActivityState.RETURNED and not submit:
        raise ValidationError("退回的记录改好后请直接提交。")
    return _written(actor, activity, minutes, "activity.submit" if submit else "activity.record")


@transaction.atomic
def correct(
    *, actor: Actor, activity: Activity, minutes: Minutes, reason: str, stamp: str = ""
) -> Activity:
    """After the lock: a new version with its reason, to be accepted again."""
    if not reason.strip():
        raise ValidationError({"reason": "更正已锁定的记录应说明原因。"})
    PartyOrganization.objects.select_for_update().get(pk=activity.organization_id)
    activity = _unchanged(activity, stamp)
    return _written(actor, activity, minutes, "activity.correct", reason)


def _unchanged(activity: Activity, stamp: str) -> Activity:
    activity = locked(activity)
    if stamp and stamp != stamp_of(activity):
        raise StaleError(activity)
    return activity


def _written(
    actor: Actor, activity: Activity, minutes: Minutes, act: str, reason: str = ""
) -> Activity:
    organization = activity.organization
    if twin := same_meeting(minutes, organization, activity.pk):
        who = f"已由{twin.created_by}登记" if twin.created_by else "已经登记"
        raise ValidationError({"held_from": f"这个时间的会议《{twin}》{who}，没有重复保存。"})
    attendances = check(minutes, organization)
    quorum = quorum_of(minutes, attendances)
    is_handed_in = act != "activity.record"
    if is_handed_in:
        check_votes(minutes, quorum)
    before = standing(activity, "version") if activity.pk else None
    move(activity, act)
    _fill(activity, minutes, attendances)
    if is_handed_in and activity.pk and activity.versions.filter(version=activity.version).exists():
        activity.version += 1
    clean_at(activity, AT)
    activity.save()
    _hang(actor, activity, minutes, attendances)
    if is_handed_in:
        ActivityVersion.objects.create(
            activity=activity,
            version=activity.version,
            facts=facts_of(activity),
            actor_id=_pk(actor),
            reason=reason,
        )
    note(activity, act, actor, reason, before=before, version=activity.version)
    if is_handed_in:
        settle([activity.created_by_id], return_key(activity))
    return activity


def _fill(activity: Activity, minutes: Minutes, attendances: list[Attendance]) -> None:
    for name in (
        "title",
        "held_on",
        "held_from",
        "held_to",
        "place",
        "group",
        "chair",
        "recorder",
        "guests",
        "content",
        "resolution",
    ):
        setattr(activity, name, getattr(minutes, name))
    came = [one for one in attendances if one.status == AttendanceStatus.CAME]
    activity.recorded_on = activity.recorded_on or today()
    activity.expected, activity.came = len(attendances), len(came)
    activity.voters = sum(one.votes for one in attendances)
    activity.voters_came = sum(one.votes for one in came)


def _hang(
    actor: Actor, activity: Activity, minutes: Minutes, attendances: list[Attendance]
) -> None:
    """Kinds, attendance, decisions and photos, in place of those before."""
    activity.kinds.set(minutes.kinds)
    activity.attendances.all().delete()
    for one in attendances:
        one.activity = activity
    Attendance.objects.bulk_create(attendances)
    _decide(activity, minutes)
    _illustrate(activity, minutes, actor)


def _decide(activity: Activity, minutes: Minutes) -> None:
    done = {
        (one.kind, one.text): {name: getattr(one, name) for name in CARRIED}
        for one in activity.decisions.exclude(done_on=None)
    }
    activity.decisions.all().delete()
    for one in minutes.decisions:
        row = ActivityDecision(activity=activity, **vars(one), **done.get((one.kind, one.text), {}))
        try:
            clean_at(row, {})
        except ValidationError as problem:
            raise ValidationError({"decisions": problem.messages}) from None
        row.save()


def _illustrate(activity: Activity, minutes: Minutes, actor: Actor) -> None:
    if len(minutes.photos) > MOST_PHOTOS:
        raise ValidationError({"photos": f"最多{MOST_PHOTOS}张照片。"})
    place = {pk: number for number, pk in enumerate(minutes.photos)}
    activity.photos.exclude(pk__in=place).update(activity=None)
    for photo in ActivityPhoto.objects.filter(
        Q(activity=activity) | Q(activity=None, owner_id=_pk(actor)), pk__in=place
    ):
        photo.activity, photo.official_order = activity, place[photo.pk]
        photo.save(update_fields=["activity", "official_order"])


def _pk(actor: Actor) -> int | None:
    return actor.pk if actor else None
