"""Where a member's relation is held, and where a person works: two dated facts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core.validity import Dated, no_overlap
from enterprises.models import Enterprise
from members.codes import EntryKind, ExitKind
from members.models.member import PartyMember
from members.models.person import Person
from members.querysets import EmploymentQuerySet, MembershipQuerySet
from organizations.models import PartyOrganization


class Membership(Dated):
    """A member in a regular organization (a trigger refuses others), how it began and ended."""

    member = models.ForeignKey(
        PartyMember, models.PROTECT, verbose_name="党员", related_name="memberships"
    )
    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党组织", related_name="memberships"
    )
    valid_from = models.DateField("转入日期")
    valid_to = models.DateField("转出日期", null=True, blank=True, help_text="自该日起不在此处")
    entry_kind = models.CharField("增加方式", max_length=12, choices=EntryKind.choices)
    exit_kind = models.CharField("减少方式", max_length=12, choices=ExitKind.choices, blank=True)
    document = models.CharField("依据文号", max_length=100, blank=True)
    reason = models.CharField("减少原因", max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "组织关系"
        ordering = ["member", "-valid_from"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            no_overlap(
                "members_membership_once",
                "member",
                message="同一时段一名党员只能在一个党组织",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True, exit_kind="")
                | (Q(valid_to__isnull=False) & ~Q(exit_kind="")),
                name="members_membership_exit",
                violation_error_message="转出日期和减少方式应同时填写",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.organization}"


class Employment(Dated):
    """A person works in an enterprise; wherever the relation of a member may be held."""

    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", related_name="employments"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="企业", related_name="employments"
    )
    valid_from = models.DateField("入职日期")
    valid_to = models.DateField("离职日期", null=True, blank=True, help_text="自该日起不在此企业")
    department = models.CharField("所在部门", max_length=60, blank=True)
    post = models.CharField("职务", max_length=60, blank=True)
    is_on_post = models.BooleanField("在岗", default=True)

    objects = EmploymentQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "从业关系"
        ordering = ["person", "-valid_from"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            no_overlap(
                "members_employment_once",
                "person",
                "enterprise",
                message="此人在该时段已登记在这家企业",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.enterprise}"
