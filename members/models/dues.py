"""Party dues: what a member's dues are reckoned from, who pays less for a time, what was paid."""

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from core.validity import Dated, no_overlap
from members.models.member import PartyMember
from members.querysets import OfMemberQuerySet, OfOrganizationQuerySet
from organizations.models import PartyOrganization

NOT_NEGATIVE = MinValueValidator(Decimal(0), "金额不能是负数。")
FIRST_OF_MONTH = "按月计，应为当月1日"


class Payer(models.TextChoices):
    """The groups of the rules on dues; the last two pay a fixed sum whatever they earn."""

    WAGE = "wage", "按月领取工资"
    ANNUAL = "annual", "实行年薪制"
    UNSTEADY = "unsteady", "没有固定月收入"
    RETIRED = "retired", "离退休"
    FARMER = "farmer", "农民"
    RELIEF = "relief", "学生、下岗失业、领取救济或低保"


FIXED = (Payer.FARMER, Payer.RELIEF)


class DuesBase(Dated):
    """From which month a member's dues are reckoned from which sum; settled once a year."""

    member = models.ForeignKey(
        PartyMember, models.PROTECT, verbose_name="党员", related_name="dues_bases"
    )
    valid_from = models.DateField("起算月份", help_text="自当月起；年中工资变动的，自变动当月起")
    payer = models.CharField("交纳类别", max_length=8, choices=Payer.choices, default=Payer.WAGE)
    amount = models.DecimalField(
        "交纳基数（元）",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[NOT_NEGATIVE],
        help_text="税后，不含五险一金、年金和住房、交通、通讯等补贴；没有固定月收入的填上季度月均纯收入",
    )
    remark = models.CharField("备注", max_length=200, blank=True)

    objects = OfMemberQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "党费交纳基数"
        ordering = ["member", "-valid_from"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            no_overlap("members_dues_base_once", "member", message="该月已有交纳基数"),
            models.CheckConstraint(
                condition=Q(valid_from__day=1) & (Q(valid_to__isnull=True) | Q(valid_to__day=1)),
                name="members_dues_base_monthly",
                violation_error_message=FIRST_OF_MONTH,
            ),
            models.CheckConstraint(
                condition=Q(payer__in=FIXED, amount__isnull=True)
                | (~Q(payer__in=FIXED) & Q(amount__isnull=False, amount__gte=0)),
                name="members_dues_base_amount",
                violation_error_message="按收入交纳的应填写交纳基数；农民、学生、失业等定额交纳的不填",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.get_payer_display()}"


class DuesRelief(Dated):
    """少交 or 免交: asked for by the member, approved by the committee above, for a term."""

    class Kind(models.TextChoices):
        REDUCED = "reduced", "少交"
        WAIVED = "waived", "免交"

    class State(models.TextChoices):
        PROPOSED = "proposed", "待批准"
        APPROVED = "approved", "已批准"
        RETURNED = "returned", "已退回"

    member = models.ForeignKey(
        PartyMember, models.PROTECT, verbose_name="党员", related_name="dues_reliefs"
    )
    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党支部", related_name="dues_reliefs"
    )
    valid_from = models.DateField("起始月份")
    valid_to = models.DateField("恢复足额交纳的月份", help_text="自该月起恢复足额交纳")
    kind = models.CharField("类别", max_length=8, choices=Kind.choices)
    amount = models.DecimalField(
        "每月交纳（元）",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[NOT_NEGATIVE],
        help_text="少交的填写批准后每月交纳的数额",
    )
    requested_on = models.DateField("本人申请日期")
    agreed_on = models.DateField("支部讨论日期")
    reason = models.CharField("申请理由", max_length=200)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.PROPOSED)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    document = models.CharField("批准文号", max_length=100, blank=True)
    remark = models.CharField("退回原因", max_length=200, blank=True)

    objects = OfOrganizationQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "少交、免交党费"
        ordering = ["-valid_from", "-pk"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            no_overlap(
                "members_dues_relief_once",
                "member",
                message="该党员在此期间已批准少交或免交",
                condition=Q(state="approved"),
            ),
            models.UniqueConstraint(
                "member",
                condition=Q(state="proposed"),
                name="members_dues_relief_asked_once",
                violation_error_message="该党员已有一项申请在等待上级批准",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__day=1, valid_to__day=1),
                name="members_dues_relief_monthly",
                violation_error_message=FIRST_OF_MONTH,
            ),
            models.CheckConstraint(
                condition=Q(kind="waived", amount__isnull=True)
                | Q(kind="reduced", amount__isnull=False, amount__gt=0),
                name="members_dues_relief_amount",
                violation_error_message="少交应填写每月交纳的数额，免交不填",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__gte=F("requested_on")),
                name="members_dues_relief_asked_first",
                violation_error_message="支部讨论日期不能早于本人申请日期",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (Q(approved_on__isnull=False, approved_on__gte=F("agreed_on")) & ~Q(document="")),
                name="members_dues_relief_approved",
                violation_error_message="批准应有日期和文号，批准日期不能早于支部讨论日期",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.get_kind_display()}党费"


class DuesRecord(models.Model):
    """What one member paid for one month, and what was due by the rules of that day."""

    class Method(models.TextChoices):
        CASH = "cash", "现金"
        ONLINE = "online", "网上交纳"
        TRANSFER = "transfer", "银行转账"
        PROXY = "proxy", "委托他人代交"

    member = models.ForeignKey(
        PartyMember, models.PROTECT, verbose_name="党员", related_name="dues_records"
    )
    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党支部", related_name="dues_records"
    )
    month = models.DateField("月份")
    base = models.DecimalField("交纳基数", max_digits=10, decimal_places=2, null=True)
    rate = models.DecimalField("交纳比例（%）", max_digits=5, decimal_places=2, null=True)
    due = models.DecimalField("应交（元）", max_digits=10, decimal_places=2, null=True)
    paid = models.DecimalField("实交（元）", max_digits=10, decimal_places=2)
    paid_on = models.DateField("交纳日期")
    method = models.CharField("交纳方式", max_length=8, choices=Method.choices)

    objects = OfOrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "党费交纳"
        ordering = ["member", "month"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "member",
                "month",
                name="members_dues_once",
                violation_error_message="该党员当月党费已登记",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="members_dues_monthly",
                violation_error_message=FIRST_OF_MONTH,
            ),
            models.CheckConstraint(
                condition=Q(paid__gt=0),
                name="members_dues_paid",
                violation_error_message="实交金额应大于零；没有交纳的不登记",
            ),
        ]
        indexes: ClassVar = [
            models.Index("organization", "month", name="members_dues_by_month"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.month:%Y-%m}"
