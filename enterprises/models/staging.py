"""What a batch holds beside its file: rows as read, what was found about them, what was decided.

These tables take a million rows at a time, so their links to parents carry no database check;
rows are added and removed by the census pipeline alone.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from enterprises.models.census import CensusBatch, Source
from enterprises.models.enterprise import Enterprise
from enterprises.models.facts import (
    OperatingStatus,
    Ownership,
    RegistryFacts,
    UnitKind,
    YearMeasures,
)
from organizations.models import Area


def unchecked_key(
    to: type[models.Model] | str, label: str, *, null: bool = False
) -> "models.ForeignKey[Any, Any]":
    """A link without index and without check in the database."""
    return models.ForeignKey(
        to,
        models.DO_NOTHING,
        null=null,
        blank=null,
        verbose_name=label,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )


class Fault(models.TextChoices):
    """What keeps a row from being written."""

    NONE = "", "无"
    CONFIRMABLE = "confirmable", "可确认的错误"
    FATAL = "fatal", "错误"


class Severity(models.TextChoices):
    ERROR = "error", "错误"
    WARNING = "warning", "警告"
    NOTICE = "notice", "提示"


class Bucket(models.TextChoices):
    NEW = "new", "新增"
    CHANGED = "changed", "有变化"
    SAME = "same", "无变化"
    NOT_SEEN = "not_seen", "本次未见"
    POSSIBLE_MATCH = "possible_match", "疑似同一企业"
    ERROR = "error", "错误"


class StagedRow(RegistryFacts, YearMeasures):
    """One row of a file: its raw cells for ever, what they say, and what we make of them."""

    batch = unchecked_key(CensusBatch, "批次")
    sheet = models.PositiveSmallIntegerField("工作表")
    row_number = models.PositiveIntegerField("行号")
    raw = models.TextField("原始单元格", help_text="以 U+001F 分隔")
    digest = models.BigIntegerField("内容指纹")
    fault = models.CharField("错误", max_length=12, choices=Fault.choices, blank=True)
    operating_status = models.CharField(
        "登记状态", max_length=14, choices=OperatingStatus.choices, blank=True
    )
    unit_kind = models.CharField("单位类别", max_length=12, choices=UnitKind.choices, blank=True)
    ownership = models.CharField("控股情况", max_length=8, choices=Ownership.choices, blank=True)
    ownership_reason = models.CharField("认定理由", max_length=200, blank=True)
    reporting_area = unchecked_key(Area, "统计辖区", null=True)
    area_reason = models.CharField("归属理由", max_length=200, blank=True)
    outside_county = models.BooleanField("代码和住所均不在本县", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "待核数据"
        ordering = ["batch", "sheet", "row_number"]
        constraints: ClassVar = [
            models.UniqueConstraint("batch", "sheet", "row_number", name="enterprises_staged_once")
        ]

    def __str__(self) -> str:
        return f"第 {self.row_number} 行 {self.name}"


class CensusIssue(models.Model):
    """One thing that a clerk should know about a cell or a row."""

    batch = unchecked_key(CensusBatch, "批次")
    sheet = models.PositiveSmallIntegerField("工作表")
    row_number = models.PositiveIntegerField("行号")
    field = models.CharField("项目", max_length=40, blank=True)
    column = models.CharField("列名", max_length=120, blank=True)
    code = models.CharField("问题", max_length=40)
    severity = models.CharField("程度", max_length=8, choices=Severity.choices)
    value = models.CharField("单元格内容", max_length=120, blank=True)
    other_row = models.PositiveIntegerField("相关行号", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "核查问题"
        ordering = ["batch", "sheet", "row_number", "id"]
        indexes: ClassVar = [
            models.Index("batch", "sheet", "row_number", name="enterprises_issue_row"),
            models.Index("batch", "code", name="enterprises_issue_code"),
        ]

    def __str__(self) -> str:
        return f"第 {self.row_number} 行 {self.column} {self.code}"


class RowOutcome(models.Model):
    """Which bucket a row fell into, which enterprise it is, and what would change."""

    batch = unchecked_key(CensusBatch, "批次")
    row = unchecked_key(StagedRow, "行", null=True)
    bucket = models.CharField("结果", max_length=14, choices=Bucket.choices)
    enterprise = unchecked_key(Enterprise, "企业", null=True)
    enterprise_version = models.PositiveIntegerField("核对时的企业版本", null=True)
    basis = models.CharField("匹配依据", max_length=30, blank=True)
    repeated = models.BooleanField("与上次名单相同", default=False)
    candidates = ArrayField(models.BigIntegerField(), verbose_name="疑似企业", default=list)
    changed = ArrayField(models.CharField(max_length=40), verbose_name="自动采用", default=list)
    asked = ArrayField(models.CharField(max_length=40), verbose_name="须核对", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "核对结果"
        ordering = ["batch", "bucket", "id"]
        indexes: ClassVar = [
            models.Index("batch", "bucket", "id", name="enterprises_outcome_bucket"),
        ]

    def __str__(self) -> str:
        return f"{self.get_bucket_display()} {self.row_id}"


class Choice(models.TextChoices):
    ADOPT = "adopt", "采用本次"
    KEEP = "keep", "保留系统"
    LATER = "later", "稍后"
    SAME_AS = "same_as", "是同一家"
    SEPARATE = "separate", "不是同一家"
    CONFIRM = "confirm", "确认无误"
    INCLUDE = "include", "纳入"
    EXCLUDE = "exclude", "不纳入"
    DEREGISTERED = "deregistered", "已注销"
    RELOCATED = "relocated", "已迁出"
    OMITTED = "omitted", "名单漏报"
    PENDING = "pending", "待核"


class RowDecision(models.Model):
    """An officer's word on a row, on one field of it, or on an enterprise that was not seen."""

    batch = unchecked_key(CensusBatch, "批次")
    row = unchecked_key(StagedRow, "行", null=True)
    absent = unchecked_key(Enterprise, "未见企业", null=True)
    field = models.CharField("项目", max_length=40, blank=True)
    choice = models.CharField("决定", max_length=14, choices=Choice.choices)
    enterprise = unchecked_key(Enterprise, "同一企业", null=True)
    enterprise_version = models.PositiveIntegerField("决定时的企业版本", null=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="决定人",
        related_name="+",
    )
    decided_at = models.DateTimeField("决定时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "核对决定"
        ordering = ["batch", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "batch",
                "row",
                "absent",
                "field",
                name="enterprises_decision_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()} {self.field}"


class SourceRecord(models.Model):
    """The row in which a source last said something new of an enterprise; the newest one counts."""

    county = unchecked_key(Area, "县")
    source = models.CharField("来源", max_length=20, choices=Source.choices)
    enterprise = models.ForeignKey(
        Enterprise, models.CASCADE, verbose_name="企业", related_name="source_records"
    )
    batch = unchecked_key(CensusBatch, "批次")
    row = unchecked_key(StagedRow, "行")
    reference_date = models.DateField("普查时点")
    digest = models.BigIntegerField("内容指纹")

    class Meta:
        verbose_name = verbose_name_plural = "来源记录"
        ordering = ["enterprise", "source", "-reference_date", "-id"]
        indexes: ClassVar = [
            models.Index("county", "source", "enterprise", name="enterprises_source_of")
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.reference_date}"


class RegisterChange(models.Model):
    """What a batch changed of an enterprise, with the values before and after; undo reads it."""

    class What(models.TextChoices):
        CREATED = "created", "新增入库"
        CHANGED = "changed", "更新"
        YEAR = "year", "年度记录"
        PERIOD = "period", "状态时段"

    class Undone(models.TextChoices):
        NO = "", "未撤销"
        REVERSED = "reversed", "已撤销"
        KEPT = "kept", "保留后来的修改"
        IMPOSSIBLE = "impossible", "不能撤销"

    batch = models.ForeignKey(
        CensusBatch, models.PROTECT, verbose_name="批次", related_name="changes"
    )
    enterprise = unchecked_key(Enterprise, "企业")
    row = unchecked_key(StagedRow, "行", null=True)
    what = models.CharField("类别", max_length=8, choices=What.choices)
    before = models.JSONField("变更前", null=True, blank=True)
    after = models.JSONField("变更后", null=True, blank=True)
    undone = models.CharField("撤销结果", max_length=10, choices=Undone.choices, blank=True)
    note = models.CharField("撤销说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "批次变更"
        ordering = ["-id"]
        indexes: ClassVar = [models.Index("enterprise", "id", name="enterprises_change_of")]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.enterprise_id}"
