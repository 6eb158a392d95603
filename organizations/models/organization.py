"""A party organization as it is today; its place in past trees is in Placement."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.fields import validate_phones
from organizations.querysets import OrganizationQuerySet


class OrganizationKind(models.TextChoices):
    LOCAL_COMMITTEE = "local_committee", "地方党委"
    WORK_COMMITTEE = "work_committee", "党工委"
    COMMITTEE = "committee", "党委"
    GENERAL_BRANCH = "general_branch", "党总支"
    BRANCH = "branch", "党支部"
    JOINT_BRANCH = "joint_branch", "联合党支部"


class OrganizationNature(models.TextChoices):
    REGULAR = "regular", "正式"
    TEMPORARY = "temporary", "临时"
    FUNCTIONAL = "functional", "功能型"
    MOBILE = "mobile", "流动党员"


class PartyOrganization(models.Model):
    code = models.CharField("组织代码", max_length=32, unique=True)
    name = models.CharField("党组织名称", max_length=120)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类别", max_length=16, choices=OrganizationKind.choices)
    nature = models.CharField(
        "性质",
        max_length=12,
        choices=OrganizationNature.choices,
        default=OrganizationNature.REGULAR,
    )
    path = models.CharField(
        "组织路径", max_length=255, db_collation="C", unique=True, editable=False
    )
    official_order = models.PositiveIntegerField("排序号", default=0)
    established_on = models.DateField("成立日期", null=True, blank=True)
    abolished_on = models.DateField("撤销日期", null=True, blank=True)
    secretary_name = models.CharField("书记姓名", max_length=60, blank=True)
    contact_name = models.CharField("联系人", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True, validators=[validate_phones])
    address = models.CharField("详细地址", max_length=200, blank=True)
    fax = models.CharField("传真", max_length=30, blank=True)
    postcode = models.CharField(
        "邮编", max_length=6, blank=True, validators=[RegexValidator(r"^\d{6}$", "邮编应为6位数字")]
    )
    community = models.CharField("所属社区", max_length=60, blank=True)
    search_key = models.CharField("拼音检索码", max_length=400, blank=True, editable=False)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "党组织"
        ordering = ["official_order", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(abolished_on__isnull=True)
                | Q(established_on__isnull=True)
                | Q(abolished_on__gte=F("established_on")),
                name="organizations_abolished_after",
                violation_error_message="撤销日期不能早于成立日期",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organizations:organization", args=[self.pk])
