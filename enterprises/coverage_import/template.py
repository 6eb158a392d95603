"""The short sheet that a township fills in, blank or with what is known today."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from core.dates import today
from core.spreadsheets.writer import Page, write_workbook
from core.validity import valid_on
from enterprises.coverage_import.columns import SHORT, TEMPLATE
from enterprises.models import CoverageLink, Enterprise, OperatingStatus, UnitKind

REMARKS = (
    "填写说明：统一社会信用代码和企业名称至少填一项；组建形式填单独、联合、依托、挂靠或网格；"
    "同一党组织覆盖几家企业的，各占一行，党组织名称写成一样。",
)


@dataclass(frozen=True)
class _Line:
    values: tuple[Any, ...]
    is_total: bool = False


def blank_sheet(user: Any | None) -> BytesIO:
    """For a user, one line for each enterprise in scope and who covers it; else no lines."""
    target = BytesIO()
    page = Page(
        name="覆盖关系简表",
        title="覆盖关系简表",
        members=SHORT.pick(*TEMPLATE),
        lines=_lines(user) if user is not None else (),
        remarks=REMARKS,
    )
    write_workbook(target, [page])
    target.seek(0)
    return target


def _lines(user: Any) -> Iterator[_Line]:
    enterprises = Enterprise.objects.visible_to(user).filter(
        unit_kind=UnitKind.ENTERPRISE, operating_status=OperatingStatus.IN_OPERATION
    )
    links = CoverageLink.objects.filter(valid_on(today()), enterprise__in=enterprises)
    by_enterprise: dict[int, list[CoverageLink]] = {}
    for link in links.select_related("organization"):
        by_enterprise.setdefault(link.enterprise_id, []).append(link)
    ordered = enterprises.order_by("reporting_area__official_order", "pinyin", "pk")
    for enterprise in ordered.iterator():
        known: list[CoverageLink | None] = [*by_enterprise.get(enterprise.pk, ())]
        for link in known or [None]:
            yield _Line(_values(enterprise, link))


def _values(enterprise: Enterprise, link: CoverageLink | None) -> tuple[Any, ...]:
    facts: dict[str, Any] = {"uscc": enterprise.uscc, "name": enterprise.name}
    if link is not None:
        organization = link.organization
        facts |= {
            "organization": organization.name,
            "kind": organization.get_kind_display(),
            "mode": link.get_mode_display(),
            "since": link.valid_from,
            "established_on": organization.established_on,
            "secretary": organization.secretary_name,
        }
    return tuple(facts.get(field) for field in TEMPLATE)
