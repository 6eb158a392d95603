"""Areas of a county: what an enterprise is counted under and which committee answers for it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.validity import Dated, DatedQuerySet, no_overlap
from organizations.models.organization import PartyOrganization
from organizations.querysets import AreaQuerySet


class AreaKind(models.TextChoices):
    COUNTY = "county", "县"
    TOWNSHIP = "township", "乡镇"
    STREET = "street", "街道"
    PARK = "park", "园区"
    BUILDING = "building", "楼宇"
    MARKET = "market", "专业市场"
    GRID = "grid", "网格"
    INDUSTRY_CHAIN = "chain", "产业链"


REPORTING_KINDS = (AreaKind.TOWNSHIP, AreaKind.STREET, AreaKind.PARK)
CLASSIFYING_KINDS = (
    AreaKind.BUILDING,
    AreaKind.MARKET,
    AreaKind.GRID,
    AreaKind.INDUSTRY_CHAIN,
)


class ParkLevel(models.TextChoices):
    NATIONAL = "national", "国家级"
    PROVINCIAL = "provincial", "省级"
    CITY = "city", "市级"
    OTHER = "other", "区级及以下"


class Area(models.Model):
    code = models.CharField("编码", max_length=12, unique=True, help_text="县六位、乡镇九位代码")
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=10, choices=AreaKind.choices)
    park_level = models.CharField("园区级别", max_length=10, choices=ParkLevel.choices, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="所属", related_name="parts"
    )
    committee = models.ForeignKey(
        PartyOrganization,
        models.PROTECT,
        verbose_name="责任党组织",
        related_name="areas",
        help_text="今天的责任党组织；历史见责任时段",
    )
    official_order = models.PositiveIntegerField("排序号", default=0)
    keywords = ArrayField(
        models.CharField(max_length=40), verbose_name="地址关键词", default=list, blank=True
    )
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "辖区"
        ordering = ["official_order", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "parent", "name", name="organizations_area_name", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(park_level="") | Q(kind=AreaKind.PARK),
                name="organizations_level_of_parks",
                violation_error_message="只有园区填写园区级别",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organizations:area", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        if self.kind == AreaKind.PARK and not self.park_level:
            raise ValidationError({"park_level": "园区请选择级别"})

    @property
    def is_reporting(self) -> bool:
        """Whether enterprises are counted under it; otherwise it may classify them."""
        return self.kind in REPORTING_KINDS

    @property
    def is_classifying(self) -> bool:
        return self.kind in CLASSIFYING_KINDS


class AreaResponsibility(Dated):
    """The one committee that answered for an area during a period."""

    area = models.ForeignKey(
        Area, models.CASCADE, verbose_name="辖区", related_name="responsibilities"
    )
    organization = models.ForeignKey(PartyOrganization, models.PROTECT, verbose_name="责任党组织")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "辖区责任"
        constraints = [
            *Dated.Meta.constraints,
            no_overlap("organizations_responsibility_once", "area"),
        ]

    def __str__(self) -> str:
        return f"{self.area}：{self.organization}"
