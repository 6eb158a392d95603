"""Addresses of the pages that judge facts."""

from django.urls import path

from reports.views import register

app_name = "reports"
urlpatterns = [
    path("enterprises/", register.CoveredEnterpriseList.as_view(), name="enterprise_list"),
]
