"""The 花名册 on paper: what the list shows, in its order, with the columns of the form."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.dates import today
from core.listing.table import order_of
from core.text import key_of
from members.roster_rows import roster_rows, with_work
from members.views.member_list import MemberList
from members.views.member_pages import LIST
from organizations.audience import own_paths
from organizations.models import PartyOrganization

MOST = 1000  # lines of one part, which one printing takes


class RosterPrint(MemberList):
    """The filters and the order of the list, taken from its address; `part` by `part`."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ordered = self.narrowed(request.GET).order_by(*order_of(self.table(), ()).names)
        part = Paginator(with_work(ordered, today()), MOST).get_page(request.GET.get("part"))
        context = {
            "title": "党员花名册",
            "crumbs": [LIST],
            "rows": list(roster_rows(part.object_list, today())),
            "part": part,
            "home": self._home(),
            "day": today(),
        }
        return render(request, "members/roster.html", context)

    def _home(self) -> PartyOrganization | None:
        """The organization that the address narrows the roster to, else the reader's only one."""
        seen = PartyOrganization.objects.visible_to(self.user)
        if asked := key_of(self.request.GET.get("home", "")):
            return seen.filter(pk=asked).first()
        posts = list(seen.filter(path__in=own_paths(self.user))[:2])
        return posts[0] if len(posts) == 1 else None
