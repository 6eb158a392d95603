"""Somebody on the way into the party: the case, its dated steps, who helps, the yearly plan."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from members.development_querysets import CaseQuerySet, OfCaseQuerySet, PlanQuerySet
from members.models.member import PartyMember
from members.models.person import Person
from organizations.models import PartyOrganization


class Stage(models.TextChoices):
    """Where somebody stands; follows from the last dated step."""

    APPLICANT = "applicant", "入党申请人"
    ACTIVIST = "activist", "入党积极分子"
    CANDIDATE = "candidate", "发展对象"
    PROBATIONARY = "probationary", "预备党员"
    FULL = "full", "正式党员"


class Outcome(models.TextChoices):
    PASSED = "passed", "通过"
    FAILED = "failed", "未通过"
    EXTENDED = "extended", "延长预备期"
    CANCELLED = "cancelled", "取消预备党员资格"


class DevelopmentCase(models.Model):
    """One person's way; `stage`, `next_*` and `accepted_on` are written by the services alone."""

    class Recommender(models.TextChoices):
        MEMBERS = "members", "党员推荐"
        YOUTH_LEAGUE = "youth_league", "共青团推优"
        UNION = "union", "工会推荐"
        WOMEN = "women", "妇联推荐"

    class Cultivation(models.TextChoices):
        """双培: where the person comes from."""

        NONE = "", "—"
        BACKBONE = "backbone", "把骨干培养成党员"
        MEMBER = "member", "把党员培养成骨干"

    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="姓名", related_name="developments"
    )
    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="培养党组织", related_name="developments"
    )
    member = models.ForeignKey(
        PartyMember,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name="党员",
        related_name="developments",
    )
    recommender = models.CharField(
        "推荐方式", max_length=12, choices=Recommender.choices, blank=True
    )
    recommended_on = models.DateField("推荐（推优）日期", null=True, blank=True)
    is_backbone = models.BooleanField(
        "管理和业务骨干", default=False, help_text="生产、经营、管理、技术骨干"
    )
    cultivation = models.CharField(
        "双培", max_length=8, choices=Cultivation.choices, blank=True, default=""
    )
    stage = models.CharField("阶段", max_length=12, choices=Stage.choices, editable=False)
    accepted_on = models.DateField("接收预备党员日期", null=True, blank=True, editable=False)
    confirmed_on = models.DateField("转正日期", null=True, blank=True, editable=False)
    next_code = models.CharField(max_length=24, blank=True, editable=False)
    next_from = models.DateField("下一步最早", null=True, blank=True, editable=False)
    next_by = models.DateField("下一步期限", null=True, blank=True, editable=False)
    closed_on = models.DateField("结束日期", null=True, blank=True)
    close_reason = models.CharField("终止原因", max_length=200, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发展党员档案"
        ordering = ["person__search_key", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "person",
                condition=Q(closed_on__isnull=True),
                name="members_case_once",
                violation_error_message="此人已有正在办理的发展档案",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True)
                | Q(accepted_on__isnull=False, confirmed_on__gt=F("accepted_on")),
                name="members_case_in_order",
                violation_error_message="转正日期应晚于接收预备党员日期",
            ),
        ]
        indexes: ClassVar = [
            models.Index("stage", "next_by", "id", name="members_case_by_stage"),
            models.Index(
                "next_by",
                condition=Q(closed_on__isnull=True, next_by__isnull=False),
                name="members_case_due",
            ),
        ]

    def __str__(self) -> str:
        return self.person.name

    def get_absolute_url(self) -> str:
        return reverse("members:development", args=[self.pk])


