"""The periods of an enterprise: what it counted as from when until when, without gap or overlap."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q

from core import audit
from core.dates import today
from core.validity import valid_on
from enterprises.models import Enterprise, EnterprisePeriod

ARRIVAL_DAYS = 7
FIELDS = ("operating_status", "unit_kind", "ownership", "reporting_area")


def scope_path_of(enterprise: Enterprise) -> str:
    area = enterprise.reporting_area or enterprise.county
    return area.committee.path


def change_period(
    enterprise: Enterprise, on: date, facts: dict[str, Any], *, reason: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Let facts hold from a day until the next known change of the same fact; saves the enterprise.

    Returns what the enterprise counted as before and after, as the audit log keeps it.
    """
    if unknown := set(facts) - set(FIELDS):
        raise ValueError(f"no facts of a period: {sorted(unknown)}")
    area = facts.get("reporting_area")
    if area is not None and not area.is_reporting:
        sentence = f"统计辖区只能是乡镇、街道或园区，“{area}”是{area.get_kind_display()}"
        raise ValidationError({"reporting_area": sentence})
    before = {field: _plain(getattr(enterprise, field)) for field in facts}
    is_first = not enterprise.periods.filter(valid_from__lte=on).exists()
    period = _starting(enterprise, on, reason)
    old = {field: getattr(period, field) for field in facts}
    affected = enterprise.periods.filter(valid_from__gte=on).order_by("valid_from")
    # Before the first day known: what began on that day was stated for itself and stands.
    for later in affected[:1] if is_first else affected:
        going_on = {
            field: new for field, new in facts.items() if getattr(later, field) == old[field]
        }
        if not going_on:
            break
        for field, new in going_on.items():
            setattr(later, field, new)
        later.save()
    _mirror(enterprise)
    after = {field: _plain(getattr(enterprise, field)) for field in facts}
    return audit.difference(before, after) if before != after else (before, after)


def _starting(enterprise: Enterprise, on: date, reason: str) -> EnterprisePeriod:
    """A period that begins on that day, cut out of the one that held then."""
    covering = enterprise.periods.filter(valid_on(on)).first()
    if covering and covering.valid_from == on:
        covering.reason = reason[:200]
        covering.save()
        held: EnterprisePeriod = covering
        return held
    if covering:
        end, covering.valid_to = covering.valid_to, on
        covering.save()
        source = covering
    else:
        following = enterprise.periods.filter(valid_from__gt=on).order_by("valid_from").first()
        end = following.valid_from if following else None
        source = following
    values = {field: getattr(source or enterprise, field) for field in FIELDS}
    created: EnterprisePeriod = EnterprisePeriod.objects.create(
        enterprise=enterprise,
        valid_from=on,
        valid_to=end,
        source="工作人员",
        reason=reason[:200],
        **values,
    )
    return created


def _mirror(enterprise: Enterprise) -> None:
    """The enterprise shows what holds today; before its first day, what will hold then."""
    periods = enterprise.periods.order_by("valid_from")
    current = periods.filter(valid_on(today())).first() or periods.first()
    if current:
        for field in FIELDS:
            setattr(enterprise, field, getattr(current, field))
    enterprise.version += 1
    enterprise.save()


def mirror_arrivals(day: date) -> int:
    """Show on the enterprises what begins to hold by that day; how many had to change.

    Changes may be entered ahead of time; a night that was missed is made up for within a week.
    """
    begun = EnterprisePeriod.objects.filter(
        valid_on(day), valid_from__gt=day - timedelta(days=ARRIVAL_DAYS)
    )
    differs = Q(pk__in=())
    for field in FIELDS:
        differs |= ~Q(**{f"enterprise__{field}": F(field)})
    late = begun.filter(differs | Q(reporting_area__isnull=False, enterprise__reporting_area=None))
    count = 0
    for period in late.select_related("enterprise").iterator():
        _mirror(period.enterprise)
        count += 1
    return count


def _plain(value: Any) -> Any:
    return value.name if hasattr(value, "name") and hasattr(value, "pk") else value
