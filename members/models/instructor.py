"""Party-building instructors and the enterprises they are sent to."""

from django.conf import settings
from django.db import models

from core.validity import Dated, no_overlap
from enterprises.models import Enterprise
from members.models.person import Person
from members.querysets import AssignmentQuerySet, InstructorQuerySet
from organizations.models import PartyOrganization


class Instructor(models.Model):
    class Engagement(models.TextChoices):
        FULL_TIME = "full_time", "专职"
        PART_TIME = "part_time", "兼职"

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

    objects = InstructorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "党建工作指导员"

    def __str__(self) -> str:
        return self.person.name


class InstructorAssignment(Dated):
    """An instructor in post at an enterprise; only then is the enterprise covered by work."""

    instructor = models.ForeignKey(
        Instructor, models.PROTECT, verbose_name="指导员", related_name="assignments"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="企业", related_name="instructor_assignments"
    )
    sender = models.ForeignKey(PartyOrganization, models.PROTECT, verbose_name="派出党组织")

    objects = AssignmentQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "指导员选派"
        ordering = ["enterprise", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            no_overlap(
                "members_assignment_once",
                "instructor",
                "enterprise",
                message="该指导员在此时段已派驻这家企业",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instructor} → {self.enterprise}"
