"""Addresses of the register and the census."""

from django.urls import path

from enterprises.views import dossier, register

app_name = "enterprises"
urlpatterns = [
    path("enterprises/", register.EnterpriseList.as_view(), name="enterprise_list"),
    path("enterprises/<int:pk>", dossier.enterprise_detail, name="enterprise_detail"),
]
