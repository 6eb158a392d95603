"""The history of an organization: each act with its day, document, partners and consequences."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from organizations.models.organization import PartyOrganization
from organizations.querysets import ChangeQuerySet


class ChangeKind(models.TextChoices):
    FORM = "form", "建立"
    MOVE = "move", "调整隶属"
    MERGE = "merge", "合并"
    SPLIT = "split", "分设"
    RENAME = "rename", "更名"
    UPGRADE = "upgrade", "调整类别"
    ABOLISH = "abolish", "撤销"
    RESTORE = "restore", "恢复"
    GUIDE = "guide", "设定双重管理"
    UNGUIDE = "unguide", "结束双重管理"


# Bodies taken over from lists often stand without a recorded approval; later acts do not.
WITHOUT_DOCUMENT = (ChangeKind.FORM,)


class OrganizationChange(models.Model):
    """One act; it takes effect on its day, also when that day is still to come."""

    kind = models.CharField("变动", max_length=10, choices=ChangeKind.choices)
    effective_on = models.DateField("生效日期")
    document = models.CharField("批准文号", max_length=100, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="经办人",
        related_name="+",
    )
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    before = models.JSONField("变动前", default=dict, blank=True, encoder=DjangoJSONEncoder)
    after = models.JSONField("变动后", default=dict, blank=True, encoder=DjangoJSONEncoder)
    consequences = models.JSONField("影响", default=list, blank=True, encoder=DjangoJSONEncoder)
    pending = models.JSONField("到期再办", default=list, blank=True)

    homeless: Sequence[Any] = ()  # what a rehearsal left over; never stored

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "党组织变动"
        ordering = ["-effective_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=WITHOUT_DOCUMENT) | ~Q(document=""),
                name="organizations_change_document",
                violation_error_message="请填写批准文号",
            )
        ]

    def __str__(self) -> str:
        return f"{self.effective_on} {self.get_kind_display()}"


class ChangePart(models.Model):
    """An organization that took part in an act, and as what."""

    class Role(models.TextChoices):
        SUBJECT = "subject", "本组织"
        PARENT = "parent", "上级"
        FORMER_PARENT = "former_parent", "原上级"
        SUCCESSOR = "successor", "承接组织"
        SOURCE = "source", "并入的组织"
        PART = "part", "分设的组织"
        GUIDE = "guide", "指导上级"

    change = models.ForeignKey(
        OrganizationChange, models.CASCADE, verbose_name="变动", related_name="parts"
    )
    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党组织", related_name="change_parts"
    )
    role = models.CharField("角色", max_length=14, choices=Role.choices)

    class Meta:
        verbose_name = verbose_name_plural = "变动涉及的党组织"
        ordering = ["change", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "change", "organization", "role", name="organizations_change_part_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}（{self.get_role_display()}）"
