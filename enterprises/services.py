"""Changes to single enterprises by officers: facts, judgement, area, status, mergers, measures.

Each locks the enterprise, raises its version (a census batch that was reconciled before notices)
and leaves one audit entry.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.dates import today
from enterprises.census.columns import MEASURES, REGISTRY_FIELDS
from enterprises.census.territory import Place, Territory
from enterprises.models import (
    Enterprise,
    EnterpriseYear,
    NameHistory,
    OperatingStatus,
    Ownership,
    SourceRecord,
)
from enterprises.periods import change_period, scope_path_of
from enterprises.requests import merging
from organizations.models import Area

NAMED = (NameHistory.What.NAME, NameHistory.What.USCC, NameHistory.What.REGISTRATION_NUMBER)


def _locked(enterprise: Enterprise) -> Enterprise:
    locked: Enterprise = Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise.pk)
    return locked


@transaction.atomic
def change_enterprise(
    *,
    actor: AbstractBaseUser | None,
    enterprise: Enterprise,
    facts: dict[str, Any],
    reason: str,
    on: date | None = None,
) -> Enterprise:
    """Correct registry facts; a name or number left behind goes into the history."""
    foreign = set(facts) - set(REGISTRY_FIELDS) - {"extra"} | ({"operating_status"} & set(facts))
    if foreign:
        raise ValueError(f"not facts of the registry: {sorted(foreign)}")
    enterprise = _locked(enterprise)
    before, after = audit.difference({field: getattr(enterprise, field) for field in facts}, facts)
    if not after:
        return enterprise
    for what in NAMED:
        if what in after and before[what]:
            _remember(enterprise, what, str(before[what]), on or today(), reason)
    for field, value in after.items():
        setattr(enterprise, field, value)
    enterprise.version += 1
    enterprise.full_clean(exclude=["county", "reporting_area", "successor"])
    enterprise.save()
    _record(actor, "enterprise.change", enterprise, (before, after), reason)
    return enterprise


def _remember(enterprise: Enterprise, what: str, value: str, until: date, reason: str) -> None:
    last = enterprise.former_names.filter(what=what).order_by("-valid_to").first()
    since = last.valid_to if last else enterprise.established_on
    if since is None or since >= until:
        since = date.fromordinal(until.toordinal() - 1)
    NameHistory.objects.create(
        enterprise=enterprise,
        what=what,
        value=value,
        valid_from=since,
        valid_to=until,
        reason=reason[:200],
    )


def _record(
    actor: AbstractBaseUser | None,
    verb: str,
    enterprise: Enterprise,
    change: tuple[dict[str, Any], dict[str, Any]],
    reason: str,
) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target=enterprise,
        before=change[0],
        after=change[1],
        reason=reason,
        scope_path=scope_path_of(enterprise),
    )


@transaction.atomic
def judge_ownership(
    *,
    actor: AbstractBaseUser | None,
    enterprise: Enterprise,
    ownership: Ownership,
    reason: str,
    on: date | None = None,
) -> Enterprise:
    """The officer's word on who controls the capital; it stands above every later guess."""
    if not reason.strip():
        raise ValidationError("请填写认定理由")
    enterprise = _locked(enterprise)
    enterprise.ownership_confirmed = True
    enterprise.ownership_reason = reason.strip()[:200]
    change = change_period(enterprise, on or today(), {"ownership": ownership}, reason=reason)
    _record(actor, "enterprise.judge", enterprise, change, reason)
    return enterprise


@transaction.atomic
def claim_area(
    *,
    actor: AbstractBaseUser | None,
    enterprises: Iterable[Enterprise],
    area: Area | None,
    reason: str,
    on: date | None = None,
) -> int:
    """Give enterprises their reporting area for good, or back to the queue with None."""
    count = 0
    for chosen in sorted(enterprises, key=lambda enterprise: enterprise.pk):
        enterprise = _locked(chosen)
        enterprise.area_confirmed = area is not None
        enterprise.area_reason = reason[:200]
        enterprise.outside_county = False
        change = change_period(enterprise, on or today(), {"reporting_area": area}, reason=reason)
        _record(actor, "enterprise.claim", enterprise, change, reason)
        count += 1
    return count


@transaction.atomic
def change_status(
    *,
    actor: AbstractBaseUser | None,
    enterprise: Enterprise,
    reason: str,
    on: date,
    **facts: Any,
) -> Enterprise:
    """Operating status or unit kind from a day on."""
    enterprise = _locked(enterprise)
    change = change_period(enterprise, on, facts, reason=reason)
    _record(actor, "enterprise.period", enterprise, change, reason)
    return enterprise


