"""Members whom nobody reaches: searched for, suspended after six months, removed two years on."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.states import StateTable, Transition
from members.flow_codes import LossKind, LossSituation, SearchWay
from members.flow_querysets import LostQuerySet, OfLostQuerySet
from members.models.member import PartyMember
from members.spans import Months
from organizations.models import PartyOrganization


class LostState(models.TextChoices):
    LOST = "lost", "查找中"
    FOUND = "found", "已取得联系"
    SUSPENDED = "suspended", "已停止党籍"
    RESTORED = "restored", "已恢复党籍"
    REMOVED = "removed", "已除名"


_L = LostState
OPEN_LOST = (_L.LOST, _L.SUSPENDED)
LOST = StateTable(
    LostState,
    (
        Transition("lost.find", "登记取得联系", frozenset({_L.LOST}), _L.FOUND),
        Transition("lost.suspend", "停止党籍", frozenset({_L.LOST}), _L.SUSPENDED),
        Transition("lost.restore", "恢复党籍", frozenset({_L.SUSPENDED}), _L.RESTORED),
        Transition("lost.remove", "自行脱党除名", frozenset({_L.SUSPENDED}), _L.REMOVED),
    ),
)
_AFTER_STOP = (_L.SUSPENDED, _L.RESTORED, _L.REMOVED)


class LostContact(models.Model):
    """One case; triggers keep its states in order and its member's standing in step."""

    member = models.ForeignKey(
        PartyMember, models.PROTECT, verbose_name="党员", related_name="lost_cases"
    )
    organization = models.ForeignKey(
        PartyOrganization,
        models.PROTECT,
        verbose_name="所在党组织",
        related_name="lost_cases",
        help_text="失联时组织关系所在的党组织",
    )
    lost_since = models.DateField("失联时间", help_text="最后一次取得联系之后")
    situation = models.CharField("失联情形", max_length=1, choices=LossSituation.choices)
    kind = models.CharField("党组织类别", max_length=1, choices=LossKind.choices)
    state = models.CharField(
        "状态", max_length=10, choices=LostState.choices, default=_L.LOST, editable=False
    )
    suspended_on = models.DateField("停止党籍日期", null=True, blank=True)
    suspended_by = models.CharField("作出停止党籍决定的党组织", max_length=120, blank=True)
    suspension_document = models.CharField("停止党籍依据", max_length=100, blank=True)
    ended_on = models.DateField("办结日期", null=True, blank=True)
    ended_by = models.CharField("批准党组织", max_length=120, blank=True)
    end_document = models.CharField("办结依据", max_length=100, blank=True)
    end_note = models.CharField("办结说明", max_length=200, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)

    objects = LostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "失联党员"
        ordering = ["-lost_since", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "member",
                name="members_lost_once",
                condition=Q(state__in=OPEN_LOST),
                violation_error_message="该党员已登记失联，请在原登记上办理",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_AFTER_STOP) | Q(suspended_on__gte=Months("lost_since", 6)),
                name="members_lost_six_months",
                violation_error_message="失去联系满六个月才能停止党籍",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_AFTER_STOP)
                | (~Q(suspended_by="") & ~Q(suspension_document="")),
                name="members_lost_suspended",
                violation_error_message="停止党籍须写明决定的党组织和依据",
            ),
            models.CheckConstraint(
                condition=~Q(state=_L.REMOVED) | Q(ended_on__gte=Months("suspended_on", 24)),
                name="members_lost_two_years",
                violation_error_message="停止党籍满两年才能除名",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(_L.REMOVED, _L.RESTORED))
                | (~Q(ended_by="") & ~Q(end_document="")),
                name="members_lost_decided",
                violation_error_message="除名、恢复党籍须写明批准的党组织和依据",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_LOST, ended_on__isnull=True)
                | (~Q(state__in=OPEN_LOST) & Q(ended_on__gte=F("lost_since"))),
                name="members_lost_ended",
                violation_error_message="办结日期不能早于失联时间",
            ),
            models.CheckConstraint(
                condition=Q(suspended_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("suspended_on")),
                name="members_lost_in_order",
                violation_error_message="办结日期不能早于停止党籍日期",
            ),
        ]
        indexes: ClassVar = [
            models.Index("lost_since", name="members_lost_open", condition=Q(state__in=OPEN_LOST)),
            models.Index(fields=["-lost_since", "-id"], name="members_lost_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.member}的失联登记"

    def get_absolute_url(self) -> str:
        return reverse("members:lost", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_LOST


class LostSearch(models.Model):
    """One attempt to reach the member: evidence, never changed (a trigger refuses)."""

    case = models.ForeignKey(
        LostContact, models.PROTECT, verbose_name="失联党员", related_name="searches"
    )
    on = models.DateField("查找日期")
    way = models.CharField("查找方式", max_length=10, choices=SearchWay.choices)
    by = models.CharField("查找人", max_length=60)
    result = models.CharField("查找经过和结果", max_length=300)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="登记人",
        related_name="+",
    )
    at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = OfLostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "查找经过"
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_way_display()}"
