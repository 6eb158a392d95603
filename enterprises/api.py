"""The register for other programs: scoped and masked like the screens."""

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from django_filters.fields import IsoDateTimeField
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, viewsets

from core.api import ERRORS
from core.masking import Sensitive, mask
from core.search import matching
from enterprises.models import Enterprise
from organizations.models import Area


class EnterpriseSerializer(serializers.ModelSerializer[Enterprise]):
    county = serializers.SlugRelatedField[Area]("code", read_only=True)
    reporting_area = serializers.SlugRelatedField[Area]("code", read_only=True, allow_null=True)
    phone = serializers.SerializerMethodField(help_text="已脱敏")

    class Meta:
        model = Enterprise
        fields = (
            "id",
            "uscc",
            "registration_number",
            "name",
            "legal_representative",
            "enterprise_type",
            "registered_capital",
            "capital_currency",
            "established_on",
            "registered_address",
            "business_address",
            "registration_authority",
            "industry_code",
            "industry",
            "phone",
            "operating_status",
            "unit_kind",
            "ownership",
            "county",
            "reporting_area",
            "updated_at",
        )

    @extend_schema_field(str)
    def get_phone(self, enterprise: Enterprise) -> str:
        return mask(Sensitive.PHONE, enterprise.phone)


class MomentField(IsoDateTimeField):  # type: ignore[misc]
    """A point of time in UTC: PostgreSQL refuses offsets that Python accepts."""

    def clean(self, value: Any) -> datetime | None:
        moment = super().clean(value)
        try:
            return moment.astimezone(UTC) if moment else None
        except OverflowError:
            raise ValidationError("时间超出范围") from None


class MomentFilter(filters.IsoDateTimeFilter):  # type: ignore[misc]
    field_class = MomentField


class EnterpriseFilter(filters.FilterSet):  # type: ignore[misc]
    area = filters.CharFilter(field_name="reporting_area__code", label="统计辖区编码")
    updated_since = MomentFilter(
        field_name="updated_at", lookup_expr="gte", label="自该时刻以来有变动"
    )
    q = filters.CharFilter(method="search", label="名称、代码、拼音首字母")

    class Meta:
        model = Enterprise
        fields = ("uscc", "operating_status", "unit_kind", "ownership")

    def search(self, queryset: Any, name: str, value: str) -> Any:
        return matching(queryset, value)


@extend_schema(tags=["企业"], responses={200: EnterpriseSerializer, **ERRORS})
class EnterpriseViewSet(viewsets.ReadOnlyModelViewSet[Enterprise]):
    """企业库中范围内的企业。"""

    permission = "enterprises.view"
    token_scope = "enterprises"
    queryset = Enterprise.objects.none()
    serializer_class = EnterpriseSerializer
    filterset_class = EnterpriseFilter

    def get_queryset(self) -> QuerySet[Enterprise]:
        user: Any = self.request.user
        return Enterprise.objects.visible_to(user).select_related("county", "reporting_area")