@transaction.atomic
def merge_enterprises(
    *,
    actor: AbstractBaseUser | None,
    absorbed: Enterprise,
    into: Enterprise,
    on: date,
    reason: str,
) -> Enterprise:
    """One enterprise goes on as another: lists that still name the old one find the new one.

    What the old one asked for and is still open is carried on for the new one.
    """
    if absorbed.pk == into.pk or absorbed.county_id != into.county_id:
        raise ValidationError("请选择同一县名册中的另一家企业")
    rows = Enterprise.objects.select_for_update(of=("self",)).order_by("pk")
    locked = {row.pk: row for row in rows.filter(pk__in=(absorbed.pk, into.pk))}
    absorbed, into = locked[absorbed.pk], locked[into.pk]
    if absorbed.coverage_links.as_of(on).exists():
        raise ValidationError("被并入的企业仍有党组织覆盖关系，请先办理变更")
    _hand_names_on(absorbed, into, on)
    SourceRecord.objects.filter(enterprise=absorbed).delete()  # no list is expected to name it
    absorbed.successor = into
    old_code, absorbed.uscc = absorbed.uscc, None
    absorbed.registration_number = absorbed.organization_code = ""
    change = change_period(
        absorbed, on, {"operating_status": OperatingStatus.DEREGISTERED}, reason=reason
    )
    into.version += 1
    into.save()
    merging.move_open(actor=actor, absorbed=absorbed, into=into, reason=reason)
    before, after = change
    _record(
        actor,
        "enterprise.merge",
        absorbed,
        ({**before, "uscc": old_code}, {**after, "successor": into.pk}),
        reason,
    )
    return into


def _hand_names_on(absorbed: Enterprise, into: Enterprise, on: date) -> None:
    for what in NAMED:
        value = getattr(absorbed, what)
        if value and value != getattr(into, what):
            _remember(into, what, value, on, f"并入前“{absorbed.name}”")


@transaction.atomic
def record_measures(
    *,
    actor: AbstractBaseUser | None,
    enterprise: Enterprise,
    reference_date: date,
    measures: dict[str, Any],
    reason: str = "",
) -> EnterpriseYear:
    """What an officer reports of one reference date; a later list that differs will ask."""
    known = {*MEASURES, "is_party_scale", "in_base_list", "exclusion_reason", "reported"}
    if unknown := set(measures) - known:
        raise ValueError(f"not measures: {sorted(unknown)}")
    enterprise = _locked(enterprise)
    year, _ = EnterpriseYear.objects.get_or_create(
        enterprise=enterprise, reference_date=reference_date
    )
    before, after = audit.difference({name: getattr(year, name) for name in measures}, measures)
    if not after:
        return year
    for name, value in after.items():
        setattr(year, name, value)
    year.batch = None
    year.full_clean(exclude=["enterprise", "batch"])
    year.save()
    enterprise.version += 1
    enterprise.save(update_fields=["version"])
    _record(actor, "enterprise.measure", enterprise, (before, after), reason)
    return year


def reclaim(*, actor: AbstractBaseUser | None, county: Area) -> int:
    """Ask the rules again about everything unclaimed, after areas or keywords have changed."""
    territory = Territory.of(county)
    areas = Area.objects.in_bulk()
    count = 0
    for enterprise in Enterprise.objects.filter(county=county).unclaimed().iterator():
        claim = territory.claim(
            Place(
                region=(enterprise.uscc or "")[2:8] or enterprise.registration_number[:6],
                addresses=(enterprise.business_address, enterprise.registered_address),
                authority=enterprise.registration_authority,
                name=enterprise.name,
            )
        )
        if claim.area_id is not None:
            with transaction.atomic():
                _move(actor, enterprise, areas[claim.area_id], claim.reason)
            count += 1
    return count


def _move(actor: AbstractBaseUser | None, enterprise: Enterprise, area: Area, reason: str) -> None:
    """A claim by rule: it may be corrected by the next list, so it does not count as confirmed."""
    enterprise = _locked(enterprise)
    enterprise.area_reason = reason[:200]
    change = change_period(enterprise, today(), {"reporting_area": area}, reason=reason)
    _record(actor, "enterprise.claim", enterprise, change, reason)
