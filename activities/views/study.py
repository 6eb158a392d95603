"""How branches study: the reach of secretaries, members who still lack hours, branch by branch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from activities.states import VIEW
from activities.study import Study, day_of_year, members_of, studies
from core.dates import EARLIEST, today
from core.permissions import require
from core.text import key_of
from members.models import LeadershipPost, PostKind
from members.talent.figures import secretary_reach
from members.talent.parameters import HOURS, MEMBER_HOURS, TIMES
from organizations.models import PartyOrganization
from organizations.rules import BRANCHES

ON_PAGE = 100


@dataclass(frozen=True)
class Row:
    """A branch; `secretary` says how often its secretary was trained, None without one."""

    branch: PartyOrganization
    members: int
    short: int
    secretary: int | None

    @property
    def url(self) -> str:
        return reverse("organizations:organization", args=[self.branch.pk]) + "?tab=study"


@require_safe
@require(VIEW)
def study_list(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    asked = key_of(request.GET.get("year", ""))
    year = asked if asked and EARLIEST <= asked <= today().year else today().year
    day = day_of_year(year, today())
    word = request.GET.get("q", "").strip()[:60]
    branches = PartyOrganization.objects.visible_to(user).existing(day).filter(kind__in=BRANCHES)
    found = branches.search(word) if word else branches
    page = Paginator(found.order_by("path"), ON_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": f"{year}年学习培训",
        "rows": rows_of(page, day),
        "page": page,
        "year": year,
        "years": [today().year, today().year - 1],
        "word": word,
        "reach": secretary_reach(branches, day),
        "times": TIMES.value(on=day),
        "hours": (MEMBER_HOURS.value(on=day), HOURS.value(on=day)),
        "source": MEMBER_HOURS.source,
        "as_of": f"数据截至 {day}",
    }
    return render(request, "activities/study.html", context)


def rows_of(page: Iterable[PartyOrganization], day: date) -> list[Row]:
    """By a fixed number of statements."""
    branches = list(page)
    keys = [branch.pk for branch in branches]
    members = members_of(keys, day)
    held = LeadershipPost.objects.as_of(day).filter(organization__in=keys, kind=PostKind.SECRETARY)
    secretaries = dict(held.values_list("organization", "person"))
    people = {person for own in members.values() for person in own} | set(secretaries.values())
    found = studies(people, day)
    return [_row(branch, members.get(branch.pk, []), secretaries, found) for branch in branches]


def _row(
    branch: PartyOrganization,
    members: list[int],
    secretaries: dict[int, int],
    found: dict[int, Study],
) -> Row:
    secretary = secretaries.get(branch.pk)
    return Row(
        branch,
        len(members),
        sum(1 for person in members if found[person].missing),
        found[secretary].times if secretary is not None else None,
    )
