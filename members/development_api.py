"""People on the way into the party for other programs: cases and steps, through their gates."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import exceptions, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import ERRORS
from core.api_writing import Creating, body, written
from core.dates import today
from members.development import cases, editions, steps
from members.development.approving import RECORD, may_record
from members.development.forms import ApplicationForm, FullMembersField, StepForm
from members.development.standard import STEPS
from members.models import DevelopmentCase, DevelopmentStep, StepRule
from organizations.scoping import Nobody

CODE = {"type": "string", "enum": [step["code"] for step in STEPS], "description": "步骤"}
_STEP_FIELDS: dict[str, forms.Field] = {
    **StepForm.base_fields,
    "people": FullMembersField(Nobody(), label="培养联系人或入党介绍人", required=False),
}
_STEP_FIELDS["outcome"].required = False


class StepSerializer(serializers.ModelSerializer[DevelopmentStep]):
    name = serializers.CharField(source="case.person.name", help_text="姓名")

    class Meta:
        model = DevelopmentStep
        fields = (
            "id",
            "name",
            "code",
            "occurrence",
            "done_on",
            "outcome",
            "by",
            "document",
            "entitled",
            "voters",
            "ayes",
            "noes",
            "days",
            "hours",
            "extension",
            "shown_from",
            "shown_to",
            "excuse",
            "papers",
            "note",
        )


class CaseSerializer(serializers.ModelSerializer[DevelopmentCase]):
    name = serializers.CharField(source="person.name", help_text="姓名")
    organization = serializers.CharField(source="organization.code", help_text="培养党组织代码")
    next_step = serializers.CharField(source="next_code", help_text="下一步")

    class Meta:
        model = DevelopmentCase
        fields = (
            "id",
            "name",
            "organization",
            "member",
            "recommender",
            "is_backbone",
            "cultivation",
            "stage",
            "accepted_on",
            "confirmed_on",
            "next_step",
            "next_from",
            "next_by",
            "closed_on",
            "close_reason",
        )


class CaseFilter(filters.FilterSet):  # type: ignore[misc]
    organization = filters.CharFilter(field_name="organization__code", label="党组织代码")

    class Meta:
        model = DevelopmentCase
        fields = ("stage", "organization")


@extend_schema(tags=["发展党员"], responses={200: CaseSerializer, **ERRORS})
@extend_schema_view(
    create=extend_schema(
        request=body(ApplicationForm(Nobody()).fields), responses={201: CaseSerializer, **ERRORS}
    )
)
class CaseViewSet(Creating, viewsets.ReadOnlyModelViewSet[DevelopmentCase]):
    """发展档案；新增即登记入党申请人。"""

    permission = "members.view"
    write_permission = RECORD
    token_scope = "members"
    queryset = DevelopmentCase.objects.none()
    serializer_class = CaseSerializer
    filterset_class = CaseFilter

    def get_queryset(self) -> QuerySet[DevelopmentCase]:
        user: Any = self.request.user
        rows: QuerySet[DevelopmentCase] = DevelopmentCase.objects.visible_to(user)
        return rows.select_related("person", "organization")

    def form(self, data: dict[str, Any]) -> ApplicationForm:
        return ApplicationForm(self.request.user, data)

    def write(self, form: Any) -> DevelopmentCase:
        user: Any = self.request.user
        return cases.open_case(actor=user, given=form.application)

    @extend_schema(responses={200: StepSerializer(many=True), **ERRORS}, filters=False)
    @action(detail=True, filterset_class=None, pagination_class=None)
    def steps(self, request: Request, pk: str) -> Response:
        """已登记的步骤，按日期先后。"""
        user: Any = request.user
        found = DevelopmentStep.objects.visible_to(user).filter(case=self.get_object())
        return Response(StepSerializer(found.select_related("case__person"), many=True).data)

    @extend_schema(request=body(_STEP_FIELDS, code=CODE), responses={201: StepSerializer, **ERRORS})
    @steps.mapping.post
    def record(self, request: Request, pk: str) -> Response:
        """登记一步；不合当日规定的逐项说明。"""
        user: Any = request.user
        case = self.get_object()
        sent = dict(request.data) if isinstance(request.data, dict) else {}
        rule = _rule(sent.pop("code", ""))
        if not may_record(user, case.organization, rule):
            raise PermissionDenied
        step = written(
            lambda data: StepForm(user, rule, data),
            sent,
            lambda form: steps.record_step(
                actor=user,
                case=case,
                code=rule.code,
                done_on=form.cleaned_data["done_on"],
                people=form.cleaned_data.get("people") or (),
                **form.facts,
            ),
        )
        return Response(StepSerializer(step).data, status=201)


def _rule(code: Any) -> StepRule:
    rule = editions.load().on(today()).by_code.get(code) if isinstance(code, str) else None
    if rule is None:
        raise exceptions.ValidationError({"code": ["没有这一步"]})
    return rule
