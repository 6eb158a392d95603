"""Building, market, grid or industry chain that an enterprise belongs to beside its area."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from core.validity import Dated, DateRange, no_overlap
from enterprises.models.enterprise import Enterprise
from enterprises.querysets import OfEnterpriseQuerySet
from organizations.models import Area, AreaKind
from organizations.models.area import CLASSIFYING_KINDS


class EnterpriseClassification(Dated):
    """Parallel to the reporting area: figures never count it.

    An enterprise is in one building, one market and one grid at a time, in any number of chains.
    """

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="企业", related_name="classifications"
    )
    area = models.ForeignKey(
        Area, models.PROTECT, verbose_name="归类", related_name="classified_enterprises"
    )
    kind = models.CharField(
        "类别", max_length=10, choices=[(kind.value, kind.label) for kind in CLASSIFYING_KINDS]
    )
    reason = models.CharField("原因", max_length=200, blank=True)

    objects = OfEnterpriseQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "企业归类"
        ordering = ["enterprise", "kind", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            no_overlap(
                "enterprises_classified_once",
                "enterprise",
                "area",
                message="该企业在此时段已归入这里",
            ),
            ExclusionConstraint(
                name="enterprises_one_class_of_a_kind",
                expressions=[
                    ("enterprise", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(kind=AreaKind.INDUSTRY_CHAIN),
                violation_error_message="该企业在此时段已归入另一个同类辖区，请先终止",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.area}"
