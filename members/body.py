"""A leading body on a day: its posts, its term, and what the rules ask of it."""

from dataclasses import dataclass
from datetime import date

from members.models import LeadershipPost, PostKind, PostState
from organizations.models import LeadershipTerm, PartyOrganization
from organizations.parameters import body_rules_on
from organizations.rules import Body, Demand, demands, must_elect
from organizations.strength import Strength, strengths
from organizations.tree import path_as_of

ORDER = list(PostKind)


@dataclass(frozen=True)
class BodyOfDay:
    """`waiting` are proposals that the superior committee has not decided."""

    organization: PartyOrganization
    day: date
    posts: list[LeadershipPost]
    waiting: list[LeadershipPost]
    term: LeadershipTerm | None
    strength: Strength
    demands: list[Demand]

    @property
    def is_elected(self) -> bool:
        return must_elect(self.organization.kind, self.organization.nature)

    @property
    def days_left(self) -> int | None:
        return self.term.days_left(self.day) if self.term else None

    @property
    def is_unseated(self) -> bool:
        """Whether the term began with a body that nobody has entered yet."""
        return self.term is not None and not any(
            post.valid_from >= self.term.valid_from for post in self.posts
        )


def body_on(organization: PartyOrganization, day: date) -> BodyOfDay:
    own = LeadershipPost.objects.filter(organization=organization).select_related("person")
    posts = sorted(own.as_of(day), key=lambda post: (ORDER.index(PostKind(post.kind)), post.pk))
    term = organization.terms.as_of(day).first()
    strength = strength_on(organization, day)
    waiting = list(own.filter(state=PostState.PROPOSED))
    kinds = [post.kind for post in posts]
    body = Body(
        kind=organization.kind,
        nature=organization.nature,
        full_members=strength.full,
        members=strength.members,
        secretaries=kinds.count(PostKind.SECRETARY),
        deputies=kinds.count(PostKind.DEPUTY),
        seats=len({post.person_id for post in posts}),
        has_term=term is not None,
        days_left=term.days_left(day) if term else None,
        failed=tuple(
            f"{post.get_kind_display()}{post.person.name}"
            for post in (*posts, *waiting)
            if post.has_failed_review
        ),
    )
    return BodyOfDay(
        organization,
        day,
        posts,
        waiting=waiting,
        term=term,
        strength=strength,
        demands=demands(body, body_rules_on(day)),
    )


def strength_on(organization: PartyOrganization, day: date) -> Strength:
    """With the organizations that stood below it on that day."""
    paths = path_as_of(day)
    own = paths.get(organization.pk, organization.path)
    below = {pk: path for pk, path in paths.items() if path.startswith(own)}
    return strengths(day, {organization.pk: own, **below}).get(organization.pk, Strength())
