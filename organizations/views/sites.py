"""One site: facts, service centre, checks with what they found, and its changes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import audit
from core.dates import today
from core.detail import Fact, FactGroup
from core.permissions import require
from organizations.models import RatingScheme, ServiceCentre, Site, SiteCheck
from organizations.services import sites as services
from organizations.site_facts import CHANGE
from organizations.standards import SIX_HAVES
from organizations.views.common import VIEW, accepted, form_page
from organizations.views.rating_forms import MarksForm
from organizations.views.site_forms import (
    CentreForm,
    CheckForm,
    EndForm,
    SiteFactsForm,
    SiteForm,
    given_organization,
)

LIST = ("阵地与评定", "/sites/")
METHODS = ["GET", "HEAD", "POST"]


def find(request: HttpRequest, pk: int) -> Site:
    user: Any = request.user
    sites = Site.objects.visible_to(user).select_related("organization", "area__committee")
    found: Site = get_object_or_404(sites, pk=pk)
    return found


def crumbs(site: Site) -> list[tuple[str, str]]:
    return [LIST, (site.name, reverse("organizations:site", args=[site.pk]))]


@require_safe
@require(VIEW)
def site_detail(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    site = find(request, pk)
    centre = ServiceCentre.objects.visible_to(user).filter(site=site).first()
    may_change = user.has_perm(CHANGE)
    context = {
        "title": site.name,
        "site": site,
        "crumbs": [LIST],
        "groups": [_facts(site), *([_centre(centre)] if centre else [])],
        "checks": site.checks.select_related("scheme").prefetch_related("items__criterion"),
        "may_change": may_change,
        "actions": _actions(site, centre) if may_change else [],
        "history": audit.history_of(site, user=user),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "organizations/site.html", context)


def _facts(site: Site) -> FactGroup:
    return FactGroup(
        "基本情况",
        (
            Fact("阵地名称", site.name),
            Fact("党组织", site.organization or "—"),
            Fact("辖区", site.area or "—"),
            Fact("建设情况", site.get_stage_display()),
            Fact("面积(平方米)", site.square_metres),
            Fact("功能室(间)", site.rooms),
            Fact("使用方式", site.get_holding_display()),
            Fact("共享单位", site.shared_with),
            Fact("启用日期", site.valid_from),
            Fact("停用日期", site.valid_to),
            Fact("地址", site.address, wide=True),
        ),
    )


def _centre(centre: ServiceCentre) -> FactGroup:
    return FactGroup(
        f"党群服务中心：{centre}",
        (
            Fact("级别", centre.get_level_display()),
            Fact("开放时间", centre.opening_hours),
            Fact("八小时外开放", centre.opens_after_hours),
            Fact("节假日开放", centre.opens_on_holidays),
            Fact("负责人", centre.manager),
            Fact("专职人员(名)", centre.full_time_staff),
            Fact("兼职人员(名)", centre.part_time_staff),
            Fact("服务项目", centre.services, wide=True),
        ),
    )


def _actions(site: Site, centre: ServiceCentre | None) -> list[dict[str, str]]:
    routes = [("修改", "site_edit")]
    if site.valid_to is None:
        routes.append(("停用", "site_close"))
        routes.append(("修改服务中心" if centre else "设服务中心", "site_centre"))
    found = [
        {"label": label, "url": reverse(f"organizations:{route}", args=[site.pk])}
        for label, route in routes
    ]
    if site.valid_to is None:
        url = reverse("organizations:site_check", args=[site.pk])
        found.append({"label": "检查六有", "url": url, "css": "btn-primary"})
    return found


@require_http_methods(METHODS)
@require(CHANGE)
def site_create(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = SiteForm(user, request.POST or None, initial=given_organization(request))
    if form.is_valid() and accepted(
        form, lambda: services.open_site(actor=user, site=form.save(commit=False))
    ):
        messages.success(request, f"已新增 {form.instance}。")
        return redirect("organizations:site", form.instance.pk)
    return form_page(request, "新增阵地", form, LIST[1], [LIST])


@require_http_methods(METHODS)
@require(CHANGE)
def site_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    fresh = find(request, pk)
    form = SiteFactsForm(request.POST or None, instance=find(request, pk))
    if form.is_valid() and accepted(
        form, lambda: services.change_site(actor=user, site=fresh, **form.cleaned_data)
    ):
        messages.success(request, "已保存。")
        return redirect("organizations:site", pk)
    return form_page(request, f"修改 {fresh}", form, crumbs(fresh)[1][1], crumbs(fresh))


@require_http_methods(METHODS)
@require(CHANGE)
def site_close(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    site = find(request, pk)
    form = EndForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: services.close_site(actor=user, site=site, **form.cleaned_data)
    ):
        messages.success(request, f"{site}已停用。")
        return redirect("organizations:site", pk)
    return form_page(request, f"停用 {site}", form, crumbs(site)[1][1], crumbs(site))


@require_http_methods(METHODS)
@require(CHANGE)
def site_centre(request: HttpRequest, pk: int) -> HttpResponse:
    """The service centre of the site: set up, or changed."""
    user: Any = request.user
    site = find(request, pk)
    centres = ServiceCentre.objects.visible_to(user).select_related("site")
    fresh = centres.filter(site=site).first()
    form = CentreForm(request.POST or None, instance=fresh or ServiceCentre(site=site))
    present = centres.filter(site=site).first()

    def write() -> None:
        if present is None:
            reason = form.cleaned_data["reason"]
            services.open_centre(actor=user, centre=form.save(commit=False), reason=reason)
        else:
            services.change_centre(actor=user, centre=present, **form.cleaned_data)

    if form.is_valid() and accepted(form, write):
        messages.success(request, "服务中心已保存。")
        return redirect("organizations:site", pk)
    title = f"{site}：党群服务中心"
    return form_page(request, title, form, crumbs(site)[1][1], crumbs(site))


@require_http_methods(METHODS)
@require(CHANGE)
def site_check(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer for each of the six; a met requirement is noted with who saw it and when."""
    user: Any = request.user
    site = find(request, pk)
    scheme = _standard(request)
    criteria = list(scheme.criteria.order_by("place"))
    check = SiteCheck(site=site, scheme=scheme)
    form = CheckForm(request.POST or None, instance=check)
    marks = MarksForm(criteria, request.POST or None, is_check=True)
    if form.is_valid() & marks.is_valid() and accepted(
        form,
        lambda: services.record_check(actor=user, check=check, answers=marks.marks()),
    ):
        messages.success(request, f"已记录检查：{scheme} {check.result}。")
        return redirect("organizations:site", pk)
    context = {
        "title": f"检查 {site}：{scheme}",
        "form": form,
        "marks": marks,
        "scheme": scheme,
        "cancel_url": crumbs(site)[1][1],
        "crumbs": crumbs(site),
        "submit_label": "记录检查",
    }
    return render(request, "organizations/marks.html", context)


def _standard(request: HttpRequest) -> RatingScheme:
    """The present version of the standard that the address names; 六有 unless it names one."""
    key = request.GET.get("scheme", SIX_HAVES.key)
    schemes = RatingScheme.objects.as_of(today()).filter(subject=RatingScheme.Subject.SITE)
    found: RatingScheme | None = schemes.filter(key=key).first()
    if found is None:
        raise Http404
    return found
