"""Trade union, youth league and women's organization of an enterprise."""

from django.db import models

from core.validity import Dated, no_overlap
from enterprises.models.enterprise import Enterprise
from enterprises.querysets import OfEnterpriseQuerySet


class MassOrganizationKind(models.TextChoices):
    UNION = "union", "工会"
    YOUTH_LEAGUE = "youth_league", "共青团"
    WOMEN = "women", "妇联"


class MassOrganization(Dated):
    enterprise = models.ForeignKey(
        Enterprise, models.CASCADE, verbose_name="企业", related_name="mass_organizations"
    )
    kind = models.CharField("类别", max_length=14, choices=MassOrganizationKind.choices)
    name = models.CharField("名称", max_length=120, blank=True)

    objects = OfEnterpriseQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "群团组织"
        ordering = ["enterprise", "kind", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            no_overlap("enterprises_mass_once", "enterprise", "kind"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.get_kind_display()}"
