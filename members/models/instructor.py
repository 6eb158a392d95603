"""Party-building instructors and the enterprises they are sent to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.validity import Dated, no_overlap
from enterprises.models import Enterprise
from members.codes import Category, Standing
from members.models.person import Person
from members.querysets import AssignmentQuerySet, InstructorQuerySet
from organizations.models import Area, PartyOrganization


def guiding(prefix: str = "") -> Q:
    """Party members who may be instructors: full, on the roster here or with a relation elsewhere.

    `prefix` leads to the member (ends in __).
    """
    standing = (Standing.ACTIVE, Standing.MOVED)
    return Q(**{f"{prefix}category": Category.FULL, f"{prefix}standing__in": standing})


class Sector(models.TextChoices):
    """The sections of GB/T 4754-2017; the codes are its letters."""

    AGRICULTURE = "A", "农、林、牧、渔业"
    MINING = "B", "采矿业"
    MANUFACTURING = "C", "制造业"
    UTILITIES = "D", "电力、热力、燃气及水生产和供应业"
    CONSTRUCTION = "E", "建筑业"
    TRADE = "F", "批发和零售业"
    TRANSPORT = "G", "交通运输、仓储和邮政业"
    CATERING = "H", "住宿和餐饮业"
    INFORMATION = "I", "信息传输、软件和信息技术服务业"
    FINANCE = "J", "金融业"
    REAL_ESTATE = "K", "房地产业"
    BUSINESS = "L", "租赁和商务服务业"
    RESEARCH = "M", "科学研究和技术服务业"
    ENVIRONMENT = "N", "水利、环境和公共设施管理业"
    HOUSEHOLD = "O", "居民服务、修理和其他服务业"
    EDUCATION = "P", "教育"
    HEALTH = "Q", "卫生和社会工作"
    CULTURE = "R", "文化、体育和娱乐业"


class Instructor(models.Model):
    class Engagement(models.TextChoices):
        FULL_TIME = "full_time", "专职"
        PART_TIME = "part_time", "兼职"

    class Level(models.TextChoices):
        COUNTY = "county", "县级指导员"
        TOWNSHIP = "township", "乡镇园区指导员"
        LIAISON = "liaison", "联络员"

    person = models.OneToOneField(
        Person, models.PROTECT, verbose_name="人员", related_name="instructor"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="账号",
        related_name="instructor",
        help_text="凭此账号登录后，可看到今天派驻的企业",
    )
    home_unit = models.CharField("工作单位及职务", max_length=120)
    engagement = models.CharField("专职兼职", max_length=10, choices=Engagement.choices)
    level = models.CharField("驻派等级", max_length=8, choices=Level.choices, blank=True)
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="常驻辖区",
        related_name="instructors",
        help_text="建议分派时，先派往常驻辖区内的企业",
    )
    sector = models.CharField("熟悉行业", max_length=1, choices=Sector.choices, blank=True)
    left_on = models.DateField("退出日期", null=True, blank=True, help_text="自该日起不再选派")
    left_reason = models.CharField("退出原因", max_length=200, blank=True)

    objects = InstructorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "党建工作指导员"
        ordering = ["person__search_key", "pk"]

    def __str__(self) -> str:
        return self.person.name

    def get_absolute_url(self) -> str:
        return reverse("members:instructor", args=[self.pk])


class InstructorAssignment(Dated):
    """One term of an instructor at an enterprise; only then is the enterprise covered by work.

    A renewal is a further term from the day on which the one before ends.
    """

    valid_from = models.DateField("选派日期")
    valid_to = models.DateField(
        "到期日期", null=True, blank=True, help_text="自该日起不再派驻；留空为长期"
    )
    instructor = models.ForeignKey(
        Instructor, models.PROTECT, verbose_name="指导员", related_name="assignments"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="企业", related_name="instructor_assignments"
    )
    sender = models.ForeignKey(PartyOrganization, models.PROTECT, verbose_name="派出党组织")
    document = models.CharField("选派文号", max_length=100, blank=True)
    allowance = models.DecimalField(
        "补助（元/月）",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="只由派出单位发放，企业不得支付",
    )
    visit_months = models.PositiveSmallIntegerField(
        "走访间隔（月）", null=True, blank=True, help_text="留空按全县规定"
    )
    end_reason = models.CharField("免去原因", max_length=200, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "指导员选派"
        ordering = ["enterprise", "-valid_from"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            no_overlap(
                "members_assignment_once",
                "instructor",
                "enterprise",
                message="该指导员在此时段已派驻这家企业",
            ),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(valid_to__isnull=False),
                name="members_assignment_ended",
                violation_error_message="填写免去原因的，应有到期日期",
            ),
            models.CheckConstraint(
                condition=Q(visit_months__isnull=True) | Q(visit_months__range=(1, 12)),
                name="members_assignment_rhythm",
                violation_error_message="走访间隔应在 1 至 12 个月之间",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instructor} → {self.enterprise}"

    def get_absolute_url(self) -> str:
        return reverse("members:assignment", args=[self.pk])
