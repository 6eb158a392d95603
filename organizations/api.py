"""Areas and organizations for other programs, within the scope of the caller."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets

from core.api import ERRORS
from organizations.models import Area, PartyOrganization


class AreaSerializer(serializers.ModelSerializer[Area]):
    parent = serializers.SlugRelatedField[Area](  # type: ignore[assignment]
        "code", read_only=True, allow_null=True
    )
    committee = serializers.SlugRelatedField[PartyOrganization]("code", read_only=True)

    class Meta:
        model = Area
        fields = (
            "id",
            "code",
            "name",
            "kind",
            "park_level",
            "parent",
            "committee",
            "official_order",
            "keywords",
            "closed_on",
        )


class AreaFilter(filters.FilterSet):  # type: ignore[misc]
    class Meta:
        model = Area
        fields = ("code", "kind")


@extend_schema(tags=["辖区"], responses={200: AreaSerializer, **ERRORS})
class AreaViewSet(viewsets.ReadOnlyModelViewSet[Area]):
    """乡镇、街道、园区等填报单位及其责任党组织。"""

    permission = "organizations.view"
    token_scope = "areas"
    queryset = Area.objects.none()
    serializer_class = AreaSerializer
    filterset_class = AreaFilter

    def get_queryset(self) -> QuerySet[Area]:
        user: Any = self.request.user
        return Area.objects.visible_to(user).select_related("parent", "committee")


class OrganizationSerializer(serializers.ModelSerializer[PartyOrganization]):
    class Meta:
        model = PartyOrganization
        fields = (
            "id",
            "code",
            "name",
            "short_name",
            "kind",
            "nature",
            "path",
            "official_order",
            "established_on",
            "abolished_on",
            "secretary_name",
        )


class OrganizationFilter(filters.FilterSet):  # type: ignore[misc]
    class Meta:
        model = PartyOrganization
        fields = ("code", "kind", "nature")


@extend_schema(tags=["党组织"], responses={200: OrganizationSerializer, **ERRORS})
class OrganizationViewSet(viewsets.ReadOnlyModelViewSet[PartyOrganization]):
    """党组织；path 是今天的隶属路径，下级的 path 以上级的 path 开头。"""

    permission = "organizations.view"
    token_scope = "organizations"
    queryset = PartyOrganization.objects.none()
    serializer_class = OrganizationSerializer
    filterset_class = OrganizationFilter

    def get_queryset(self) -> QuerySet[PartyOrganization]:
        user: Any = self.request.user
        return PartyOrganization.objects.visible_to(user)
