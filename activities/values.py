"""A record as field values: what a form sends, a draft keeps and a page shows are one shape."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from activities.models import Activity, ActivityKind, AttendanceStatus
from activities.querysets import HELD
from core.dates import today
from members.models import LeadershipPost, PostKind
from organizations.models import PartyOrganization

Values = dict[str, list[str]]
HALF_HOUR = 30
FROM_LAST = ("place", "chair", "recorder")
COPIED = ("kinds", "title", "content", "resolution", "guests")
SENT = (
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
)
DECISION = ("text", "kind", "owner", "due_on", "ayes", "noes", "abstentions")


def last_of(organization: PartyOrganization) -> Activity | None:
    """The latest meeting on record: where the next one begins."""
    rows = Activity.objects.filter(organization=organization, state__in=HELD)
    found: Activity | None = rows.order_by("-held_on", "-held_from", "-pk").first()
    return found


def blank(organization: PartyOrganization, last: Activity | None, *, copy: bool = False) -> Values:
    """A new record: today, the hour, place and chair of last time; `copy` takes its text too."""
    before = of_activity(last) if last else {}
    begins, ends = _hours(last)
    values = {name: before[name] for name in FROM_LAST if any(before.get(name, []))}
    if "chair" not in values and (secretary := _secretary_of(organization)):
        values["chair"] = [secretary]
    if copy:
        values |= {name: before[name] for name in COPIED if name in before}
    return {
        "token": [str(uuid4())],
        "held_on": [today().isoformat()],
        "held_from": [f"{begins:%H:%M}"],
        "held_to": [f"{ends:%H:%M}"],
        **values,
    }


def of_plan(activity: Activity, last: Activity | None) -> Values:
    """A planned meeting that shall get its record."""
    values = blank(activity.organization, last)
    values |= {"kinds": _keys(activity), "title": [activity.title]}
    if activity.place:
        values["place"] = [activity.place]
    day, at = activity.day, activity.held_from or activity.planned_from
    if day and day <= today():
        values["held_on"] = [day.isoformat()]
        if at:
            values["held_from"] = [f"{at:%H:%M}"]
            values["held_to"] = [f"{_later(at, timedelta(hours=1)):%H:%M}"]
    return values


def of_activity(activity: Activity) -> Values:
    """The record that there is."""
    values: Values = {
        "kinds": _keys(activity),
        **{
            name: [str(getattr(activity, name) or "")]
            for name in ("title", "held_on", "place", "guests", "content", "resolution")
        },
        **{
            name: [f"{at:%H:%M}" if (at := getattr(activity, name)) else ""]
            for name in ("held_from", "held_to")
        },
        **{
            name: [str(getattr(activity, f"{name}_id") or "")]
            for name in ("chair", "recorder", "group")
        },
        "photos": [str(pk) for pk in activity.photos.values_list("pk", flat=True)],
    }
    for one in activity.attendances.all():
        if one.status == AttendanceStatus.CAME:
            values[f"came-{one.person_id}"] = ["on"]
        values[f"why-{one.person_id}"] = [one.reason]
        values[f"made-{one.person_id}"] = [str(one.made_up_on or "")]
    for place, row in enumerate(activity.decisions.all()):
        for name in DECISION:
            value = row.owner_id if name == "owner" else getattr(row, name)
            values[f"decision-{place}-{name}"] = ["" if value is None else str(value)]
    return values


def of_post(posted: Any) -> Values:
    return {name: [str(value) for value in values] for name, values in posted.lists()}


def of_sent(sent: Mapping[str, Any]) -> Values:
    """What another program sends: kinds by their keys, presences and decisions as lists."""
    keys = ActivityKind.objects.in_bulk(sent["kinds"], field_name="key")
    values: Values = {
        "kinds": [str(keys[key].pk) if key in keys else f"代码{key}" for key in sent["kinds"]]
    }
    for name in SENT:
        values[name] = [_plain(sent.get(name))]
    for one in sent["attendances"]:
        pk = one["person"]
        if one["came"]:
            values[f"came-{pk}"] = ["on"]
        values[f"why-{pk}"] = [one.get("reason", "")]
        values[f"made-{pk}"] = [_plain(one.get("made_up_on"))]
    for place, row in enumerate(sent.get("decisions", ())):
        for name in DECISION:
            values[f"decision-{place}-{name}"] = [_plain(row.get(name))]
    return values


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _secretary_of(organization: PartyOrganization) -> str:
    posts = LeadershipPost.objects.as_of(today()).filter(
        organization=organization, kind=PostKind.SECRETARY
    )
    return "".join(str(pk) for pk in posts.values_list("person", flat=True)[:1])


def _keys(activity: Activity) -> list[str]:
    return [str(kind.pk) for kind in activity.kinds.all()]


def _hours(last: Activity | None) -> tuple[time, time]:
    """The hours of last time where they are over today, else the hour that has just passed."""
    now = timezone.localtime()
    if last and last.held_from and last.held_to and last.held_to <= now.time():
        return last.held_from, last.held_to
    floor = now.replace(minute=now.minute // HALF_HOUR * HALF_HOUR, second=0, microsecond=0)
    begins = max(floor - timedelta(hours=1), now.replace(hour=0, minute=0, second=0, microsecond=0))
    return begins.time(), _later(begins.time(), timedelta(hours=1))


def _later(at: time, span: timedelta) -> time:
    """That much later on the same day."""
    end = datetime.combine(today(), at) + span
    return end.time() if end.date() == today() else time(23, 59)
