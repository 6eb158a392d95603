"""What organizations and sites are measured by, the marks they got, and what is put right."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from core.validity import Dated, DatedQuerySet, no_overlap
from organizations.models.organization import PartyOrganization
from organizations.querysets import OfOrganizationQuerySet
from organizations.scoring import points


class RatingScheme(Dated):
    """One version of a scheme; versions of a `key` follow each other without overlap.

    `star_scores` are the lowest totals for one star, two stars …; none where it gives no stars.
    """

    class Subject(models.TextChoices):
        SITE = "site", "阵地"
        ORGANIZATION = "organization", "党组织"

    key = models.SlugField("标识", max_length=30)
    version = models.PositiveSmallIntegerField("版本", default=1)
    name = models.CharField("办法名称", max_length=60)
    subject = models.CharField(
        "对象", max_length=12, choices=Subject.choices, default=Subject.ORGANIZATION
    )
    source = models.CharField("依据", max_length=200, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    star_scores = ArrayField(
        models.DecimalField(max_digits=6, decimal_places=1),
        verbose_name="星级分数线",
        default=list,
        blank=True,
        help_text="从一星到五星的最低得分，用逗号隔开；不评星级的留空",
    )

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "评定办法"
        ordering = ["key", "-version"]
        constraints = [
            *Dated.Meta.constraints,
            no_overlap("organizations_scheme_once", "key", message="该时段已有这个办法的另一版本"),
            models.UniqueConstraint(fields=["key", "version"], name="organizations_scheme_version"),
            models.CheckConstraint(
                condition=Q(star_scores__len__lte=5),
                name="organizations_scheme_five_stars",
                violation_error_message="最多设五个星级",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（第{self.version}版）" if self.version > 1 else self.name


class RatingCriterion(models.Model):
    """A line of a scheme; once something was measured by it the database refuses to change it."""

    scheme = models.ForeignKey(
        RatingScheme, models.CASCADE, verbose_name="办法", related_name="criteria"
    )
    place = models.PositiveSmallIntegerField("序号")
    label = models.CharField("标准", max_length=100)
    detail = models.CharField("要求", max_length=300, blank=True)
    weight = models.DecimalField("分值", max_digits=5, decimal_places=1, default=1)
    is_veto = models.BooleanField("一票否决", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "评定标准"
        ordering = ["scheme", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "place"], name="organizations_criterion_place"
            ),
            models.CheckConstraint(
                condition=Q(is_veto=True, weight=0) | Q(is_veto=False, weight__gt=0),
                name="organizations_criterion_weight",
                violation_error_message="计分标准的分值应大于零，一票否决项不计分",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def points(self) -> str:
        return points(self.weight)


class RatingState(models.TextChoices):
    DRAFT = "draft", "自评中"
    SUBMITTED = "submitted", "待上级评定"
    RETURNED = "returned", "已退回"
    CONFIRMED = "confirmed", "已评定"
    WITHDRAWN = "withdrawn", "已取消"


class Rating(models.Model):
    """One organization measured by one version of a scheme for a year: by itself, then from above.

    It counts from `confirmed_on` until a later one of the scheme, or until `valid_to`.
    """

    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党组织", related_name="ratings"
    )
    scheme = models.ForeignKey(
        RatingScheme, models.PROTECT, verbose_name="评定办法", related_name="ratings"
    )
    year = models.PositiveSmallIntegerField("评定年度")
    state = models.CharField(
        "状态", max_length=10, choices=RatingState.choices, default=RatingState.DRAFT
    )
    self_score = models.DecimalField(
        "自评得分", max_digits=6, decimal_places=1, null=True, editable=False
    )
    score = models.DecimalField(
        "评定得分", max_digits=6, decimal_places=1, null=True, editable=False
    )
    stars = models.PositiveSmallIntegerField("星级", null=True, editable=False)
    is_vetoed = models.BooleanField("一票否决", default=False, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        verbose_name="自评提交人",
        related_name="+",
    )
    submitted_on = models.DateField("提交日期", null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        verbose_name="评定人",
        related_name="+",
    )
    confirmed_on = models.DateField("评定日期", null=True, editable=False)
    document = models.CharField("评定文号", max_length=100, blank=True)
    valid_to = models.DateField("有效期至", null=True, blank=True, help_text="自该日起不再有效")
    reason = models.CharField("退回或取消原因", max_length=200, blank=True, editable=False)

    objects = OfOrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评定"
        ordering = ["-year", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "scheme", "year"],
                name="organizations_rating_once_a_year",
                condition=~Q(state=RatingState.WITHDRAWN),
                violation_error_message="该党组织本年度已按这个办法开展评定",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(RatingState.CONFIRMED, RatingState.WITHDRAWN))
                | Q(score__isnull=False, confirmed_on__isnull=False, confirmed_by__isnull=False),
                name="organizations_rating_confirmed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("submitted_by")),
                name="organizations_rating_by_two",
                violation_error_message="自评提交人不能同时作为上级评定人",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(RatingState.RETURNED, RatingState.WITHDRAWN))
                | ~Q(reason=""),
                name="organizations_rating_returned_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | (Q(confirmed_on__isnull=False) & Q(valid_to__gte=F("confirmed_on"))),
                name="organizations_rating_in_order",
                violation_error_message="有效期不能早于评定日期",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.year} {self.scheme}"


class RatingItem(models.Model):
    """Marks for one criterion, the organization's own and the superior's; vetoes are yes or no."""

    rating = models.ForeignKey(Rating, models.CASCADE, verbose_name="评定", related_name="items")
    criterion = models.ForeignKey(
        RatingCriterion, models.PROTECT, verbose_name="标准", related_name="rating_items"
    )
    self_score = models.DecimalField(
        "自评分", max_digits=5, decimal_places=1, null=True, blank=True
    )
    self_violated = models.BooleanField("自评触及否决项", default=False)
    self_note = models.CharField("自评依据", max_length=200, blank=True)
    score = models.DecimalField("评定分", max_digits=5, decimal_places=1, null=True, blank=True)
    violated = models.BooleanField("触及否决项", default=False)
    note = models.CharField("评定意见", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "评定项"
        ordering = ["criterion__place"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rating", "criterion"], name="organizations_rating_item_once"
            ),
            models.CheckConstraint(
                condition=(Q(self_score__isnull=True) | Q(self_score__gte=0))
                & (Q(score__isnull=True) | Q(score__gte=0)),
                name="organizations_rating_item_not_negative",
                violation_error_message="得分不能小于零",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating} {self.criterion}"
