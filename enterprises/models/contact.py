"""Leaders' contact points: which leader looks after which enterprise in a year, and the visits."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from core.dates import today
from core.validity import Dated, no_overlap
from enterprises.models.enterprise import Enterprise
from enterprises.querysets import ContactPointQuerySet, ContactVisitQuerySet


class ContactLevel(models.TextChoices):
    COUNTY = "county", "县级领导"
    DEPARTMENT = "department", "部门领导"
    TOWNSHIP = "township", "乡镇园区领导"


class NewYearsDay(Func):
    """The first day of a year given as a number."""

    template = "make_date((%(expressions)s)::int, 1, 1)"
    output_field = models.DateField()


class ContactPoint(Dated):
    """A leader and an enterprise, for a year or the part of it from one leader to the next.

    The leader is named as the county's list names him: he need not be known as a person here.
    """

    year = models.PositiveSmallIntegerField("年度")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="联系企业", related_name="contact_points"
    )
    level = models.CharField("领导层级", max_length=10, choices=ContactLevel.choices)
    leader = models.CharField("领导姓名", max_length=60)
    post = models.CharField("职务", max_length=120)
    official_order = models.PositiveSmallIntegerField(
        "领导排序", default=999, help_text="按领导名单的顺序，小的在前"
    )
    valid_from = models.DateField("联系起始日期")
    valid_to = models.DateField("联系终止日期", help_text="自该日起不再联系")
    document = models.CharField("安排文号", max_length=100, blank=True)
    end_reason = models.CharField("提前终止原因", max_length=200, blank=True)
    summary = models.CharField("年终小结", max_length=1000, blank=True)
    summed_up_on = models.DateField("小结日期", null=True, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)

    objects = ContactPointQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "领导干部联系点"
        ordering = ["-year", "official_order", "leader", "id"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            no_overlap(
                "enterprises_contact_once",
                "enterprise",
                "level",
                message="该企业在此时段已有同一层级的联系领导",
            ),
            models.UniqueConstraint(
                "year",
                "enterprise",
                "leader",
                name="enterprises_contact_pair_once",
                violation_error_message="这位领导本年度已联系这家企业",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__gte=NewYearsDay(F("year")))
                & Q(valid_to__lte=NewYearsDay(F("year") + 1)),
                name="enterprises_contact_in_year",
                violation_error_message="联系起止日期应在本年度之内",
            ),
            models.CheckConstraint(
                condition=Q(summary="", summed_up_on__isnull=True)
                | (~Q(summary="") & Q(summed_up_on__gte=F("valid_from"))),
                name="enterprises_contact_summed_up",
                violation_error_message="年终小结和小结日期应同时填写，日期不能早于联系起始日期",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader}联系{self.enterprise}（{self.year}年）"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:contact", args=[self.pk])


class ContactVisit(models.Model):
    """The leader was there on that day; the problems heard are requests of the enterprise."""

    contact_point = models.ForeignKey(
        ContactPoint, models.PROTECT, verbose_name="联系点", related_name="visits"
    )
    visited_on = models.DateField("走访日期", default=today)
    companions = models.CharField("陪同人员", max_length=120, blank=True)
    content = models.CharField("走访情况", max_length=1000)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name="登记人",
        related_name="+",
    )
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = ContactVisitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "领导走访"
        ordering = ["-visited_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "contact_point",
                "visited_on",
                name="enterprises_visit_once_a_day",
                violation_error_message="这一天的走访已经登记",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_point} {self.visited_on}"
