"""Routes of duties: the year of many branches, that of one, the rules."""

from django.urls import path

from activities.views import duties

urlpatterns = [
    path("duties/", duties.year_grid, name="year_grid"),
    path("duties/rules", duties.duty_rules, name="duty_rules"),
    path("duties/<int:pk>", duties.branch_year_page, name="branch_year"),
]
