"""Members on the move: away from the branch that holds the relation, known where they live."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.fields import PhoneField
from core.states import StateTable, Transition
from members.flow_codes import Destination, FormerJob, LeaveReason, MobileRange
from members.flow_querysets import MobileQuerySet
from members.models.member import PartyMember
from organizations.models import PartyOrganization


class MobileState(models.TextChoices):
    AWAY = "away", "待报到"
    RECEIVED = "received", "已纳入管理"
    REFUSED = "refused", "未接收"
    RETURNED = "returned", "已返回"
    TRANSFERRED = "transferred", "已转组织关系"
    LOST = "lost", "失去联系"


_M = MobileState
OPEN_MOBILE = (_M.AWAY, _M.RECEIVED, _M.REFUSED)
MOBILE = StateTable(
    MobileState,
    (
        Transition("mobile.receive", "报到纳入管理", frozenset({_M.AWAY, _M.REFUSED}), _M.RECEIVED),
        Transition("mobile.refuse", "不予接收", frozenset({_M.AWAY}), _M.REFUSED),
        Transition("mobile.return", "登记返回", frozenset(OPEN_MOBILE), _M.RETURNED),
        # 关系一经转接即结束，无论流动登记走到哪一步
        Transition("mobile.transfer", "转接组织关系", frozenset(OPEN_MOBILE), _M.TRANSFERRED),
        Transition("mobile.lose", "转为失联", frozenset(OPEN_MOBILE), _M.LOST),
    ),
)


class MobileRecord(models.Model):
    """One absence. Each side is an organization of the system or named in words.

    To the sheet of 流出 it belongs through `origin`, to that of 流入 through `host`. It counts as
    mobile once it has lasted as long as the parameter `mobile.months` says.
    """

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    member = models.ForeignKey(
        PartyMember, models.PROTECT, verbose_name="党员", related_name="mobile_records"
    )
    left_on = models.DateField("流出日期", help_text="不能参加原支部活动之日")
    certificate = models.CharField("流动证号", max_length=40, blank=True)
    former_job = models.CharField("原职业", max_length=12, choices=FormerJob.choices, blank=True)
    cause = models.CharField("外出原因", max_length=10, choices=LeaveReason.choices)
    destination = models.CharField("流动类型", max_length=12, choices=Destination.choices)
    range = models.CharField("流出范围", max_length=10, choices=MobileRange.choices)
    is_settled = models.BooleanField(
        "外出地点相对固定", default=True, help_text="满六个月应当转接组织关系"
    )
    origin = models.ForeignKey(
        PartyOrganization,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="流出党组织",
        related_name="mobile_out",
    )
    origin_unit = models.CharField("系统外流出党组织", max_length=120, blank=True)
    origin_contact = models.CharField("流出党组织联系人", max_length=60, blank=True)
    origin_phone = PhoneField("流出党组织联系电话", null=True, blank=True)
    host = models.ForeignKey(
        PartyOrganization,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="流入党组织",
        related_name="mobile_in",
    )
    host_unit = models.CharField("系统外流入党组织", max_length=120, blank=True)
    host_address = models.CharField("流入地址", max_length=200, blank=True)
    host_contact = models.CharField("流入党组织联系人", max_length=60, blank=True)
    host_phone = PhoneField("流入党组织联系电话", null=True, blank=True)
    received_on = models.DateField("流入时间", null=True, blank=True, help_text="报到之日")
    refusal = models.CharField("拒绝理由", max_length=200, blank=True)
    contacted_on = models.DateField("最近联系日期", null=True, blank=True)
    contact_note = models.CharField("联系情况", max_length=200, blank=True)
    ended_on = models.DateField("结束日期", null=True, blank=True, help_text="返回、转接或失联之日")
    end_note = models.CharField("结束说明", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=12, choices=MobileState.choices, default=_M.AWAY, editable=False
    )

    objects = MobileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "流动党员"
        ordering = ["-left_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "member",
                name="members_mobile_once",
                condition=Q(state__in=OPEN_MOBILE),
                violation_error_message="该党员已有未结束的流动登记",
            ),
            models.CheckConstraint(
                condition=Q(origin__isnull=False) | Q(host__isnull=False),
                name="members_mobile_known",
                violation_error_message="流出、流入党组织至少有一个在系统内",
            ),
            models.CheckConstraint(
                condition=(Q(origin__isnull=False, origin_unit=""))
                | (Q(origin__isnull=True) & ~Q(origin_unit="")),
                name="members_mobile_origin",
                violation_error_message="请填写一个流出党组织",
            ),
            models.CheckConstraint(
                condition=Q(host__isnull=True) | Q(host_unit=""),
                name="members_mobile_host",
                violation_error_message="流入党组织只填一个",
            ),
            models.CheckConstraint(
                condition=Q(origin__isnull=True) | Q(host__isnull=True) | ~Q(host=F("origin")),
                name="members_mobile_elsewhere",
                violation_error_message="流入党组织不能是流出党组织",
            ),
            models.CheckConstraint(
                condition=~Q(state=_M.RECEIVED)
                | (Q(received_on__gte=F("left_on")) & (Q(host__isnull=False) | ~Q(host_unit=""))),
                name="members_mobile_received",
                violation_error_message="纳入管理须有流入党组织和报到日期，报到不能早于流出",
            ),
            models.CheckConstraint(
                condition=~Q(state=_M.REFUSED) | ~Q(refusal=""),
                name="members_mobile_refused",
                violation_error_message="不予接收须说明理由",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_MOBILE, ended_on__isnull=True)
                | (~Q(state__in=OPEN_MOBILE) & Q(ended_on__gte=F("left_on"))),
                name="members_mobile_ended",
                violation_error_message="结束日期不能早于流出日期",
            ),
            models.CheckConstraint(
                condition=Q(contacted_on__isnull=True) | Q(contacted_on__gte=F("left_on")),
                name="members_mobile_contacted",
                violation_error_message="联系日期不能早于流出日期",
            ),
        ]
        indexes: ClassVar = [
            models.Index("left_on", name="members_mobile_open", condition=Q(state__in=OPEN_MOBILE)),
            models.Index(fields=["-left_on", "-id"], name="members_mobile_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.member}的流动登记"

    def get_absolute_url(self) -> str:
        return reverse("members:mobile", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_MOBILE

    @property
    def leaves_from(self) -> str:
        return str(self.origin or self.origin_unit)

    @property
    def goes_to(self) -> str:
        return str(self.host or self.host_unit)

    def last_contact(self) -> date:
        """Since when nobody has heard of the member."""
        return self.contacted_on or self.received_on or self.left_on
