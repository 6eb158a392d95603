"""Routes of development: board, list, cases and their steps, plan, statistics, rules."""

from django.urls import path

from members.views import (
    development_case,
    development_list,
    development_plan,
    development_rules,
    development_steps,
)

routes = [
    path("develop/", development_list.board, name="development_board"),
    path("develop/list", development_list.DevelopmentList.as_view(), name="development_list"),
    path("develop/new", development_case.development_new, name="development_new"),
    path("develop/statistics", development_plan.statistics, name="development_statistics"),
    path("develop/plans", development_plan.plan_list, name="development_plans"),
    path("develop/plans/new", development_plan.plan_new, name="development_plan_new"),
    path("develop/rules", development_rules.rules_list, name="rules_list"),
    path("develop/rules/new", development_rules.rules_new, name="rules_new"),
    path("develop/rules/<int:pk>", development_rules.rules, name="rules"),
    path("develop/<int:pk>", development_case.development, name="development"),
    path("develop/<int:pk>/edit", development_case.development_edit, name="development_edit"),
    path("develop/<int:pk>/move", development_case.development_move, name="development_move"),
    path("develop/<int:pk>/stop", development_case.development_stop, name="development_stop"),
    path(
        "develop/<int:pk>/print/<slug:form>",
        development_case.development_print,
        name="development_print",
    ),
    path(
        "develop/<int:pk>/helpers/<slug:role>",
        development_steps.helpers_change,
        name="development_helpers",
    ),
    path(
        "develop/<int:pk>/steps/<slug:code>",
        development_steps.step_record,
        name="development_step",
    ),
    path(
        "develop/steps/<int:pk>",
        development_steps.step_correct,
        name="development_correct",
    ),
]
