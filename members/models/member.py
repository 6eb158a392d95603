"""Party members: one record for each person, and when what was decided about it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from members.codes import Category, RelationPlace, Standing
from members.models.person import Person
from members.querysets import MemberQuerySet


class PartyMember(models.Model):
    """`accepted_on` is the day of the branch meeting, `confirmed_on` begins the 党龄."""

    person = models.OneToOneField(
        Person, models.PROTECT, verbose_name="人员", related_name="party_member"
    )
    category = models.CharField("党员类别", max_length=12, choices=Category.choices)
    standing = models.CharField(
        "党籍状态", max_length=10, choices=Standing.choices, default=Standing.ACTIVE
    )
    accepted_on = models.DateField("入党时间", help_text="支部大会通过接收为预备党员之日")
    confirmed_on = models.DateField(
        "转正时间", null=True, blank=True, help_text="成为正式党员之日，党龄自该日起算"
    )
    probation_until = models.DateField("预备期满日期", null=True, blank=True)
    archive_unit = models.CharField("党员档案所在单位", max_length=100, blank=True)
    relation_place = models.CharField(
        "组织关系所在", max_length=10, choices=RelationPlace.choices, blank=True
    )
    relation_unit = models.CharField(
        "组织关系所在单位",
        max_length=120,
        blank=True,
        help_text="组织关系不在本县非公企业党组织时填写",
    )
    remark = models.CharField("备注", max_length=200, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "党员"
        ordering = ["person__search_key", "person_id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | Q(confirmed_on__gte=F("accepted_on")),
                name="members_confirmed_after",
                violation_error_message="转正时间不能早于入党时间",
            ),
            models.CheckConstraint(
                condition=~Q(category=Category.PROBATIONARY) | Q(confirmed_on__isnull=True),
                name="members_probationary_open",
                violation_error_message="预备党员没有转正时间；已转正的应登记为正式党员",
            ),
            models.CheckConstraint(
                condition=Q(probation_until__isnull=True) | Q(probation_until__gt=F("accepted_on")),
                name="members_probation_after",
                violation_error_message="预备期满日期应晚于入党时间",
            ),
        ]
        indexes: ClassVar = [models.Index("standing", "category", name="members_by_standing")]

    def __str__(self) -> str:
        return self.person.name

    def get_absolute_url(self) -> str:
        return reverse("members:member", args=[self.pk])

    @property
    def is_full(self) -> bool:
        """Whether the member may vote, be elected and be an instructor, as of today."""
        return self.category == Category.FULL and self.standing == Standing.ACTIVE
