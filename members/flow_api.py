"""Letters and absences of members for other programs: in scope, written as on screen."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, viewsets

from core.api import ERRORS
from core.api_writing import Creating, body
from members.flow_forms import MobileForm, TransferForm
from members.models import MembershipTransfer, MobileRecord
from members.services import mobiles, transfers
from members.services.cases import CHANGE
from organizations.scoping import Nobody


class TransferSerializer(serializers.ModelSerializer[MembershipTransfer]):
    name = serializers.CharField(source="member.person.name", help_text="党员姓名")
    sender = serializers.CharField(source="sender.code", help_text="转出党组织代码")
    destination = serializers.CharField(help_text="接收党组织")

    class Meta:
        model = MembershipTransfer
        fields = (
            "id",
            "member",
            "name",
            "sender",
            "destination",
            "range",
            "letter",
            "issued_on",
            "expires_on",
            "reason",
            "state",
            "answered_on",
            "answer",
        )


class AbsenceSerializer(serializers.ModelSerializer[MobileRecord]):
    name = serializers.CharField(source="member.person.name", help_text="党员姓名")
    leaves_from = serializers.CharField(help_text="流出党组织")
    goes_to = serializers.CharField(help_text="流入党组织")

    class Meta:
        model = MobileRecord
        fields = (
            "id",
            "member",
            "name",
            "left_on",
            "cause",
            "destination",
            "range",
            "is_settled",
            "leaves_from",
            "goes_to",
            "received_on",
            "contacted_on",
            "ended_on",
            "state",
        )


class TransferFilter(filters.FilterSet):  # type: ignore[misc]
    class Meta:
        model = MembershipTransfer
        fields = ("state", "range")


class AbsenceFilter(filters.FilterSet):  # type: ignore[misc]
    class Meta:
        model = MobileRecord
        fields = ("state", "range")


@extend_schema(tags=["组织关系转接"], responses={200: TransferSerializer, **ERRORS})
@extend_schema_view(
    create=extend_schema(
        request=body(TransferForm(Nobody()).fields),
        responses={201: TransferSerializer, **ERRORS},
    )
)
class TransferViewSet(Creating, viewsets.ReadOnlyModelViewSet[MembershipTransfer]):
    """组织关系介绍信及其办理情况；新增即开具介绍信。"""

    permission = "members.view"
    write_permission = CHANGE
    token_scope = "members"
    queryset = MembershipTransfer.objects.none()
    serializer_class = TransferSerializer
    filterset_class = TransferFilter

    def get_queryset(self) -> QuerySet[MembershipTransfer]:
        user: Any = self.request.user
        rows: QuerySet[MembershipTransfer] = MembershipTransfer.objects.visible_to(user)
        return rows.select_related("member__person", "sender", "receiver")

    def form(self, data: dict[str, Any]) -> TransferForm:
        return TransferForm(self.request.user, data)

    def write(self, form: Any) -> MembershipTransfer:
        user: Any = self.request.user
        return transfers.issue(actor=user, **form.facts())


@extend_schema(tags=["流动党员"], responses={200: AbsenceSerializer, **ERRORS})
@extend_schema_view(
    create=extend_schema(
        request=body(MobileForm(Nobody()).fields), responses={201: AbsenceSerializer, **ERRORS}
    )
)
class AbsenceViewSet(Creating, viewsets.ReadOnlyModelViewSet[MobileRecord]):
    """流动党员登记，流出、流入两方共用一条；不含联系电话。"""

    permission = "members.view"
    write_permission = CHANGE
    token_scope = "members"
    queryset = MobileRecord.objects.none()
    serializer_class = AbsenceSerializer
    filterset_class = AbsenceFilter

    def get_queryset(self) -> QuerySet[MobileRecord]:
        user: Any = self.request.user
        rows: QuerySet[MobileRecord] = MobileRecord.objects.visible_to(user)
        return rows.select_related("member__person", "origin", "host")

    def form(self, data: dict[str, Any]) -> MobileForm:
        return MobileForm(self.request.user, data)

    def write(self, form: Any) -> MobileRecord:
        user: Any = self.request.user
        return mobiles.register(actor=user, **form.facts())
