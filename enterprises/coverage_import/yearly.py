"""What a ledger reports of each enterprise, kept in the yearly record of its reference date."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from enterprises.coverage_import.planning import Planned
from enterprises.models import CoverageBatch, CoverageRow, EnterpriseYear

CHUNK = 1000
_MEASURES = ("employee_count", "annual_revenue", "member_count", "is_party_scale")


def write_years(
    batch: CoverageBatch, rows: Sequence[CoverageRow], planned: Sequence[Planned]
) -> int:
    """Values beside the coverage; a new record starts from the latest one before the day."""
    chosen = [
        (row, one)
        for row, one in zip(rows, planned, strict=True)
        if one.enterprise and one.outcome != CoverageRow.Outcome.ERROR and _says_anything(one)
    ]
    keys = [row.enterprise_id for row, _ in chosen]
    latest = EnterpriseYear.objects.as_of(batch.as_of).filter(enterprise__in=keys)
    known = {year.enterprise_id: year for year in latest}
    created: list[EnterpriseYear] = []
    changed: list[EnterpriseYear] = []
    for row, one in chosen:
        assert one.enterprise
        year = known.get(one.enterprise.pk) or EnterpriseYear(enterprise=one.enterprise)
        before = facts_of(year) if year.reference_date == batch.as_of else None
        if before is None:
            year.pk, year.reference_date = None, batch.as_of
            year._state.adding = True
        _overlay(year, one)
        (created if before is None else changed).append(year)
        row.written["year"] = {"before": before, "after": facts_of(year)}
    EnterpriseYear.objects.bulk_create(created, batch_size=CHUNK)
    EnterpriseYear.objects.bulk_update(changed, [*_MEASURES, "reported"], batch_size=CHUNK)
    return len(chosen)


def _says_anything(one: Planned) -> bool:
    return bool(one.stated.measures or one.stated.reported)


def _overlay(year: EnterpriseYear, one: Planned) -> None:
    """What the row says replaces; what it leaves empty stays."""
    for name, value in one.stated.measures.items():
        setattr(year, name, Decimal(value) if name == "annual_revenue" else value)
    year.reported = {**year.reported, **one.stated.reported}


def facts_of(year: EnterpriseYear) -> dict[str, Any]:
    """The values that an import may write, as an undo compares them."""
    revenue = year.annual_revenue
    return {
        "employee_count": year.employee_count,
        "annual_revenue": None if revenue is None else f"{revenue:.2f}",
        "member_count": year.member_count,
        "is_party_scale": year.is_party_scale,
        "reported": year.reported,
    }


def restore(year: EnterpriseYear, before: Mapping[str, Any]) -> None:
    revenue = before["annual_revenue"]
    year.employee_count = before["employee_count"]
    year.annual_revenue = None if revenue is None else Decimal(revenue)
    year.member_count = before["member_count"]
    year.is_party_scale = before["is_party_scale"]
    year.reported = before["reported"]
