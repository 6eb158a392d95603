"""Posts of party members at work: areas they answer for, posts they hold, projects they lead."""

from typing import ClassVar

from django.db import models

from core.validity import Dated, no_overlap
from members.models import Person
from organizations.models import PartyOrganization
from organizations.querysets import DatedOfOrganizationQuerySet


class MemberPostKind(models.TextChoices):
    AREA = "area", "党员责任区"
    VANGUARD = "vanguard", "党员先锋岗"
    MODEL = "model", "党员示范岗"
    TEAM = "team", "党员突击队"
    HOUSEHOLD = "household", "党员联系户"
    PROJECT = "project", "党员攻关项目"


class MemberPost(Dated):
    """One member at one post; those who share a kind and a name hold the same one."""

    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党组织", related_name="member_posts"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="党员", related_name="member_posts"
    )
    kind = models.CharField("类别", max_length=9, choices=MemberPostKind.choices)
    name = models.CharField("岗位名称", max_length=60, help_text="例如：一车间安全生产责任区")
    valid_from = models.DateField("上岗日期")
    valid_to = models.DateField("离岗日期", null=True, blank=True)

    objects = DatedOfOrganizationQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "党员岗"
        ordering = ["organization", "kind", "name", "-valid_from"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            no_overlap(
                "activities_member_post_once",
                "person",
                "organization",
                "kind",
                "name",
                message="此人在该时段已在这个岗位上。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.name}"
