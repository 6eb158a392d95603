"""What was measured of an enterprise at one reference date."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from enterprises.models.enterprise import Enterprise
from enterprises.models.facts import YearMeasures
from enterprises.querysets import EnterpriseYearQuerySet


class EnterpriseYear(YearMeasures):
    """The record of one reference date; as of a day the latest one on or before it applies.

    `reported` holds what an enterprise or township reported for the columns of the yearly ledger
    that no app derives (key = column field of enterprises.columns).
    """

    enterprise = models.ForeignKey(
        Enterprise,
        models.CASCADE,
        verbose_name="企业",
        related_name="years",
        db_index=False,  # the constraint below begins with it
    )
    reference_date = models.DateField("普查时点")
    is_party_scale = models.BooleanField("规模以上(党建口径)", null=True, blank=True)
    in_base_list = models.BooleanField("纳入党建基数", default=True)
    exclusion_reason = models.CharField("剔除原因", max_length=60, blank=True)
    reported = models.JSONField("填报值", default=dict, blank=True)
    seen_by = ArrayField(
        models.CharField(max_length=20), verbose_name="在册来源", default=list, blank=True
    )
    not_seen_by = ArrayField(
        models.CharField(max_length=20), verbose_name="本次未见来源", default=list, blank=True
    )
    batch = models.ForeignKey(
        "enterprises.CensusBatch",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="导入批次",
        related_name="+",
        db_index=False,
        db_constraint=False,  # written a million at a time; batches are never deleted
    )

    objects = EnterpriseYearQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "企业年度记录"
        ordering = ["enterprise", "-reference_date"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "enterprise",
                "reference_date",
                name="enterprises_year_once",
                violation_error_message="该企业在此普查时点已有记录",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.reference_date}"
