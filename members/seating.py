"""What belongs to a change of the body: new people, opinions asked for, who stays on."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from core import audit, horizon
from core.horizon import Reach
from members.models import LeadershipPost, Person, PostKind, PostOpinion
from members.posts import KEPT, Actor, appoint, end_post
from organizations.models import LeadershipTerm, PartyOrganization


@transaction.atomic
def add_person(*, actor: Actor, name: str, organization: PartyOrganization, **facts: Any) -> Person:
    """Register a person at home in the organization."""
    person = Person(
        name=name.strip(),
        home_organization=organization,
        **facts,
    )
    person.full_clean()
    person.save()
    audit.record(
        actor=actor,
        verb="person.add",
        target=person,
        after={"name": person.name},
        scope_path=organization.path,
    )
    return person


@transaction.atomic
def record_opinion(*, actor: Actor, opinion: PostOpinion) -> PostOpinion:
    """What one of the five bodies said; a later answer replaces its earlier one."""
    horizon.require(opinion.given_on, Reach.FACT, "given_on")
    earlier = PostOpinion.objects.filter(post=opinion.post, body=opinion.body).first()
    opinion.pk = earlier.pk if earlier else None
    opinion.full_clean(validate_unique=earlier is None, validate_constraints=earlier is None)
    opinion.save(force_update=earlier is not None)
    audit.record(
        actor=actor,
        verb="post.opinion",
        target=opinion.post,
        after={"意见": str(opinion), "单位": opinion.unit, "日期": opinion.given_on},
        scope_path=opinion.post.organization.path,
    )
    return opinion


def former_body(term: LeadershipTerm) -> list[LeadershipPost]:
    """Those in post on the day of election who were there before it."""
    day = term.valid_from
    held = LeadershipPost.objects.as_of(day).filter(organization=term.organization)
    former = held.filter(valid_from__lt=day).select_related("person", "organization")
    return sorted(former, key=lambda post: (list(PostKind).index(PostKind(post.kind)), post.pk))


@transaction.atomic
def seat_body(
    *, actor: Actor, term: LeadershipTerm, reelected: Iterable[LeadershipPost]
) -> list[LeadershipPost]:
    """Begin the term for those who stay: each gets a new post, all others end that day."""
    staying, former = {post.pk for post in reelected}, former_body(term)
    for post in former:
        end_post(actor=actor, post=post, on=term.valid_from, reason=f"第{term.number}届换届")
    return [
        appoint(
            actor=actor,
            organization=term.organization,
            person=post.person,
            kind=post.kind,
            on=term.valid_from,
            document=term.document,
            reason="换届连任",
            **{name: getattr(post, name) for name in KEPT},
        )
        for post in former
        if post.pk in staying
    ]
