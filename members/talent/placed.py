"""Who of the pool serves already: by a placement, or by the registers of posts themselves."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from members.models import (
    Instructor,
    InstructorAssignment,
    LeadershipPost,
    ParkOrganizer,
    PostKind,
    TalentEntry,
    TalentPlacement,
)

LEADING = (PostKind.SECRETARY, PostKind.DEPUTY)


def placed(user: Any, day: date) -> Q:
    """The entries of those who serve on that day, as far as the user may see where."""
    placements = TalentPlacement.objects.visible_to(user).as_of(day)
    guided = InstructorAssignment.objects.visible_to(user).as_of(day)
    return (
        Q(pk__in=placements.values("entry"))
        | Q(person__in=_organizers(user, day).values("person"))
        | Q(person__in=_posts(user, day).values("person"))
        | Q(person__in=guided.values("instructor__person"))
    )


def with_places(entries: QuerySet[TalentEntry], user: Any, day: date) -> QuerySet[TalentEntry]:
    """With what `places_of` reads, in a fixed number of queries."""
    held = TalentPlacement.objects.visible_to(user).as_of(day).select_related("organization")
    posts = _posts(user, day).select_related("organization")
    guides = Instructor.objects.visible_to(user).serving(day).with_load(day)
    return entries.select_related("person__home_organization").prefetch_related(
        Prefetch("placements", held, to_attr="held"),
        Prefetch("person__posts", posts, to_attr="leading"),
        Prefetch("person__park_posts", _organizers(user, day), to_attr="organizing"),
        Prefetch("person__instructor", guides),
    )


def places_of(entry: Any) -> list[str]:
    """Where somebody serves, each once."""
    person = entry.person
    found = [f"{one.organization}{one.get_role_display()}" for one in entry.held]
    found += [f"{one.organization}{one.get_kind_display()}" for one in person.leading]
    found += [f"{one.area}组织员" for one in person.organizing]
    guide = getattr(person, "instructor", None)
    if guide is not None and guide.load:
        found.append(f"党建指导员（{guide.load} 家企业）")
    return list(dict.fromkeys(found))


def _posts(user: Any, day: date) -> QuerySet[LeadershipPost]:
    posts: QuerySet[LeadershipPost] = LeadershipPost.objects.visible_to(user).as_of(day)
    return posts.filter(kind__in=LEADING)


def _organizers(user: Any, day: date) -> QuerySet[ParkOrganizer]:
    rows: QuerySet[ParkOrganizer] = ParkOrganizer.objects.visible_to(user).as_of(day)
    return rows.select_related("area")
