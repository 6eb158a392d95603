"""Coverage of a day for other programs: the object that `manage.py coverage --json` prints."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api import ERRORS
from core.dates import today
from organizations.models import Area
from reports.conditions import POPULATIONS
from reports.coverage import measure
from reports.management.commands.coverage import as_object


class CoverageQuery(serializers.Serializer[dict[str, Any]]):
    as_of = serializers.DateField(required=False, help_text="时点，默认今天")
    population = serializers.ChoiceField(
        choices=[(one.key, one.label) for one in POPULATIONS],
        required=False,
        help_text="口径，默认按口径参数",
    )


class Counted(serializers.Serializer[dict[str, Any]]):
    numerator = serializers.IntegerField(allow_null=True, help_text="分子；不可计算时为空")
    denominator = serializers.IntegerField(help_text="分母")


class UnitSerializer(serializers.Serializer[dict[str, Any]]):
    code = serializers.CharField(help_text="辖区编码")
    name = serializers.CharField()
    path = serializers.CharField(help_text="当日责任党组织的隶属路径")
    indicators = serializers.DictField(child=Counted(), help_text="指标键 → 分子与分母")


class CoverageSerializer(serializers.Serializer[dict[str, Any]]):
    as_of = serializers.DateField()
    population = serializers.CharField()
    units = UnitSerializer(many=True)


class CoverageView(APIView):
    """某一时点各填报单位的覆盖情况。"""

    permission = "reports.view"
    token_scope = "coverage"

    @extend_schema(
        tags=["覆盖情况"],
        parameters=[CoverageQuery],
        responses={200: CoverageSerializer, **ERRORS},
    )
    def get(self, request: Request) -> Response:
        query = CoverageQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        user: Any = request.user
        found = measure(
            query.validated_data.get("as_of") or today(),
            population=query.validated_data.get("population"),
            areas=Area.objects.visible_to(user),
        )
        return Response(as_object(found))
