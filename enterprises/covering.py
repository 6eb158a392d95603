"""Who covers an enterprise, how and from when until when: links are begun, changed and ended here.

A link is never deleted by hand: what held on a day must still be found when that day is asked for.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from core import audit
from enterprises.models import CoverageLink, Enterprise, FormationMode, OperatingStatus
from enterprises.periods import scope_path_of
from organizations.models import OrganizationKind, PartyOrganization

LINK, CHANGE, END = "coverage.link", "coverage.change", "coverage.end"
SOURCE = "工作人员"
Problem = tuple[str, str]  # field, sentence


@transaction.atomic
def cover_enterprise(
    *,
    actor: AbstractBaseUser | None,
    enterprise: Enterprise,
    organization: PartyOrganization,
    mode: FormationMode,
    on: date,
    document: str = "",
    reason: str = "",
) -> CoverageLink:
    """Let the organization cover the enterprise from that day on."""
    link = CoverageLink(
        enterprise=_locked(enterprise),
        organization=_locked_organization(organization),
        mode=mode,
        valid_from=on,
        source=SOURCE,
        document=document,
        reason=reason,
    )
    _refuse(link)
    link.save()
    _record(actor, LINK, link, ({}, link_facts(link)), reason)
    return link


@transaction.atomic
def change_cover(
    *,
    actor: AbstractBaseUser | None,
    link: CoverageLink,
    on: date,
    organization: PartyOrganization | None = None,
    mode: FormationMode | None = None,
    document: str = "",
    reason: str = "",
) -> CoverageLink:
    """Another organization or mode from that day on; days before keep what held then."""
    old = _locked_link(link)
    new = CoverageLink(
        enterprise=old.enterprise,
        organization=_locked_organization(organization or old.organization),
        mode=mode or FormationMode(old.mode),
        valid_from=on,
        valid_to=old.valid_to,
        source=SOURCE,
        document=document,
        reason=reason,
    )
    if (new.organization_id, new.mode) == (old.organization_id, old.mode):
        raise ValidationError({"organization": "党组织和组建形式都没有改变。"})
    before = link_facts(old)
    _end(old, on, document, reason, change=True)
    _refuse(new)
    new.save()
    _record(actor, CHANGE, new, (before, link_facts(new)), reason)
    return new


@transaction.atomic
def end_cover(
    *,
    actor: AbstractBaseUser | None,
    link: CoverageLink,
    on: date,
    document: str = "",
    reason: str = "",
) -> CoverageLink:
    """From that day on the organization no longer covers the enterprise."""
    link = _locked_link(link)
    before = link_facts(link)
    _end(link, on, document, reason)
    _record(actor, END, link, (before, link_facts(link)), reason)
    return link


def link_facts(link: CoverageLink) -> dict[str, Any]:
    """What the log keeps of a link, in the words of the enterprise's history."""
    return {
        "党组织": link.organization.name,
        "组建形式": link.get_mode_display(),
        "起始日期": str(link.valid_from),
        "终止日期": str(link.valid_to) if link.valid_to else None,
        "文号": link.end_document if link.valid_to else link.document,
    }


def _end(link: CoverageLink, on: date, document: str, reason: str, *, change: bool = False) -> None:
    if on <= link.valid_from:
        what = "变更" if change else "终止"
        raise ValidationError({"on": f"{what}日期应晚于起始日期 {link.valid_from}。"})
    if link.valid_to and link.valid_to <= on:
        raise ValidationError({"on": f"该覆盖关系已于 {link.valid_to} 终止。"})
    link.valid_to, link.end_document, link.end_reason = on, document, reason
    link.save(update_fields=["valid_to", "end_document", "end_reason"])


def _locked(enterprise: Enterprise) -> Enterprise:
    rows = Enterprise.objects.select_for_update(of=("self",))
    locked: Enterprise = rows.select_related("reporting_area__committee", "county__committee").get(
        pk=enterprise.pk
    )
    return locked


def _locked_organization(organization: PartyOrganization) -> PartyOrganization:
    """Two clerks cannot give the same own branch to two enterprises at the same time."""
    locked: PartyOrganization = PartyOrganization.objects.select_for_update().get(
        pk=organization.pk
    )
    return locked


