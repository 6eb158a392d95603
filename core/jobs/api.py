"""The caller's jobs for other programs."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets

from core.api import ERRORS
from core.models import Job


class JobSerializer(serializers.ModelSerializer[Job]):
    state_label = serializers.CharField(source="get_state_display", help_text="状态名称")

    class Meta:
        model = Job
        fields = (
            "id",
            "kind",
            "title",
            "state",
            "state_label",
            "stage",
            "done",
            "total",
            "message",
            "created_at",
            "started_at",
            "finished_at",
        )


@extend_schema(tags=["任务"], responses={200: JobSerializer, **ERRORS})
class JobViewSet(viewsets.ReadOnlyModelViewSet[Job]):
    """本人发起的导入、导出、核算等任务。"""

    token_scope = "jobs"
    queryset = Job.objects.none()
    serializer_class = JobSerializer

    def get_queryset(self) -> QuerySet[Job]:
        user: Any = self.request.user
        return Job.objects.visible_to(user)
