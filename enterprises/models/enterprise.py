"""The enterprise as it is registered today, and the periods of what counts for figures."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse

from core import pinyin
from core.dates import today
from core.identifiers import organisation_code_of
from core.search import bigrams
from core.validity import Dated, DatedQuerySet, no_overlap
from enterprises.models.facts import (
    NON_PUBLIC,
    OperatingStatus,
    Ownership,
    RegistryFacts,
    UnitKind,
)
from enterprises.names import name_key
from enterprises.querysets import EnterpriseQuerySet
from organizations.models import Area

__all__ = [
    "NON_PUBLIC",
    "Enterprise",
    "EnterprisePeriod",
    "NameHistory",
    "OperatingStatus",
    "Ownership",
    "UnitKind",
]


class Enterprise(RegistryFacts):
    """Registry facts of today. Status, area, unit kind and ownership mirror the current period."""

    county = models.ForeignKey(
        Area, models.PROTECT, verbose_name="县", related_name="registered_enterprises"
    )
    uscc = models.CharField("统一社会信用代码", max_length=18, null=True, blank=True, unique=True)
    operating_status = models.CharField(
        "登记状态",
        max_length=14,
        choices=OperatingStatus.choices,
        default=OperatingStatus.IN_OPERATION,
    )
    unit_kind = models.CharField(
        "单位类别", max_length=12, choices=UnitKind.choices, default=UnitKind.ENTERPRISE
    )
    ownership = models.CharField(
        "控股情况", max_length=8, choices=Ownership.choices, default=Ownership.UNKNOWN
    )
    ownership_reason = models.CharField("认定理由", max_length=200, blank=True)
    ownership_confirmed = models.BooleanField("已由工作人员认定", default=False)
    reporting_area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="统计辖区",
        related_name="enterprises",
    )
    area_reason = models.CharField("归属理由", max_length=200, blank=True)
    area_confirmed = models.BooleanField("归属已由工作人员确认", default=False)
    unclaimed_since = models.DateField("待认领起始日期", null=True, blank=True)
    outside_county = models.BooleanField("代码和住所均不在本县", default=False)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="并入企业",
        related_name="merged",
    )

    pinyin = models.CharField(max_length=600, blank=True, editable=False, db_collation="C")
    initials = models.CharField(max_length=300, blank=True, editable=False, db_collation="C")
    bigrams = ArrayField(models.CharField(max_length=4), default=list, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("入库时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "企业"
        ordering = ["pinyin", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(uscc__isnull=True) | Q(uscc=Upper("uscc")),
                name="enterprises_uscc_upper",
                violation_error_message="统一社会信用代码应为大写",
            ),
        ]
        indexes: ClassVar = [
            models.Index("registration_number", name="enterprises_regno"),
            models.Index("organization_code", name="enterprises_orgcode"),
            models.Index(
                "county",
                "unclaimed_since",
                name="enterprises_unclaimed",
                condition=Q(unclaimed_since__isnull=False),
            ),
            models.Index("reporting_area", "pinyin", "id", name="enterprises_by_area"),
            models.Index("county", "pinyin", "id", name="enterprises_by_county"),
            models.Index("pinyin", "id", name="enterprises_by_pinyin"),
            models.Index("initials", name="enterprises_initials"),
            GinIndex("bigrams", name="enterprises_bigrams"),
            GinIndex(OpClass("name", name="gin_trgm_ops"), name="enterprises_name_trgm"),
            GinIndex(OpClass("initials", name="gin_trgm_ops"), name="enterprises_initials_trgm"),
            GinIndex(OpClass("pinyin", name="gin_trgm_ops"), name="enterprises_pinyin_trgm"),
            GinIndex(OpClass("uscc", name="gin_trgm_ops"), name="enterprises_uscc_trgm"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("enterprises:enterprise_detail", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keys that follow from the name and the code with them."""
        self.name_key = name_key(self.name)
        self.pinyin, self.initials = pinyin.keys(self.name)
        self.bigrams = bigrams(self.name)
        if self.uscc and not self.organization_code:
            self.organization_code = organisation_code_of(self.uscc)
        if self.reporting_area_id or self.outside_county:
            self.unclaimed_since = None
        elif self.unclaimed_since is None:
            self.unclaimed_since = today()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, *_DERIVED}
        super().save(*args, **kwargs)


_DERIVED = ("name_key", "pinyin", "initials", "bigrams", "organization_code", "unclaimed_since")


class EnterprisePeriod(Dated):
    """What an enterprise counted as during a period; without gap and without overlap."""

    enterprise = models.ForeignKey(
        Enterprise, models.CASCADE, verbose_name="企业", related_name="periods"
    )
    operating_status = models.CharField("登记状态", max_length=14, choices=OperatingStatus.choices)
    unit_kind = models.CharField("单位类别", max_length=12, choices=UnitKind.choices)
    ownership = models.CharField("控股情况", max_length=8, choices=Ownership.choices)
    reporting_area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, verbose_name="统计辖区", related_name="+"
    )
    source = models.CharField("来源", max_length=60, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    batch = models.ForeignKey(
        "enterprises.CensusBatch",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="导入批次",
        related_name="+",
        db_index=False,
        db_constraint=False,  # written a million at a time; batches are never deleted
    )

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "企业状态时段"
        ordering = ["enterprise", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            no_overlap("enterprises_period_once", "enterprise", message="该时段已有企业状态"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.valid_from}"


class NameHistory(Dated):
    """A name, number or code that the enterprise bore during a period."""

    class What(models.TextChoices):
        NAME = "name", "企业名称"
        USCC = "uscc", "统一社会信用代码"
        REGISTRATION_NUMBER = "registration_number", "注册号"

    enterprise = models.ForeignKey(
        Enterprise, models.CASCADE, verbose_name="企业", related_name="former_names"
    )
    what = models.CharField("项目", max_length=20, choices=What.choices)
    value = models.CharField("原值", max_length=300)
    reason = models.CharField("原因", max_length=200, blank=True)
    batch = models.ForeignKey(
        "enterprises.CensusBatch",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="导入批次",
        related_name="+",
        db_index=False,
        db_constraint=False,  # written a million at a time; batches are never deleted
    )

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "曾用名"
        ordering = ["enterprise", "-valid_from"]
        indexes: ClassVar = [models.Index("what", "value", name="enterprises_former_value")]

    def __str__(self) -> str:
        return self.value
