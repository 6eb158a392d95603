"""Sites, model points and ratings for other programs, within the scope of the caller."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets

from core.api import ERRORS
from core.dates import today
from organizations.models import (
    Area,
    DemonstrationPoint,
    PartyOrganization,
    Rating,
    RatingScheme,
    Site,
)
from organizations.site_facts import with_check


class SiteSerializer(serializers.ModelSerializer[Site]):
    organization = serializers.SlugRelatedField[PartyOrganization](
        "code", read_only=True, allow_null=True
    )
    area = serializers.SlugRelatedField[Area]("code", read_only=True, allow_null=True)
    checked_on = serializers.DateField(read_only=True, allow_null=True, help_text="最近检查日期")
    met_count = serializers.IntegerField(read_only=True, allow_null=True, help_text="达标项数")
    item_count = serializers.IntegerField(read_only=True, allow_null=True, help_text="总项数")

    class Meta:
        model = Site
        fields = (
            "id",
            "name",
            "organization",
            "area",
            "stage",
            "address",
            "square_metres",
            "rooms",
            "holding",
            "valid_from",
            "valid_to",
            "checked_on",
            "met_count",
            "item_count",
        )


class SiteFilter(filters.FilterSet):  # type: ignore[misc]
    class Meta:
        model = Site
        fields = ("stage", "holding")


@extend_schema(tags=["阵地"], responses={200: SiteSerializer, **ERRORS})
class SiteViewSet(viewsets.ReadOnlyModelViewSet[Site]):
    """党组织活动阵地，附最近一次六有检查的结果。"""

    permission = "organizations.view"
    token_scope = "organizations"
    queryset = Site.objects.none()
    serializer_class = SiteSerializer
    filterset_class = SiteFilter

    def get_queryset(self) -> QuerySet[Site]:
        user: Any = self.request.user
        sites = Site.objects.visible_to(user).select_related("organization", "area")
        found: QuerySet[Site] = with_check(sites, today())
        return found


class DemonstrationSerializer(serializers.ModelSerializer[DemonstrationPoint]):
    organization = serializers.SlugRelatedField[PartyOrganization]("code", read_only=True)

    class Meta:
        model = DemonstrationPoint
        fields = (
            "id",
            "organization",
            "title",
            "level",
            "awarded_by",
            "document",
            "valid_from",
            "valid_to",
            "is_withdrawn",
        )


class DemonstrationFilter(filters.FilterSet):  # type: ignore[misc]
    class Meta:
        model = DemonstrationPoint
        fields = ("level",)


@extend_schema(tags=["示范点"], responses={200: DemonstrationSerializer, **ERRORS})
class DemonstrationViewSet(viewsets.ReadOnlyModelViewSet[DemonstrationPoint]):
    """示范点命名和撤销。"""

    permission = "organizations.view"
    token_scope = "organizations"
    queryset = DemonstrationPoint.objects.none()
    serializer_class = DemonstrationSerializer
    filterset_class = DemonstrationFilter

    def get_queryset(self) -> QuerySet[DemonstrationPoint]:
        user: Any = self.request.user
        return DemonstrationPoint.objects.visible_to(user).select_related("organization")


class RatingSerializer(serializers.ModelSerializer[Rating]):
    organization = serializers.SlugRelatedField[PartyOrganization]("code", read_only=True)
    scheme = serializers.SlugRelatedField[RatingScheme]("key", read_only=True)

    class Meta:
        model = Rating
        fields = (
            "id",
            "organization",
            "scheme",
            "year",
            "state",
            "self_score",
            "score",
            "stars",
            "is_vetoed",
            "confirmed_on",
            "document",
            "valid_to",
        )


class RatingFilter(filters.FilterSet):  # type: ignore[misc]
    class Meta:
        model = Rating
        fields = ("state", "year", "stars")


@extend_schema(tags=["评定"], responses={200: RatingSerializer, **ERRORS})
class RatingViewSet(viewsets.ReadOnlyModelViewSet[Rating]):
    """党组织的自评、上级评定和星级。"""

    permission = "organizations.view"
    token_scope = "organizations"
    queryset = Rating.objects.none()
    serializer_class = RatingSerializer
    filterset_class = RatingFilter

    def get_queryset(self) -> QuerySet[Rating]:
        user: Any = self.request.user
        return Rating.objects.visible_to(user).select_related("organization", "scheme")
