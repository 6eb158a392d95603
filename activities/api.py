"""Meetings for other programs: in scope, each recorded through the form and service of the page."""

from typing import Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import exceptions, serializers, viewsets
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from activities.forms import MOST_DECISIONS, RecordForm, day_in
from activities.models import (
    AbsenceReason,
    Activity,
    ActivityDecision,
    ActivityKind,
    Attendance,
    DecisionKind,
)
from activities.record_card import PARTS
from activities.roster import roster_on
from activities.services import recording
from activities.states import RECORD, VIEW
from activities.values import of_sent
from core.api import ERRORS
from core.api_writing import refusal
from core.dates import today
from organizations.models import PartyOrganization

CALLED = {"presences": "attendances"}
MOST_KEY = 2**63 - 1


class AttendanceSerializer(serializers.ModelSerializer[Attendance]):
    name = serializers.CharField(source="person.name", help_text="姓名")

    class Meta:
        model = Attendance
        fields = ("person", "name", "status", "votes", "reason", "made_up_on")


class DecisionSerializer(serializers.ModelSerializer[ActivityDecision]):
    class Meta:
        model = ActivityDecision
        fields = (
            "text",
            "kind",
            "ayes",
            "noes",
            "abstentions",
            "owner",
            "due_on",
            "done_on",
            "outcome",
        )


class ActivitySerializer(serializers.ModelSerializer[Activity]):
    organization = serializers.CharField(source="organization.code", help_text="党组织代码")
    kinds = serializers.SlugRelatedField[ActivityKind](
        "key", many=True, read_only=True, help_text="类型代码"
    )
    chair = serializers.CharField(source="chair.name", allow_null=True, help_text="主持人")
    recorder = serializers.CharField(source="recorder.name", allow_null=True, help_text="记录人")

    class Meta:
        model = Activity
        fields: tuple[str, ...] = (
            "id",
            "organization",
            "kinds",
            "group",
            "title",
            "planned_on",
            "planned_from",
            "held_on",
            "held_from",
            "held_to",
            "place",
            "chair",
            "recorder",
            "guests",
            "expected",
            "came",
            "voters",
            "voters_came",
            "recorded_on",
            "state",
            "version",
            "changed_at",
        )


class RecordSerializer(ActivitySerializer):
    attendances = AttendanceSerializer(many=True)
    decisions = DecisionSerializer(many=True)

    class Meta(ActivitySerializer.Meta):
        fields = (
            *ActivitySerializer.Meta.fields,
            "content",
            "resolution",
            "attendances",
            "decisions",
        )


def _key(label: str) -> serializers.IntegerField:
    """The number of a row, which may be left out."""
    return serializers.IntegerField(
        min_value=1, max_value=MOST_KEY, required=False, allow_null=True, help_text=label
    )


class SentPresence(serializers.Serializer[Any]):
    person = serializers.IntegerField(min_value=1, max_value=MOST_KEY, help_text="人员编号")
    came = serializers.BooleanField(help_text="是否到会")
    reason = serializers.ChoiceField(
        AbsenceReason.choices, required=False, allow_blank=True, help_text="未到会原因"
    )
    made_up_on = serializers.DateField(required=False, allow_null=True, help_text="补课日期")


class SentDecision(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=300, help_text="决定事项")
    kind = serializers.ChoiceField(DecisionKind.choices, required=False, help_text="性质")
    owner = _key("责任人编号")
    due_on = serializers.DateField(required=False, allow_null=True, help_text="完成期限")
    ayes = serializers.IntegerField(min_value=0, max_value=100_000, required=False)
    noes = serializers.IntegerField(min_value=0, max_value=100_000, required=False)
    abstentions = serializers.IntegerField(min_value=0, max_value=100_000, required=False)


