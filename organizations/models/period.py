"""What an organization was called and what kind it was, and from when until when."""

from django.db import models

from core.validity import Dated, DatedQuerySet, no_overlap
from organizations.models.organization import (
    OrganizationKind,
    OrganizationNature,
    PartyOrganization,
)


class OrganizationPeriod(Dated):
    """Name, kind and nature during a period; those of today are copied to the organization."""

    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党组织", related_name="periods"
    )
    name = models.CharField("党组织名称", max_length=120)
    kind = models.CharField("类别", max_length=16, choices=OrganizationKind.choices)
    nature = models.CharField(
        "性质",
        max_length=12,
        choices=OrganizationNature.choices,
        default=OrganizationNature.REGULAR,
    )

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "党组织名称与类别时段"
        ordering = ["organization", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            no_overlap("organizations_period_once", "organization", message="该时段已有名称和类别"),
        ]

    def __str__(self) -> str:
        return self.name
