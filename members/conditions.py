"""What lists of members ask of each other's records today, as conditions on members."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, IntegerField, Prefetch, Q, Value, When

from core.dates import today
from members.flow_parameters import MOBILE_MONTHS
from members.models import LeadershipPost, LostContact, Membership, MobileRecord, PostKind
from members.models.lost import OPEN_LOST


def _held() -> Q:
    """The relation is held in an organization of the county."""
    return Q(pk__in=Membership.objects.as_of(today()).values("member"))


def _leads() -> Q:
    return Q(person__in=LeadershipPost.objects.as_of(today()).values("person"))


def _mobile() -> Q:
    """Away for as long as the definition says."""
    day = today()
    away = MobileRecord.objects.lasting(day, MOBILE_MONTHS.value(on=day))
    return Q(pk__in=away.values("member"))


def _lost() -> Q:
    return Q(pk__in=LostContact.objects.filter(state__in=OPEN_LOST).values("member"))


def _hardship() -> Q:
    return Q(person__is_in_hardship=True)


CONDITIONS: dict[str, Callable[[], Q]] = {
    "held": _held,
    "leads": _leads,
    "mobile": _mobile,
    "lost": _lost,
    "hardship": _hardship,
}


def rank_of_posts() -> Any:
    """The highest post that a member holds today, as its place in the list; others come last.

    Each kind is looked up once for all members, not once for each of them.
    """
    held = LeadershipPost.objects.as_of(today())
    places = (
        When(person__in=held.filter(kind=kind).values("person"), then=Value(place))
        for place, kind in enumerate(PostKind)
    )
    return Case(*places, default=Value(len(PostKind)), output_field=IntegerField())


def current_posts() -> "Prefetch[Any]":
    """The posts of today at each person, as `current_posts`."""
    posts = LeadershipPost.objects.as_of(today()).order_by("kind", "pk")
    return Prefetch("person__posts", posts, to_attr="current_posts")
