"""Instructors and their terms for other programs: in scope, written as on screen."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import ERRORS
from core.api_writing import Creating, body, written
from core.dates import today
from members.choices import InstructorField
from members.guidance import guidance_on
from members.instructor_forms import NewInstructorForm, SendForm
from members.models import Instructor, InstructorAssignment
from members.services.enlisting import enlist
from members.services.instructors import CHANGE, assign
from organizations.scoping import Nobody


class InstructorSerializer(serializers.ModelSerializer[Instructor]):
    name = serializers.CharField(source="person.name", help_text="姓名")

    class Meta:
        model = Instructor
        fields = ("id", "name", "home_unit", "engagement", "level", "sector", "left_on")


class InstructorFilter(filters.FilterSet):  # type: ignore[misc]
    class Meta:
        model = Instructor
        fields = ("engagement", "level")


@extend_schema(tags=["指导员"], responses={200: InstructorSerializer, **ERRORS})
@extend_schema_view(
    create=extend_schema(
        request=body(NewInstructorForm(Nobody()).fields),
        responses={201: InstructorSerializer, **ERRORS},
    )
)
class InstructorViewSet(Creating, viewsets.ReadOnlyModelViewSet[Instructor]):
    """党建工作指导员。"""

    permission = "members.view"
    write_permission = CHANGE
    token_scope = "members"
    queryset = Instructor.objects.none()
    serializer_class = InstructorSerializer
    filterset_class = InstructorFilter

    def get_queryset(self) -> QuerySet[Instructor]:
        user: Any = self.request.user
        rows: QuerySet[Instructor] = Instructor.objects.visible_to(user)
        return rows.select_related("person")

    def form(self, data: dict[str, Any]) -> NewInstructorForm:
        return NewInstructorForm(self.request.user, data)

    def write(self, form: Any) -> Instructor:
        user: Any = self.request.user
        return enlist(actor=user, given=form.cleaned_data, facts=form.facts)


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


class AssignmentForm(SendForm):
    """The form of the page with the instructor whom its address names."""

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["instructor"] = InstructorField(user, label="指导员")


@extend_schema(tags=["指导员"], responses={200: AssignmentSerializer, **ERRORS})
class AssignmentViewSet(viewsets.ReadOnlyModelViewSet[InstructorAssignment]):
    """指导员选派，附走访次数和下次走访日期。"""

    permission = "members.view"
    write_permission = CHANGE
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

    @extend_schema(
        request=body(AssignmentForm(Nobody()).fields),
        responses={201: AssignmentSerializer(many=True), **ERRORS},
        filters=False,
    )
    def create(self, request: Request) -> Response:
        """选派一名指导员到一家或几家企业，有一家不合规定的都不选派。"""
        user: Any = request.user
        made = written(
            lambda data: AssignmentForm(user, data),
            request.data,
            lambda form: assign(
                actor=user,
                instructor=form.cleaned_data["instructor"],
                enterprises=form.cleaned_data["enterprises"],
                **form.terms,
            ),
        )
        rows = self.get_queryset().filter(pk__in=[one.pk for one in made])
        return Response(AssignmentSerializer(rows, many=True).data, status=201)
