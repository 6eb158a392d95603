"""Letters that carry a member's relation to another organization, until they are answered."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.dates import today
from core.states import StateTable, Transition
from members.flow_codes import TransferRange
from members.flow_querysets import TransferQuerySet
from members.models.member import PartyMember
from organizations.models import PartyOrganization


class TransferState(models.TextChoices):
    ISSUED = "issued", "待接收"
    ACCEPTED = "accepted", "已接收"
    RETURNED = "returned", "已退回"
    VOID = "void", "已作废"


_T = TransferState
TRANSFER = StateTable(
    TransferState,
    (
        Transition("transfer.accept", "接收组织关系", frozenset({_T.ISSUED}), _T.ACCEPTED),
        Transition("transfer.return", "退回组织关系", frozenset({_T.ISSUED}), _T.RETURNED),
        Transition("transfer.void", "作废介绍信", frozenset({_T.ISSUED}), _T.VOID),
    ),
)


class MembershipTransfer(models.Model):
    """One letter: who receives the member is an organization of the system or named in words.

    Until it is accepted the sending organization holds the relation. A letter that was returned,
    or voided because it had expired, is followed by another one.
    """

    member = models.ForeignKey(
        PartyMember, models.PROTECT, verbose_name="党员", related_name="transfers"
    )
    sender = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="转出党组织", related_name="transfers_out"
    )
    receiver = models.ForeignKey(
        PartyOrganization,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="接收党组织",
        related_name="transfers_in",
    )
    receiving_unit = models.CharField("系统外接收党组织", max_length=120, blank=True)
    range = models.CharField("转接范围", max_length=10, choices=TransferRange.choices)
    letter = models.CharField("介绍信编号", max_length=60)
    issued_on = models.DateField("开具日期", default=today)
    expires_on = models.DateField("有效期至", help_text="当日仍有效")
    reason = models.CharField("转接原因", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=TransferState.choices, default=_T.ISSUED, editable=False
    )
    answered_on = models.DateField("办结日期", null=True, blank=True)
    answer = models.CharField("回执或退回原因", max_length=200, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "组织关系转接"
        ordering = ["-issued_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "member",
                name="members_transfer_once",
                condition=Q(state=_T.ISSUED),
                violation_error_message="该党员已有一封待接收的介绍信",
            ),
            models.CheckConstraint(
                condition=Q(receiver__isnull=False, receiving_unit="")
                | (Q(receiver__isnull=True) & ~Q(receiving_unit="")),
                name="members_transfer_receiver",
                violation_error_message="请填写一个接收党组织",
            ),
            models.CheckConstraint(
                condition=Q(receiver__isnull=True) | ~Q(receiver=F("sender")),
                name="members_transfer_elsewhere",
                violation_error_message="接收党组织不能是党员现在所在的党组织",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("issued_on")),
                name="members_transfer_valid",
                violation_error_message="介绍信有效期不能早于开具日期",
            ),
            models.CheckConstraint(
                condition=Q(state=_T.ISSUED, answered_on__isnull=True)
                | (~Q(state=_T.ISSUED) & Q(answered_on__gte=F("issued_on"))),
                name="members_transfer_answered",
                violation_error_message="办结日期不能早于介绍信的开具日期",
            ),
            models.CheckConstraint(
                condition=~Q(state=_T.ACCEPTED) | Q(answered_on__lte=F("expires_on")),
                name="members_transfer_in_time",
                violation_error_message="介绍信已过有效期，请作废后重新开具",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(_T.RETURNED, _T.VOID)) | ~Q(answer=""),
                name="members_transfer_told_why",
                violation_error_message="退回或作废须说明原因",
            ),
        ]
        indexes: ClassVar = [
            models.Index("expires_on", name="members_transfer_due", condition=Q(state=_T.ISSUED)),
            models.Index(fields=["-issued_on", "-id"], name="members_transfer_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.member}的组织关系介绍信"

    def get_absolute_url(self) -> str:
        return reverse("members:transfer", args=[self.pk])

    @property
    def destination(self) -> str:
        return str(self.receiver or self.receiving_unit)

    def is_expired(self, day: date) -> bool:
        """The letter is still open although nobody may accept it any more."""
        return self.state == TransferState.ISSUED and self.expires_on < day
