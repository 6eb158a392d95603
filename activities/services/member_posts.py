"""Members take up posts at work and leave them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from activities.models import MemberPost
from core import audit
from core.horizon import Reach
from core.horizon import require as require_day
from core.refusals import clean_at
from members.models import Membership, Person
from members.services.persons import Actor
from organizations.models import PartyOrganization

TAKE, CHANGE = "member_post.take", "member_post.change"
VERBS = {TAKE: "登记党员岗", CHANGE: "修改党员岗"}


@transaction.atomic
def take_post(
    *,
    actor: Actor,
    organization: PartyOrganization,
    people: Sequence[Person],
    kind: str,
    name: str,
    on: date,
) -> list[MemberPost]:
    """All of them from that day on. Raises ValidationError keyed by people, kind, name and on."""
    require_day(on, Reach.ACT, "on")
    _refuse_strangers(organization, people, on)
    posts = []
    for person in people:
        post = MemberPost(
            organization=organization, person=person, kind=kind, name=name, valid_from=on
        )
        try:
            clean_at(post, {"activities_member_post_once": "people"})
        except ValidationError as problem:
            raise _naming(person, problem) from None
        post.save()
        posts.append(post)
        _log(actor, TAKE, post, after={"person": person.name, "name": name, "valid_from": on})
    return posts


@transaction.atomic
def change_post(
    *, actor: Actor, post: MemberPost, name: str, valid_from: date, valid_to: date | None
) -> MemberPost:
    """Puts it right or ends it. Raises ValidationError keyed by the fields."""
    require_day(valid_from, Reach.ACT, "valid_from")
    if valid_to:
        require_day(valid_to, Reach.PLAN, "valid_to")
    rows = MemberPost.objects.select_for_update(of=("self",)).select_related("organization")
    post = rows.get(pk=post.pk)
    facts = {"name": name, "valid_from": valid_from, "valid_to": valid_to}
    before, after = audit.difference({one: getattr(post, one) for one in facts}, facts)
    for field, value in facts.items():
        setattr(post, field, value)
    where = {"activities_memberpost_in_order": "valid_to", "activities_member_post_once": "name"}
    clean_at(post, where)
    if after:
        post.save()
        _log(actor, CHANGE, post, before=before, after=after)
    return post


def _refuse_strangers(organization: PartyOrganization, people: Sequence[Person], on: date) -> None:
    rows = Membership.objects.filter(organization=organization, member__person__in=people)
    known = set(rows.as_of(on).values_list("member__person", flat=True))
    if strangers := [one.name for one in people if one.pk not in known]:
        names = "、".join(strangers)
        raise ValidationError({"people": f"{names}在{on}不是这个党组织的党员。"})


def _naming(person: Person, problem: ValidationError) -> ValidationError:
    """Of several people the sentence says whom it means."""
    errors = dict(problem.error_dict)
    if "people" in errors:
        sentences = "".join(ValidationError(errors["people"]).messages)
        errors["people"] = [ValidationError(f"{person}：{sentences}")]
    return ValidationError(errors)


def _log(actor: Actor, verb: str, post: MemberPost, **facts: Any) -> None:
    audit.record(actor=actor, verb=verb, target=post, scope_path=post.organization.path, **facts)