class DevelopmentStep(models.Model):
    """A step that was done; a step that recurs is counted by `occurrence`."""

    case = models.ForeignKey(
        DevelopmentCase, models.PROTECT, verbose_name="档案", related_name="steps"
    )
    code = models.CharField("步骤", max_length=24, editable=False)
    occurrence = models.PositiveSmallIntegerField("次数", default=1, editable=False)
    done_on = models.DateField("日期")
    outcome = models.CharField(
        "结果", max_length=9, choices=Outcome.choices, default=Outcome.PASSED
    )
    by = models.CharField("谈话人、审查人或批准人", max_length=60, blank=True)
    document = models.CharField("文号", max_length=100, blank=True)
    committee = models.ForeignKey(
        PartyOrganization,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="审批党委",
        related_name="+",
    )
    entitled = models.PositiveSmallIntegerField("有表决权的正式党员", null=True, blank=True)
    voters = models.PositiveSmallIntegerField(
        "参加表决", null=True, blank=True, help_text="含会前书面表决的"
    )
    ayes = models.PositiveSmallIntegerField("赞成", null=True, blank=True)
    noes = models.PositiveSmallIntegerField("反对", null=True, blank=True)
    days = models.DecimalField("培训天数", max_digits=4, decimal_places=1, null=True, blank=True)
    hours = models.PositiveSmallIntegerField("培训学时", null=True, blank=True)
    extension = models.PositiveSmallIntegerField("延长（月）", null=True, blank=True)
    shown_from = models.DateField("公示起", null=True, blank=True)
    shown_to = models.DateField("公示止", null=True, blank=True)
    excuse = models.CharField("特殊情况说明", max_length=200, blank=True)
    papers = ArrayField(
        models.CharField(max_length=60), verbose_name="已归入的材料", default=list, blank=True
    )
    note = models.CharField("情况", max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name="登记人",
        related_name="+",
    )
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发展步骤"
        ordering = ["case", "done_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "case",
                "code",
                "occurrence",
                name="members_step_once",
                violation_error_message="这一步已经登记",
            ),
            models.CheckConstraint(
                condition=Q(entitled__isnull=True, voters__isnull=True, ayes__isnull=True)
                | Q(
                    entitled__isnull=False,
                    voters__isnull=False,
                    ayes__isnull=False,
                    entitled__gte=F("voters"),
                    voters__gte=F("ayes"),
                ),
                name="members_step_votes",
                violation_error_message="赞成票不能多于参加表决的人数，参加表决的不能多于有表决权的人数",
            ),
            models.CheckConstraint(
                condition=Q(noes__isnull=True)
                | Q(voters__isnull=False, voters__gte=F("ayes") + F("noes")),
                name="members_step_noes",
                violation_error_message="赞成票与反对票之和不能多于参加表决的人数",
            ),
            models.CheckConstraint(
                condition=Q(entitled__isnull=True)
                | Q(outcome=Outcome.FAILED)
                | Q(entitled__lt=2 * F("ayes")),
                name="members_step_majority",
                violation_error_message="赞成票未超过有表决权的正式党员的半数，不能通过",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.EXTENDED, extension__range=(6, 12))
                | (~Q(outcome=Outcome.EXTENDED) & Q(extension__isnull=True)),
                name="members_step_extension",
                violation_error_message="延长预备期不少于6个月、不超过1年",
            ),
            models.UniqueConstraint(
                "case",
                condition=Q(outcome=Outcome.EXTENDED, code="discussion"),
                name="members_extended_once",
                violation_error_message="预备期只能延长一次",
            ),
            models.CheckConstraint(
                condition=Q(shown_from__isnull=True, shown_to__isnull=True)
                | Q(
                    shown_from__isnull=False,
                    shown_to__isnull=False,
                    shown_to__gte=F("shown_from"),
                ),
                name="members_step_shown",
                violation_error_message="公示的起止日期应同时填写，止日不能早于起日",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}：{self.code}"


class DevelopmentHelper(models.Model):
    """A full member (a trigger refuses others) who cultivates or recommends the person."""

    class Role(models.TextChoices):
        CONTACT = "contacts", "培养联系人"
        SPONSOR = "sponsors", "入党介绍人"

    case = models.ForeignKey(
        DevelopmentCase, models.CASCADE, verbose_name="档案", related_name="helpers"
    )
    member = models.ForeignKey(PartyMember, models.PROTECT, verbose_name="党员", related_name="+")
    role = models.CharField("身份", max_length=8, choices=Role.choices)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "培养联系人和入党介绍人"
        ordering = ["case", "role", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "case",
                "member",
                "role",
                name="members_helper_once",
                violation_error_message="同一名党员只登记一次",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}（{self.get_role_display()}）"


class DevelopmentPlan(models.Model):
    """How many probationary members an organization may accept in a year (指导性计划)."""

    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党组织", related_name="development_plans"
    )
    year = models.PositiveSmallIntegerField("年度", validators=[MinValueValidator(2000)])
    quota = models.PositiveSmallIntegerField("计划数（名）")
    document = models.CharField("下达文号", max_length=100, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发展党员指导性计划"
        ordering = ["-year", "organization"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "organization",
                "year",
                name="members_plan_once",
                violation_error_message="该党组织本年度的计划已经下达",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}{self.year}年计划"
