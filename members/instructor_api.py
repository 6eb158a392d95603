"""Terms of instructors for other programs, within the scope of the caller."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets

from core.api import ERRORS
from core.dates import today
from members.guidance import guidance_on
from members.models import InstructorAssignment


class AssignmentSerializer(serializers.ModelSerializer[InstructorAssignment]):
    instructor = serializers.CharField(source="instructor.person.name", help_text="指导员姓名")
    uscc = serializers.CharField(
        source="enterprise.uscc", allow_null=True, help_text="企业的统一社会信用代码"
    )
    name = serializers.CharField(source="enterprise.name", help_text="企业名称")
    sender = serializers.CharField(source="sender.code", help_text="派出党组织代码")
    last_visit = serializers.DateField(allow_null=True, help_text="最近走访")
    next_due = serializers.DateField(help_text="下次走访")
    visited = serializers.IntegerField(help_text="本年已走访（次）")

    class Meta:
        model = InstructorAssignment
        fields = (
            "id",
            "instructor",
            "enterprise",
            "uscc",
            "name",
            "sender",
            "valid_from",
            "valid_to",
            "document",
            "last_visit",
            "next_due",
            "visited",
        )


class AssignmentFilter(filters.FilterSet):  # type: ignore[misc]
    area = filters.CharFilter(field_name="enterprise__reporting_area__code", label="统计辖区编码")
    uscc = filters.CharFilter(field_name="enterprise__uscc", label="企业的统一社会信用代码")

    class Meta:
        model = InstructorAssignment
        fields = ("area", "uscc")


@extend_schema(tags=["指导员"], responses={200: AssignmentSerializer, **ERRORS})
class AssignmentViewSet(viewsets.ReadOnlyModelViewSet[InstructorAssignment]):
    """指导员选派，附走访次数和下次走访日期。"""

    permission = "members.view"
    token_scope = "members"
    queryset = InstructorAssignment.objects.none()
    serializer_class = AssignmentSerializer
    filterset_class = AssignmentFilter

    def get_queryset(self) -> QuerySet[InstructorAssignment]:
        user: Any = self.request.user
        day = today()
        rows: QuerySet[InstructorAssignment] = InstructorAssignment.objects.visible_to(
            user
        ).with_rhythm(day, guidance_on(day).visit_months)
        return rows.select_related("enterprise", "sender", "instructor__person")
