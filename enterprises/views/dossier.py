"""One enterprise on one page: registered facts, yearly records, changes."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.audit import history_of
from core.dates import today
from core.detail import Fact, FactGroup
from core.permissions import require
from core.reveal import masked
from enterprises.contacts.figures import with_results
from enterprises.covering import links_of
from enterprises.forms import AsOfForm
from enterprises.models import ContactPoint, Enterprise, EnterpriseRequest, EnterpriseYear
from enterprises.models.request import RAISE
from enterprises.requests.figures import figures
from enterprises.views.register import OWNERSHIP_TONES, STATUS_TONES

REGISTER = "/enterprises/"  # the list with its judgement belongs to the reports above
SHOWN = 50  # contact points and requests on the page; the lists show all
TABS = (
    ("", "一企一表"),
    ("coverage", "党组织覆盖"),
    ("contacts", "联系与诉求"),
    ("years", "历年普查"),
    ("changes", "变更记录"),
)


def find(request: HttpRequest, pk: int) -> Any:
    """The enterprise within the user's scope; a neighbour's is a 404."""
    user: Any = request.user
    enterprises = Enterprise.objects.visible_to(user)
    return get_object_or_404(enterprises.select_related("reporting_area", "county"), pk=pk)


@require_safe
@require("enterprises.view")
def enterprise_detail(request: HttpRequest, pk: int) -> HttpResponse:
    enterprise = find(request, pk)
    tab = request.GET.get("tab", "")
    years = list(EnterpriseYear.objects.filter(enterprise=enterprise).order_by("-reference_date"))
    context: dict[str, Any] = {
        "title": enterprise.name,
        "enterprise": enterprise,
        "as_of": f"数据截至 {today():%Y-%m-%d}",
        "status_tone": STATUS_TONES.get(enterprise.operating_status, "none"),
        "ownership_tone": OWNERSHIP_TONES.get(enterprise.ownership, "none"),
        "crumbs": (("企业库", REGISTER),),
        "actions": _actions(request, enterprise),
        "tabs": [
            {"label": label, "url": f"?tab={key}" if key else "?", "current": key == tab}
            for key, label in TABS
        ],
        "tab": tab if tab in dict(TABS) else "",
        "day": today(),
    }
    if tab == "coverage":
        context |= coverage(request, enterprise)
    elif tab == "contacts":
        context |= contacts(request, enterprise)
    elif tab == "years":
        context["years"] = years
        context["year_rows"] = year_rows(years)
    elif tab == "changes":
        context["history"] = history_of(enterprise, user=request.user)
        context["periods"] = enterprise.periods.select_related("reporting_area").order_by(
            "-valid_from"
        )
        context["former_names"] = enterprise.former_names.all()
    else:
        context["groups"] = groups(enterprise, years[0] if years else None, request.user)
    return render(request, "enterprises/enterprise_detail.html", context)


def coverage(request: HttpRequest, enterprise: Enterprise) -> dict[str, Any]:
    """Who covered it from when until when, and the plans to give it an organization."""
    user: Any = request.user
    day = AsOfForm.day_of(request.GET)
    return {
        "day": day,
        "as_of": f"数据截至 {day:%Y-%m-%d}",
        "links": links_of(enterprise),
        "holding": set(enterprise.coverage_links.as_of(day).values_list("pk", flat=True)),
        "may_cover": user.has_perm("enterprises.coverage"),
        "plans": enterprise.formation_plans.select_related("unit"),
    }


def contacts(request: HttpRequest, enterprise: Enterprise) -> dict[str, Any]:
    """The leaders who look after it, year by year, and what it asked for."""
    user: Any = request.user
    requests = EnterpriseRequest.objects.visible_to(user).filter(enterprise=enterprise)
    points = ContactPoint.objects.visible_to(user).filter(enterprise=enterprise)
    return {
        "contacts": with_results(points)[:SHOWN],
        "requests": requests[:SHOWN],
        "figures": figures(requests, today()),
        "may_pair": user.has_perm("enterprises.contacts"),
        "may_raise": user.has_perm(RAISE),
    }


def _actions(request: HttpRequest, enterprise: Enterprise) -> list[dict[str, str]]:
    user: Any = request.user
    if not user.has_perm("enterprises.change"):
        return []
    url = reverse("enterprises:enterprise_change", args=[enterprise.pk])
    return [{"label": "编辑", "url": url, "css": "btn-primary", "icon": "edit", "hotkey": "edit"}]


def groups(enterprise: Enterprise, year: EnterpriseYear | None, user: Any) -> tuple[FactGroup, ...]:
    """The sheet 一企一表 in the order of the official survey form."""
    capital = enterprise.registered_capital
    registered = (
        Fact("统一社会信用代码", enterprise.uscc),
        Fact("注册号", enterprise.registration_number),
        Fact("企业类型", enterprise.enterprise_type),
        Fact("法定代表人", enterprise.legal_representative),
        Fact("成立日期", enterprise.established_on),
        Fact("注册资本", _amount(capital, enterprise.capital_currency) if capital else None),
        Fact("登记机关", enterprise.registration_authority),
        Fact("行业", enterprise.industry),
        Fact("联系电话", masked(user, enterprise, "phone")),
        Fact("住所", enterprise.registered_address, wide=True),
        Fact("经营地址", enterprise.business_address, wide=True),
        Fact("经营范围", enterprise.business_scope, wide=True),
    )
    counted = (
        Fact("登记状态", enterprise.get_operating_status_display()),
        Fact("单位类别", enterprise.get_unit_kind_display()),
        Fact("控股情况", enterprise.get_ownership_display()),
        Fact("认定理由", enterprise.ownership_reason),
        Fact("统计辖区", str(enterprise.reporting_area or "待认领")),
        Fact("归属理由", enterprise.area_reason),
    )
    return (
        FactGroup("登记信息", registered),
        FactGroup("统计归属", counted),
        FactGroup("经营与人员", measured(year)),
        *_extra(enterprise),
    )


def measured(year: EnterpriseYear | None) -> tuple[Fact, ...]:
    revenue = year.annual_revenue if year else None
    return (
        Fact("普查时点", year and year.reference_date),
        Fact("从业人员(人)", year and year.employee_count),
        Fact("年营业收入(万元)", f"{revenue / 10_000:,.2f}" if revenue is not None else None),
        Fact("党员(人)", year and year.member_count),
        Fact("正式党员(人)", year and year.full_member_count),
        Fact("规模以上(统计口径)", year and year.is_statistical_scale),
        Fact("规模以上(党建口径)", year and year.is_party_scale),
        Fact("纳入党建基数", year and year.in_base_list),
    )


def _amount(value: Any, currency: str) -> str:
    return f"{value / 10_000:,.2f} 万{currency or '元'}"


def _extra(enterprise: Enterprise) -> tuple[FactGroup, ...]:
    """Columns of the lists that we have no field for, kept under their own headers."""
    if not enterprise.extra:
        return ()
    facts = tuple(Fact(str(header), value) for header, value in enterprise.extra.items())
    return (FactGroup("名单中的其他栏目", facts),)


@dataclass(frozen=True)
class YearCell:
    """A value of one year; `changed` against the year before."""

    value: object
    changed: bool


def year_rows(years: list[EnterpriseYear]) -> list[tuple[str, list[YearCell]]]:
    """One row per measured fact, one cell per year, newest first."""
    columns = [measured(year) for year in years]
    rows = []
    for index, fact in enumerate(measured(None)):
        values = [column[index].shown for column in columns]
        older = [*values[1:], values[-1]] if values else []
        cells = [
            YearCell(value, changed=index > 0 and value != before)
            for value, before in zip(values, older, strict=True)
        ]
        rows.append((fact.label, cells))
    return rows
