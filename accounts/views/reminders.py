"""Reminder rules of the business administrator, whom they would reach today, and free days."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import reminding, roles
from accounts.models import CalendarDay, ReminderRule, User
from accounts.reminder_forms import CalendarDayForm, ReminderRuleForm
from accounts.services import reminders as services
from core import deadlines, object_dates
from core.dates import today
from core.permissions import require

PARAMETERS = "core.parameters"
CRUMBS = [("提醒规则", "/reminders/")]
SHOWN = 200


@require_safe
@require(PARAMETERS)
def rule_list(request: HttpRequest) -> HttpResponse:
    return _page(request, CalendarDayForm())


def _page(request: HttpRequest, form: CalendarDayForm) -> HttpResponse:
    events = {source.key: source.label for source in deadlines.sources()}
    events |= {key: f"{one.group}：{one.label}" for key, one in object_dates.known().items()}
    labels = dict(roles.CHOICES)
    rules = [
        {
            "rule": rule,
            "event": events.get(rule.event, rule.event),
            "audience": "、".join(labels[role] for role in rule.audience),
        }
        for rule in ReminderRule.objects.all()
    ]
    days = CalendarDay.objects.filter(day__gte=today())
    return render(request, "accounts/reminders.html", {"rules": rules, "days": days, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@require(PARAMETERS)
def rule_create(request: HttpRequest) -> HttpResponse:
    return _edit(request, None, "新建提醒规则")


@require_http_methods(["GET", "HEAD", "POST"])
@require(PARAMETERS)
def rule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(ReminderRule, pk=pk), "修改提醒规则")


def _edit(request: HttpRequest, rule: ReminderRule | None, title: str) -> HttpResponse:
    form = ReminderRuleForm(request.POST or None, instance=rule)
    if form.is_valid():
        services.save_rule(actor=cast(User, request.user), rule=form.save(commit=False))
        messages.success(request, "提醒规则已保存。")
        return redirect("accounts:rule_list")
    context = {
        "title": title,
        "form": form,
        "crumbs": CRUMBS,
        "cancel_url": reverse("accounts:rule_list"),
    }
    return render(request, "generic/form.html", context)


@require_safe
@require(PARAMETERS)
def rule_preview(request: HttpRequest) -> HttpResponse:
    """The dry run: what each active rule would send today to those within the reader's scope."""
    subtrees = cast(User, request.user).scope.subtrees
    found = [
        (rule, letter)
        for rule in ReminderRule.objects.filter(is_active=True)
        for letter in reminding.letters(rule, today(), subtrees)
    ]
    context = {
        "title": "今天会发给谁",
        "crumbs": CRUMBS,
        "letters": found[:SHOWN],
        "count": len(found),
        "is_free": reminding.is_free(today()),
    }
    return render(request, "accounts/reminder_preview.html", context)


@require_POST
@require(PARAMETERS)
def day_set(request: HttpRequest) -> HttpResponse:
    form = CalendarDayForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    services.set_calendar_day(actor=cast(User, request.user), **form.cleaned_data)
    messages.success(request, "休息日已登记。")
    return redirect("accounts:rule_list")


@require_POST
@require(PARAMETERS)
def day_forget(request: HttpRequest, pk: int) -> HttpResponse:
    day = get_object_or_404(CalendarDay, pk=pk)
    services.forget_calendar_day(actor=cast(User, request.user), day=day)
    messages.success(request, "已删除，按星期几判断。")
    return redirect("accounts:rule_list")
