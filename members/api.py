"""Members and where they belong for other programs: in scope, masked, written as on screen."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import ERRORS
from core.api_writing import Creating, body, written
from core.masking import mask
from members.member_card import KINDS
from members.member_forms import RegisterForm, ReturnForm
from members.models import Membership, PartyMember
from members.services import members, memberships
from members.services.memberships import Move
from members.services.persons import SHOWN
from organizations.scoping import Nobody


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


class MembershipSerializer(serializers.ModelSerializer[Membership]):
    organization = serializers.CharField(source="organization.code", help_text="党组织代码")
    organization_name = serializers.CharField(source="organization.name", help_text="党组织")

    class Meta:
        model = Membership
        fields = (
            "id",
            "organization",
            "organization_name",
            "valid_from",
            "valid_to",
            "entry_kind",
            "exit_kind",
            "document",
        )


@extend_schema(tags=["党员"], responses={200: MemberSerializer, **ERRORS})
@extend_schema_view(
    create=extend_schema(
        request=body(RegisterForm(Nobody()).fields), responses={201: MemberSerializer, **ERRORS}
    )
)
class MemberViewSet(Creating, viewsets.ReadOnlyModelViewSet[PartyMember]):
    """党员名册；身份证号和电话按页面规则遮挡。"""

    permission = "members.view"
    write_permission = members.CHANGE
    token_scope = "members"
    queryset = PartyMember.objects.none()
    serializer_class = MemberSerializer
    filterset_class = MemberFilter

    def get_queryset(self) -> QuerySet[PartyMember]:
        user: Any = self.request.user
        rows: QuerySet[PartyMember] = PartyMember.objects.visible_to(user)
        return rows.select_related("person__home_organization").order_by("pk")

    def form(self, data: dict[str, Any]) -> RegisterForm:
        return RegisterForm(self.request.user, data)

    def write(self, form: Any) -> PartyMember:
        user: Any = self.request.user
        return members.register_member(actor=user, given=form.registration)

    @extend_schema(responses={200: MembershipSerializer(many=True), **ERRORS}, filters=False)
    @action(detail=True, filterset_class=None, pagination_class=None)
    def memberships(self, request: Request, pk: str) -> Response:
        """组织关系的全部经历，新的在前。"""
        user: Any = request.user
        held = Membership.objects.visible_to(user).filter(member=self.get_object())
        return Response(MembershipSerializer(held.select_related("organization"), many=True).data)

    @extend_schema(
        request=body(ReturnForm(Nobody()).fields),
        responses={201: MembershipSerializer, **ERRORS},
    )
    @memberships.mapping.post
    def begin(self, request: Request, pk: str) -> Response:
        """接入组织关系；已在一个党支部的不能再接入。"""
        user: Any = request.user
        member = self.get_object()
        held = written(
            lambda data: ReturnForm(user, data),
            request.data,
            lambda form: memberships.begin(
                actor=user, member=member, move=Move(**form.cleaned_data)
            ),
        )
        return Response(MembershipSerializer(held).data, status=201)
