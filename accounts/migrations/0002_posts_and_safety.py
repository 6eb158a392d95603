import uuid

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.fields
import core.schema


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("organizations", "0004_term_follows"),
    ]

    operations = [
        core.schema.CreateModels(
            creations=[
                migrations.CreateModel(
                    name="ScopeGrant",
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
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("county_clerk", "县级经办"),
                                    ("organizer", "乡镇园区组织员"),
                                    ("branch_secretary", "党支部书记"),
                                    ("instructor", "党建指导员"),
                                    ("leader", "领导"),
                                    ("business_administrator", "业务管理员"),
                                    ("system_administrator", "系统管理员"),
                                    ("security_administrator", "安全管理员"),
                                    ("audit_administrator", "审计管理员"),
                                ],
                                max_length=30,
                                verbose_name="角色",
                            ),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="依据"),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="授权人",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="用户",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="复核人",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delegated",
                                to="accounts.scopegrant",
                                verbose_name="委托自",
                            ),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="撤回时间"),
                        ),
                    ],
                    options={
                        "verbose_name": "授权",
                        "verbose_name_plural": "授权",
                        "ordering": ["user", "-valid_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="accounts_scopegrant_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("source", None), ("valid_to__isnull", False), _connector="OR"
                                ),
                                name="accounts_delegation_has_an_end",
                                violation_error_message="委托须有截止日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "role__in",
                                            (
                                                "system_administrator",
                                                "security_administrator",
                                                "audit_administrator",
                                            ),
                                        ),
                                        _negated=True,
                                    ),
                                    models.Q(("confirmed_by", None), ("granted_by", None)),
                                    models.Q(
                                        ("confirmed_by__isnull", False),
                                        models.Q(
                                            ("granted_by", models.F("confirmed_by")), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="accounts_administrator_by_two",
                                violation_error_message="管理员须由两人办理",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ApiToken",
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
                        ("name", models.CharField(max_length=60, verbose_name="用途")),
                        ("hint", models.CharField(max_length=8, verbose_name="开头")),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                size=None,
                                verbose_name="范围",
                            ),
                        ),
                        ("expires_at", models.DateTimeField(verbose_name="有效期至")),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="创建时间"),
                        ),
                        (
                            "used_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="最近使用"),
                        ),
                        (
                            "revoked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="停用时间"),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tokens",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="用户",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "接口令牌",
                        "verbose_name_plural": "接口令牌",
                        "ordering": ["-created_at"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="PasswordRecord",
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
                        ("encoded", models.CharField(max_length=128)),
                        ("set_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="password_records",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "历史密码",
                        "verbose_name_plural": "历史密码",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
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
                        ("reason", models.CharField(max_length=200, verbose_name="原因")),
                        (
                            "done_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="办理时间"),
                        ),
                        (
                            "items",
                            models.JSONField(
                                default=list,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="交接内容",
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="办理人",
                            ),
                        ),
                        (
                            "leaver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="交出人",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="接收人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "工作交接",
                        "verbose_name_plural": "工作交接",
                        "ordering": ["-done_at"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("leaver", models.F("successor")), _negated=True
                                ),
                                name="accounts_handover_to_another",
                                violation_error_message="不能交接给本人",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PairedAct",
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
                                choices=[("grant", "授予管理员角色"), ("reset", "重置动态口令")],
                                max_length=10,
                                verbose_name="事项",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("county_clerk", "县级经办"),
                                    ("organizer", "乡镇园区组织员"),
                                    ("branch_secretary", "党支部书记"),
                                    ("instructor", "党建指导员"),
                                    ("leader", "领导"),
                                    ("business_administrator", "业务管理员"),
                                    ("system_administrator", "系统管理员"),
                                    ("security_administrator", "安全管理员"),
                                    ("audit_administrator", "审计管理员"),
                                ],
                                max_length=30,
                                verbose_name="角色",
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True, verbose_name="自何日起")),
                        ("reason", models.CharField(max_length=200, verbose_name="原因")),
                        (
                            "proposed_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="提出时间"),
                        ),
                        ("expires_at", models.DateTimeField(verbose_name="有效期至")),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="复核时间"),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "待复核"),
                                    ("confirmed", "已办理"),
                                    ("refused", "已退回"),
                                    ("withdrawn", "已撤回"),
                                    ("expired", "已过期"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=200, verbose_name="复核意见"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="复核人",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposed_acts",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="提出人",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="对象",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "双人办理事项",
                        "verbose_name_plural": "双人办理事项",
                        "ordering": ["-proposed_at"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome__in", ["", "withdrawn", "expired"]),
                                    models.Q(
                                        ("decided_by__isnull", False),
                                        models.Q(
                                            ("decided_by", models.F("proposed_by")), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="accounts_act_by_two_persons",
                                violation_error_message="提出人不能复核自己提出的事项",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("user", models.F("proposed_by")), _negated=True),
                                    models.Q(
                                        ("decided_by", None),
                                        models.Q(("user", models.F("decided_by")), _negated=True),
                                        _connector="OR",
                                    ),
                                ),
                                name="accounts_act_not_for_oneself",
                                violation_error_message="不能办理涉及本人的事项",
                            ),
                            models.UniqueConstraint(
                                models.F("kind"),
                                models.F("user"),
                                condition=models.Q(("outcome", "")),
                                name="accounts_act_open_once",
                                violation_error_message="该事项已提出，正在等待复核",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecoveryCode",
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
                        ("digest", models.CharField(max_length=64)),
                        (
                            "used_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="使用时间"),
                        ),
                        (
                            "factor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recovery_codes",
                                to="accounts.secondfactor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "恢复码",
                        "verbose_name_plural": "恢复码",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("factor"),
                                models.F("digest"),
                                name="accounts_recovery_code_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoleSetting",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("county_clerk", "县级经办"),
                                    ("organizer", "乡镇园区组织员"),
                                    ("branch_secretary", "党支部书记"),
                                    ("instructor", "党建指导员"),
                                    ("leader", "领导"),
                                    ("business_administrator", "业务管理员"),
                                    ("system_administrator", "系统管理员"),
                                    ("security_administrator", "安全管理员"),
                                    ("audit_administrator", "审计管理员"),
                                ],
                                max_length=30,
                                unique=True,
                                verbose_name="角色",
                            ),
                        ),
                        ("second_factor", models.BooleanField(verbose_name="须用动态口令")),
                    ],
                    options={
                        "verbose_name": "角色设置",
                        "verbose_name_plural": "角色设置",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SecondFactor",
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
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("secret", core.fields.EncryptedTextField(verbose_name="密钥")),
                        (
                            "last_step",
                            models.BigIntegerField(default=-1, verbose_name="最近使用的时间步"),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="创建时间"),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="second_factor",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="用户",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "动态口令",
                        "verbose_name_plural": "动态口令",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="UserSession",
                    fields=[
                        (
                            "session_key",
                            models.CharField(
                                max_length=40,
                                primary_key=True,
                                serialize=False,
                                verbose_name="session key",
                            ),
                        ),
                        ("session_data", models.TextField(verbose_name="session data")),
                        (
                            "expire_date",
                            models.DateTimeField(db_index=True, verbose_name="expire date"),
                        ),
                        ("address", models.GenericIPAddressField(null=True, verbose_name="地址")),
                        (
                            "browser",
                            models.CharField(blank=True, max_length=200, verbose_name="浏览器"),
                        ),
                        ("signed_in_at", models.DateTimeField(null=True, verbose_name="登录时间")),
                        ("active_at", models.DateTimeField(null=True, verbose_name="最近操作")),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sessions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "会话",
                        "verbose_name_plural": "会话",
                        "ordering": ["-signed_in_at"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
