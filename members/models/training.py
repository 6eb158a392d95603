"""Who was trained when, who is ready for party work, and who organizes it in the parks."""

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from core.validity import Dated, no_overlap
from members.models.person import Person
from members.querysets import (
    OfOrganizationQuerySet,
    OfParkQuerySet,
    OfPersonQuerySet,
    PlacementQuerySet,
)
from organizations.models import Area, PartyOrganization

SOME_HOURS = MinValueValidator(Decimal("0.5"), "学时应大于零。")


class Training(models.Model):
    """A class that an organization held or sent people to."""

    class Level(models.TextChoices):
        PROVINCE = "province", "省级以上"
        CITY = "city", "市级"
        COUNTY = "county", "县级"
        TOWNSHIP = "township", "乡镇街道园区"
        BRANCH = "branch", "基层党组织"

    class Audience(models.TextChoices):
        SECRETARIES = "secretaries", "党组织书记"
        BODIES = "bodies", "班子成员"
        WORKERS = "workers", "党务工作者"
        INSTRUCTORS = "instructors", "党建指导员"
        MEMBERS = "members", "党员"
        OTHER = "other", "其他"

    name = models.CharField("培训班名称", max_length=120)
    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="举办党组织", related_name="trainings"
    )
    level = models.CharField("层级", max_length=8, choices=Level.choices)
    audience = models.CharField("培训对象", max_length=11, choices=Audience.choices)
    starts_on = models.DateField("开班日期")
    ends_on = models.DateField("结业日期")
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1, validators=[SOME_HOURS])
    place = models.CharField("地点", max_length=120, blank=True)
    topics = models.CharField("培训内容", max_length=500, blank=True)
    document = models.CharField("通知文号", max_length=100, blank=True)

    objects = OfOrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "培训班"
        ordering = ["-starts_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="members_training_in_order",
                violation_error_message="结业日期不能早于开班日期",
            ),
            models.UniqueConstraint(
                "organization",
                "name",
                "starts_on",
                name="members_training_once",
                violation_error_message="这一期培训班已经登记",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TrainingAttendance(models.Model):
    """One person in one class; `hours` where they differ from those of the class."""

    training = models.ForeignKey(
        Training, models.CASCADE, verbose_name="培训班", related_name="attendances"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", related_name="trainings"
    )
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1, validators=[SOME_HOURS])
    certificate = models.CharField("结业证书编号", max_length=60, blank=True)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "参加培训"
        ordering = ["training", "person"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "training",
                "person",
                name="members_attendance_once",
                violation_error_message="此人已登记参加这个培训班",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.training}"


class TalentEntry(models.Model):
    """Somebody fit for party work in enterprises, with the paper that says so."""

    class Background(models.TextChoices):
        RETIRED = "retired", "退休党员干部"
        RESTRUCTURED = "restructured", "改制企业干部"
        VETERAN = "veteran", "复员转业军人"
        GRADUATE = "graduate", "高校毕业生"
        BACKBONE = "backbone", "企业经营管理骨干"
        WORKER = "worker", "专职党务工作者"
        OTHER = "other", "其他"

    person = models.OneToOneField(
        Person, models.PROTECT, verbose_name="人员", related_name="talent"
    )
    background = models.CharField("人员来源", max_length=12, choices=Background.choices)
    skills = models.CharField("专长", max_length=200, blank=True)
    entered_on = models.DateField("入库日期")
    left_on = models.DateField("出库日期", null=True, blank=True)
    left_reason = models.CharField("出库原因", max_length=200, blank=True)
    certificate = models.CharField("资格证书", max_length=100, blank=True)
    certificate_number = models.CharField("证书编号", max_length=60, blank=True)
    certified_on = models.DateField("发证日期", null=True, blank=True)
    certified_until = models.DateField("证书有效期至", null=True, blank=True)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "党务人才库"
        ordering = ["person__search_key", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("entered_on")),
                name="members_talent_in_order",
                violation_error_message="出库日期不能早于入库日期",
            ),
            models.CheckConstraint(
                condition=Q(certificate="", certificate_number="", certified_on__isnull=True)
                | (~Q(certificate="") & Q(certified_on__isnull=False)),
                name="members_talent_certified",
                violation_error_message="资格证书的名称和发证日期应同时填写",
            ),
            models.CheckConstraint(
                condition=Q(certified_until__isnull=True)
                | Q(certified_on__isnull=False, certified_until__gt=F("certified_on")),
                name="members_talent_certificate_in_order",
                violation_error_message="证书有效期应晚于发证日期",
            ),
        ]

    def __str__(self) -> str:
        return self.person.name


class TalentPlacement(Dated):
    """Where somebody out of the pool serves, in what post."""

    class Role(models.TextChoices):
        SECRETARY = "secretary", "党组织书记"
        DEPUTY = "deputy", "副书记"
        ORGANIZER = "organizer", "组织员"
        INSTRUCTOR = "instructor", "党建指导员"
        WORKER = "worker", "党务工作者"

    entry = models.ForeignKey(
        TalentEntry, models.PROTECT, verbose_name="人才", related_name="placements"
    )
    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="安排到", related_name="talents"
    )
    role = models.CharField("岗位", max_length=10, choices=Role.choices)
    valid_from = models.DateField("到岗日期")
    valid_to = models.DateField("离岗日期", null=True, blank=True)
    document = models.CharField("文号", max_length=100, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "人才安排"
        ordering = ["entry", "-valid_from"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            no_overlap("members_placement_once", "entry", message="此人在该时段已安排岗位"),
        ]

    def __str__(self) -> str:
        return f"{self.entry} · {self.organization}"


class ParkOrganizer(Dated):
    """组织员 of a park; how many there should be follows from its members (R22)."""

    class Engagement(models.TextChoices):
        FULL_TIME = "full_time", "专职"
        PART_TIME = "part_time", "兼职"

    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", related_name="park_posts"
    )
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="园区", related_name="organizers")
    valid_from = models.DateField("任职日期")
    valid_to = models.DateField("离任日期", null=True, blank=True)
    engagement = models.CharField("专职兼职", max_length=10, choices=Engagement.choices)
    document = models.CharField("任职文号", max_length=100, blank=True)

    objects = OfParkQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "园区组织员"
        ordering = ["area", "-valid_from"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            no_overlap(
                "members_organizer_once",
                "person",
                "area",
                message="此人在该时段已是这个园区的组织员",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}组织员 {self.person}"
