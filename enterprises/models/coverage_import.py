"""Imports of a county's existing coverage: the batch, and each row with what became of it."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from enterprises.models.coverage import FormationMode
from enterprises.models.enterprise import Enterprise
from enterprises.querysets import CoverageBatchQuerySet
from organizations.models import Area, PartyOrganization


class CoverageBatch(models.Model):
    """One uploaded file of who covers whom; its rows are kept for ever."""

    class State(models.TextChoices):
        RECEIVED = "received", "已接收"
        PLANNED = "planned", "待写入"
        APPLIED = "applied", "已写入"
        UNDONE = "undone", "已撤销"
        FAILED = "failed", "未成功"

    class Form(models.TextChoices):
        LEDGER = "ledger", "党建工作台账"
        SHORT = "short", "覆盖关系简表"

    county = models.ForeignKey(
        Area, models.PROTECT, verbose_name="县", related_name="coverage_batches"
    )
    scope_path = models.CharField(
        "数据范围",
        max_length=255,
        db_collation="C",
        help_text="只涉及这一党组织及下级的企业和党组织",
    )
    as_of = models.DateField("时点", help_text="表中情况截至的日期")
    file = models.CharField("存放位置", max_length=300)
    sha256 = models.CharField("校验值", max_length=64)
    original_name = models.CharField("原文件名", max_length=200)
    form = models.CharField("表式", max_length=8, choices=Form.choices, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.RECEIVED)
    error = models.TextField("未成功的原因", blank=True)
    remarks = models.JSONField("读取说明", default=list, blank=True)
    counts = models.JSONField("核对结果", default=dict, blank=True)
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
    applied_at = models.DateTimeField("写入时间", null=True, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    objects = CoverageBatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "覆盖情况导入"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.original_name


class CoverageRow(models.Model):
    """One row of the file: what it states, what will become of it and what was written."""

    class Outcome(models.TextChoices):
        LINK = "link", "建立关系"
        SAME = "same", "已有相同关系"
        FACTS = "facts", "无党组织"
        CONFLICT = "conflict", "与现有关系不一致"
        NOT_FOUND = "not_found", "企业库没有"
        ERROR = "error", "错误"

    batch = models.ForeignKey(
        CoverageBatch, models.CASCADE, verbose_name="批次", related_name="rows"
    )
    sheet = models.CharField("工作表", max_length=60, blank=True)
    number = models.PositiveIntegerField("行号")
    stated = models.JSONField("表中内容", default=dict, encoder=DjangoJSONEncoder)
    problems = models.JSONField("问题", default=list, blank=True)
    outcome = models.CharField("处理", max_length=10, choices=Outcome.choices, blank=True)
    message = models.CharField("说明", max_length=300, blank=True)
    # What the row was taken for; no constraint, so that an undone list can leave the register.
    enterprise = models.ForeignKey(
        Enterprise,
        models.DO_NOTHING,
        null=True,
        blank=True,
        verbose_name="企业",
        related_name="+",
        db_constraint=False,
    )
    organization = models.ForeignKey(
        PartyOrganization,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="党组织",
        related_name="+",
    )
    new_organization = models.CharField("新建党组织", max_length=120, blank=True)
    takes_file = models.BooleanField(
        "以文件为准", default=False, help_text="与现有关系不一致的行：结束现有关系，不选则保留"
    )
    mode = models.CharField("组建形式", max_length=10, choices=FormationMode.choices, blank=True)
    since = models.DateField("起始日期", null=True, blank=True)
    written = models.JSONField(
        "已写入", default=dict, blank=True, encoder=DjangoJSONEncoder, editable=False
    )

    class Meta:
        verbose_name = verbose_name_plural = "覆盖情况导入行"
        ordering = ["batch", "id"]
        indexes: ClassVar = [models.Index("batch", "outcome", name="enterprises_coverage_row")]

    def __str__(self) -> str:
        return f"{self.batch} 第{self.number}行"
