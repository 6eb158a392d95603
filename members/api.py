"""Members for other programs, within the scope of the caller; numbers of persons stay masked."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets

from core.api import ERRORS
from core.masking import mask
from members.member_card import KINDS
from members.models import PartyMember
from members.services.persons import SHOWN


class MemberSerializer(serializers.ModelSerializer[PartyMember]):
    name = serializers.CharField(source="person.name", read_only=True)
    organization = serializers.CharField(source="person.home_organization.code", read_only=True)
    sex = serializers.CharField(source="person.sex", read_only=True)
    born_on = serializers.DateField(source="person.born_on", read_only=True, allow_null=True)
    ethnicity = serializers.CharField(source="person.ethnicity", read_only=True)
    education = serializers.CharField(source="person.education", read_only=True)
    job_class = serializers.CharField(source="person.job_class", read_only=True)
    citizen_id = serializers.SerializerMethodField(help_text="只留校验位")
    phone = serializers.SerializerMethodField(help_text="中间四位不显示")

    class Meta:
        model = PartyMember
        fields = (
            "id",
            "name",
            "organization",
            "category",
            "standing",
            "accepted_on",
            "confirmed_on",
            "sex",
            "born_on",
            "ethnicity",
            "education",
            "job_class",
            "citizen_id",
            "phone",
        )

    def get_citizen_id(self, member: PartyMember) -> str:
        return _masked(member, "citizen_id")

    def get_phone(self, member: PartyMember) -> str:
        return _masked(member, "phone")


def _masked(member: PartyMember, name: str) -> str:
    return mask(KINDS[name], getattr(member.person, name) or "", SHOWN)


class MemberFilter(filters.FilterSet):  # type: ignore[misc]
    class Meta:
        model = PartyMember
        fields = ("category", "standing")


@extend_schema(tags=["党员"], responses={200: MemberSerializer, **ERRORS})
class MemberViewSet(viewsets.ReadOnlyModelViewSet[PartyMember]):
    """党员名册；身份证号和电话按页面规则遮挡。"""

    permission = "members.view"
    token_scope = "members"
    queryset = PartyMember.objects.none()
    serializer_class = MemberSerializer
    filterset_class = MemberFilter

    def get_queryset(self) -> QuerySet[PartyMember]:
        user: Any = self.request.user
        rows: QuerySet[PartyMember] = PartyMember.objects.visible_to(user)
        return rows.select_related("person__home_organization").order_by("pk")
