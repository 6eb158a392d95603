"""Routes of transfers, absences, lost and hidden members."""

from django.urls import path

from members.views import findings, losses, mobiles, transfer_paper, transfers

routes = [
    path("members/choices", transfers.member_choices, name="member_choices"),
    path("transfers/", transfers.TransferList.as_view(), name="transfer_list"),
    path("transfers/due/", transfers.DueList.as_view(), name="transfer_due"),
    path("transfers/new", transfers.transfer_new, name="transfer_new"),
    path("transfers/<int:pk>", transfers.transfer_detail, name="transfer"),
    path("transfers/<int:pk>/print", transfer_paper.transfer_print, name="transfer_print"),
    path("transfers/<int:pk>/<slug:act>", transfers.transfer_act, name="transfer_act"),
    path("mobile/", mobiles.MobileList.as_view(), name="mobile_list"),
    path("mobile/new", mobiles.mobile_new, name="mobile_new"),
    path("mobile/<int:pk>", mobiles.mobile_detail, name="mobile"),
    path("mobile/<int:pk>/edit", mobiles.mobile_edit, name="mobile_edit"),
    path("mobile/<int:pk>/<slug:act>", mobiles.mobile_act, name="mobile_act"),
    path("lost/", losses.LostList.as_view(), name="lost_list"),
    path("lost/new", losses.lost_new, name="lost_new"),
    path("lost/<int:pk>", losses.lost_detail, name="lost"),
    path("lost/<int:pk>/edit", losses.lost_edit, name="lost_edit"),
    path("lost/<int:pk>/<slug:act>", losses.lost_act, name="lost_act"),
    path("hidden/", findings.HiddenList.as_view(), name="hidden_list"),
    path("hidden/new", findings.hidden_new, name="hidden_new"),
    path("hidden/<int:pk>", findings.hidden_detail, name="hidden"),
    path("hidden/<int:pk>/edit", findings.hidden_edit, name="hidden_edit"),
    path("hidden/<int:pk>/<slug:act>", findings.hidden_act, name="hidden_act"),
]
