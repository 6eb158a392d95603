"""People found by 双找 who are members and were on no roster: verified, then brought in."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.dates import today
from core.fields import PersonNameField, PhoneField
from core.states import StateTable, Transition
from enterprises.models import Enterprise
from members.flow_codes import FindingSource, HiddenKind, HiddenResult
from members.flow_querysets import HiddenQuerySet
from members.models.member import PartyMember
from organizations.models import PartyOrganization


class HiddenState(models.TextChoices):
    FOUND = "found", "待核实"
    VERIFIED = "verified", "已核实，待纳入"
    DISPROVED = "disproved", "核实不是党员"
    SETTLED = "settled", "已纳入"


_H = HiddenState
HIDDEN = StateTable(
    HiddenState,
    (
        Transition("hidden.verify", "核实党员身份", frozenset({_H.FOUND}), _H.VERIFIED),
        Transition("hidden.disprove", "核实不是党员", frozenset({_H.FOUND}), _H.DISPROVED),
        Transition("hidden.settle", "登记纳入结果", frozenset({_H.VERIFIED}), _H.SETTLED),
    ),
)


class HiddenMember(models.Model):
    """One finding: by which way, how verified, with what result."""

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    name = PersonNameField("姓名", max_length=60)
    kind = models.CharField("类型", max_length=10, choices=HiddenKind.choices)
    source = models.CharField("发现途径", max_length=12, choices=FindingSource.choices)
    found_on = models.DateField("发现日期", default=today)
    organization = models.ForeignKey(
        PartyOrganization,
        models.PROTECT,
        verbose_name="负责核实的党组织",
        related_name="hidden_members",
    )
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="从业企业",
        related_name="hidden_members",
    )
    phone = PhoneField("联系电话", null=True, blank=True)
    former_unit = models.CharField("自述组织关系所在单位", max_length=120, blank=True)
    account = models.CharField("自述情况", max_length=300, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=HiddenState.choices, default=_H.FOUND, editable=False
    )
    verified_on = models.DateField("核实日期", null=True, blank=True)
    verified_by = models.CharField("核实单位", max_length=120, blank=True)
    evidence = models.CharField("核实依据", max_length=300, blank=True)
    member = models.ForeignKey(
        PartyMember,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="党员",
        related_name="findings",
    )
    result = models.CharField("纳入结果", max_length=10, choices=HiddenResult.choices, blank=True)
    settled_on = models.DateField("纳入日期", null=True, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)

    objects = HiddenQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "口袋隐形党员"
        ordering = ["-found_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=_H.FOUND)
                | (Q(verified_on__gte=F("found_on")) & ~Q(verified_by="") & ~Q(evidence="")),
                name="members_hidden_verified",
                violation_error_message="须写明核实单位、日期和依据，核实不能早于发现",
            ),
            models.CheckConstraint(
                condition=~Q(state=_H.SETTLED)
                | (Q(member__isnull=False, settled_on__gte=F("verified_on")) & ~Q(result="")),
                name="members_hidden_settled",
                violation_error_message="纳入须有党员、结果和日期，日期不能早于核实",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-found_on", "-id"], name="members_hidden_latest"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:hidden", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in (HiddenState.FOUND, HiddenState.VERIFIED)
