"""Second, guiding superiors: 双重管理 beside the place in the tree."""

from django.db import models
from django.db.models import F, Q

from core.validity import Dated, DatedQuerySet, no_overlap
from organizations.models.organization import PartyOrganization


class DualManagement(Dated):
    """The one guiding superior during a period; it moves no path and opens no rows."""

    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党组织", related_name="guidances"
    )
    superior = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="指导上级", related_name="guided"
    )
    document = models.CharField("批准文号", max_length=100)
    reason = models.CharField("原因", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "双重管理"
        ordering = ["organization", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            no_overlap("organizations_dual_once", "organization", message="该时段已有指导上级"),
            models.CheckConstraint(
                condition=~Q(organization=F("superior")),
                name="organizations_dual_other",
                violation_error_message="指导上级不能是它自己",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} ← {self.superior}（指导）"
