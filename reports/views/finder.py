"""The formation finder on screen, and bringing the queue up to date by hand."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.dates import today
from core.permissions import require
from enterprises.models import Enterprise, FormationMode, FormationReason
from organizations.views.common import accepted, form_page
from reports.formation import queue
from reports.formation.finder import Finder, Proposal
from reports.formation.forms import FinderForm, TakeForm

VIEW, CHANGE = "reports.view", "enterprises.formation"
LIST = ("应建未建", "/formation/")
TITLE = "组建方案"
PER_PAGE, SHOWN = 20, 50


@require_safe
@require(VIEW)
def finder(request: HttpRequest) -> HttpResponse:
    """Proposals, firms that outgrew their joint branch, and joint branches that are too large."""
    user: Any = request.user
    form = FinderForm(request.GET, user=user)
    area = form.cleaned_data["area"] if form.is_valid() else None
    found = Finder(user, today(), area)
    page = Paginator(found.groups, PER_PAGE).get_page(request.GET.get("page"))
    outgrown = found.outgrown()
    crowded = found.crowded()
    context = {
        "title": TITLE,
        "form": form,
        "area": area,
        "page": page,
        "proposals": found.proposals(list(page.object_list)),
        "firms": sum(len(one.firms) for one in found.groups),
        "outgrown": outgrown[:SHOWN],
        "outgrown_total": outgrown.count(),
        "too_large": [row for row in crowded if row[1] > found.rules.joint_alarm],
        "large": [row for row in crowded if row[1] <= found.rules.joint_alarm],
        "waiting": found.waiting(),
        "rules": found.rules,
        "may_take": user.has_perm(CHANGE),
        "crumbs": (LIST,),
        "as_of": f"数据截至 {today():%Y-%m-%d}",
    }
    return render(request, "reports/formation/finder.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def finder_take(request: HttpRequest, key: str) -> HttpResponse:
    """A proposal as plans of its firms, with unit and day proposed too."""
    user: Any = request.user
    found = Finder(user, today())
    proposal = found.proposal(key) or found.own(key)
    if proposal is None:
        raise Http404
    initial = {
        "unit": proposal.area.committee,
        "planned_on": today() + timedelta(days=found.rules.formation_days),
        "proposed_name": proposal.name,
    }
    form = TakeForm(user, request.POST or None, initial=initial)
    if form.is_valid() and accepted(form, lambda: _take(user, proposal, form)):
        messages.success(request, f"已为 {len(proposal.firms)} 家企业制定组建计划。")
        return redirect("reports:formation_finder")
    names = "、".join(fact.enterprise.name for fact in proposal.firms)
    title = f"采用方案：{names}"
    return form_page(request, title, form, reverse("reports:formation_finder"), [LIST])


def _take(user: Any, proposal: Proposal, form: TakeForm) -> None:
    joint = len(proposal.firms) > 1
    queue.take_up(
        actor=user,
        enterprises=[fact.enterprise for fact in proposal.firms],
        reason=FormationReason.NEIGHBOURS if joint else FormationReason.OUTGROWN,
        mode=FormationMode.JOINT if joint else FormationMode.SINGLE,
        **form.cleaned_data,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def formation_refresh(request: HttpRequest) -> HttpResponse:
    """What the night does, now and for the user's own enterprises."""
    user: Any = request.user
    within = Enterprise.objects.visible_to(user)
    if request.method == "POST":
        outcome = queue.bring_up_to_date(actor=user, day=today(), within=within)
        messages.success(request, f"已更新：{outcome}。")
        return redirect("enterprises:formation_list")
    context = {
        "title": "更新应建未建清单",
        "sentence": "按今天的覆盖情况列入新的应建未建企业；已经覆盖的转为运行，"
        "不再应建的撤出清单。每天夜间也会自动更新。",
        "count": queue.due(today(), within),
        "undo": "列入后可以逐家撤并。",
        "submit_label": "更新",
        "cancel_url": reverse("enterprises:formation_list"),
        "crumbs": (LIST,),
    }
    return render(request, "generic/confirm.html", context)
