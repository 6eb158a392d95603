"""How branches study: the reach of secretaries, members who still lack hours, branch by branch."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activities.states import VIEW
from activities.study import day_of_year
from activities.study_rows import rows_of
from core.dates import EARLIEST, today
from core.permissions import require
from core.text import key_of
from members.talent.figures import secretary_reach
from members.talent.parameters import HOURS, MEMBER_HOURS, TIMES
from organizations.models import PartyOrganization
from organizations.rules import BRANCHES

ON_PAGE = 100


@require_safe
@require(VIEW)
def study_list(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    asked = key_of(request.GET.get("year", ""))
    year = asked if asked and EARLIEST <= asked <= today().year else today().year
    day = day_of_year(year, today())
    word = request.GET.get("q", "").strip()[:60]
    seen = PartyOrganization.objects.visible_to(user).existing(day)
    branches = seen.filter(kind__in=BRANCHES)
    found = branches.search(word) if word else branches
    page = Paginator(found.order_by("path"), ON_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": f"{year}年学习培训",
        "rows": rows_of(page, day),
        "page": page,
        "year": year,
        "years": [today().year, today().year - 1],
        "word": word,
        "reach": secretary_reach(seen, day),
        "times": TIMES.value(on=day),
        "hours": (MEMBER_HOURS.value(on=day), HOURS.value(on=day)),
        "source": MEMBER_HOURS.source,
        "as_of": f"数据截至 {day}",
    }
    return render(request, "activities/study.html", context)
