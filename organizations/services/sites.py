"""Places of party work: opened, changed, closed, checked; service centres; model points."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit, horizon
from core.horizon import Reach
from core.refusals import clean_at
from organizations.models import (
    DemonstrationPoint,
    RatingScheme,
    ServiceCentre,
    Site,
    SiteCheck,
    SiteCheckItem,
)
from organizations.scoring import Mark
from organizations.services.acts import Actor, correct


@transaction.atomic
def open_site(*, actor: Actor, site: Site, reason: str = "") -> Site:
    """Add a place; `valid_from` is the day from which it stands or is planned."""
    _add(actor, "site.open", site, site.keeper.path, reason)
    return site


@transaction.atomic
def change_site(*, actor: Actor, site: Site, reason: str = "", **facts: Any) -> Site:
    correct(actor, "site.change", site, facts, reason, site.keeper.path)
    return site


@transaction.atomic
def close_site(*, actor: Actor, site: Site, on: date, reason: str) -> Site:
    """The place is given up: from that day on it is no longer there."""
    if site.valid_to is not None:
        raise ValidationError({"on": f"该阵地已于 {site.valid_to} 停用"})
    if on <= site.valid_from:
        raise ValidationError({"on": f"停用日期应晚于启用日期 {site.valid_from}"})
    correct(actor, "site.close", site, {"valid_to": on}, reason, site.keeper.path)
    return site


@transaction.atomic
def record_check(
    *,
    actor: Actor,
    check: SiteCheck,
    answers: Mapping[int, Mark],
) -> SiteCheck:
    """Write down an unsaved check with one answer for each criterion of its scheme.

    A met requirement is a mark with a score above zero.
    """
    site, criteria = check.site, list(check.scheme.criteria.all())
    if check.scheme.subject != RatingScheme.Subject.SITE or not criteria:
        raise ValidationError({"scheme": "这个标准还没有列出检查项"})
    horizon.require(check.checked_on, Reach.FACT, "checked_on")
    if check.checked_on < site.valid_from or (site.valid_to and check.checked_on >= site.valid_to):
        raise ValidationError({"checked_on": "检查日期不在阵地使用期内"})
    if missing := [str(one) for one in criteria if one.pk not in answers]:
        raise ValidationError(f"还有未判断的检查项：{'、'.join(missing)}")
    items = [
        SiteCheckItem(criterion=one, is_met=bool(answers[one.pk].score), note=answers[one.pk].note)
        for one in criteria
    ]
    check.met_count, check.item_count = sum(item.is_met for item in items), len(items)
    clean_at(check, {"organizations_check_once_a_day": "checked_on"})
    check.save()
    for item in items:
        item.check_record = check
    SiteCheckItem.objects.bulk_create(items)
    after = {
        "checked_on": check.checked_on,
        "checked_by": check.checked_by,
        "结果": check.result,
        "未达标": "、".join(str(item.criterion) for item in items if not item.is_met),
        "evidence": check.evidence,
    }
    path = site.keeper.path
    audit.record(actor=actor, verb="site.check", target=site, after=after, scope_path=path)
    return check


@transaction.atomic
def open_centre(*, actor: Actor, centre: ServiceCentre, reason: str = "") -> ServiceCentre:
    _add(actor, "centre.open", centre, centre.site.keeper.path, reason)
    return centre


@transaction.atomic
def change_centre(
    *, actor: Actor, centre: ServiceCentre, reason: str = "", **facts: Any
) -> ServiceCentre:
    correct(actor, "centre.change", centre, facts, reason, centre.site.keeper.path)
    return centre


@transaction.atomic
def award_demonstration(
    *, actor: Actor, point: DemonstrationPoint, reason: str = ""
) -> DemonstrationPoint:
    """Name an organization as a model from `valid_from` on."""
    _add(actor, "demonstration.award", point, point.organization.path, reason)
    return point


@transaction.atomic
def change_demonstration(
    *, actor: Actor, point: DemonstrationPoint, reason: str = "", **facts: Any
) -> DemonstrationPoint:
    correct(actor, "demonstration.change", point, facts, reason, point.organization.path)
    return point


@transaction.atomic
def withdraw_demonstration(
    *, actor: Actor, point: DemonstrationPoint, on: date, reason: str, document: str = ""
) -> DemonstrationPoint:
    """Take the name away again from that day on."""
    if point.is_withdrawn:
        raise ValidationError({"on": f"已于 {point.valid_to} 撤销命名"})
    if on <= point.valid_from:
        raise ValidationError({"on": f"撤销日期应晚于命名日期 {point.valid_from}"})
    if point.valid_to is not None and on >= point.valid_to:
        raise ValidationError({"on": f"命名已于 {point.valid_to} 到期"})
    facts = {
        "valid_to": on,
        "is_withdrawn": True,
        "withdrawal_reason": reason,
        "withdrawal_document": document,
    }
    correct(actor, "demonstration.withdraw", point, facts, reason, point.organization.path)
    return point


def _add(actor: Actor, verb: str, row: Any, scope_path: str, reason: str) -> None:
    row.full_clean()
    row.save()
    after = {
        field.name: str(value) if field.is_relation else value
        for field in row._meta.concrete_fields
        if not field.primary_key and (value := getattr(row, field.name)) not in (None, "")
    }
    audit.record(
        actor=actor, verb=verb, target=row, after=after, reason=reason, scope_path=scope_path
    )