class SentRecord(serializers.Serializer[Any]):
    """A meeting that was held; whoever is not named did not come."""

    organization = serializers.CharField(max_length=40, help_text="党组织代码")
    token = serializers.UUIDField(help_text="登记凭据：由调用方生成，重复提交不会重复登记")
    submit = serializers.BooleanField(default=True, help_text="是否提交审核，否则存为草稿")
    kinds = serializers.ListField(
        child=serializers.CharField(max_length=30), max_length=20, help_text="类型代码"
    )
    title = serializers.CharField(max_length=200, help_text="议题")
    held_on = serializers.DateField(help_text="召开日期")
    held_from = serializers.TimeField(help_text="开始时间")
    held_to = serializers.TimeField(help_text="结束时间")
    place = serializers.CharField(required=False, allow_blank=True, max_length=120)
    group = _key("党小组编号")
    chair = _key("主持人编号")
    recorder = _key("记录人编号")
    guests = serializers.CharField(required=False, allow_blank=True, max_length=300)
    content = serializers.CharField(required=False, allow_blank=True, max_length=20000)
    resolution = serializers.CharField(required=False, allow_blank=True, max_length=5000)
    attendances = SentPresence(many=True)
    decisions = SentDecision(many=True, required=False)

    def validate_decisions(self, sent: list[Any]) -> list[Any]:
        if len(sent) > MOST_DECISIONS:
            raise exceptions.ValidationError(f"一次会议最多登记{MOST_DECISIONS}项决定事项。")
        return sent


class ActivityFilter(filters.FilterSet):  # type: ignore[misc]
    organization = filters.CharFilter(field_name="organization__code", label="党组织代码")
    kind = filters.CharFilter(field_name="kinds__key", label="类型代码")
    held_from = filters.DateFilter(field_name="held_on", lookup_expr="gte", label="召开日期不早于")
    held_to = filters.DateFilter(field_name="held_on", lookup_expr="lte", label="召开日期不晚于")

    class Meta:
        model = Activity
        fields = ("organization", "kind", "state", "held_from", "held_to")


@extend_schema(tags=["组织生活"], responses={200: ActivitySerializer, **ERRORS})
@extend_schema_view(
    retrieve=extend_schema(responses={200: RecordSerializer, **ERRORS}),
    create=extend_schema(request=SentRecord, responses={201: RecordSerializer, **ERRORS}),
)
class ActivityViewSet(viewsets.ReadOnlyModelViewSet[Activity]):
    """会议和活动；单条附到会名单和决定事项。新增即登记一次已召开的会议。"""

    permission = VIEW
    write_permission = RECORD
    token_scope = "activities"
    queryset = Activity.objects.none()
    serializer_class = ActivitySerializer
    filterset_class = ActivityFilter

    def get_queryset(self) -> QuerySet[Activity]:
        user: Any = self.request.user
        rows: QuerySet[Activity] = Activity.objects.visible_to(user)
        related = rows.select_related("organization", "chair", "recorder")
        return related.prefetch_related("kinds") if self.action == "list" else _whole(related)

    def get_serializer_class(self) -> type[ActivitySerializer]:
        return ActivitySerializer if self.action == "list" else RecordSerializer

    def create(self, request: Request) -> Response:
        sent = SentRecord(data=request.data)
        sent.is_valid(raise_exception=True)
        activity = _recorded(request.user, sent.validated_data)
        row = get_object_or_404(self.get_queryset(), pk=activity.pk)
        return Response(self.get_serializer(row).data, status=201)


def _whole(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    return rows.prefetch_related(*PARTS)


def _recorded(user: Any, sent: dict[str, Any]) -> Activity:
    """Through the form of the page; raises the API's ValidationError keyed by its fields."""
    seen = PartyOrganization.objects.visible_to(user)
    branch = seen.filter(code=sent["organization"]).first()
    if branch is None:
        raise exceptions.ValidationError({"organization": ["没有这个党组织，或不在您的范围内。"]})
    values = of_sent(sent)
    form = RecordForm(values, roster_on(branch, day_in(values) or today()), branch)
    if not form.is_valid():
        raise exceptions.ValidationError(_faults(form))
    token: UUID = sent["token"]
    try:
        return recording.record(
            actor=user,
            organization=branch,
            token=token,
            minutes=form.minutes,
            submit=sent["submit"],
        )
    except ValidationError as problem:
        if not hasattr(problem, "error_dict"):
            raise refusal(problem) from None
        told = {CALLED.get(name, name): said for name, said in problem.message_dict.items()}
        raise exceptions.ValidationError(told) from None


def _faults(form: RecordForm) -> dict[str, list[str]]:
    """By field; what the page says above the form stands under the part that it is about."""
    fields = {name: [str(one) for one in said] for name, said in form.errors.items()}
    if form.beside:
        del fields[NON_FIELD_ERRORS]
    return fields | form.beside
