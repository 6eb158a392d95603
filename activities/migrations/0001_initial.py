import uuid

import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.schema
import core.validity


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "0006_dues_and_training_rules"),
    ]

    operations = [
        core.schema.CreateModels(
            creations=[
                migrations.CreateModel(
                    name="ActivityKind",
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
                            "key",
                            models.CharField(
                                max_length=30,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9_]*$", "代码由小写字母、数字和下划线组成。"
                                    )
                                ],
                                verbose_name="代码",
                            ),
                        ),
                        ("name", models.CharField(max_length=30, unique=True, verbose_name="名称")),
                        (
                            "official_order",
                            models.PositiveSmallIntegerField(default=100, verbose_name="排序号"),
                        ),
                        (
                            "circle",
                            models.CharField(
                                choices=[
                                    ("branch", "全体党员"),
                                    ("committee", "支部委员会成员"),
                                    ("group", "党小组成员"),
                                    ("open", "不限"),
                                ],
                                default="branch",
                                max_length=9,
                                verbose_name="参加范围",
                            ),
                        ),
                        (
                            "voters",
                            models.CharField(
                                choices=[
                                    ("nobody", "不计法定人数"),
                                    ("members", "有表决权的党员过半数"),
                                    ("committee", "支部委员半数以上"),
                                ],
                                default="nobody",
                                max_length=9,
                                verbose_name="法定人数",
                            ),
                        ),
                        (
                            "topics",
                            models.TextField(
                                blank=True, help_text="每行一个", verbose_name="常用议题"
                            ),
                        ),
                        ("in_use", models.BooleanField(default=True, verbose_name="启用")),
                    ],
                    options={
                        "verbose_name": "活动类型",
                        "verbose_name_plural": "活动类型",
                        "ordering": ["official_order", "key"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="PartyGroup",
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
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="groups",
                                to="organizations.partyorganization",
                                verbose_name="党支部",
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="党小组名称")),
                        (
                            "leader",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="members.person",
                                verbose_name="组长",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="成立日期")),
                        (
                            "valid_to",
                            models.DateField(blank=True, null=True, verbose_name="撤销日期"),
                        ),
                    ],
                    options={
                        "verbose_name": "党小组",
                        "verbose_name_plural": "党小组",
                        "ordering": ["organization", "name", "-valid_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="activities_partygroup_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("organization", "="),
                                    ("name", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="activities_group_once",
                                violation_error_message="该时段已有同名党小组",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Activity",
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
                            "token",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                unique=True,
                                verbose_name="登记凭据",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="activities.partygroup",
                                verbose_name="党小组",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="议题")),
                        (
                            "planned_on",
                            models.DateField(blank=True, null=True, verbose_name="计划日期"),
                        ),
                        (
                            "planned_from",
                            models.TimeField(blank=True, null=True, verbose_name="计划时间"),
                        ),
                        (
                            "held_on",
                            models.DateField(blank=True, null=True, verbose_name="召开日期"),
                        ),
                        (
                            "held_from",
                            models.TimeField(blank=True, null=True, verbose_name="开始时间"),
                        ),
                        (
                            "held_to",
                            models.TimeField(blank=True, null=True, verbose_name="结束时间"),
                        ),
                        (
                            "place",
                            models.CharField(blank=True, max_length=120, verbose_name="地点"),
                        ),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="members.person",
                                verbose_name="主持人",
                            ),
                        ),
                        (
                            "recorder",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="members.person",
                                verbose_name="记录人",
                            ),
                        ),
                        (
                            "guests",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="列席和上级到会人员"
                            ),
                        ),
                        (
                            "content",
                            models.TextField(blank=True, max_length=20000, verbose_name="内容"),
                        ),
                        (
                            "resolution",
                            models.TextField(blank=True, max_length=5000, verbose_name="决议"),
                        ),
                        (
                            "expected",
                            models.PositiveIntegerField(default=0, verbose_name="应到人数"),
                        ),
                        ("came", models.PositiveIntegerField(default=0, verbose_name="实到人数")),
                        (
                            "voters",
                            models.PositiveIntegerField(default=0, verbose_name="应到有表决权人数"),
                        ),
                        (
                            "voters_came",
                            models.PositiveIntegerField(default=0, verbose_name="实到有表决权人数"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "计划"),
                                    ("notified", "已通知"),
                                    ("held", "已召开"),
                                    ("recorded", "草稿"),
                                    ("submitted", "已提交"),
                                    ("returned", "退回"),
                                    ("accepted", "通过"),
                                    ("locked", "锁定"),
                                    ("cancelled", "取消"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "recorded_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="首次登记日期"
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(auto_now=True, verbose_name="最近修改"),
                        ),
                        (
                            "kinds",
                            models.ManyToManyField(
                                related_name="activities",
                                to="activities.activitykind",
                                verbose_name="类型",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "组织生活",
                        "verbose_name_plural": "组织生活",
                        "ordering": ["-held_on", "-pk"],
                        "indexes": [
                            models.Index(
                                models.F("held_on"), models.F("id"), name="activities_by_day"
                            ),
                            models.Index(
                                models.F("organization"),
                                models.F("held_on"),
                                name="activities_by_branch",
                            ),
                            models.Index(
                                models.F("state"), models.F("held_on"), name="activities_by_state"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("held_to__isnull", True),
                                    ("held_to__gt", models.F("held_from")),
                                    _connector="OR",
                                ),
                                name="activities_held_in_order",
                                violation_error_message="结束时间应晚于开始时间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("held_on__isnull", True),
                                    ("held_on__lte", models.F("recorded_on")),
                                    _connector="OR",
                                ),
                                name="activities_held_not_ahead",
                                violation_error_message="还没有召开的会议不能登记为已召开。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            [
                                                "recorded",
                                                "submitted",
                                                "returned",
                                                "accepted",
                                                "locked",
                                                "held",
                                            ],
                                        ),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("held_on__isnull", False), ("recorded_on__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="activities_held_has_day",
                                violation_error_message="已召开的会议应填写召开日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            (
                                                "recorded",
                                                "submitted",
                                                "returned",
                                                "accepted",
                                                "locked",
                                            ),
                                        ),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("held_from__isnull", False), ("held_to__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="activities_recorded_has_times",
                                violation_error_message="会议记录应填写开始和结束时间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["planned", "notified"]), _negated=True),
                                    ("planned_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="activities_planned_has_day",
                                violation_error_message="计划的会议应填写计划日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("came__lte", models.F("expected")),
                                    ("voters_came__lte", models.F("voters")),
                                ),
                                name="activities_counts_add_up",
                                violation_error_message="实到人数不能超过应到人数。",
                            ),
                            models.UniqueConstraint(
                                models.F("organization"),
                                models.F("held_on"),
                                models.F("held_from"),
                                models.F("group"),
                                condition=models.Q(
                                    ("held_on__isnull", False),
                                    models.Q(("state", "cancelled"), _negated=True),
                                ),
                                name="activities_once",
                                nulls_distinct=False,
                                violation_error_message="这个时间的会议已经登记。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityStep",
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
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="activities.activity",
                                verbose_name="组织生活",
                            ),
                        ),
                        ("act", models.CharField(max_length=20, verbose_name="办理")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "计划"),
                                    ("notified", "已通知"),
                                    ("held", "已召开"),
                                    ("recorded", "草稿"),
                                    ("submitted", "已提交"),
                                    ("returned", "退回"),
                                    ("accepted", "通过"),
                                    ("locked", "锁定"),
                                    ("cancelled", "取消"),
                                ],
                                max_length=10,
                                verbose_name="办理后状态",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(verbose_name="版本")),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="办理人",
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=500, verbose_name="原因"),
                        ),
                    ],
                    options={
                        "verbose_name": "办理过程",
                        "verbose_name_plural": "办理过程",
                        "ordering": ["activity", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityVersion",
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
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="activities.activity",
                                verbose_name="组织生活",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(verbose_name="版本")),
                        ("facts", models.JSONField(verbose_name="内容")),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="保存人",
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=500, verbose_name="更正原因"),
                        ),
                    ],
                    options={
                        "verbose_name": "记录版本",
                        "verbose_name_plural": "记录版本",
                        "ordering": ["activity", "version"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("activity"),
                                models.F("version"),
                                name="activities_version_once",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
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
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendances",
                                to="activities.activity",
                                verbose_name="组织生活",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="members.person",
                                verbose_name="人员",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("came", "到会"),
                                    ("leave", "请假"),
                                    ("absent", "缺席"),
                                    ("guest", "列席"),
                                ],
                                max_length=6,
                                verbose_name="到会情况",
                            ),
                        ),
                        ("votes", models.BooleanField(default=False, verbose_name="计入法定人数")),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("leave", "请假"),
                                    ("travel", "出差"),
                                    ("away", "外出流动"),
                                    ("ill", "生病"),
                                    ("other", "其他"),
                                ],
                                max_length=6,
                                verbose_name="未到会原因",
                            ),
                        ),
                        (
                            "made_up_on",
                            models.DateField(blank=True, null=True, verbose_name="补课日期"),
                        ),
                    ],
                    options={
                        "verbose_name": "到会情况",
                        "verbose_name_plural": "到会情况",
                        "ordering": ["activity", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("activity"),
                                models.F("person"),
                                name="activities_attendance_once",
                                violation_error_message="此人已在到会名单中。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status", "leave"), models.Q(("reason", ""), _negated=True)
                                    ),
                                    models.Q(
                                        models.Q(("status", "leave"), _negated=True), ("reason", "")
                                    ),
                                    _connector="OR",
                                ),
                                name="activities_leave_has_reason",
                                violation_error_message="请假的应写明原因，其他情况不填原因。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("made_up_on__isnull", True),
                                    ("status__in", ["leave", "absent"]),
                                    _connector="OR",
                                ),
                                name="activities_made_up_absence",
                                violation_error_message="未到会的才需要补课。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "guest"), ("votes", True), _negated=True
                                ),
                                name="activities_guest_has_no_vote",
                                violation_error_message="列席人员不计入法定人数。",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityDecision",
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
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decisions",
                                to="activities.activity",
                                verbose_name="组织生活",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("task", "工作安排"),
                                    ("vote", "表决事项"),
                                    ("election", "选举"),
                                ],
                                default="task",
                                max_length=8,
                                verbose_name="性质",
                            ),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="决定事项")),
                        (
                            "ayes",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="赞成"),
                        ),
                        (
                            "noes",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="反对"),
                        ),
                        (
                            "abstentions",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="弃权"),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="members.person",
                                verbose_name="责任人",
                            ),
                        ),
                        (
                            "due_on",
                            models.DateField(blank=True, null=True, verbose_name="完成期限"),
                        ),
                        (
                            "done_on",
                            models.DateField(blank=True, null=True, verbose_name="完成日期"),
                        ),
                        (
                            "outcome",
                            models.CharField(blank=True, max_length=300, verbose_name="完成情况"),
                        ),
                    ],
                    options={
                        "verbose_name": "决定事项",
                        "verbose_name_plural": "决定事项",
                        "ordering": ["activity", "pk"],
                        "indexes": [
                            models.Index(
                                models.F("due_on"),
                                condition=models.Q(
                                    ("done_on__isnull", True), ("due_on__isnull", False)
                                ),
                                name="activities_tasks_due",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "task"), ("ayes__isnull", False), _connector="OR"
                                ),
                                name="activities_vote_is_counted",
                                violation_error_message="表决和选举应填写赞成票数。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_on__isnull", True),
                                    ("owner__isnull", False),
                                    _connector="OR",
                                ),
                                name="activities_task_has_owner",
                                violation_error_message="有期限的事项应有责任人。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityPhoto",
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
                        (
                            "activity",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="photos",
                                to="activities.activity",
                                verbose_name="组织生活",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="上传人",
                            ),
                        ),
                        ("path", models.CharField(max_length=300, verbose_name="存放位置")),
                        ("width", models.PositiveIntegerField(verbose_name="宽")),
                        ("height", models.PositiveIntegerField(verbose_name="高")),
                        ("sha256", models.CharField(max_length=64, verbose_name="校验值")),
                        ("likeness", models.BigIntegerField(verbose_name="相似特征")),
                        (
                            "official_order",
                            models.PositiveSmallIntegerField(default=0, verbose_name="排序号"),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="上传时间"),
                        ),
                    ],
                    options={
                        "verbose_name": "活动照片",
                        "verbose_name_plural": "活动照片",
                        "ordering": ["activity", "official_order", "created_at"],
                        "indexes": [
                            models.Index(models.F("sha256"), name="activities_photo_again")
                        ],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
