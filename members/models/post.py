"""Posts in leading bodies: who holds which, since when, how chosen, and who was asked before."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.validity import Dated, no_overlap
from members.models.person import Person
from members.querysets import OpinionQuerySet, PostQuerySet
from organizations.models import LeadershipTerm, PartyOrganization
from organizations.rules import Demand, failed_review


class PostKind(models.TextChoices):
    """In the order in which a body is listed."""

    SECRETARY = "secretary", "书记"
    DEPUTY = "deputy", "副书记"
    ORGANIZATION = "organization", "组织委员"
    PUBLICITY = "publicity", "宣传委员"
    DISCIPLINE = "discipline", "纪检委员"
    MEMBER = "member", "委员"


class SecretarySource(models.TextChoices):
    """The channels that the yearly ledger asks for; its codes are the stored values."""

    OWNER = "owner", "出资人"
    MANAGER = "manager", "中层管理人员"
    SENT = "sent", "上级选派"
    OTHER = "other", "其他"


class PostState(models.TextChoices):
    PROPOSED = "proposed", "待批准"
    IN_FORCE = "in_force", "已生效"
    RETURNED = "returned", "已退回"


IN_FORCE = Q(state=PostState.IN_FORCE)


class LeadershipPost(Dated):
    """One person in one post during a period; only a post in force counts."""

    class Engagement(models.TextChoices):
        FULL_TIME = "full_time", "专职"
        PART_TIME = "part_time", "兼职"

    class Review(models.TextChoices):
        PASSED = "passed", "合格"
        FAILED = "failed", "不合格"

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="人员", related_name="posts")
    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党组织", related_name="leadership_posts"
    )
    term = models.ForeignKey(
        LeadershipTerm,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="届次",
        related_name="posts",
    )
    valid_from = models.DateField("任职日期")
    valid_to = models.DateField("离任日期", null=True, blank=True, help_text="自该日起不再任职")
    kind = models.CharField("党内职务", max_length=12, choices=PostKind.choices)
    source = models.CharField("来源", max_length=8, choices=SecretarySource.choices, blank=True)
    engagement = models.CharField(
        "专职兼职", max_length=10, choices=Engagement.choices, default=Engagement.PART_TIME
    )
    other_post = models.CharField("在企业或单位的职务", max_length=100, blank=True)
    is_cross = models.BooleanField(
        "交叉任职", default=False, help_text="党组织班子成员同时进入企业管理层"
    )
    review_on = models.DateField("政治审查日期", null=True, blank=True)
    review_result = models.CharField(
        "政治审查结论", max_length=8, choices=Review.choices, blank=True
    )
    document = models.CharField("任职批准文号", max_length=100, blank=True)
    reason = models.CharField("任职原因", max_length=200, blank=True)
    end_reason = models.CharField("离任原因", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=PostState.choices, default=PostState.IN_FORCE
    )
    remark = models.CharField("退回原因", max_length=200, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "班子任职"
        ordering = ["organization", "-valid_from", "pk"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            no_overlap(
                "members_secretary_once",
                "organization",
                message="该党组织在此时段已有书记，不能有第二名书记",
                condition=IN_FORCE & Q(kind=PostKind.SECRETARY),
            ),
            no_overlap(
                "members_post_once",
                "person",
                "organization",
                message="此人在该时段已在这个班子任职",
                condition=IN_FORCE,
            ),
            models.UniqueConstraint(
                "organization",
                condition=Q(state=PostState.PROPOSED, kind=PostKind.SECRETARY),
                name="members_secretary_proposed_once",
                violation_error_message="已有一项书记任职在等待上级批准",
            ),
            models.CheckConstraint(
                condition=~Q(kind=PostKind.SECRETARY) | ~Q(source=""),
                name="members_secretary_source",
                violation_error_message="书记应填写来源",
            ),
            models.CheckConstraint(
                condition=Q(review_on__isnull=True, review_result="")
                | (Q(review_on__isnull=False) & ~Q(review_result="")),
                name="members_post_review",
                violation_error_message="政治审查的日期和结论应同时填写",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}{self.get_kind_display()} {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("members:post", args=[self.pk])

    @property
    def has_failed_review(self) -> bool:
        return self.review_result == self.Review.FAILED

    @property
    def review_warning(self) -> Demand | None:
        """What to say of a post whose holder did not pass the political review."""
        if not self.has_failed_review:
            return None
        return failed_review(f"{self.get_kind_display()}{self.person}")


class OpinionBody(models.TextChoices):
    """Whose opinion is asked before a leader changes."""

    WORK_COMMITTEE = "work_committee", "两新工委"
    SUPERIOR = "superior", "上级党组织"
    UNION = "union", "工会"
    YOUTH_LEAGUE = "youth_league", "共青团"
    WOMEN = "women", "妇联"


class PostOpinion(models.Model):
    """What one of the five bodies said of a change."""

    class Result(models.TextChoices):
        AGREES = "agrees", "同意"
        OBJECTS = "objects", "不同意"
        RESERVED = "reserved", "有保留意见"

    post = models.ForeignKey(
        LeadershipPost, models.CASCADE, verbose_name="任职", related_name="opinions"
    )
    body = models.CharField("征求对象", max_length=14, choices=OpinionBody.choices)
    unit = models.CharField("单位名称", max_length=100)
    given_on = models.DateField("反馈日期")
    result = models.CharField("意见", max_length=8, choices=Result.choices)
    remark = models.CharField("说明", max_length=200, blank=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职征求意见"
        ordering = ["post", "body"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "post",
                "body",
                name="members_opinion_once",
                violation_error_message="这个单位的意见已经登记",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()}：{self.get_result_display()}"
