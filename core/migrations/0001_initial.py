import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.schema
import core.validity


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_posts_and_safety"),
    ]

    operations = [
        core.schema.CreateModels(
            creations=[
                migrations.CreateModel(
                    name="ParameterValue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="起始日期")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True,
                                help_text="自该日起不再有效",
                                null=True,
                                verbose_name="终止日期",
                            ),
                        ),
                        ("key", models.CharField(max_length=80, verbose_name="参数")),
                        ("value", models.JSONField(verbose_name="取值")),
                        ("document", models.CharField(max_length=200, verbose_name="依据文件")),
                        ("reason", models.TextField(blank=True, verbose_name="说明")),
                    ],
                    options={
                        "verbose_name": "口径参数取值",
                        "verbose_name_plural": "口径参数取值",
                        "ordering": ["key", "-valid_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="core_parametervalue_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("key", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="core_parametervalue_once",
                                violation_error_message="该参数在此时段已有取值",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("path", models.CharField(max_length=300, verbose_name="存放位置")),
                        ("name", models.CharField(max_length=200, verbose_name="原文件名")),
                        ("media_type", models.CharField(max_length=100, verbose_name="类型")),
                        ("size", models.BigIntegerField(verbose_name="字节数")),
                        ("sha256", models.CharField(max_length=64, verbose_name="校验值")),
                        ("target_type", models.CharField(max_length=60, verbose_name="对象类型")),
                        ("target_id", models.CharField(max_length=60, verbose_name="对象编号")),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="上传时间"),
                        ),
                        (
                            "uploader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="上传人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "附件",
                        "verbose_name_plural": "附件",
                        "indexes": [
                            models.Index(
                                models.F("target_type"),
                                models.F("target_id"),
                                name="core_attachment_of",
                            )
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="AuditEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                        ("actor_name", models.CharField(max_length=150, verbose_name="操作人姓名")),
                        ("verb", models.CharField(max_length=60, verbose_name="操作")),
                        ("target_type", models.CharField(max_length=60, verbose_name="对象类型")),
                        (
                            "target_id",
                            models.CharField(blank=True, max_length=60, verbose_name="对象编号"),
                        ),
                        (
                            "target_label",
                            models.CharField(blank=True, max_length=300, verbose_name="对象名称"),
                        ),
                        (
                            "before",
                            models.JSONField(
                                blank=True,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                null=True,
                                verbose_name="变更前",
                            ),
                        ),
                        (
                            "after",
                            models.JSONField(
                                blank=True,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                null=True,
                                verbose_name="变更后",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="原因")),
                        (
                            "scope_path",
                            models.CharField(
                                blank=True,
                                db_collation="C",
                                max_length=255,
                                verbose_name="数据范围",
                            ),
                        ),
                        (
                            "request_id",
                            models.CharField(blank=True, max_length=40, verbose_name="请求编号"),
                        ),
                        (
                            "address",
                            models.GenericIPAddressField(
                                blank=True, null=True, verbose_name="来源地址"
                            ),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="操作人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "操作日志",
                        "verbose_name_plural": "操作日志",
                        "ordering": ["-at", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["target_type", "target_id", "-id"], name="core_audit_target"
                            ),
                            models.Index(fields=["-at"], name="core_audit_time"),
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("form_key", models.CharField(max_length=80, verbose_name="表单")),
                        (
                            "target_id",
                            models.CharField(blank=True, max_length=60, verbose_name="对象"),
                        ),
                        ("payload", models.JSONField(default=dict, verbose_name="内容")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "updated_at",
                            models.DateTimeField(auto_now=True, verbose_name="保存时间"),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="所有人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "草稿",
                        "verbose_name_plural": "草稿",
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("owner"),
                                models.F("form_key"),
                                models.F("target_id"),
                                name="core_draft_once",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Job",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("kind", models.CharField(max_length=60, verbose_name="种类")),
                        (
                            "queue",
                            models.CharField(default="short", max_length=20, verbose_name="队列"),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="名称")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "排队中"),
                                    ("running", "进行中"),
                                    ("done", "已完成"),
                                    ("failed", "失败"),
                                    ("cancelled", "已取消"),
                                ],
                                default="queued",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "scope_path",
                            models.CharField(
                                blank=True,
                                db_collation="C",
                                max_length=255,
                                verbose_name="数据范围",
                            ),
                        ),
                        (
                            "params",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="参数",
                            ),
                        ),
                        (
                            "idempotency_key",
                            models.CharField(max_length=120, verbose_name="防重键"),
                        ),
                        (
                            "target_type",
                            models.CharField(blank=True, max_length=60, verbose_name="对象类型"),
                        ),
                        (
                            "target_id",
                            models.CharField(blank=True, max_length=60, verbose_name="对象"),
                        ),
                        (
                            "attempt",
                            models.PositiveSmallIntegerField(default=0, verbose_name="第几次执行"),
                        ),
                        (
                            "max_attempts",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="最多执行次数"
                            ),
                        ),
                        (
                            "lease_until",
                            models.DateTimeField(blank=True, null=True, verbose_name="占用至"),
                        ),
                        (
                            "pushed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="通知时间"),
                        ),
                        ("stage", models.CharField(blank=True, max_length=60, verbose_name="阶段")),
                        ("done", models.BigIntegerField(default=0, verbose_name="已处理")),
                        (
                            "total",
                            models.BigIntegerField(blank=True, null=True, verbose_name="总数"),
                        ),
                        ("message", models.TextField(blank=True, verbose_name="说明")),
                        (
                            "error_code",
                            models.CharField(blank=True, max_length=40, verbose_name="错误代码"),
                        ),
                        (
                            "checkpoint",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="断点",
                            ),
                        ),
                        (
                            "result",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="结果",
                            ),
                        ),
                        (
                            "result_file",
                            models.CharField(blank=True, max_length=300, verbose_name="结果文件"),
                        ),
                        (
                            "result_name",
                            models.CharField(blank=True, max_length=300, verbose_name="结果文件名"),
                        ),
                        (
                            "cancel_requested",
                            models.BooleanField(default=False, verbose_name="要求取消"),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="创建时间"),
                        ),
                        (
                            "started_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="开始时间"),
                        ),
                        (
                            "finished_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="结束时间"),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发起人",
                            ),
                        ),
                        (
                            "stage_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="阶段开始时间"
                            ),
                        ),
                        (
                            "identity",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="发起时的任职"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "任务",
                        "verbose_name_plural": "任务",
                        "ordering": ["-created_at"],
                        "indexes": [
                            models.Index(
                                models.F("state"),
                                models.F("lease_until"),
                                condition=models.Q(("state__in", ["queued", "running"])),
                                name="core_job_open",
                            ),
                            models.Index(fields=["owner", "-created_at"], name="core_job_by_owner"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("owner"),
                                models.F("kind"),
                                models.F("idempotency_key"),
                                name="core_job_once",
                                nulls_distinct=False,
                                violation_error_message="该任务已经提交过",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("action", "待我办"),
                                    ("information", "知会"),
                                    ("system", "系统任务"),
                                ],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        ("body", models.TextField(blank=True, verbose_name="内容")),
                        ("url", models.CharField(blank=True, max_length=300, verbose_name="链接")),
                        ("dedupe_key", models.CharField(max_length=120, verbose_name="防重键")),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="时间"),
                        ),
                        (
                            "read_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="已读时间"),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="接收人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "消息",
                        "verbose_name_plural": "消息",
                        "ordering": ["-created_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("recipient"),
                                models.F("dedupe_key"),
                                name="core_message_once",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "sharing",
                            models.CharField(
                                choices=[("mine", "我的"), ("unit", "本单位")],
                                default="mine",
                                max_length=8,
                                verbose_name="共享范围",
                            ),
                        ),
                        (
                            "scope_path",
                            models.CharField(
                                blank=True, db_collation="C", max_length=255, verbose_name="单位"
                            ),
                        ),
                        ("page", models.CharField(max_length=60, verbose_name="列表")),
                        ("name", models.CharField(max_length=40, verbose_name="名称")),
                        ("querystring", models.TextField(blank=True, verbose_name="筛选条件")),
                        (
                            "columns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                default=list,
                                size=None,
                                verbose_name="列",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="所有人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "视图",
                        "verbose_name_plural": "视图",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("owner"),
                                models.F("page"),
                                models.F("name"),
                                name="core_savedview_name",
                                violation_error_message="已有同名视图",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AuditSeal",
                    fields=[
                        (
                            "seq",
                            models.BigIntegerField(
                                primary_key=True, serialize=False, verbose_name="封存序号"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, verbose_name="校验值")),
                        (
                            "sealed_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="封存时间"),
                        ),
                        (
                            "entry",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="seal",
                                to="core.auditentry",
                                verbose_name="日志",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "日志封存",
                        "verbose_name_plural": "日志封存",
                        "ordering": ["seq"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
