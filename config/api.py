"""The routes of /api/v1/; each app brings its own views."""

from django.http import HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import path, re_path
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from activities.api import ActivityViewSet
from core.jobs.api import JobViewSet
from enterprises.api import EnterpriseViewSet
from enterprises.formation.api import FormationPlanViewSet
from enterprises.requests.api import ContactViewSet, RequestViewSet
from members.api import MemberViewSet
from members.development_api import CaseViewSet
from members.dues_api import DuesViewSet
from members.flow_api import AbsenceViewSet, TransferViewSet
from members.instructor_api import AssignmentViewSet, InstructorViewSet
from organizations.api import AreaViewSet, OrganizationViewSet
from organizations.site_api import DemonstrationViewSet, RatingViewSet, SiteViewSet
from reports.api import CoverageView

router = SimpleRouter(trailing_slash=False)
router.register("enterprises", EnterpriseViewSet)
router.register("formation", FormationPlanViewSet)
router.register("contacts", ContactViewSet)
router.register("requests", RequestViewSet)
router.register("areas", AreaViewSet)
router.register("organizations", OrganizationViewSet)
router.register("sites", SiteViewSet)
router.register("demonstrations", DemonstrationViewSet)
router.register("ratings", RatingViewSet)
router.register("members", MemberViewSet)
router.register("transfers", TransferViewSet)
router.register("absences", AbsenceViewSet)
router.register("developments", CaseViewSet)
router.register("dues", DuesViewSet)
router.register("instructors", InstructorViewSet)
router.register("assignments", AssignmentViewSet)
router.register("activities", ActivityViewSet)
router.register("jobs", JobViewSet)


@extend_schema(exclude=True)
class SchemaView(SpectacularJSONAPIView):
    """The OpenAPI document, for whoever may sign in."""


class NoSuchRoute(APIView):
    """Any other address below the API: the same shape of error, or the one without a last slash."""

    schema = None

    def get(self, request: Request, rest: str) -> HttpResponseBase:
        address, _, query = request.get_full_path().partition("?")
        if not rest.endswith("/"):
            raise NotFound("没有这个接口")
        target = "/" + address.strip("/") + (f"?{query}" if query else "")
        return HttpResponsePermanentRedirect(target, preserve_request=True)

    head = post = put = patch = delete = get


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document describes the token."""

    target_class = "accounts.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "个人设置中新建的接口令牌"}


app_name = "api"
urlpatterns = [
    *router.urls,
    path("coverage", CoverageView.as_view(), name="coverage"),
    path("schema", SchemaView.as_view(), name="schema"),
    re_path("^(?P<rest>.*)$", NoSuchRoute.as_view(), name="no_such_route"),
]
