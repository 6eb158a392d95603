"""Which party organization covered which enterprise, how, and from when until when."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core.validity import Dated, no_overlap
from enterprises.models.enterprise import Enterprise
from enterprises.querysets import CoverageLinkQuerySet
from organizations.models import PartyOrganization


class FormationMode(models.TextChoices):
    SINGLE = "single", "单独组建"
    JOINT = "joint", "联合组建"
    HOSTED = "hosted", "依托建"
    ATTACHED = "attached", "挂靠建"
    GRID = "grid", "网格建"


class CoverageLink(Dated):
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="企业", related_name="coverage_links"
    )
    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党组织", related_name="coverage_links"
    )
    mode = models.CharField("组建形式", max_length=10, choices=FormationMode.choices)
    source = models.CharField("来源", max_length=60, blank=True)
    document = models.CharField("文号", max_length=100, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    end_document = models.CharField("终止文号", max_length=100, blank=True)
    end_reason = models.CharField("终止原因", max_length=200, blank=True)

    objects = CoverageLinkQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "覆盖关系"
        ordering = ["enterprise", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            no_overlap(
                "enterprises_coverage_once",
                "enterprise",
                "organization",
                message="该企业在此时段已由这个党组织覆盖",
            ),
            # 单独组建的党组织只属于一家企业
            no_overlap(
                "enterprises_coverage_own",
                "organization",
                message="该党组织在此时段已在另一家企业单独组建",
                condition=Q(mode=FormationMode.SINGLE),
            ),
        ]
        indexes: ClassVar = [models.Index("organization", name="enterprises_coverage_org")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.get_mode_display()} {self.organization}"
