"""Photos of an activity: optional, without position, at most a few."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from activities.models.activity import Activity
from activities.querysets import OfActivityQuerySet


class ActivityPhoto(models.Model):
    """Sent before the record is handed in it has no activity yet and belongs to its owner.

    `sha256` is that of the file as sent, `likeness` 64 bits that similar pictures share for the
    most part.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    activity = models.ForeignKey(
        Activity,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name="组织生活",
        related_name="photos",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="+"
    )
    path = models.CharField("存放位置", max_length=300)
    width = models.PositiveIntegerField("宽")
    height = models.PositiveIntegerField("高")
    sha256 = models.CharField("校验值", max_length=64)
    likeness = models.BigIntegerField("相似特征")
    official_order = models.PositiveSmallIntegerField("排序号", default=0)
    created_at = models.DateTimeField("上传时间", auto_now_add=True)

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动照片"
        ordering = ["activity", "official_order", "created_at"]
        indexes: ClassVar = [models.Index("sha256", name="activities_photo_again")]

    def __str__(self) -> str:
        return f"照片 {self.pk}"
