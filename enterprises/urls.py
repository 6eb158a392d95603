"""Addresses of the register and the census."""

from django.urls import path

from enterprises.views import (
    change,
    choices,
    classes,
    columns,
    coverage_import,
    dossier,
    files,
    finish,
    formation,
    formation_plan,
    imports,
    registering,
    review,
)

app_name = "enterprises"
urlpatterns = [
    path("enterprises/choices", choices.enterprise_choices, name="enterprise_choices"),
    path("enterprises/new", registering.enterprise_new, name="enterprise_new"),
    path("enterprises/<int:pk>", dossier.enterprise_detail, name="enterprise_detail"),
    path("enterprises/<int:pk>/edit", change.enterprise_change, name="enterprise_change"),
    path("enterprises/<int:pk>/classes", classes.enterprise_classes, name="enterprise_classes"),
    path("enterprises/classes/<int:pk>/end", classes.class_end, name="class_end"),
    path("formation/", formation.FormationList.as_view(), name="formation_list"),
    path("formation/<int:pk>", formation_plan.formation_plan, name="formation_plan"),
    path("formation/<int:pk>/edit", formation_plan.formation_edit, name="formation_edit"),
    path("formation/<int:pk>/<slug:act>", formation_plan.formation_act, name="formation_act"),
    path("rounds/", imports.round_list, name="round_list"),
    path("imports/", imports.batch_list, name="batch_list"),
    path("imports/new", imports.batch_new, name="batch_new"),
    path("imports/template", files.import_template, name="import_template"),
    path("imports/<int:pk>", imports.import_batch, name="import_batch"),
    path("imports/<int:pk>/columns", columns.import_columns, name="import_columns"),
    path("imports/<int:pk>/header", columns.import_header, name="import_header"),
    path("imports/<int:pk>/review", review.import_review, name="import_review"),
    path("imports/<int:pk>/confirm", finish.import_confirm, name="import_confirm"),
    path("imports/<int:pk>/receipt", finish.import_receipt, name="import_receipt"),
    path("imports/<int:pk>/errors", files.import_errors, name="import_errors"),
    path("imports/<int:pk>/undo", finish.import_undo, name="import_undo"),
    path("imports/<int:pk>/cancel", imports.import_cancel, name="import_cancel"),
    path("imports/coverage/", coverage_import.upload, name="coverage_upload"),
    path("imports/coverage/template", coverage_import.template, name="coverage_template"),
    path("imports/coverage/<int:pk>", coverage_import.show, name="coverage_batch"),
    path("imports/coverage/<int:pk>/apply", coverage_import.apply, name="coverage_apply"),
    path("imports/coverage/<int:pk>/undo", coverage_import.undo, name="coverage_undo"),
]
