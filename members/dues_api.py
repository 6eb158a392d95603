"""Payments of dues for other programs: in scope, each through the service of the month sheet."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, viewsets

from core.api import ERRORS
from core.api_writing import Creating, body
from members.dues.forms import PaymentForm
from members.dues.services import CHANGE, record_payments
from members.models import DuesRecord
from organizations.scoping import Nobody


class DuesSerializer(serializers.ModelSerializer[DuesRecord]):
    name = serializers.CharField(source="member.person.name", help_text="党员姓名")
    organization = serializers.CharField(source="organization.code", help_text="党支部代码")

    class Meta:
        model = DuesRecord
        fields = (
            "id",
            "member",
            "name",
            "organization",
            "month",
            "due",
            "paid",
            "paid_on",
            "method",
        )


class DuesFilter(filters.FilterSet):  # type: ignore[misc]
    organization = filters.CharFilter(field_name="organization__code", label="党支部代码")

    class Meta:
        model = DuesRecord
        fields = ("month", "organization")


@extend_schema(tags=["党费"], responses={200: DuesSerializer, **ERRORS})
@extend_schema_view(
    create=extend_schema(
        request=body(PaymentForm(Nobody()).fields), responses={201: DuesSerializer, **ERRORS}
    )
)
class DuesViewSet(Creating, viewsets.ReadOnlyModelViewSet[DuesRecord]):
    """按月的党费交纳；新增即登记一名党员一个月的交纳。"""

    permission = CHANGE
    write_permission = CHANGE
    token_scope = "members"
    queryset = DuesRecord.objects.none()
    serializer_class = DuesSerializer
    filterset_class = DuesFilter

    def get_queryset(self) -> QuerySet[DuesRecord]:
        user: Any = self.request.user
        rows: QuerySet[DuesRecord] = DuesRecord.objects.visible_to(user)
        return rows.select_related("member__person", "organization")

    def form(self, data: dict[str, Any]) -> PaymentForm:
        return PaymentForm(self.request.user, data)

    def write(self, form: Any) -> DuesRecord:
        user: Any = self.request.user
        payment = form.payment
        try:
            record_payments(
                actor=user,
                organization=form.cleaned_data["organization"],
                payments=[payment],
                received=form.received,
            )
        except ValidationError as problem:
            told = problem.message_dict
            told |= {"paid": told.pop(payment.key)} if payment.key in told else {}
            raise ValidationError(told) from None
        return self.get_queryset().get(member=payment.member, month=payment.month)