def _locked_link(link: CoverageLink) -> CoverageLink:
    enterprise = _locked(link.enterprise)
    found: CoverageLink = CoverageLink.objects.select_related("organization").get(pk=link.pk)
    found.enterprise = enterprise
    return found


def _refuse(link: CoverageLink) -> None:
    """Every reason against the link, each at its field; a second one of a field is not needed."""
    problems: dict[str, str] = {}
    for field, sentence in (*_about_day(link), *_about_others(link)):
        problems.setdefault(field, sentence)
    if problems:
        raise ValidationError({field: [sentence] for field, sentence in problems.items()})
    link.full_clean(exclude=["enterprise", "organization"], validate_constraints=False)


def _about_day(link: CoverageLink) -> Iterator[Problem]:
    enterprise, body, on = link.enterprise, link.organization, link.valid_from
    if enterprise.successor_id or enterprise.operating_status == OperatingStatus.DEREGISTERED:
        yield "on", f"“{enterprise}”已注销或并入其他企业，不能再登记覆盖关系。"
    if enterprise.established_on and on < enterprise.established_on:
        yield "on", f"“{enterprise}”{enterprise.established_on} 才成立，起始日期不能更早。"
    if not PartyOrganization.objects.existing(on).filter(pk=body.pk).exists():
        yield "organization", _why_absent(body, on)
    if link.mode == FormationMode.SINGLE and body.kind == OrganizationKind.JOINT_BRANCH:
        yield "mode", f"“{body}”是联合党支部，不能作为单独组建。"


def _why_absent(body: PartyOrganization, on: date) -> str:
    if body.established_on and on < body.established_on:
        return f"“{body}”{body.established_on} 才成立，起始日期不能更早。"
    if body.abolished_on and body.abolished_on <= on:
        return f"“{body}”已于 {body.abolished_on} 撤销，不能覆盖企业。"
    return f"“{body}”在 {on} 已撤销、尚未恢复，不能覆盖企业。"


def _about_others(link: CoverageLink) -> Iterator[Problem]:
    for other in _meeting(link).filter(enterprise=link.enterprise, organization=link.organization):
        yield "organization", f"“{link.organization}”{_period(other)}已覆盖该企业。"
    single = FormationMode.SINGLE
    if link.mode == single:
        for other in _meeting(link).filter(enterprise=link.enterprise, mode=single):
            yield (
                "mode",
                f"该企业{_period(other)}已由“{other.organization}”单独组建，请先变更或终止。",
            )
    if link.mode in (single, FormationMode.JOINT):
        taken = _meeting(link).filter(organization=link.organization, mode=single)
        for other in taken.exclude(enterprise=link.enterprise):
            yield (
                "organization",
                f"“{link.organization}”{_period(other)}是“{other.enterprise}”单独组建的党组织，"
                "不能再单独或联合组建。",
            )


def _meeting(link: CoverageLink) -> QuerySet[CoverageLink]:
    """Links that hold on some day on which this one would hold."""
    links = CoverageLink.objects.filter(Q(valid_to=None) | Q(valid_to__gt=link.valid_from))
    if link.valid_to:
        links = links.filter(valid_from__lt=link.valid_to)
    return links.select_related("enterprise", "organization").order_by("valid_from")


def _period(link: CoverageLink) -> str:
    if link.valid_to is None:
        return f"自 {link.valid_from} 起"
    return f"自 {link.valid_from} 至 {link.valid_to} "


def _record(
    actor: AbstractBaseUser | None,
    verb: str,
    link: CoverageLink,
    change: tuple[dict[str, Any], dict[str, Any]],
    reason: str,
) -> None:
    """One entry on the enterprise's history, since a link has no page of its own."""
    audit.record(
        actor=actor,
        verb=verb,
        target=link.enterprise,
        before=change[0] or None,
        after=change[1],
        reason=reason,
        scope_path=scope_path_of(link.enterprise),
    )


def links_of(enterprise: Enterprise) -> QuerySet[CoverageLink]:
    """All links there ever were, the latest first."""
    links = CoverageLink.objects.filter(enterprise=enterprise)
    return links.select_related("organization").order_by("-valid_from", "-pk")
