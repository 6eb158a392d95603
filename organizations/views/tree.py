"""The tree page: branches opened one by one, the card beside, search, the tree on paper."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.dates import today
from core.permissions import require
from organizations import tree
from organizations.branches import HITS, Branches
from organizations.card import card_of
from organizations.forms import DayForm
from organizations.models import PartyOrganization
from organizations.tabs import Visit
from organizations.views.actions import acts_of
from organizations.views.common import CHANGE, TREE, VIEW, day_of, find, link, on_day


@require_safe
@require(VIEW)
def organization_tree(request: HttpRequest) -> HttpResponse:
    """The tree of a day, opened at `at` or at what `q` finds, and the card of what is opened."""
    user: Any = request.user
    day, text = day_of(request), request.GET.get("q", "").strip()
    branches = Branches(user, day)
    hits = list(branches.found(text)) if text else []
    at = _at(request, hits)
    opened = branches.opened(at)
    if at is None and opened.nodes:
        at = opened.nodes[0].organization
    context = {
        "form": DayForm({"on": day}),
        "day": day,
        "is_today": day == today(),
        "text": text,
        "hits": _shown(branches, hits[:HITS]),
        "more_hits": len(hits) > HITS,
        "tree": opened,
        "at": at,
        "today_url": link("organization_tree", at=at and at.pk),
        "actions": _actions(user, at, day),
        **(_card(user, at, branches) if at else {}),
    }
    return render(request, "organizations/tree.html", context)


def _at(request: HttpRequest, hits: list[PartyOrganization]) -> PartyOrganization | None:
    """Where the tree is opened: as the address says, else at the first hit."""
    key = request.GET.get("at", "")
    if key.isascii() and key.isdigit():
        return find(request, int(key[:18]))
    return hits[0] if hits else None


def _actions(user: Any, at: PartyOrganization | None, day: date) -> list[dict[str, str]]:
    paper = link("organization_paper", at=at and at.pk, **on_day(day))
    actions = [
        {"label": "名册", "url": link("organization_list")},
        {"label": "打印", "url": paper, "icon": "print"},
    ]
    if user.has_perm(CHANGE):
        actions += [
            {"label": "导入", "url": link("sheet_upload", "organizations")},
            {
                "label": "成立党组织",
                "url": link("organization_create"),
                "css": "btn-primary",
                "icon": "plus",
                "hotkey": "n",
            },
        ]
    return actions


def _shown(
    branches: Branches, hits: list[PartyOrganization]
) -> list[tuple[PartyOrganization, str]]:
    """Each hit with the names above it; where a single one stands the tree itself shows."""
    above = branches.superiors(hits) if len(hits) > 1 else {}
    return [(hit, " / ".join(above.get(hit.pk, ()))) for hit in hits]


def _card(user: Any, organization: PartyOrganization, branches: Branches) -> dict[str, Any]:
    card = card_of(Visit(user, organization, branches.day), branches)
    return {"card": card, "acts": acts_of(user, card)}


@require_safe
@require(VIEW)
def organization_card(request: HttpRequest, pk: int) -> HttpResponse:
    """The card alone, for a reader who moves through the tree."""
    user: Any = request.user
    organization, day = find(request, pk), day_of(request)
    context = {
        "day": day,
        "is_today": day == today(),
        **_card(user, organization, Branches(user, day)),
    }
    return render(request, "organizations/_card.html", context)


@require_safe
@require(VIEW)
def organization_children(request: HttpRequest, pk: int) -> HttpResponse:
    """The level below one organization, for a branch that is opened; with `all` not cut off."""
    parent, day = find(request, pk), day_of(request)
    level = request.GET.get("level", "")
    below = Branches(request.user, day).below(
        parent,
        int(level) if level.isascii() and level.isdigit() and len(level) < 4 else 2,
        whole="all" in request.GET,
    )
    context = {"branch": below, "day": day, "is_today": day == today()}
    return render(request, "organizations/_branch.html", context)


@require_safe
@require(VIEW)
def organization_paper(request: HttpRequest) -> HttpResponse:
    """The whole tree of a day, or what stands below `at`, as a list or as an indented chart."""
    user: Any = request.user
    day = day_of(request)
    at = _at(request, [])
    branches = Branches(user, day)
    seen = branches.within(at) if at else branches.seen
    paths = tree.path_as_of(day)
    organizations = list(seen)
    for one in organizations:
        one.path = paths[one.pk]
    branches.dress(organizations)
    asked = {"at": at and at.pk, **on_day(day)}
    context = {
        "title": f"{at.name}组织树" if at else "组织树",
        "day": day,
        "lines": tree.in_order(organizations),
        "total": len(organizations),
        "is_chart": request.GET.get("as") == "chart",
        "list_url": link("organization_paper", **asked),
        "chart_url": link("organization_paper", **asked, **{"as": "chart"}),
        "crumbs": [TREE],
    }
    return render(request, "organizations/paper.html", context)
