"""One organization: its page with the tabs of all apps, and its card on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.dates import today
from core.permissions import require
from organizations.card import card_of, facts
from organizations.forms import DayForm
from organizations.tabs import Visit, briefs_of, tabs_for
from organizations.views.actions import acts_of
from organizations.views.common import TREE, VIEW, day_of, find, link, on_day


@require_safe
@require(VIEW)
def organization_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One tab (`tab`) of one organization on a day (`on`)."""
    user: Any = request.user
    day = day_of(request)
    visit = Visit(user, find(request, pk), day, request.GET.dict())
    card, tabs = card_of(visit), tabs_for(user)
    tab = next((tab for tab in tabs if tab.key == request.GET.get("tab")), tabs[0])
    context = {
        "title": visit.organization.name,
        "crumbs": [TREE],
        "card": card,
        "groups": facts(card),
        "tab": tab,
        "tabs": [
            {
                "label": one.label,
                "url": link("organization", pk, tab=one.key, **on_day(day)),
                "current": one is tab,
            }
            for one in tabs
        ],
        "form": DayForm({"on": day}),
        "day": day,
        "is_today": day == today(),
        "today_url": link("organization", pk, tab=tab.key),
        "tree_url": link("organization_tree", at=pk, **on_day(day)),
        "paper_url": link("organization_print", pk, **on_day(day)),
        "acts": acts_of(user, card),
        **tab.provide(visit),
    }
    return render(request, "organizations/organization.html", context)


@require_safe
@require(VIEW)
def organization_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The card of an organization on one sheet of A4."""
    visit = Visit(request.user, find(request, pk), day_of(request))
    card = card_of(visit)
    context = {
        "title": "党组织基本情况卡",
        "crumbs": [TREE, (visit.organization.name, link("organization", pk))],
        "card": card,
        "groups": facts(card),
        "briefs": briefs_of(visit),
        "day": visit.day,
    }
    return render(request, "organizations/print.html", context)
