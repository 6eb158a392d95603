"""Who came to an activity, who did not and why, who made it up."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from activities.models.activity import Activity
from activities.querysets import OfActivityQuerySet
from members.models import Person


class AttendanceStatus(models.TextChoices):
    CAME = "came", "到会"
    LEAVE = "leave", "请假"
    ABSENT = "absent", "缺席"
    GUEST = "guest", "列席"


class AbsenceReason(models.TextChoices):
    LEAVE = "leave", "请假"
    TRAVEL = "travel", "出差"
    AWAY = "away", "外出流动"
    ILL = "ill", "生病"
    OTHER = "other", "其他"


class Attendance(models.Model):
    """One person of the roster of that day; a trigger refuses whoever was not on it.

    A guest is on no roster and counts nowhere. `votes` says that the person counts for the quorum.
    """

    activity = models.ForeignKey(
        Activity,
        models.CASCADE,
        verbose_name="组织生活",
        related_name="attendances",
        db_index=False,  # the constraint below begins with it
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", related_name="attendances"
    )
    status = models.CharField("到会情况", max_length=6, choices=AttendanceStatus.choices)
    votes = models.BooleanField("计入法定人数", default=False)
    reason = models.CharField("未到会原因", max_length=6, choices=AbsenceReason.choices, blank=True)
    made_up_on = models.DateField("补课日期", null=True, blank=True)

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "到会情况"
        ordering = ["activity", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "activity",
                "person",
                name="activities_attendance_once",
                violation_error_message="此人已在到会名单中。",
            ),
            models.CheckConstraint(
                condition=Q(status="leave") & ~Q(reason="") | ~Q(status="leave") & Q(reason=""),
                name="activities_leave_has_reason",
                violation_error_message="请假的应写明原因，其他情况不填原因。",
            ),
            models.CheckConstraint(
                condition=Q(made_up_on__isnull=True) | Q(status__in=["leave", "absent"]),
                name="activities_made_up_absence",
                violation_error_message="未到会的才需要补课。",
            ),
            models.CheckConstraint(
                condition=~Q(status="guest", votes=True),
                name="activities_guest_has_no_vote",
                violation_error_message="列席人员不计入法定人数。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_status_display()}"
