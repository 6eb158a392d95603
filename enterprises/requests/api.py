"""Contact points and requests for other programs, within the scope of the caller."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets

from core.api import ERRORS
from core.dates import today
from enterprises.contacts.figures import with_results
from enterprises.models import ContactPoint, EnterpriseRequest


class _OfEnterprise(serializers.ModelSerializer[Any]):
    uscc = serializers.CharField(
        source="enterprise.uscc", allow_null=True, help_text="企业的统一社会信用代码"
    )
    name = serializers.CharField(source="enterprise.name", help_text="企业名称")


class ContactSerializer(_OfEnterprise):
    visit_count = serializers.IntegerField(help_text="走访次数")
    last_visit = serializers.DateField(allow_null=True, help_text="最近走访日期")
    problem_count = serializers.IntegerField(help_text="反映问题件数")
    solved_count = serializers.IntegerField(help_text="解决问题件数")

    class Meta:
        model = ContactPoint
        fields = (
            "id",
            "year",
            "enterprise",
            "uscc",
            "name",
            "level",
            "leader",
            "post",
            "official_order",
            "valid_from",
            "valid_to",
            "document",
            "visit_count",
            "last_visit",
            "problem_count",
            "solved_count",
        )


class RequestSerializer(_OfEnterprise):
    number = serializers.CharField(help_text="编号")
    overdue = serializers.SerializerMethodField(help_text="超过办理期限而未答复")
    days = serializers.SerializerMethodField(help_text="收到至办结或今天的天数")

    class Meta:
        model = EnterpriseRequest
        fields = (
            "id",
            "number",
            "enterprise",
            "uscc",
            "name",
            "category",
            "title",
            "content",
            "received_on",
            "source",
            "contact_point",
            "unit",
            "person",
            "due_on",
            "state",
            "days",
            "overdue",
            "handled_on",
            "result",
            "answered_on",
            "answer",
            "satisfaction",
            "confirmed_on",
            "ended_on",
            "return_count",
            "earlier",
        )

    def get_overdue(self, row: EnterpriseRequest) -> bool:
        return row.is_overdue(today())

    def get_days(self, row: EnterpriseRequest) -> int:
        return row.days(today())


class ContactFilter(filters.FilterSet):  # type: ignore[misc]
    area = filters.CharFilter(field_name="enterprise__reporting_area__code", label="统计辖区编码")

    class Meta:
        model = ContactPoint
        fields = ("year", "level", "leader")


class RequestFilter(filters.FilterSet):  # type: ignore[misc]
    area = filters.CharFilter(field_name="enterprise__reporting_area__code", label="统计辖区编码")

    class Meta:
        model = EnterpriseRequest
        fields = ("state", "category", "source")


@extend_schema(tags=["领导干部联系点"], responses={200: ContactSerializer, **ERRORS})
class ContactViewSet(viewsets.ReadOnlyModelViewSet[ContactPoint]):
    """领导干部联系点和走访情况。"""

    permission = "enterprises.view"
    token_scope = "enterprises"
    queryset = ContactPoint.objects.none()
    serializer_class = ContactSerializer
    filterset_class = ContactFilter

    def get_queryset(self) -> QuerySet[ContactPoint]:
        user: Any = self.request.user
        points = ContactPoint.objects.visible_to(user).select_related("enterprise")
        found: QuerySet[ContactPoint] = with_results(points)
        return found


@extend_schema(tags=["企业诉求"], responses={200: RequestSerializer, **ERRORS})
class RequestViewSet(viewsets.ReadOnlyModelViewSet[EnterpriseRequest]):
    """企业诉求及其办理情况。"""

    permission = "enterprises.view"
    token_scope = "enterprises"
    queryset = EnterpriseRequest.objects.none()
    serializer_class = RequestSerializer
    filterset_class = RequestFilter

    def get_queryset(self) -> QuerySet[EnterpriseRequest]:
        user: Any = self.request.user
        return EnterpriseRequest.objects.visible_to(user).select_related("enterprise")
