"""Routes of members: the register, the page of one, acts, the yearly flow and the roster."""

from django.urls import path

from members.views import member_acts, member_list, member_pages, registering, rosters, yearly

routes = [
    path("members/", member_list.MemberList.as_view(), name="member_list"),
    path("members/new", registering.member_new, name="member_new"),
    path("members/flow", yearly.flow, name="flow"),
    path("members/roster", rosters.RosterPrint.as_view(), name="roster_print"),
    path("members/<int:pk>", member_pages.member_detail, name="member"),
    path("members/<int:pk>/print", member_pages.member_print, name="member_print"),
    path("members/<int:pk>/edit", registering.member_edit, name="member_edit"),
    path("members/<int:pk>/move", member_acts.member_move, name="member_move"),
    path("members/<int:pk>/leave", member_acts.member_leave, name="member_leave"),
    path("members/<int:pk>/return", member_acts.member_return, name="member_return"),
    path("members/<int:pk>/confirm", member_acts.member_confirm, name="member_confirm"),
    path("members/<int:pk>/extend", member_acts.member_extend, name="member_extend"),
    path("members/<int:pk>/work", member_acts.member_work, name="member_work"),
]
