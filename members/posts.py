"""Services of posts in leading bodies: appoint and relieve, propose and decide."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from core import audit, notices
from core.models import MessageKind
from core.refusals import clean_at
from members.models import LeadershipPost, Person, PostKind, PostState
from members.secretaries import mirror_secretary, secretary_on
from organizations import audience
from organizations.elections import REVIEW, may_decide
from organizations.models import LeadershipTerm, PartyOrganization

Actor = AbstractBaseUser | None
CHANGE = "members.posts"
VERBS = {
    "person.add": "登记人员",
    "post.appoint": "登记班子任职",
    "post.propose": "上报书记任职",
    "post.approve": "批准书记任职",
    "post.return": "退回书记任职",
    "post.relieve": "免去班子职务",
    "post.change": "更正班子任职",
    "post.opinion": "登记征求意见",
}

AT = {
    "members_secretary_once": "valid_from",
    "members_post_once": "person",
    "members_secretary_proposed_once": "person",
    "members_secretary_source": "source",
    "members_post_review": "review_result",
}
KEPT = ("source", "engagement", "other_post", "is_cross", "review_on", "review_result")


@transaction.atomic
def appoint(
    *,
    actor: Actor,
    organization: PartyOrganization,
    person: Person,
    kind: str,
    on: date,
    replaces: bool = False,
    **facts: Any,
) -> LeadershipPost:
    """Put a person into a post from that day; with `replaces` the secretary before leaves it.

    Raises ValidationError keyed by the fields person, kind, on and those of the post.
    """
    PartyOrganization.objects.select_for_update().get(pk=organization.pk)
    _require_standing(organization, on)
    if replaces and kind == PostKind.SECRETARY:
        _leave(actor, organization, person, on)
    post = _new(organization, person, kind, on, **facts)
    _save(post)
    _log(actor, "post.appoint", post, after=_facts(post), reason=post.reason)
    mirror_secretary(organization)
    return post


@transaction.atomic
def propose(
    *, actor: Actor, organization: PartyOrganization, person: Person, on: date, **facts: Any
) -> LeadershipPost:
    """Send a change of secretary to the superior committee; until it decides nothing changes."""
    PartyOrganization.objects.select_for_update().get(pk=organization.pk)
    _require_standing(organization, on)
    post = _new(organization, person, PostKind.SECRETARY, on, state=PostState.PROPOSED, **facts)
    _save(post)
    _log(actor, "post.propose", post, after=_facts(post), reason=post.reason)
    path = audience.superior_path(organization.path)
    users = audience.nearest(audience.holders(REVIEW), path)
    _tell(users, post, f"{organization}书记拟任 {person}，待批准", "proposed")
    return post


@transaction.atomic
def change_secretary(
    *, actor: Any, organization: PartyOrganization, person: Person, on: date, **facts: Any
) -> LeadershipPost:
    """The secretary from that day; who does not answer for the superior committee proposes."""
    present = secretary_on(organization, on)
    if present is not None and present.person_id == person.pk:
        raise ValidationError({"person": f"{person} 已是现任书记。"})
    if may_decide(actor, organization):
        return appoint(
            actor=actor,
            organization=organization,
            person=person,
            kind=PostKind.SECRETARY,
            on=on,
            replaces=True,
            **facts,
        )
    return propose(actor=actor, organization=organization, person=person, on=on, **facts)


@transaction.atomic
def approve(
    *, actor: Any, post: LeadershipPost, document: str, on: date | None = None
) -> LeadershipPost:
    """The superior committee agrees: the former secretary leaves, the new one begins."""
    post = _proposed(post)
    organization = post.organization
    if not document.strip():
        raise ValidationError({"document": "批准书记任职应填写文号。"})
    post.valid_from = on or post.valid_from
    _leave(actor, organization, post.person, post.valid_from)
    post.state, post.document, post.remark = PostState.IN_FORCE, document.strip(), ""
    post.term = _term(organization, post.valid_from)
    _save(post)
    _log(actor, "post.approve", post, after=_facts(post))
    mirror_secretary(organization)
    users = audience.holders(CHANGE).get(organization.pk, [])
    _tell(users, post, f"{organization}书记任职已批准：{post.person}", "approved")
    return post


@transaction.atomic
def send_back(*, actor: Any, post: LeadershipPost, reason: str) -> LeadershipPost:
    post = _proposed(post)
    post.state, post.remark = PostState.RETURNED, reason
    _save(post)
    _log(actor, "post.return", post, after={"state": post.get_state_display()}, reason=reason)
    users = audience.holders(CHANGE).get(post.organization_id, [])
    _tell(users, post, f"{post.organization}书记任职被退回：{reason}", "returned")
    return post


@transaction.atomic
def relieve(*, actor: Any, post: LeadershipPost, on: date, reason: str) -> LeadershipPost:
    """End a post with that day; a secretary is relieved by the superior committee."""
    if post.kind == PostKind.SECRETARY and not may_decide(actor, post.organization):
        raise ValidationError("书记的免职由上级党组织办理；请先上报新的书记人选。")
    return end_post(actor=actor, post=post, on=on, reason=reason)


@transaction.atomic
def end_post(*, actor: Actor, post: LeadershipPost, on: date, reason: str) -> LeadershipPost:
    """End a post with that day, whoever decided it."""
    if post.state != PostState.IN_FORCE:
        raise ValidationError("这项任职没有生效，不能免职。")
    if post.valid_to is not None and post.valid_to <= on:
        raise ValidationError({"on": f"已于 {post.valid_to} 离任。"})
    if on <= post.valid_from:
        raise ValidationError({"on": f"离任日期应晚于任职日期 {post.valid_from}。"})
    before = post.valid_to
    post.valid_to, post.end_reason = on, reason
    _save(post)
    _log(
        actor,
        "post.relieve",
        post,
        before={"valid_to": before},
        after={"valid_to": on},
        reason=reason,
    )
    mirror_secretary(post.organization)
    return post


@transaction.atomic
def change_post(*, actor: Any, post: LeadershipPost, reason: str, **facts: Any) -> LeadershipPost:
    """Put right or complete what is recorded of a post: source, review, document …"""
    before = _facts(post)
    is_shifted = facts.get("valid_from", post.valid_from) != post.valid_from
    if is_shifted and post.kind == PostKind.SECRETARY and not may_decide(actor, post.organization):
        raise ValidationError({"on": "书记的任职日期由上级党组织更正。"})
    for name, value in facts.items():
        setattr(post, name, value)
    _save(post)
    was, now = audit.difference(before, _facts(post))
    if now:
        _log(actor, "post.change", post, before=was, after=now, reason=reason)
        mirror_secretary(post.organization)
    return post


def _require_standing(organization: PartyOrganization, on: date) -> None:
    if organization.established_on and on < organization.established_on:
        raise ValidationError(
            {"on": f"任职日期不能早于党组织成立日期 {organization.established_on}。"}
        )
    if organization.abolished_on and on >= organization.abolished_on:
        raise ValidationError({"on": f"党组织已于 {organization.abolished_on} 撤销。"})


def _leave(actor: Actor, organization: PartyOrganization, person: Person, on: date) -> None:
    """The present secretary leaves, and the successor whatever post he held in the body."""
    held = LeadershipPost.objects.as_of(on).filter(organization=organization)
    for post in held.select_related("person", "organization"):
        if post.kind == PostKind.SECRETARY or post.person_id == person.pk:
            end_post(actor=actor, post=post, on=on, reason=f"书记由 {person} 接任")


def _new(
    organization: PartyOrganization, person: Person, kind: str, on: date, **facts: Any
) -> LeadershipPost:
    term = _term(organization, on)
    return LeadershipPost(
        organization=organization, person=person, kind=kind, valid_from=on, term=term, **facts
    )


def _term(organization: PartyOrganization, on: date) -> LeadershipTerm | None:
    found: LeadershipTerm | None = organization.terms.as_of(on).first()
    return found


def _proposed(post: LeadershipPost) -> LeadershipPost:
    rows = LeadershipPost.objects.select_for_update(of=("self",))
    post = rows.select_related("organization", "person").get(pk=post.pk)
    if post.state != PostState.PROPOSED:
        raise ValidationError(f"这项任职的状态是“{post.get_state_display()}”，不能再批复。")
    return post


def _save(post: LeadershipPost) -> None:
    """The model's fields carry the words of a dated fact; forms call its start `on`."""
    try:
        clean_at(post, AT)
    except ValidationError as problem:
        errors = dict(problem.error_dict)
        if "valid_from" in errors:
            errors["on"] = errors.pop("valid_from")
        raise ValidationError(errors) from None
    post.save()


def _facts(post: LeadershipPost) -> dict[str, Any]:
    names = ("valid_from", "valid_to", "document", *KEPT)
    return {
        "person": post.person.name,
        "kind": post.get_kind_display(),
        "state": post.get_state_display(),
        **{name: getattr(post, name) for name in names},
    }


def _log(actor: Actor, verb: str, post: LeadershipPost, **facts: Any) -> None:
    audit.record(actor=actor, verb=verb, target=post, scope_path=post.organization.path, **facts)


def _tell(users: Iterable[Any], post: LeadershipPost, title: str, what: str) -> None:
    notices.notify(
        users,
        kind=MessageKind.ACTION,
        title=title,
        url=reverse("members:post", args=[post.pk]),
        key=f"post:{post.pk}:{what}",
    )
