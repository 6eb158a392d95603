"""Places of party work, how they are staffed and checked, and organizations held up as models."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.validity import Dated, no_overlap
from organizations.models.area import Area
from organizations.models.organization import PartyOrganization
from organizations.models.rating import RatingCriterion, RatingScheme
from organizations.querysets import (
    DatedOfOrganizationQuerySet,
    OfSiteQuerySet,
    SiteQuerySet,
)


class SiteStage(models.TextChoices):
    PLANNED = "planned", "规划"
    BUILDING = "building", "在建"
    IN_USE = "in_use", "已启用"


class Site(Dated):
    """A place of an organization, of an area, or of both; `valid_from` is when it opened."""

    class Holding(models.TextChoices):
        OWN = "own", "单独使用"
        SHARED = "shared", "共建共享"

    name = models.CharField("阵地名称", max_length=100)
    organization = models.ForeignKey(
        PartyOrganization,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="党组织",
        related_name="sites",
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, verbose_name="辖区", related_name="sites"
    )
    stage = models.CharField(
        "建设情况", max_length=10, choices=SiteStage.choices, default=SiteStage.IN_USE
    )
    address = models.CharField("地址", max_length=200, blank=True)
    square_metres = models.DecimalField(
        "面积(平方米)", max_digits=9, decimal_places=1, null=True, blank=True
    )
    rooms = models.PositiveSmallIntegerField("功能室(间)", null=True, blank=True)
    holding = models.CharField(
        "使用方式", max_length=10, choices=Holding.choices, default=Holding.OWN
    )
    shared_with = models.CharField(
        "共享单位", max_length=200, blank=True, help_text="如工会、共青团、妇联、其他企业党组织"
    )

    objects = SiteQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "阵地"
        ordering = ["name", "id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | Q(area__isnull=False),
                name="organizations_site_of_someone",
                violation_error_message="请选择阵地所属的党组织或辖区",
            ),
            models.CheckConstraint(
                condition=Q(square_metres__isnull=True) | Q(square_metres__gt=0),
                name="organizations_site_has_room",
                violation_error_message="面积应大于零",
            ),
            models.UniqueConstraint(
                fields=["organization", "area", "name"],
                name="organizations_site_named_once",
                nulls_distinct=False,
                violation_error_message="这个党组织（辖区）已有同名阵地",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organizations:site", args=[self.pk])

    @property
    def keeper(self) -> PartyOrganization:
        """The organization that answers for the place."""
        if self.organization is not None:
            return self.organization
        assert self.area is not None  # a constraint of the table
        return self.area.committee


class ServiceCentre(models.Model):
    """A site that serves the public: who runs it and when it is open."""

    class Level(models.TextChoices):
        COUNTY = "county", "县级"
        PARK = "park", "园区"
        TOWNSHIP = "township", "乡镇（街道）"
        COMMUNITY = "community", "村（社区）"
        BUILDING = "building", "楼宇商圈"
        ENTERPRISE = "enterprise", "企业"

    site = models.OneToOneField(
        Site, models.PROTECT, verbose_name="所在阵地", related_name="service_centre"
    )
    name = models.CharField("服务中心名称", max_length=100)
    level = models.CharField("级别", max_length=10, choices=Level.choices)
    opening_hours = models.CharField(
        "开放时间", max_length=100, blank=True, help_text="如：周一至周日 8:30—20:30"
    )
    opens_after_hours = models.BooleanField("八小时外开放", default=False)
    opens_on_holidays = models.BooleanField("节假日开放", default=False)
    manager = models.CharField("负责人", max_length=60, blank=True)
    full_time_staff = models.PositiveSmallIntegerField("专职人员(名)", default=0)
    part_time_staff = models.PositiveSmallIntegerField("兼职人员(名)", default=0)
    services = models.CharField("服务项目", max_length=300, blank=True)

    objects = OfSiteQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "党群服务中心"
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


_NEXT_TOO_EARLY = "下次检查日期应晚于检查日期"


class SiteCheck(models.Model):
    """Which requirements a site met on a day; on any day the latest check up to it counts."""

    site = models.ForeignKey(Site, models.PROTECT, verbose_name="阵地", related_name="checks")
    scheme = models.ForeignKey(
        RatingScheme, models.PROTECT, verbose_name="检查标准", related_name="checks"
    )
    checked_on = models.DateField("检查日期")
    checked_by = models.CharField("检查人", max_length=60)
    evidence = models.CharField("依据材料", max_length=300)
    next_check_on = models.DateField("下次检查日期", null=True, blank=True)
    met_count = models.PositiveSmallIntegerField("达标项数", editable=False)
    item_count = models.PositiveSmallIntegerField("总项数", editable=False)

    objects = OfSiteQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "阵地检查"
        ordering = ["-checked_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["site", "checked_on"],
                name="organizations_check_once_a_day",
                violation_error_message="该阵地当天已有检查记录",
            ),
            models.CheckConstraint(
                condition=Q(next_check_on__isnull=True) | Q(next_check_on__gt=F("checked_on")),
                name="organizations_next_check_later",
                violation_error_message=_NEXT_TOO_EARLY,
            ),
            models.CheckConstraint(
                condition=Q(item_count__gt=0) & Q(met_count__lte=F("item_count")),
                name="organizations_check_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site} {self.checked_on} {self.result}"

    def clean(self) -> None:
        """Tell at its field that the next check would come too early."""
        super().clean()
        if self.checked_on and self.next_check_on and self.next_check_on <= self.checked_on:
            raise ValidationError({"next_check_on": _NEXT_TOO_EARLY})

    @property
    def result(self) -> str:
        return f"{self.met_count}/{self.item_count}"

    @property
    def is_passed(self) -> bool:
        return self.met_count == self.item_count


class SiteCheckItem(models.Model):
    check_record = models.ForeignKey(
        SiteCheck, models.CASCADE, verbose_name="检查", related_name="items"
    )
    criterion = models.ForeignKey(
        RatingCriterion, models.PROTECT, verbose_name="标准", related_name="check_items"
    )
    is_met = models.BooleanField("达标")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查项"
        ordering = ["criterion__place"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["check_record", "criterion"], name="organizations_check_item_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}：{'是' if self.is_met else '否'}"


class DemonstrationPoint(Dated):
    """An organization named as a model from a day on, until it lapses or is withdrawn."""

    class Level(models.TextChoices):
        NATIONAL = "national", "国家级"
        PROVINCIAL = "provincial", "省级"
        CITY = "city", "市级"
        COUNTY = "county", "县级"
        TOWNSHIP = "township", "乡镇（园区）级"

    organization = models.ForeignKey(
        PartyOrganization,
        models.PROTECT,
        verbose_name="党组织",
        related_name="demonstration_points",
    )
    title = models.CharField("示范点名称", max_length=100)
    level = models.CharField("级别", max_length=10, choices=Level.choices)
    awarded_by = models.CharField("命名单位", max_length=100)
    document = models.CharField("命名文号", max_length=100, blank=True)
    is_withdrawn = models.BooleanField("已撤销命名", default=False)
    withdrawal_reason = models.CharField("撤销原因", max_length=200, blank=True)
    withdrawal_document = models.CharField("撤销文号", max_length=100, blank=True)

    objects = DatedOfOrganizationQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "示范点"
        ordering = ["-valid_from", "id"]
        constraints = [
            *Dated.Meta.constraints,
            no_overlap(
                "organizations_demonstration_once",
                "organization",
                "level",
                "title",
                message="该党组织在此时段已有这一级的同名示范点",
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False)
                | (Q(valid_to__isnull=False) & ~Q(withdrawal_reason="")),
                name="organizations_withdrawn_with_reason",
                violation_error_message="撤销命名须有撤销日期和原因",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("organizations:demonstration", args=[self.pk])
