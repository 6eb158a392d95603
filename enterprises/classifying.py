"""Which building, market, grid and industry chains an enterprise belongs to, from when to when."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from core import audit
from core.validity import valid_on
from enterprises.models import Enterprise, EnterpriseClassification, EnterprisePeriod
from enterprises.periods import scope_path_of
from organizations.models import Area, AreaKind
from organizations.models.area import REPORTING_KINDS

Actor = AbstractBaseUser | None


@transaction.atomic
def classify(
    *, actor: Actor, enterprises: Iterable[Enterprise], area: Area, on: date, reason: str
) -> int:
    """Put enterprises into the area from that day on; those already in it stay untouched.

    A building, market or grid takes the place of the former one, chains stand beside each other.
    """
    if not area.is_classifying:
        raise ValidationError({"area": "企业只能归入楼宇、专业市场、网格或产业链"})
    if area.closed_on and area.closed_on <= on:
        raise ValidationError({"on": f"{area}已于 {area.closed_on} 撤销"})
    chosen = _locked([enterprise.pk for enterprise in enterprises])
    rows = _rivals(chosen, area)
    inside = {row.enterprise_id for row in rows if row.area_id == area.pk and _holds(row, on)}
    entering = [enterprise for enterprise in chosen if enterprise.pk not in inside]
    rivals = [row for row in rows if row.enterprise_id not in inside]
    _refuse_later(rivals, on)
    left = {row.enterprise_id: row for row in rivals if _holds(row, on)}
    for row in left.values():
        row.valid_to = on
    EnterpriseClassification.objects.bulk_update(left.values(), ["valid_to"])
    EnterpriseClassification.objects.bulk_create(
        EnterpriseClassification(
            enterprise=enterprise, area=area, kind=area.kind, valid_from=on, reason=reason[:200]
        )
        for enterprise in entering
    )
    _note(actor, "enterprise.classify", entering, reason, on, area, left)
    return len(entering)


@transaction.atomic
def declassify(
    *, actor: Actor, classification: EnterpriseClassification, on: date, reason: str
) -> EnterpriseClassification:
    """The enterprise no longer belongs there from that day on."""
    if on <= classification.valid_from:
        raise ValidationError({"on": f"终止日期应晚于归入日期 {classification.valid_from}"})
    if classification.valid_to and on >= classification.valid_to:
        raise ValidationError({"on": f"已于 {classification.valid_to} 终止"})
    (enterprise,) = _locked([classification.enterprise_id])
    classification.valid_to = on
    classification.save(update_fields=["valid_to"])
    left = {enterprise.pk: classification}
    _note(actor, "enterprise.declassify", [enterprise], reason, on, None, left)
    return classification


def _locked(keys: Collection[int]) -> list[Enterprise]:
    rows = Enterprise.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return list(rows.select_related("reporting_area__committee", "county__committee"))


def _rivals(enterprises: Collection[Enterprise], area: Area) -> list[EnterpriseClassification]:
    """What the new entry may collide with: the same area, and of single kinds the same kind."""
    rows = EnterpriseClassification.objects.filter(enterprise__in=enterprises, kind=area.kind)
    if area.kind == AreaKind.INDUSTRY_CHAIN:
        rows = rows.filter(area=area)
    return list(rows.select_related("enterprise", "area"))


def _holds(row: EnterpriseClassification, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or row.valid_to > on)


def _refuse_later(rows: Iterable[EnterpriseClassification], on: date) -> None:
    for row in rows:
        if row.valid_from >= on:
            raise ValidationError(
                {"on": f"“{row.enterprise}”自 {row.valid_from} 起已归入{row.area}，请先核对日期"}
            )


def _note(
    actor: Actor,
    verb: str,
    enterprises: Collection[Enterprise],
    reason: str,
    on: date,
    area: Area | None,
    left: dict[int, EnterpriseClassification],
) -> None:
    """One entry each in the log; the version tells a list under review that something changed."""
    keys = [enterprise.pk for enterprise in enterprises]
    Enterprise.objects.filter(pk__in=keys).update(version=F("version") + 1)
    changes = [
        audit.Change(
            enterprise,
            {"归类": left[enterprise.pk].area.name if enterprise.pk in left else None},
            {"归类": area.name if area else None, "生效日期": on.isoformat()},
            scope_path_of(enterprise),
        )
        for enterprise in enterprises
    ]
    audit.record_many(actor=actor, verb=verb, changes=changes, reason=reason)


def object_to_area(area: Area, kind: str, closed_on: date | None) -> Iterable[tuple[str, str]]:
    """Enterprises stand in the way of another kind and of closing (`organizations.area_uses`)."""
    periods = EnterprisePeriod.objects.filter(reporting_area=area)
    classified = EnterpriseClassification.objects.filter(area=area)
    if kind != area.kind and kind not in REPORTING_KINDS and periods.exists():
        yield "kind", "有企业以它为统计辖区，类别只能是乡镇、街道或园区"
    if kind != area.kind and classified.exists():
        yield "kind", "已有企业归入这里，不能改变类别"
    if closed_on is None or closed_on == area.closed_on:
        return
    for rows, word in ((periods, "以它为统计辖区"), (classified, "归在这里")):
        if left := _still_there(rows, closed_on):
            yield "closed_on", f"撤销之日仍有 {left} 家企业{word}，请先变更"


def _still_there(rows: Any, day: date) -> int:
    """Enterprises on that day or later."""
    found: int = (
        rows.filter(valid_on(day)).values("enterprise").distinct().count()
        or rows.filter(valid_from__gt=day).values("enterprise").distinct().count()
    )
    return found
