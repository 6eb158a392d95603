"""The enterprise as it is registered today, and the periods of what counts for figures."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from core.validity import Dated, DatedQuerySet, no_overlap
from enterprises.querysets import EnterpriseQuerySet
from organizations.models import Area


class OperatingStatus(models.TextChoices):
    IN_OPERATION = "in_operation", "存续"
    SUSPENDED = "suspended", "歇业"
    REVOKED = "revoked", "吊销未注销"
    DEREGISTERED = "deregistered", "注销"
    RELOCATED = "relocated", "迁出"


class UnitKind(models.TextChoices):
    ENTERPRISE = "enterprise", "企业法人"
    BRANCH = "branch", "分支机构"
    INDIVIDUAL = "individual", "个体工商户"
    COOPERATIVE = "cooperative", "农民专业合作社"
    OTHER = "other", "其他单位"


class Ownership(models.TextChoices):
    """Control of the paid-in capital (国统字〔2005〕79号); UNKNOWN waits for an officer."""

    PRIVATE = "private", "私营企业"
    HMT = "hmt", "港澳台商投资企业"
    FOREIGN = "foreign", "外商投资企业"
    PUBLIC = "public", "公有控股"
    UNKNOWN = "unknown", "待认定"


NON_PUBLIC = (Ownership.PRIVATE, Ownership.HMT, Ownership.FOREIGN)


class Enterprise(models.Model):
    """Registry facts of today. Status, area, unit kind and ownership mirror the current period."""

    county = models.ForeignKey(
        Area, models.PROTECT, verbose_name="县", related_name="registered_enterprises"
    )
    uscc = models.CharField("统一社会信用代码", max_length=18, null=True, blank=True, unique=True)
    registration_number = models.CharField("注册号", max_length=15, blank=True)
    organization_code = models.CharField("组织机构代码", max_length=9, blank=True)
    name = models.CharField("企业名称", max_length=300)
    legal_representative = models.CharField("法定代表人", max_length=120, blank=True)
    enterprise_type = models.CharField("企业类型", max_length=120, blank=True)
    registered_capital = models.DecimalField(
        "注册资本(元)", max_digits=20, decimal_places=2, null=True, blank=True
    )
    capital_currency = models.CharField("币种", max_length=12, blank=True)
    established_on = models.DateField("成立日期", null=True, blank=True)
    approved_on = models.DateField("核准日期", null=True, blank=True)
    registered_address = models.CharField("住所", max_length=600, blank=True)
    business_address = models.CharField("经营地址", max_length=600, blank=True)
    registration_authority = models.CharField("登记机关", max_length=120, blank=True)
    industry_code = models.CharField("行业代码", max_length=8, blank=True)
    industry = models.CharField("行业", max_length=120, blank=True)
    business_scope = models.TextField("经营范围", blank=True)
    phone = models.CharField("联系电话", max_length=120, blank=True)
    extra = models.JSONField("其他登记信息", default=dict, blank=True)

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
            models.Index("reporting_area", "pinyin", "id", name="enterprises_by_area"),
            models.Index("county", "pinyin", "id", name="enterprises_by_county"),
            models.Index("pinyin", "id", name="enterprises_by_pinyin"),
            models.Index("initials", name="enterprises_initials"),
            GinIndex("bigrams", name="enterprises_bigrams"),
            GinIndex(OpClass("name", name="gin_trgm_ops"), name="enterprises_name_trgm"),
            GinIndex(OpClass("initials", name="gin_trgm_ops"), name="enterprises_initials_trgm"),
        ]

    def __str__(self) -> str:
        return self.name


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

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "曾用名"
        ordering = ["enterprise", "-valid_from"]
        indexes: ClassVar = [models.Index("what", "value", name="enterprises_former_value")]

    def __str__(self) -> str:
        return self.value
