"""Rows that serve every app: jobs, audit entries, parameters, messages, drafts, views, files.

Nothing here points at a business table: the target of a row is (type, id), its scope a stored path.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from core.outward.models import MailChoice, Outgoing  # noqa: F401 (tables of this app)
from core.querysets import AuditEntryQuerySet, JobQuerySet
from core.validity import Dated, no_overlap


class JobState(models.TextChoices):
    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "失败"
    CANCELLED = "cancelled", "已取消"


class Job(models.Model):
    """One piece of work that may outlive a request; this row is the truth about it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("种类", max_length=60)
    queue = models.CharField("队列", max_length=20, default="short")
    title = models.CharField("名称", max_length=200)
    state = models.CharField(
        "状态", max_length=12, choices=JobState.choices, default=JobState.QUEUED
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="发起人"
    )
    identity = models.CharField("发起时的任职", max_length=20, blank=True)
    scope_path = models.CharField("数据范围", max_length=255, blank=True, db_collation="C")
    params = models.JSONField("参数", default=dict, blank=True, encoder=DjangoJSONEncoder)
    idempotency_key = models.CharField("防重键", max_length=120)
    target_type = models.CharField("对象类型", max_length=60, blank=True)
    target_id = models.CharField("对象", max_length=60, blank=True)
    attempt = models.PositiveSmallIntegerField("第几次执行", default=0)
    max_attempts = models.PositiveSmallIntegerField("最多执行次数", default=5)
    lease_until = models.DateTimeField("占用至", null=True, blank=True)
    pushed_at = models.DateTimeField("通知时间", null=True, blank=True)
    stage = models.CharField("阶段", max_length=60, blank=True)
    done = models.BigIntegerField("已处理", default=0)
    total = models.BigIntegerField("总数", null=True, blank=True)
    message = models.TextField("说明", blank=True)
    error_code = models.CharField("错误代码", max_length=40, blank=True)
    checkpoint = models.JSONField("断点", default=dict, blank=True, encoder=DjangoJSONEncoder)
    result = models.JSONField("结果", default=dict, blank=True, encoder=DjangoJSONEncoder)
    result_file = models.CharField("结果文件", max_length=300, blank=True)
    result_name = models.CharField("结果文件名", max_length=300, blank=True)
    cancel_requested = models.BooleanField("要求取消", default=False)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    stage_at = models.DateTimeField("阶段开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        ordering = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "owner",
                "kind",
                "idempotency_key",
                name="core_job_once",
                nulls_distinct=False,
                violation_error_message="该任务已经提交过",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                "state",
                "lease_until",
                name="core_job_open",
                condition=Q(state__in=["queued", "running"]),
            ),
            models.Index(fields=["owner", "-created_at"], name="core_job_by_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_final(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


class AuditEntry(models.Model):
    """Who did what to which object, with the state before and after; never changed or removed."""

    at = models.DateTimeField("时间", auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="操作人"
    )
    actor_name = models.CharField("操作人姓名", max_length=150)
    verb = models.CharField("操作", max_length=60)
    target_type = models.CharField("对象类型", max_length=60)
    target_id = models.CharField("对象编号", max_length=60, blank=True)
    target_label = models.CharField("对象名称", max_length=300, blank=True)
    before = models.JSONField("变更前", null=True, blank=True, encoder=DjangoJSONEncoder)
    after = models.JSONField("变更后", null=True, blank=True, encoder=DjangoJSONEncoder)
    reason = models.TextField("原因", blank=True)
    scope_path = models.CharField("数据范围", max_length=255, blank=True, db_collation="C")
    request_id = models.CharField("请求编号", max_length=40, blank=True)
    address = models.GenericIPAddressField("来源地址", null=True, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "操作日志"
        ordering = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["target_type", "target_id", "-id"], name="core_audit_target"),
            models.Index(fields=["-at"], name="core_audit_time"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.target_label}"


class AuditSeal(models.Model):
    """A link of the chain over the log: one entry each, in the order of sealing, without a gap.

    The entry is named without a constraint, so that a removed one is found by `core.chain`.
    """

    seq = models.BigIntegerField("封存序号", primary_key=True)
    entry = models.OneToOneField(
        AuditEntry, models.DO_NOTHING, db_constraint=False, verbose_name="日志", related_name="seal"
    )
    digest = models.CharField("校验值", max_length=64)
    sealed_at = models.DateTimeField("封存时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "日志封存"
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq}:{self.digest}"


class ParameterValue(Dated):
    """A value that replaces a parameter's declared default during a period."""

    key = models.CharField("参数", max_length=80)
    value = models.JSONField("取值")
    document = models.CharField("依据文件", max_length=200)
    reason = models.TextField("说明", blank=True)

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "口径参数取值"
        ordering = ["key", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            no_overlap("core_parametervalue_once", "key", message="该参数在此时段已有取值"),
        ]

    def __str__(self) -> str:
        return f"{self.key}={self.value}"


class MessageKind(models.TextChoices):
    ACTION = "action", "待我办"
    INFORMATION = "information", "知会"
    SYSTEM = "system", "系统任务"


class Message(models.Model):
    """A notice to one user that opens the object it speaks of."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="接收人", related_name="notices"
    )
    kind = models.CharField("类别", max_length=12, choices=MessageKind.choices)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("内容", blank=True)
    url = models.CharField("链接", max_length=300, blank=True)
    dedupe_key = models.CharField("防重键", max_length=120)
    created_at = models.DateTimeField("时间", auto_now_add=True)
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint("recipient", "dedupe_key", name="core_message_once")
        ]

    def __str__(self) -> str:
        return self.title


class Draft(models.Model):
    """What a user typed and has not yet submitted."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="所有人")
    form_key = models.CharField("表单", max_length=80)
    target_id = models.CharField("对象", max_length=60, blank=True)
    payload = models.JSONField("内容", default=dict)
    version = models.PositiveIntegerField("版本", default=1)
    updated_at = models.DateTimeField("保存时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "草稿"
        constraints: ClassVar = [
            models.UniqueConstraint("owner", "form_key", "target_id", name="core_draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.form_key} {self.target_id}"


class SavedView(models.Model):
    """A named filter with its columns and order on one list page."""

    class Sharing(models.TextChoices):
        MINE = "mine", "我的"
        UNIT = "unit", "本单位"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="所有人")
    sharing = models.CharField(
        "共享范围", max_length=8, choices=Sharing.choices, default=Sharing.MINE
    )
    scope_path = models.CharField("单位", max_length=255, blank=True, db_collation="C")
    page = models.CharField("列表", max_length=60)
    name = models.CharField("名称", max_length=40)
    querystring = models.TextField("筛选条件", blank=True)
    columns = ArrayField(models.CharField(max_length=60), verbose_name="列", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "视图"
        ordering = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "owner",
                "page",
                "name",
                name="core_savedview_name",
                violation_error_message="已有同名视图",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """An uploaded file of a business object, stored under an unguessable name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    path = models.CharField("存放位置", max_length=300)
    name = models.CharField("原文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    size = models.BigIntegerField("字节数")
    sha256 = models.CharField("校验值", max_length=64)
    target_type = models.CharField("对象类型", max_length=60)
    target_id = models.CharField("对象编号", max_length=60)
    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人")
    created_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        indexes: ClassVar = [models.Index("target_type", "target_id", name="core_attachment_of")]

    def __str__(self) -> str:
        return self.name
