"""Party groups of a branch with their members: they hold meetings of their own."""

from typing import ClassVar

from django.db import models

from activities.querysets import GroupMemberQuerySet, GroupQuerySet
from core.validity import Dated, no_overlap
from members.models import Person
from organizations.models import PartyOrganization


class PartyGroup(Dated):
    """A group exists from one day until another; a branch without any owes no group meeting."""

    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党支部", related_name="groups"
    )
    name = models.CharField("党小组名称", max_length=40)
    leader = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="组长",
        related_name="+",
    )
    valid_from = models.DateField("成立日期")
    valid_to = models.DateField("撤销日期", null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "党小组"
        ordering = ["organization", "name", "-valid_from"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            no_overlap(
                "activities_group_once", "organization", "name", message="该时段已有同名党小组"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(Dated):
    """One person in one group; nobody is in two groups on the same day."""

    group = models.ForeignKey(
        PartyGroup, models.PROTECT, verbose_name="党小组", related_name="members"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="党员", related_name="group_memberships"
    )
    valid_from = models.DateField("编入日期")
    valid_to = models.DateField("调出日期", null=True, blank=True)

    objects = GroupMemberQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "党小组成员"
        ordering = ["group", "pk"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            no_overlap("activities_one_group", "person", message="此人该时段已编入一个党小组。"),
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.group}）"
