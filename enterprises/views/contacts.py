"""One contact point: the leader, the visits with what was heard there, the sum of the year."""

from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.audit import history_of
from core.dates import today
from core.detail import Fact, FactGroup
from core.permissions import require
from core.text import key_of
from enterprises.contacts import services
from enterprises.contacts.forms import ContactForm, EndForm, SumUpForm, VisitForm
from enterprises.contacts.parameters import VISITS_A_YEAR
from enterprises.models import ContactPoint, Enterprise, RequestSource
from enterprises.requests.services import receive
from enterprises.views.contact_list import CHANGE, TITLE, VIEW
from organizations.views.common import accepted, form_page

LIST = (TITLE, "/contacts/")
METHODS = ["GET", "HEAD", "POST"]


def _find(request: HttpRequest, pk: int) -> ContactPoint:
    user: Any = request.user
    rows = ContactPoint.objects.visible_to(user).select_related("enterprise__reporting_area")
    found: ContactPoint = get_object_or_404(rows, pk=pk)
    return found


@require_safe
@require(VIEW)
def contact_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row, user = _find(request, pk), cast(Any, request.user)
    visits = list(row.visits.select_related("actor").prefetch_related("requests"))
    context = {
        "title": f"{row.leader}联系{row.enterprise}",
        "row": row,
        "expected": VISITS_A_YEAR.value(on=min(today(), row.valid_to)),
        "visits": visits,
        "other_requests": row.requests.filter(visit=None),
        "groups": _groups(row),
        "history": history_of(row, user=user),
        "actions": _actions(row) if user.has_perm(CHANGE) else [],
        "crumbs": (LIST,),
        "as_of": f"数据截至 {today():%Y-%m-%d}",
    }
    return render(request, "enterprises/contact.html", context)


def _groups(row: ContactPoint) -> tuple[FactGroup, ...]:
    facts = (
        Fact("领导姓名", row.leader),
        Fact("职务", row.post),
        Fact("领导层级", row.get_level_display()),
        Fact("年度", str(row.year)),
        Fact("联系起始日期", row.valid_from),
        Fact("联系终止日期", row.valid_to),
        Fact("安排文号", row.document),
        Fact("提前终止原因", row.end_reason),
        Fact("备注", row.remark, wide=True),
        Fact("小结日期", row.summed_up_on),
        Fact("年终小结", row.summary, wide=True),
    )
    return (FactGroup("联系安排", tuple(fact for fact in facts if fact.value)),)


def _actions(row: ContactPoint) -> list[dict[str, str]]:
    def act(label: str, route: str, **more: str) -> dict[str, str]:
        return {"label": label, "url": reverse(f"enterprises:{route}", args=[row.pk]), **more}

    return [
        act("登记走访", "contact_visit", css="btn-primary", hotkey="new"),
        act("年终小结", "contact_sum_up"),
        act("修改", "contact_edit", hotkey="edit"),
        act("提前终止", "contact_end"),
    ]


@require_http_methods(METHODS)
@require(CHANGE)
def contact_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    key = key_of(request.GET.get("enterprise", ""))
    firm = Enterprise.objects.visible_to(user).filter(pk=key).first() if key else None
    form = ContactForm(user, request.POST or None, initial={"enterprise": firm})
    made: list[ContactPoint] = []

    def save() -> None:
        made.append(services.pair(actor=user, **form.cleaned_data))

    if form.is_valid() and accepted(form, save):
        messages.success(request, f"已安排{made[0]}。")
        return redirect(made[0])
    return form_page(request, "安排领导干部联系点", form, LIST[1], [LIST])


@require_http_methods(METHODS)
@require(CHANGE)
def contact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row, user = _find(request, pk), cast(Any, request.user)
    form = ContactForm(user, request.POST or None, instance=row)

    def save() -> None:
        services.change_contact(actor=user, contact=row, **form.cleaned_data)

    if form.is_valid() and accepted(form, save):
        messages.success(request, f"已修改{row}。")
        return redirect(row)
    return form_page(request, f"修改：{row}", form, *_back(row))


@require_http_methods(METHODS)
@require(CHANGE)
def contact_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """The visit, and the problem heard there in the same breath."""
    row, user = _find(request, pk), cast(Any, request.user)
    form = VisitForm(request.POST or None)

    @transaction.atomic
    def save() -> None:
        said = form.cleaned_data
        visit = services.record_visit(
            actor=user,
            contact=row,
            visited_on=said["visited_on"],
            content=said["content"],
            companions=said["companions"],
        )
        if said["title"]:
            receive(
                actor=user,
                enterprise=row.enterprise,
                source=RequestSource.CONTACT,
                category=said["category"],
                title=said["title"],
                content=said["detail"],
                raised_by=said["raised_by"],
                received_on=said["visited_on"],
                visit=visit,
            )

    if form.is_valid() and accepted(form, save):
        messages.success(request, f"已登记{row.leader}的走访。")
        return redirect(row)
    return form_page(request, f"登记走访：{row}", form, *_back(row))


@require_http_methods(METHODS)
@require(CHANGE)
def contact_sum_up(request: HttpRequest, pk: int) -> HttpResponse:
    row, user = _find(request, pk), cast(Any, request.user)
    initial = {"summary": row.summary, "summed_up_on": row.summed_up_on or today()}
    form = SumUpForm(request.POST or None, initial=initial)

    def save() -> None:
        said = form.cleaned_data
        services.sum_up(actor=user, contact=row, on=said["summed_up_on"], summary=said["summary"])

    if form.is_valid() and accepted(form, save):
        messages.success(request, f"已保存{row}的年终小结。")
        return redirect(row)
    return form_page(request, f"年终小结：{row}", form, *_back(row))


@require_http_methods(METHODS)
@require(CHANGE)
def contact_end(request: HttpRequest, pk: int) -> HttpResponse:
    row, user = _find(request, pk), cast(Any, request.user)
    form = EndForm(request.POST or None)

    def save() -> None:
        services.end_contact(actor=user, contact=row, **form.cleaned_data)

    if form.is_valid() and accepted(form, save):
        messages.success(request, f"已终止{row}。")
        return redirect(row)
    return form_page(request, f"提前终止：{row}", form, *_back(row))


def _back(row: ContactPoint) -> tuple[str, list[tuple[str, str]]]:
    url = row.get_absolute_url()
    return url, [LIST, (str(row), url)]
