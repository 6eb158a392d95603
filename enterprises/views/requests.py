"""One request: heard, carried on act by act, corrected; with its course and its history."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.audit import history_of
from core.dates import today
from core.detail import Fact, FactGroup
from core.permissions import require
from core.text import key_of
from enterprises.models import Enterprise, EnterpriseRequest, RequestSource
from enterprises.models.request import CHANGE, RAISE, REQUEST
from enterprises.requests import services
from enterprises.requests.forms import ACT_FORMS, RequestForm
from enterprises.requests.repeats import earlier_of, likely
from enterprises.views.request_list import TITLE, TONES, VIEW
from organizations.views.common import accepted, form_page

LIST = (TITLE, "/requests/")
METHODS = ["GET", "HEAD", "POST"]


def _find(request: HttpRequest, pk: int) -> EnterpriseRequest:
    user: Any = request.user
    rows = EnterpriseRequest.objects.visible_to(user).select_related(
        "enterprise__reporting_area", "contact_point", "visit", "earlier"
    )
    found: EnterpriseRequest = get_object_or_404(rows, pk=pk)
    return found


@require_safe
@require(VIEW)
def request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row, user = _find(request, pk), cast(Any, request.user)
    context = {
        "title": row.title,
        "row": row,
        "tone": TONES.get(row.state, "none"),
        "overdue": row.is_overdue(today()),
        "days": row.days(today()),
        "groups": _groups(row),
        "steps": row.steps.select_related("actor"),
        "others": earlier_of(row)[:5],
        "repeats": row.repeats.order_by("pk"),
        "history": history_of(row, user=user),
        "actions": _actions(row, user),
        "crumbs": (LIST,),
        "as_of": f"数据截至 {today():%Y-%m-%d}",
    }
    return render(request, "enterprises/request.html", context)


def _groups(row: EnterpriseRequest) -> tuple[FactGroup, ...]:
    heard = (
        Fact("编号", row.number),
        Fact("类别", row.get_category_display()),
        Fact("来源", row.get_source_display()),
        Fact("收到日期", row.received_on),
        Fact("反映人", row.raised_by),
        Fact("具体情况", row.content, wide=True),
    )
    handled = (
        Fact("承办单位", row.unit),
        Fact("承办人", row.person),
        Fact("办理期限", row.due_on),
        Fact("退回重办(次)", row.return_count),
        Fact("办理日期", row.handled_on),
        Fact("答复日期", row.answered_on),
        Fact("企业评价", row.get_satisfaction_display()),
        Fact("确认日期", row.confirmed_on),
        Fact("办结日期", row.ended_on),
        Fact("办理结果", row.result, wide=True),
        Fact("答复内容", row.answer, wide=True),
    )
    known = tuple(fact for fact in handled if fact.value)
    groups = (FactGroup("诉求", heard), FactGroup("办理", known))
    return groups if known else groups[:1]


def _actions(row: EnterpriseRequest, user: Any) -> list[dict[str, str]]:
    """The next act first, then the others, then the correction of what was noted."""
    found: list[dict[str, str]] = []
    for transition in REQUEST.leaving(row.state):
        if transition.name == "request.close" and row.is_unheeded:
            continue  # it is done again first
        if user.has_perm(transition.permission):
            act = transition.name.partition(".")[2]
            url = reverse("enterprises:request_act", args=[row.pk, act])
            css = "btn-outline-secondary" if found else "btn-primary"
            found.append({"label": transition.label, "url": url, "css": css})
    if row.is_open and user.has_perm(CHANGE):
        found.append({"label": "修改", "url": reverse("enterprises:request_edit", args=[row.pk])})
    return found


@require_http_methods(METHODS)
@require(RAISE)
def request_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = RequestForm(user, request.POST or None, initial=_initial(request))
    made: list[EnterpriseRequest] = []

    def save() -> None:
        made.append(services.receive(actor=user, **form.cleaned_data))

    if form.is_valid() and accepted(form, save):
        messages.success(request, f"已登记“{made[0].enterprise}”的诉求。")
        if (same := likely(made[0])) is not None:
            told = f"该企业 {same.received_on} 反映过同类诉求“{same.title}”，"
            messages.warning(request, f"{told}是同一问题的，受理时请选为“重复的诉求”。")
        return redirect(made[0])
    return form_page(request, "登记企业诉求", form, LIST[1], [LIST])


def _initial(request: HttpRequest) -> dict[str, Any]:
    """The enterprise and the source that the address names."""
    user: Any = request.user
    initial: dict[str, Any] = {"received_on": today()}
    key = key_of(request.GET.get("enterprise", ""))
    firm = Enterprise.objects.visible_to(user).filter(pk=key).first() if key else None
    if firm is not None:
        initial["enterprise"] = firm
    if request.GET.get("source") in RequestSource.values:
        initial["source"] = request.GET["source"]
    return initial


@require_http_methods(METHODS)
@require(CHANGE)
def request_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row, user = _find(request, pk), cast(Any, request.user)
    if not row.is_open:
        raise Http404
    form = RequestForm(user, request.POST or None, instance=row)

    def save() -> None:
        services.change_request(actor=user, request=row, **form.cleaned_data)

    if form.is_valid() and accepted(form, save):
        messages.success(request, f"已修改“{row.title}”。")
        return redirect(row)
    return form_page(request, f"修改：{row.title}", form, *_back(row))


@require_http_methods(METHODS)
@require(RAISE)
def request_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One step along the table of states, for whoever may take it."""
    user, name = cast(Any, request.user), f"request.{act}"
    if name not in ACT_FORMS:
        raise Http404
    if not user.has_perm(REQUEST[name].permission):
        raise PermissionDenied
    row = _find(request, pk)
    form = ACT_FORMS[name](row, request.POST or None)

    def save() -> None:
        services.advance(
            actor=user,
            request=row,
            act=name,
            on=form.cleaned_data["on"],
            note=form.cleaned_data.get("note", ""),
            **form.says(),
        )

    if form.is_valid() and accepted(form, save):
        messages.success(request, f"“{row.title}”：已{REQUEST[name].label}。")
        return redirect(row)
    return form_page(request, f"{REQUEST[name].label}：{row.title}", form, *_back(row))


def _back(row: EnterpriseRequest) -> tuple[str, list[tuple[str, str]]]:
    url = row.get_absolute_url()
    return url, [LIST, (row.title, url)]
