"""Areas and organizations for other programs, within the scope of the caller."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import ERRORS
from core.dates import today
from organizations.models import (
    Area,
    ChangePart,
    OrganizationChange,
    OrganizationKind,
    OrganizationNature,
    PartyOrganization,
)
from organizations.past import as_they_were, superior_codes
from organizations.querysets import OrganizationQuerySet
from organizations.tree import path_as_of

ISO = ["%Y-%m-%d"]


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
    superior = serializers.CharField(
        source="superior_code", allow_null=True, read_only=True, help_text="上级组织代码"
    )

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
            "superior",
            "official_order",
            "established_on",
            "abolished_on",
            "secretary_name",
        )


class ChangePartSerializer(serializers.ModelSerializer[ChangePart]):
    organization = serializers.SlugRelatedField[PartyOrganization]("code", read_only=True)
    name = serializers.CharField(source="organization.name", read_only=True)

    class Meta:
        model = ChangePart
        fields = ("organization", "name", "role")


class ChangeSerializer(serializers.ModelSerializer[OrganizationChange]):
    parts = ChangePartSerializer(many=True, read_only=True)

    class Meta:
        model = OrganizationChange
        fields = (
            "id",
            "kind",
            "effective_on",
            "document",
            "reason",
            "before",
            "after",
            "consequences",
            "recorded_at",
            "parts",
        )


class OrganizationFilter(filters.FilterSet):  # type: ignore[misc]
    as_of = filters.DateFilter(
        method="existing",
        input_formats=ISO,
        label="时点，如 2025-12-31；名称、类别、性质和隶属均为当日的",
    )
    kind = filters.ChoiceFilter(choices=OrganizationKind.choices, method="by_day")
    nature = filters.ChoiceFilter(choices=OrganizationNature.choices, method="by_day")

    class Meta:
        model = PartyOrganization
        fields = ("code",)

    def existing(
        self, rows: OrganizationQuerySet, name: str, day: date
    ) -> QuerySet[PartyOrganization]:
        return rows.existing(day)

    def by_day(
        self, rows: OrganizationQuerySet, name: str, value: str
    ) -> QuerySet[PartyOrganization]:
        """The kind or nature of the day that is asked for."""
        if day := self.form.cleaned_data.get("as_of"):
            return rows.that_were(day, **{name: value})
        return rows.filter(**{name: value})


@extend_schema(tags=["党组织"], responses={200: OrganizationSerializer, **ERRORS})
class OrganizationViewSet(viewsets.ReadOnlyModelViewSet[PartyOrganization]):
    """党组织；path 是隶属路径（不带时点为今天的），下级的 path 以上级的 path 开头。"""

    permission = "organizations.view"
    token_scope = "organizations"
    queryset = PartyOrganization.objects.none()
    serializer_class = OrganizationSerializer
    filterset_class = OrganizationFilter

    def get_queryset(self) -> QuerySet[PartyOrganization]:
        user: Any = self.request.user
        return PartyOrganization.objects.visible_to(user)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        (found,) = self._of_day([self.get_object()])
        return Response(self.get_serializer(found).data)

    def paginate_queryset(self, queryset: Any) -> Any:
        return self._of_day(super().paginate_queryset(queryset) or [])

    def _of_day(self, rows: list[PartyOrganization]) -> list[PartyOrganization]:
        """With superior, and all that has changed since, as of the day asked for."""
        text = self.request.query_params.get("as_of")
        day: date = forms.DateField(input_formats=ISO).clean(text) if text else today()
        found = as_they_were(rows, day) if text else rows
        paths = path_as_of(day) if text else {}
        codes = superior_codes(rows, day)
        for one in found:
            one.path = paths.get(one.pk, one.path)
            one.superior_code = codes.get(one.pk)  # type: ignore[attr-defined]
        return found

    @extend_schema(responses={200: ChangeSerializer(many=True), **ERRORS}, filters=False)
    @action(detail=True, filterset_class=None, pagination_class=None)
    def changes(self, request: Request, pk: str) -> Response:
        """变动记录：建立、隶属、更名、合并、分设、撤销、恢复等，新的在前。"""
        user: Any = request.user
        organization = self.get_object()
        history = OrganizationChange.objects.visible_to(user).of(organization.pk)
        rows = history.prefetch_related("parts__organization")
        return Response(ChangeSerializer(rows, many=True).data)
