"""Plans of formation for other programs, within the scope of the caller."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets

from core.api import ERRORS
from core.dates import today
from enterprises.models import FormationPlan


class FormationPlanSerializer(serializers.ModelSerializer[FormationPlan]):
    uscc = serializers.CharField(
        source="enterprise.uscc", allow_null=True, help_text="企业的统一社会信用代码"
    )
    name = serializers.CharField(source="enterprise.name", help_text="企业名称")
    unit = serializers.CharField(source="unit.code", allow_null=True, help_text="责任单位代码")
    overdue = serializers.SerializerMethodField(help_text="拟建日期已过而未建成")

    class Meta:
        model = FormationPlan
        fields = (
            "id",
            "enterprise",
            "uscc",
            "name",
            "state",
            "reason",
            "mode",
            "proposed_name",
            "unit",
            "leader",
            "person",
            "identified_on",
            "planned_on",
            "overdue",
            "obstacle",
            "measures",
            "document",
            "updated_at",
        )

    def get_overdue(self, plan: FormationPlan) -> bool:
        return plan.is_overdue(today())


class FormationPlanFilter(filters.FilterSet):  # type: ignore[misc]
    area = filters.CharFilter(field_name="enterprise__reporting_area__code", label="统计辖区编码")
    unit = filters.CharFilter(field_name="unit__code", label="责任单位代码")

    class Meta:
        model = FormationPlan
        fields = ("state", "reason", "mode")


@extend_schema(tags=["组建计划"], responses={200: FormationPlanSerializer, **ERRORS})
class FormationPlanViewSet(viewsets.ReadOnlyModelViewSet[FormationPlan]):
    """应建未建企业的组建计划。"""

    permission = "enterprises.view"
    token_scope = "enterprises"
    queryset = FormationPlan.objects.none()
    serializer_class = FormationPlanSerializer
    filterset_class = FormationPlanFilter

    def get_queryset(self) -> QuerySet[FormationPlan]:
        user: Any = self.request.user
        return FormationPlan.objects.visible_to(user).select_related("enterprise", "unit")
