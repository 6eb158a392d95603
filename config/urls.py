"""Routes of the whole product; each app brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from accounts.views.home import home
from core.csp import csp_report

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("accounts.urls")),
    path("api/v1/", include("config.api")),
    path("csp-report", csp_report, name="csp_report"),
    path("", include("core.urls")),
    path("", include("organizations.urls")),
    path("", include("enterprises.urls")),
    path("", include("members.urls")),
    path("", include("activities.urls")),
    path("", include("reports.urls")),
]
handler400 = "core.errors.bad_request"
handler403 = "core.errors.permission_denied"
handler404 = "core.errors.not_found"
handler500 = "core.errors.server_error"
