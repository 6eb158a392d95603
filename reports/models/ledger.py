"""Ledgers as they were handed out: the file, and who made it of what on which day."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from organizations.models import Area
from organizations.scoping import ScopedQuerySet


class LedgerIssueQuerySet(ScopedQuerySet):
    """Issues are seen by whoever answers for the unit or above it."""

    scope_lookup = "area__committee__path"


class LedgerIssue(models.Model):
    """One edition of a ledger of a unit; a locked edition can no longer change."""

    key = models.CharField("台账", max_length=40)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="单位", related_name="+")
    as_of = models.DateField("截至日期")
    version = models.PositiveSmallIntegerField("版本", default=1)
    row_count = models.PositiveIntegerField("行数", default=0)
    file = models.CharField("存放位置", max_length=300)
    file_name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("校验值", max_length=64)
    reason = models.CharField("更正说明", max_length=200, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="生成人",
        related_name="+",
    )
    issued_at = models.DateTimeField("生成时间", auto_now_add=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="发布人",
        related_name="+",
    )
    locked_at = models.DateTimeField("发布时间", null=True, blank=True)

    objects = LedgerIssueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "台账印发版本"
        ordering = ["-as_of", "key", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint("key", "area", "as_of", "version", name="reports_issue_once")
        ]

    def __str__(self) -> str:
        return f"{self.file_name} 第{self.version}版"

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None
