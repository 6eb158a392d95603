import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.schema


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "0006_dues_and_training_rules"),
    ]

    operations = [
        core.schema.CreateModels(
            creations=[
                migrations.CreateModel(
                    name="CoverageFact",
                    fields=[
                        (
                            "enterprise",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="enterprises.enterprise",
                                verbose_name="企业",
                            ),
                        ),
                        (
                            "operating_status",
                            models.CharField(
                                choices=[
                                    ("in_operation", "存续"),
                                    ("suspended", "歇业"),
                                    ("revoked", "吊销未注销"),
                                    ("deregistered", "注销"),
                                    ("relocated", "迁出"),
                                ],
                                max_length=14,
                                verbose_name="登记状态",
                            ),
                        ),
                        (
                            "ownership",
                            models.CharField(
                                choices=[
                                    ("private", "私营企业"),
                                    ("hmt", "港澳台商投资企业"),
                                    ("foreign", "外商投资企业"),
                                    ("public", "公有控股"),
                                    ("unknown", "待认定"),
                                ],
                                max_length=8,
                                verbose_name="控股情况",
                            ),
                        ),
                        (
                            "employee_count",
                            models.IntegerField(null=True, verbose_name="从业人员数(人)"),
                        ),
                        (
                            "annual_revenue",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="年营业收入(元)",
                            ),
                        ),
                        ("member_count", models.IntegerField(null=True, verbose_name="党员数(人)")),
                        (
                            "full_member_count",
                            models.IntegerField(null=True, verbose_name="正式党员数(人)"),
                        ),
                        (
                            "is_statistical_scale",
                            models.BooleanField(null=True, verbose_name="规模以上(统计口径)"),
                        ),
                        (
                            "is_party_scale",
                            models.BooleanField(null=True, verbose_name="规模以上(党建口径)"),
                        ),
                        (
                            "in_base_list",
                            models.BooleanField(null=True, verbose_name="纳入党建基数"),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("single", "单独组建"),
                                    ("joint", "联合组建"),
                                    ("hosted", "依托建"),
                                    ("attached", "挂靠建"),
                                    ("grid", "网格建"),
                                ],
                                max_length=10,
                                null=True,
                                verbose_name="组建形式",
                            ),
                        ),
                        (
                            "organization_kind",
                            models.CharField(
                                choices=[
                                    ("local_committee", "地方党委"),
                                    ("work_committee", "党工委"),
                                    ("committee", "党委"),
                                    ("general_branch", "党总支"),
                                    ("branch", "党支部"),
                                    ("joint_branch", "联合党支部"),
                                ],
                                max_length=16,
                                null=True,
                                verbose_name="党组织类别",
                            ),
                        ),
                        ("since", models.DateField(null=True, verbose_name="覆盖起始日期")),
                        ("has_instructor", models.BooleanField(verbose_name="有指导员")),
                        ("has_mass", models.BooleanField(verbose_name="有群团组织")),
                    ],
                    options={
                        "verbose_name": "覆盖情况",
                        "verbose_name_plural": "覆盖情况",
                        "managed": False,
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="CoverageRun",
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
                        ("as_of", models.DateField(verbose_name="时点")),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("nightly", "每夜核算"),
                                    ("import", "导入后核算"),
                                    ("manual", "人工核算"),
                                ],
                                max_length=8,
                                verbose_name="起因",
                            ),
                        ),
                        (
                            "rules",
                            models.JSONField(
                                default=dict,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="口径参数",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="核算时间"),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="发布时间"),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发布人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "覆盖率核算",
                        "verbose_name_plural": "覆盖率核算",
                        "ordering": ["-as_of", "-id"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("as_of"),
                                condition=models.Q(("published_at__isnull", True)),
                                name="reports_run_once",
                                violation_error_message="该时点已有一次未发布的核算",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoverageFigure",
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
                        ("population", models.CharField(max_length=20, verbose_name="口径")),
                        (
                            "path",
                            models.CharField(
                                db_collation="C", max_length=255, verbose_name="责任党组织路径"
                            ),
                        ),
                        ("counts", models.JSONField(default=dict, verbose_name="计数")),
                        (
                            "unclaimed",
                            models.PositiveIntegerField(default=0, verbose_name="未认领企业"),
                        ),
                        (
                            "nameless",
                            models.PositiveIntegerField(
                                default=0, verbose_name="未登记企业的联合党支部"
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.area",
                                verbose_name="辖区",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="figures",
                                to="reports.coveragerun",
                                verbose_name="核算",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "核算结果",
                        "verbose_name_plural": "核算结果",
                        "ordering": ["run", "population", "id"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("run"),
                                models.F("population"),
                                models.F("area"),
                                name="reports_figure_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LedgerIssue",
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
                        ("key", models.CharField(max_length=40, verbose_name="台账")),
                        ("as_of", models.DateField(verbose_name="截至日期")),
                        (
                            "version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="版本"),
                        ),
                        ("row_count", models.PositiveIntegerField(default=0, verbose_name="行数")),
                        ("file", models.CharField(max_length=300, verbose_name="存放位置")),
                        ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                        ("sha256", models.CharField(max_length=64, verbose_name="校验值")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="更正说明"),
                        ),
                        (
                            "issued_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="生成时间"),
                        ),
                        (
                            "locked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="发布时间"),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.area",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="生成人",
                            ),
                        ),
                        (
                            "locked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发布人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "台账印发版本",
                        "verbose_name_plural": "台账印发版本",
                        "ordering": ["-as_of", "key", "-version"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("key"),
                                models.F("area"),
                                models.F("as_of"),
                                models.F("version"),
                                name="reports_issue_once",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
