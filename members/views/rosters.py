"""The 花名册 on paper: what the list shows, in its order, with the columns of the form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.dates import today
from core.listing.table import order_of
from core.text import key_of
from members.roster_rows import roster_rows, with_work
from members.views.member_list import MemberList
from members.views.member_pages import LIST
from organizations.models import PartyOrganization

MOST = 1000  # lines on paper


class RosterPrint(MemberList):
    """The filters and the order of the list, taken from its address."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.narrowed(request.GET)
        ordered = rows.order_by(*order_of(self.table(), ()).names)
        members = list(with_work(ordered, today())[: MOST + 1])
        context = {
            "title": "党员花名册",
            "crumbs": [LIST],
            "rows": list(roster_rows(members[:MOST], today())),
            "total": rows.count(),
            "home": self._home(),
            "is_cut": len(members) > MOST,
            "most": MOST,
            "day": today(),
        }
        return render(request, "members/roster.html", context)

    def _home(self) -> PartyOrganization | None:
        """The organization that the address narrows the roster to, if the reader may see it."""
        asked = key_of(self.request.GET.get("home", ""))
        return PartyOrganization.objects.visible_to(self.user).filter(pk=asked).first()
