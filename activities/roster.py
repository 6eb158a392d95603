"""Who is asked to a meeting of an organization on a day, and who of them may vote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from activities.models import ActivityKind, Circle, GroupMember, PartyGroup, Voters
from members.codes import Category, Standing
from members.models import LeadershipPost, Membership, PartyMember, Person, PostKind
from organizations.models import PartyOrganization

ORDER = list(PostKind)


@dataclass(frozen=True)
class Seat:
    """One name of the roster; `post` as of that day, `is_full` a member with the vote."""

    person: Person
    post: PostKind | None
    is_full: bool
    is_probationary: bool

    @property
    def label(self) -> str:
        return self.post.label if self.post else "预备" if self.is_probationary else ""


def roster_on(organization: PartyOrganization, day: date) -> list[Seat]:
    """Its members and its leading body on that day: by post, then by strokes of the name."""
    posts = {
        post.person_id: post
        for post in LeadershipPost.objects.filter(organization=organization)
        .as_of(day)
        .select_related("person__party_member")
    }
    held = (
        Membership.objects.filter(organization=organization)
        .as_of(day)
        .select_related("member__person")
    )
    members = {row.member.person_id: row.member for row in held}
    people: dict[int, Person] = {pk: post.person for pk, post in posts.items()}
    people |= {pk: member.person for pk, member in members.items()}
    seats = [
        _seat(person, posts.get(pk), members.get(pk) or getattr(person, "party_member", None), day)
        for pk, person in people.items()
    ]
    return sorted(seats, key=_place)


def people_of(seats: Iterable[Seat]) -> QuerySet[Person]:
    """Whom a form of the roster may name."""
    return Person.objects.filter(pk__in=[seat.person.pk for seat in seats])


def groups_on(organization: PartyOrganization, day: date | None) -> QuerySet[PartyGroup]:
    """Its party groups on that day."""
    rows = PartyGroup.objects.filter(organization=organization)
    groups: QuerySet[PartyGroup] = rows.as_of(day) if day else rows.none()
    return groups


def members_of(organization: PartyOrganization, day: date) -> dict[int, int]:
    """The group of each person who is in one on that day, by the numbers of both."""
    rows = GroupMember.objects.filter(group__in=groups_on(organization, day)).as_of(day)
    return dict(rows.values_list("person", "group"))


def kinds_in_use() -> QuerySet[ActivityKind]:
    return ActivityKind.objects.filter(in_use=True)


def circle_of(kinds: Iterable[ActivityKind]) -> Circle:
    """The widest of the circles of a meeting of several kinds."""
    circles = {kind.circle for kind in kinds}
    for circle in (Circle.BRANCH, Circle.COMMITTEE, Circle.GROUP):
        if circle in circles:
            return circle
    return Circle.OPEN


def voters_of(kinds: Iterable[ActivityKind]) -> Voters:
    rules = {kind.voters for kind in kinds}
    for rule in (Voters.MEMBERS, Voters.COMMITTEE):
        if rule in rules:
            return rule
    return Voters.NOBODY


def may_vote(seat: Seat, rule: Voters) -> bool:
    if rule is Voters.COMMITTEE:
        return seat.post is not None
    return rule is Voters.MEMBERS and seat.is_full


def is_asked(seat: Seat, circle: Circle, *, in_group: bool) -> bool:
    """Whether somebody who stays away without a word is absent; else he was not expected."""
    return (
        circle is Circle.BRANCH
        or (circle is Circle.COMMITTEE and seat.post is not None)
        or (circle is Circle.GROUP and in_group)
    )


def _seat(
    person: Person, post: LeadershipPost | None, member: PartyMember | None, day: date
) -> Seat:
    confirmed = member is not None and (
        member.confirmed_on <= day if member.confirmed_on else member.category == Category.FULL
    )
    return Seat(
        person=person,
        post=PostKind(post.kind) if post else None,
        is_full=bool(confirmed and member and member.standing in {Standing.ACTIVE, Standing.MOVED}),
        is_probationary=member is not None and not confirmed,
    )


def _place(seat: Seat) -> tuple[int, str, int]:
    rank = ORDER.index(seat.post) if seat.post else len(ORDER)
    return rank, seat.person.stroke_key or seat.person.search_key, seat.person.pk
