"""Services of memberships: a member comes, changes the branch, leaves; nobody is deleted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.horizon import Reach
from core.horizon import require as require_day
from core.refusals import clean_at
from members.codes import EntryKind, ExitKind, Standing
from members.models import (
    DevelopmentCase,
    LeadershipPost,
    LostContact,
    LostState,
    Membership,
    PartyMember,
)
from members.services.persons import Actor
from members.standing import FINAL, fault_of_category, fault_of_home, standing_after
from organizations.holds import still_held
from organizations.models import PartyOrganization

AT = {"members_membership_once": "on", "members_membership_in_order": "on"}


@dataclass(frozen=True)
class Move:
    """Into which organization, from which day, how, and by which paper."""

    organization: PartyOrganization
    on: date
    kind: str = EntryKind.TRANSFERRED
    document: str = ""


@transaction.atomic
def begin(*, actor: Actor, member: PartyMember, move: Move) -> Membership:
    """The relation is held in an organization from that day; a suspended member is restored."""
    require_home(move.organization, move.on)
    _require_no_case(member)
    if member.standing in FINAL:
        raise ValidationError(f"{member} 的党籍状态是“{member.get_standing_display()}”，不能转入。")
    membership = Membership(
        member=member,
        organization=move.organization,
        valid_from=move.on,
        entry_kind=move.kind,
        document=move.document,
    )
    _save(membership)
    member.standing, member.relation_place, member.relation_unit = Standing.ACTIVE, "", ""
    member.save(update_fields=["standing", "relation_place", "relation_unit"])
    _stand_at(member, move.organization)
    _log(actor, "membership.begin", membership, after=_facts(membership))
    return membership


@transaction.atomic
def move_membership(*, actor: Actor, member: PartyMember, move: Move) -> Membership:
    """From one branch of the county to another, on one day."""
    _require_no_case(member)
    present = _present(member, move.on)
    if present.organization_id == move.organization.pk:
        raise ValidationError({"organization": f"{member} 已在{present.organization}。"})
    require_home(move.organization, move.on)
    _require_no_posts(member, move.on, present.organization)
    before = _facts(present)
    _close(present, move.on, ExitKind.TRANSFERRED, move.document, "")
    membership = Membership(
        member=member,
        organization=move.organization,
        valid_from=move.on,
        entry_kind=move.kind,
        document=move.document,
    )
    _save(membership)
    _stand_at(member, move.organization)
    _log(actor, "membership.move", membership, before=before, after=_facts(membership))
    return membership


@transaction.atomic
def end_membership(
    *,
    actor: Actor,
    member: PartyMember,
    on: date,
    kind: str,
    reason: str = "",
    document: str = "",
) -> Membership:
    """The member leaves by an exit of that kind; the record stays, with its new standing."""
    require_day(on, Reach.FACT, "on")
    if fault := fault_of_category(kind, member.category):
        raise ValidationError({"kind": fault})
    _require_no_case(member, kind)
    present = _present(member, on)
    _require_no_posts(member, on, present.organization)
    before = {"standing": member.standing}
    _close(present, on, kind, document, reason)
    member.standing = standing_after(kind)
    member.save(update_fields=["standing"])
    after = {**_facts(present), "standing": member.standing}
    _log(actor, "membership.end", present, before=before, after=after, reason=reason)
    return present


def require_home(organization: PartyOrganization, on: date) -> None:
    """Refuse, at `organization` or `on`, a home that cannot hold the relation on that day."""
    require_day(on, Reach.FACT, "on")
    if fault := fault_of_home(organization.kind, organization.nature):
        raise ValidationError({"organization": fault})
    if not PartyOrganization.objects.existing(on).filter(pk=organization.pk).exists():
        raise ValidationError({"on": f"{organization}在 {on} 尚未成立或已撤销。"})


def present_of(member: PartyMember) -> Membership | None:
    """The membership that has not ended."""
    rows = Membership.objects.filter(member=member, valid_to=None)
    return rows.select_related("organization").first()


def _present(member: PartyMember, on: date) -> Membership:
    PartyMember.objects.select_for_update().get(pk=member.pk)
    present = present_of(member)
    if present is None:
        raise ValidationError(f"{member} 的组织关系现在不在任何党组织。")
    if on <= present.valid_from:
        raise ValidationError(
            {"on": f"应晚于转入{present.organization}的日期 {present.valid_from}。"}
        )
    return present


def _close(present: Membership, on: date, kind: str, document: str, reason: str) -> None:
    present.valid_to, present.exit_kind, present.reason = on, kind, reason
    present.document = document or present.document
    _save(present)


def _require_no_case(member: PartyMember, kind: str = "") -> None:
    """A lost member is led step by step, on the case; see members/services/losses."""
    cases = LostContact.objects.unsettled().filter(member=member)
    if kind == ExitKind.SUSPENDED:  # the case has been suspended, its membership follows
        cases = cases.exclude(state=LostState.SUSPENDED)
    if case := cases.first():
        words = case.get_state_display()
        raise ValidationError(f"{member} 登记为失联党员（{words}），请在失联登记上办理。")


def _require_no_posts(member: PartyMember, on: date, organization: PartyOrganization) -> None:
    posts = LeadershipPost.objects.filter(
        person=member.person_id, organization=organization, state="in_force"
    )
    if post := still_held(posts, on).first():
        raise ValidationError(
            f"{member} 还任{organization}{post.get_kind_display()}，请先免去职务。"
        )


def _save(membership: Membership) -> None:
    """Forms call the day of the act `on`."""
    if membership.valid_from < membership.member.accepted_on:
        raise ValidationError({"on": "转入日期不能早于入党时间。"})
    clean_at(membership, AT)
    membership.save()


def _stand_at(member: PartyMember, organization: PartyOrganization) -> None:
    """Who sees the person, and who goes on with a probation, follows where the relation is held."""
    person = member.person
    DevelopmentCase.objects.open().filter(member=member).update(organization=organization)
    if person.home_organization_id != organization.pk:
        person.home_organization = organization
        person.save(update_fields=["home_organization"])


def _facts(membership: Membership) -> dict[str, Any]:
    return {
        "organization": str(membership.organization),
        "valid_from": membership.valid_from,
        "valid_to": membership.valid_to,
        "entry_kind": membership.entry_kind,
        "exit_kind": membership.exit_kind,
        "document": membership.document,
    }


def _log(actor: Actor, verb: str, membership: Membership, **facts: Any) -> None:
    path = membership.organization.path
    audit.record(actor=actor, verb=verb, target=membership.member, scope_path=path, **facts)
