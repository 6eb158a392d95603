"""On what terms members pay: bases of a branch, and requests to pay less for a time."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.audit import history_of
from core.dates import today
from core.detail import Fact, FactGroup
from core.listing import ReasonForm
from core.permissions import require
from members.dues import parameters, reckoning, reliefs
from members.dues.forms import ApproveForm, BasesForm, ReliefForm
from members.dues.services import CHANGE, set_bases
from members.dues.sheet import held_in, posts_first
from members.models import DuesBase, DuesRelief, PartyMember
from members.views.dues import LIST, find
from organizations.elections import REVIEW, may_decide
from organizations.models import PartyOrganization
from organizations.views.common import accepted, form_page


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def bases(request: HttpRequest, pk: int) -> HttpResponse:
    """The bases of all members of the branch from one month on, in one form."""
    user: Any = request.user
    branch, month = find(request, pk), reckoning.month_of(today())
    members = [one.member for one in posts_first(held_in([month], organization=branch), today())]
    now = DuesBase.objects.visible_to(user).as_of(month).filter(member__in=members)
    form = BasesForm(members, {one.member_id: one for one in now}, request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: set_bases(actor=user, month=form.cleaned_data["month"], given=form.given)
    ):
        messages.success(request, "已核定交纳基数。")
        return redirect("members:dues_sheet", pk)
    context = {
        "title": f"{branch}核定党费基数",
        "crumbs": _crumbs(branch),
        "form": form,
        "cancel_url": reverse("members:dues_sheet", args=[pk]),
        "rules": parameters.lines_on(month),
    }
    return render(request, "members/dues_bases.html", context)


@require_safe
@require(CHANGE)
def relief_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who of the branch pays less, or asked to."""
    user: Any = request.user
    branch = find(request, pk)
    rows = DuesRelief.objects.visible_to(user).filter(organization=branch)
    new = reverse("members:dues_relief_new", args=[pk])
    context = {
        "title": f"{branch}少交免交党费",
        "crumbs": _crumbs(branch),
        "rows": rows.select_related("member__person"),
        "actions": [{"label": "提出申请", "url": new, "css": "btn-primary"}],
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "members/dues_reliefs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def relief_new(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    branch = find(request, pk)
    members = PartyMember.objects.visible_to(user).select_related("person")
    held = held_in([reckoning.month_of(today())], organization=branch).values("member")
    form = ReliefForm(members.filter(pk__in=held), request.POST or None)
    asked: list[DuesRelief] = []
    if form.is_valid() and accepted(
        form,
        lambda: asked.append(reliefs.ask(actor=user, organization=branch, **form.facts)),
    ):
        messages.success(request, "已报上级党组织审批。")
        return redirect("members:dues_relief", asked[0].pk)
    back = reverse("members:dues_reliefs", args=[pk])
    return form_page(request, f"{branch}申请少交免交党费", form, back, _crumbs(branch))


@require_safe
@require(CHANGE)
def relief_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail(request, _relief(request, pk))


@require_POST
@require(REVIEW)
def relief_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The superior committee approves, or returns the request with its reason."""
    user: Any = request.user
    relief = _relief(request, pk)
    if not may_decide(user, relief.organization):
        raise PermissionDenied
    if "return" in request.POST:
        back = ReasonForm(request.POST)
        if back.is_valid() and accepted(
            back, lambda: reliefs.send_back(actor=user, relief=relief, **back.cleaned_data)
        ):
            messages.success(request, "已退回。")
            return redirect("members:dues_relief", pk)
        return _detail(request, relief, return_form=back)
    form = ApproveForm(request.POST)
    if form.is_valid() and accepted(
        form, lambda: reliefs.approve(actor=user, relief=relief, **form.cleaned_data)
    ):
        messages.success(request, "已批准。")
        return redirect("members:dues_relief", pk)
    return _detail(request, relief, approve_form=form)


def _detail(
    request: HttpRequest,
    relief: DuesRelief,
    *,
    approve_form: BaseForm | None = None,
    return_form: BaseForm | None = None,
) -> HttpResponse:
    user: Any = request.user
    is_open = relief.state == DuesRelief.State.PROPOSED
    decides = is_open and may_decide(user, relief.organization)
    context = {
        "title": f"{relief}",
        "crumbs": [
            *_crumbs(relief.organization),
            ("少交免交", reverse("members:dues_reliefs", args=[relief.organization_id])),
        ],
        "relief": relief,
        "groups": [_facts(relief)],
        "approve_form": (approve_form or ApproveForm()) if decides else None,
        "return_form": (return_form or ReasonForm()) if decides else None,
        "history": history_of(relief, user=user),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "members/dues_relief.html", context)


def _facts(relief: DuesRelief) -> FactGroup:
    return FactGroup(
        "申请和批准",
        (
            Fact("党员", relief.member.person.name),
            Fact("党支部", str(relief.organization)),
            Fact("类别", relief.get_kind_display()),
            Fact("每月交纳（元）", relief.amount and str(relief.amount)),
            Fact("起始月份", f"{relief.valid_from:%Y-%m}"),
            Fact("恢复足额交纳的月份", f"{relief.valid_to:%Y-%m}"),
            Fact("本人申请日期", relief.requested_on),
            Fact("支部讨论日期", relief.agreed_on),
            Fact("申请理由", relief.reason, wide=True),
            Fact("批准日期", relief.approved_on),
            Fact("批准文号", relief.document),
            Fact("退回原因", relief.remark, wide=True),
        ),
    )


def _relief(request: HttpRequest, pk: int) -> DuesRelief:
    user: Any = request.user
    rows = DuesRelief.objects.visible_to(user).select_related("member__person", "organization")
    found: DuesRelief = get_object_or_404(rows, pk=pk)
    return found


def _crumbs(branch: PartyOrganization) -> list[tuple[str, str]]:
    return [LIST, (str(branch), reverse("members:dues_sheet", args=[branch.pk]))]
