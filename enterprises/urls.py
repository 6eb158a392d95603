"""Addresses of the register and the census."""

from django.urls import path

from enterprises.views import dossier

app_name = "enterprises"
urlpatterns = [
    path("enterprises/<int:pk>", dossier.enterprise_detail, name="enterprise_detail"),
]
