"""The census: rounds, the batches of a round, and what their mappings remember."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from enterprises.querysets import BatchQuerySet, RoundQuerySet
from organizations.models import Area, PartyOrganization


class Source(models.TextChoices):
    """The department whose list a file is; 未见 is judged for each of them."""

    REGISTRY = "registry", "市场监管"
    ECONOMY = "economy", "经信"
    CIVIL_AFFAIRS = "civil_affairs", "民政"
    TAX = "tax", "税务"
    STATISTICS = "statistics", "统计"
    COMMERCE = "commerce", "商务"
    TOWNSHIP = "township", "乡镇园区填报"
    OTHER = "other", "其他"


class CensusRound(models.Model):
    """One count of a county at a reference date; every department's lists belong to it."""

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        CLOSED = "closed", "已结束"

    county = models.ForeignKey(Area, models.PROTECT, verbose_name="县", related_name="rounds")
    reference_date = models.DateField("普查时点")
    name = models.CharField("名称", max_length=60)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField("开始时间", auto_now_add=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "普查"
        ordering = ["-reference_date"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "county",
                "reference_date",
                name="enterprises_round_once",
                violation_error_message="该普查时点已有一轮普查",
            )
        ]

    def __str__(self) -> str:
        return self.name


class BatchState(models.TextChoices):
    RECEIVED = "received", "已接收"
    PARSED = "parsed", "已读取"
    STAGED = "staged", "已暂存"
    RECONCILED = "reconciled", "待核对"
    DECIDED = "decided", "待写入"
    APPLIED = "applied", "已写入"
    UNDONE = "undone", "已撤销"
    FAILED = "failed", "未成功"
    CANCELLED = "cancelled", "已取消"


class CensusBatch(models.Model):
    """One uploaded list on its way into the register; its rows and its file are kept for ever."""

    round = models.ForeignKey(
        CensusRound, models.PROTECT, verbose_name="普查", related_name="batches"
    )
    source = models.CharField("来源", max_length=20, choices=Source.choices)
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="填报辖区",
        related_name="+",
        help_text="乡镇园区上报时只涉及本辖区的企业",
    )
    is_partial = models.BooleanField("补充名单", default=False, help_text="不据此判断本次未见")
    file = models.CharField("存放位置", max_length=300)
    sha256 = models.CharField("校验值", max_length=64)
    original_name = models.CharField("原文件名", max_length=200)
    size = models.BigIntegerField("字节数")
    layout = models.JSONField("工作表和列对应", default=dict, blank=True)
    state = models.CharField(
        "状态", max_length=12, choices=BatchState.choices, default=BatchState.RECEIVED
    )
    error = models.TextField("未成功的原因", blank=True)
    counts = models.JSONField("行数核对", default=dict, blank=True)
    issue_counts = models.JSONField("问题数", default=dict, blank=True)
    buckets = models.JSONField("核对结果", default=dict, blank=True)
    register_mark = models.CharField("核对时的名册状态", max_length=80, blank=True)
    needs_reconcile = models.BooleanField("须重新核对", default=False)
    seconds = models.JSONField("用时(秒)", default=dict, blank=True)
    receipt = models.JSONField("回执", default=dict, blank=True)
    undo_receipt = models.JSONField("撤销回执", default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="上传人",
        related_name="+",
    )
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="写入人",
        related_name="+",
    )
    applied_at = models.DateTimeField("写入时间", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="撤销人",
        related_name="+",
    )
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "导入批次"
        ordering = ["-id"]
        indexes: ClassVar = [models.Index("sha256", name="enterprises_batch_hash")]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.original_name}"


class ColumnMapping(models.Model):
    """How a unit last matched the columns of a header; proposed again for the same header."""

    unit = models.ForeignKey(PartyOrganization, models.CASCADE, verbose_name="单位")
    header_signature = models.CharField("表头特征", max_length=64)
    fields = ArrayField(models.CharField(max_length=40, blank=True), verbose_name="列对应")
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "列对应记忆"
        constraints: ClassVar = [
            models.UniqueConstraint("unit", "header_signature", name="enterprises_mapping_once")
        ]

    def __str__(self) -> str:
        return self.header_signature[:12]
