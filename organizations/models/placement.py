"""Which organization stood under which, and from when until when."""

from django.db import models
from django.db.models import F, Q

from core.validity import Dated, DatedQuerySet, no_overlap
from organizations.models.organization import PartyOrganization


class Placement(Dated):
    """One organization's superior during a period; the county committee has none."""

    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党组织", related_name="placements"
    )
    parent = models.ForeignKey(
        PartyOrganization,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="上级党组织",
        related_name="child_placements",
    )
    document = models.CharField("批准文号", max_length=100, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "隶属关系"
        ordering = ["organization", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            no_overlap(
                "organizations_placement_once", "organization", message="该时段已有隶属关系"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(organization=F("parent")),
                name="organizations_placement_other",
                violation_error_message="上级党组织不能是它自己",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} ← {self.parent or '无上级'}"
