"""What an enterprise asks for, from the day it was heard until the enterprise is content."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.dates import today
from core.states import StateTable, Transition
from enterprises.models.contact import ContactPoint, ContactVisit
from enterprises.models.enterprise import Enterprise
from enterprises.querysets import EnterpriseRequestQuerySet


class RequestSource(models.TextChoices):
    VISIT = "visit", "走访"
    CONTACT = "contact", "联系领导"
    INSTRUCTOR = "instructor", "党建指导员"
    HOTLINE = "hotline", "热线"
    MEETING = "meeting", "座谈会"
    GRID = "grid", "网格"


class RequestCategory(models.TextChoices):
    FINANCE = "finance", "融资"
    LABOUR = "labour", "用工"
    LAND = "land", "用地厂房"
    UTILITIES = "utilities", "水电气路"
    PERMITS = "permits", "审批办证"
    POLICY = "policy", "税费政策"
    MARKET = "market", "市场开拓"
    LEGAL = "legal", "法律维权"
    PARTY = "party", "党建"
    OTHER = "other", "其他"


class Satisfaction(models.TextChoices):
    SATISFIED = "satisfied", "满意"
    FAIR = "fair", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class RequestState(models.TextChoices):
    RECEIVED = "received", "待受理"
    ACCEPTED = "accepted", "待交办"
    ASSIGNED = "assigned", "办理中"
    HANDLED = "handled", "待答复"
    ANSWERED = "answered", "待企业确认"
    CONFIRMED = "confirmed", "待办结"
    CLOSED = "closed", "已办结"
    DECLINED = "declined", "不予受理"


_S = RequestState
ENDED = (_S.CLOSED, _S.DECLINED)
_WITH_UNIT = (_S.ASSIGNED, _S.HANDLED, _S.ANSWERED, _S.CONFIRMED, _S.CLOSED)
_WITH_RESULT, _WITH_ANSWER, _WITH_WORD = _WITH_UNIT[1:], _WITH_UNIT[2:], _WITH_UNIT[3:]
NOT_CONTENT = "企业不满意的诉求，至少退回重办一次才能办结"
RAISE, CHANGE = "enterprises.raise", "enterprises.requests"
REQUEST = StateTable(
    RequestState,
    (
        Transition("request.accept", "受理", frozenset({_S.RECEIVED}), _S.ACCEPTED, CHANGE),
        Transition("request.assign", "交办", frozenset({_S.ACCEPTED}), _S.ASSIGNED, CHANGE),
        Transition("request.handle", "登记办理结果", frozenset({_S.ASSIGNED}), _S.HANDLED, CHANGE),
        Transition("request.answer", "答复企业", frozenset({_S.HANDLED}), _S.ANSWERED, CHANGE),
        # 听取诉求的人回访企业，不必等待经办人
        Transition("request.confirm", "企业确认", frozenset({_S.ANSWERED}), _S.CONFIRMED, RAISE),
        Transition("request.close", "办结", frozenset({_S.CONFIRMED}), _S.CLOSED, CHANGE),
        Transition("request.reassign", "改派或延期", frozenset({_S.ASSIGNED}), _S.ASSIGNED, CHANGE),
        Transition(
            "request.return",
            "退回重办",
            frozenset({_S.HANDLED, _S.ANSWERED, _S.CONFIRMED}),
            _S.ASSIGNED,
            CHANGE,
        ),
        Transition("request.decline", "不予受理", frozenset({_S.RECEIVED}), _S.DECLINED, CHANGE),
    ),
)


class EnterpriseRequest(models.Model):
    """One request; the days and words are those of its present round, its steps keep the rest."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="企业", related_name="requests"
    )
    source = models.CharField("来源", max_length=10, choices=RequestSource.choices)
    contact_point = models.ForeignKey(
        ContactPoint,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="联系点",
        related_name="requests",
    )
    visit = models.ForeignKey(
        ContactVisit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="领导走访",
        related_name="requests",
    )
    category = models.CharField("类别", max_length=10, choices=RequestCategory.choices)
    title = models.CharField("诉求", max_length=100)
    content = models.CharField("具体情况", max_length=1000, blank=True)
    raised_by = models.CharField("反映人", max_length=60, blank=True)
    received_on = models.DateField("收到日期", default=today)
    earlier = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="重复的诉求",
        related_name="repeats",
        help_text="同一企业此前反映过的同一问题",
    )
    state = models.CharField(
        "状态", max_length=10, choices=RequestState.choices, default=_S.RECEIVED, editable=False
    )
    unit = models.CharField("承办单位", max_length=100, blank=True)
    person = models.CharField("承办人", max_length=60, blank=True)
    due_on = models.DateField("办理期限", null=True, blank=True)
    result = models.CharField("办理结果", max_length=1000, blank=True)
    handled_on = models.DateField("办理日期", null=True, blank=True)
    answer = models.CharField("答复内容", max_length=1000, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    satisfaction = models.CharField(
        "企业评价", max_length=12, choices=Satisfaction.choices, blank=True
    )
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    ended_on = models.DateField("办结日期", null=True, blank=True)
    return_count = models.PositiveSmallIntegerField("退回次数", default=0, editable=False)

    objects = EnterpriseRequestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "企业诉求"
        ordering = ["-received_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(contact_point__isnull=True) | Q(source=RequestSource.CONTACT),
                name="enterprises_request_from_leader",
                violation_error_message="只有联系领导反映的诉求才对应联系点",
            ),
            models.CheckConstraint(
                condition=Q(visit__isnull=True) | Q(contact_point__isnull=False),
                name="enterprises_request_of_visit",
            ),
            models.CheckConstraint(
                condition=Q(earlier__isnull=True) | Q(earlier__lt=F("pk")),
                name="enterprises_request_repeats_earlier",
                violation_error_message="重复的诉求应是此前登记的",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_WITH_UNIT) | (~Q(unit="") & Q(due_on__isnull=False)),
                name="enterprises_request_assigned",
                violation_error_message="交办的诉求须有承办单位和办理期限",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("received_on")),
                name="enterprises_request_due_later",
                violation_error_message="办理期限不能早于收到日期",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_WITH_RESULT)
                | (~Q(result="") & Q(handled_on__gte=F("received_on"))),
                name="enterprises_request_handled",
                violation_error_message="须填写办理结果和日期，日期不能早于收到日期",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_WITH_ANSWER)
                | (~Q(answer="") & Q(answered_on__gte=F("handled_on"))),
                name="enterprises_request_answered",
                violation_error_message="须填写答复内容和日期，日期不能早于办理日期",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_WITH_WORD)
                | (~Q(satisfaction="") & Q(confirmed_on__gte=F("answered_on"))),
                name="enterprises_request_confirmed",
                violation_error_message="须填写企业评价和确认日期，日期不能早于答复日期",
            ),
            models.CheckConstraint(
                condition=Q(state=_S.CLOSED, ended_on__gte=F("confirmed_on"))
                | (Q(state=_S.DECLINED, ended_on__gte=F("received_on")) & ~Q(answer=""))
                | (~Q(state__in=ENDED) & Q(ended_on__isnull=True)),
                name="enterprises_request_ended",
                violation_error_message="办结须有日期，不予受理须说明理由",
            ),
            models.CheckConstraint(
                condition=~Q(state=_S.CLOSED, satisfaction=Satisfaction.DISSATISFIED)
                | Q(return_count__gt=0),
                name="enterprises_request_content_or_returned",
                violation_error_message=NOT_CONTENT,
            ),
        ]
        indexes: ClassVar = [
            models.Index("due_on", name="enterprises_request_due", condition=~Q(state__in=ENDED)),
            models.Index(fields=["-received_on", "-id"], name="enterprises_request_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise}：{self.title}"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:request", args=[self.pk])

    @property
    def number(self) -> str:
        """How the request is called on paper and on the telephone."""
        return f"{self.received_on.year}-{self.pk:05d}"

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED

    @property
    def is_unheeded(self) -> bool:
        """The enterprise is not content and nobody has tried again."""
        return self.satisfaction == Satisfaction.DISSATISFIED and not self.return_count

    def is_overdue(self, day: date) -> bool:
        """The enterprise has no answer although the deadline has passed."""
        return (
            self.is_open
            and self.answered_on is None
            and self.due_on is not None
            and self.due_on < day
        )

    def days(self, day: date) -> int:
        """Days from hearing to the answer, or to that day while there is none."""
        return ((self.answered_on or self.ended_on or day) - self.received_on).days


class RequestStep(models.Model):
    """What was done about a request: when, by whom, with which words; never changed afterwards."""

    request = models.ForeignKey(
        EnterpriseRequest, models.PROTECT, verbose_name="企业诉求", related_name="steps"
    )
    act = models.CharField("办理", max_length=30)
    state = models.CharField("状态", max_length=10, choices=RequestState.choices)
    on = models.DateField("日期")
    unit = models.CharField("承办单位", max_length=100, blank=True)
    due_on = models.DateField("办理期限", null=True, blank=True)
    note = models.CharField("内容", max_length=1000, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="办理人",
        related_name="+",
    )
    at = models.DateTimeField("办理时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "诉求办理过程"
        ordering = ["request", "id"]

    def __str__(self) -> str:
        return f"{self.label} {self.on}"

    @property
    def label(self) -> str:
        """The act in words; the first step is no transition."""
        names = {transition.name: transition.label for transition in REQUEST}
        return names.get(self.act, "登记")
