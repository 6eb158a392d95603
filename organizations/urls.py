"""Routes of organizations and areas."""

from django.urls import path

from organizations import body_urls, site_urls
from organizations.views import areas, cases, choices, organizations, page, sheets, tree

app_name = "organizations"
urlpatterns = [
    path("orgs/", tree.organization_tree, name="organization_tree"),
    path("orgs/list", organizations.OrganizationList.as_view(), name="organization_list"),
    path("orgs/paper", tree.organization_paper, name="organization_paper"),
    path("orgs/choices", choices.organization_choices, name="organization_choices"),
    path("orgs/new", cases.organization_create, name="organization_create"),
    path("orgs/<int:pk>", page.organization_detail, name="organization"),
    path("orgs/<int:pk>/card", tree.organization_card, name="organization_card"),
    path("orgs/<int:pk>/children", tree.organization_children, name="organization_children"),
    path("orgs/<int:pk>/print", page.organization_print, name="organization_print"),
    path("orgs/<int:pk>/edit", organizations.organization_edit, name="organization_edit"),
    path("orgs/<int:pk>/case/<slug:act>", cases.organization_case, name="organization_case"),
    path("orgs/changes/<int:pk>", cases.organization_change, name="organization_change"),
    path("orgs/changes/<int:pk>/withdraw", cases.change_withdraw, name="change_withdraw"),
    path("areas/", areas.AreaList.as_view(), name="area_list"),
    path("areas/new", areas.area_create, name="area_create"),
    path("areas/<int:pk>", areas.area_detail, name="area"),
    path("areas/<int:pk>/edit", areas.area_edit, name="area_edit"),
    path("areas/<int:pk>/hand-over", areas.area_hand_over, name="area_hand_over"),
    path("sheets/<slug:key>", sheets.sheet_upload, name="sheet_upload"),
    path("sheets/<slug:key>/preview", sheets.sheet_preview, name="sheet_preview"),
    path("sheets/<slug:key>/errors", sheets.sheet_errors, name="sheet_errors"),
    path("sheets/<slug:key>/write", sheets.sheet_write, name="sheet_write"),
    path("sheets/<slug:key>/template", sheets.sheet_template, name="sheet_template"),
    *body_urls.routes,
    *site_urls.routes,
]
