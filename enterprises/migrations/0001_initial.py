import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import core.dates
import core.schema
import core.validity
import enterprises.models.contact


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0003_audit_seal"),
    ]

    operations = [
        core.schema.CreateModels(
            creations=[
                migrations.CreateModel(
                    name="Enterprise",
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
                            "uscc",
                            models.CharField(
                                blank=True,
                                max_length=18,
                                null=True,
                                unique=True,
                                verbose_name="统一社会信用代码",
                            ),
                        ),
                        (
                            "registration_number",
                            models.CharField(blank=True, max_length=15, verbose_name="注册号"),
                        ),
                        (
                            "organization_code",
                            models.CharField(blank=True, max_length=9, verbose_name="组织机构代码"),
                        ),
                        ("name", models.CharField(max_length=300, verbose_name="企业名称")),
                        (
                            "legal_representative",
                            models.CharField(blank=True, max_length=120, verbose_name="法定代表人"),
                        ),
                        (
                            "enterprise_type",
                            models.CharField(blank=True, max_length=120, verbose_name="企业类型"),
                        ),
                        (
                            "registered_capital",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=20,
                                null=True,
                                verbose_name="注册资本(元)",
                            ),
                        ),
                        (
                            "capital_currency",
                            models.CharField(blank=True, max_length=12, verbose_name="币种"),
                        ),
                        (
                            "established_on",
                            models.DateField(blank=True, null=True, verbose_name="成立日期"),
                        ),
                        (
                            "approved_on",
                            models.DateField(blank=True, null=True, verbose_name="核准日期"),
                        ),
                        (
                            "registered_address",
                            models.CharField(blank=True, max_length=600, verbose_name="住所"),
                        ),
                        (
                            "business_address",
                            models.CharField(blank=True, max_length=600, verbose_name="经营地址"),
                        ),
                        (
                            "registration_authority",
                            models.CharField(blank=True, max_length=120, verbose_name="登记机关"),
                        ),
                        (
                            "industry_code",
                            models.CharField(blank=True, max_length=8, verbose_name="行业代码"),
                        ),
                        (
                            "industry",
                            models.CharField(blank=True, max_length=120, verbose_name="行业"),
                        ),
                        ("business_scope", models.TextField(blank=True, verbose_name="经营范围")),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=120, verbose_name="联系电话"),
                        ),
                        (
                            "extra",
                            models.JSONField(blank=True, default=dict, verbose_name="其他登记信息"),
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
                                default="in_operation",
                                max_length=14,
                                verbose_name="登记状态",
                            ),
                        ),
                        (
                            "unit_kind",
                            models.CharField(
                                choices=[
                                    ("enterprise", "企业法人"),
                                    ("branch", "分支机构"),
                                    ("individual", "个体工商户"),
                                    ("cooperative", "农民专业合作社"),
                                    ("other", "其他单位"),
                                ],
                                default="enterprise",
                                max_length=12,
                                verbose_name="单位类别",
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
                                default="unknown",
                                max_length=8,
                                verbose_name="控股情况",
                            ),
                        ),
                        (
                            "ownership_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="认定理由"),
                        ),
                        (
                            "ownership_confirmed",
                            models.BooleanField(default=False, verbose_name="已由工作人员认定"),
                        ),
                        (
                            "area_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="归属理由"),
                        ),
                        (
                            "pinyin",
                            models.CharField(
                                blank=True, db_collation="C", editable=False, max_length=600
                            ),
                        ),
                        (
                            "initials",
                            models.CharField(
                                blank=True, db_collation="C", editable=False, max_length=300
                            ),
                        ),
                        (
                            "bigrams",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=4),
                                default=list,
                                editable=False,
                                size=None,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="入库时间"),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(auto_now=True, verbose_name="更新时间"),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registered_enterprises",
                                to="organizations.area",
                                verbose_name="县",
                            ),
                        ),
                        (
                            "reporting_area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enterprises",
                                to="organizations.area",
                                verbose_name="统计辖区",
                            ),
                        ),
                        (
                            "area_confirmed",
                            models.BooleanField(default=False, verbose_name="归属已由工作人员确认"),
                        ),
                        (
                            "name_key",
                            models.CharField(
                                blank=True, db_collation="C", editable=False, max_length=300
                            ),
                        ),
                        (
                            "outside_county",
                            models.BooleanField(default=False, verbose_name="代码和住所均不在本县"),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="enterprises.enterprise",
                                verbose_name="并入企业",
                            ),
                        ),
                        (
                            "unclaimed_since",
                            models.DateField(blank=True, null=True, verbose_name="待认领起始日期"),
                        ),
                    ],
                    options={
                        "verbose_name": "企业",
                        "verbose_name_plural": "企业",
                        "ordering": ["pinyin", "id"],
                        "indexes": [
                            models.Index(models.F("registration_number"), name="enterprises_regno"),
                            models.Index(models.F("organization_code"), name="enterprises_orgcode"),
                            models.Index(
                                models.F("reporting_area"),
                                models.F("pinyin"),
                                models.F("id"),
                                name="enterprises_by_area",
                            ),
                            models.Index(
                                models.F("county"),
                                models.F("pinyin"),
                                models.F("id"),
                                name="enterprises_by_county",
                            ),
                            models.Index(
                                models.F("pinyin"), models.F("id"), name="enterprises_by_pinyin"
                            ),
                            models.Index(models.F("initials"), name="enterprises_initials"),
                            django.contrib.postgres.indexes.GinIndex(
                                models.F("bigrams"), name="enterprises_bigrams"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass(
                                    "name", name="gin_trgm_ops"
                                ),
                                name="enterprises_name_trgm",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass(
                                    "initials", name="gin_trgm_ops"
                                ),
                                name="enterprises_initials_trgm",
                            ),
                            models.Index(
                                models.F("county"),
                                models.F("unclaimed_since"),
                                condition=models.Q(("unclaimed_since__isnull", False)),
                                name="enterprises_unclaimed",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass(
                                    "pinyin", name="gin_trgm_ops"
                                ),
                                name="enterprises_pinyin_trgm",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass(
                                    "uscc", name="gin_trgm_ops"
                                ),
                                name="enterprises_uscc_trgm",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("uscc__isnull", True),
                                    ("uscc", django.db.models.functions.text.Upper("uscc")),
                                    _connector="OR",
                                ),
                                name="enterprises_uscc_upper",
                                violation_error_message="统一社会信用代码应为大写",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoverageLink",
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
                                verbose_name="组建形式",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=60, verbose_name="来源"),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="原因"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="coverage_links",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="coverage_links",
                                to="enterprises.enterprise",
                                verbose_name="企业",
                            ),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="文号"),
                        ),
                        (
                            "end_document",
                            models.CharField(blank=True, max_length=100, verbose_name="终止文号"),
                        ),
                        (
                            "end_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="终止原因"),
                        ),
                    ],
                    options={
                        "verbose_name": "覆盖关系",
                        "verbose_name_plural": "覆盖关系",
                        "ordering": ["enterprise", "-valid_from"],
                        "abstract": False,
                        "indexes": [
                            models.Index(models.F("organization"), name="enterprises_coverage_org")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="enterprises_coveragelink_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("enterprise", "="),
                                    ("organization", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="enterprises_coverage_once",
                                violation_error_message="该企业在此时段已由这个党组织覆盖",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("mode", "single")),
                                expressions=[
                                    ("organization", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="enterprises_coverage_own",
                                violation_error_message="该党组织在此时段已在另一家企业单独组建",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnterprisePeriod",
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
                            "unit_kind",
                            models.CharField(
                                choices=[
                                    ("enterprise", "企业法人"),
                                    ("branch", "分支机构"),
                                    ("individual", "个体工商户"),
                                    ("cooperative", "农民专业合作社"),
                                    ("other", "其他单位"),
                                ],
                                max_length=12,
                                verbose_name="单位类别",
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
                            "source",
                            models.CharField(blank=True, max_length=60, verbose_name="来源"),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="原因"),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="periods",
                                to="enterprises.enterprise",
                                verbose_name="企业",
                            ),
                        ),
                        (
                            "reporting_area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.area",
                                verbose_name="统计辖区",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enterprises.censusbatch",
                                verbose_name="导入批次",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "企业状态时段",
                        "verbose_name_plural": "企业状态时段",
                        "ordering": ["enterprise", "valid_from"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="enterprises_enterpriseperiod_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("enterprise", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="enterprises_period_once",
                                violation_error_message="该时段已有企业状态",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnterpriseYear",
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
                        ("reference_date", models.DateField(verbose_name="普查时点")),
                        (
                            "employee_count",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="从业人员数(人)"
                            ),
                        ),
                        (
                            "annual_revenue",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="年营业收入(元)",
                            ),
                        ),
                        (
                            "member_count",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="党员数(人)"
                            ),
                        ),
                        (
                            "full_member_count",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="正式党员数(人)"
                            ),
                        ),
                        (
                            "is_statistical_scale",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="规模以上(统计口径)"
                            ),
                        ),
                        (
                            "is_party_scale",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="规模以上(党建口径)"
                            ),
                        ),
                        (
                            "in_base_list",
                            models.BooleanField(default=True, verbose_name="纳入党建基数"),
                        ),
                        (
                            "exclusion_reason",
                            models.CharField(blank=True, max_length=60, verbose_name="剔除原因"),
                        ),
                        (
                            "reported",
                            models.JSONField(blank=True, default=dict, verbose_name="填报值"),
                        ),
                        (
                            "seen_by",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="在册来源",
                            ),
                        ),
                        (
                            "not_seen_by",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="本次未见来源",
                            ),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="years",
                                to="enterprises.enterprise",
                                verbose_name="企业",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enterprises.censusbatch",
                                verbose_name="导入批次",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "企业年度记录",
                        "verbose_name_plural": "企业年度记录",
                        "ordering": ["enterprise", "-reference_date"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("enterprise"),
                                models.F("reference_date"),
                                name="enterprises_year_once",
                                violation_error_message="该企业在此普查时点已有记录",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MassOrganization",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("union", "工会"),
                                    ("youth_league", "共青团"),
                                    ("women", "妇联"),
                                ],
                                max_length=14,
                                verbose_name="类别",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="名称")),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mass_organizations",
                                to="enterprises.enterprise",
                                verbose_name="企业",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "群团组织",
                        "verbose_name_plural": "群团组织",
                        "ordering": ["enterprise", "kind", "-valid_from"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="enterprises_massorganization_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("enterprise", "="),
                                    ("kind", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="enterprises_mass_once",
                                violation_error_message="同一时段已有记录",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NameHistory",
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
                            "what",
                            models.CharField(
                                choices=[
                                    ("name", "企业名称"),
                                    ("uscc", "统一社会信用代码"),
                                    ("registration_number", "注册号"),
                                ],
                                max_length=20,
                                verbose_name="项目",
                            ),
                        ),
                        ("value", models.CharField(max_length=300, verbose_name="原值")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="原因"),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="former_names",
                                to="enterprises.enterprise",
                                verbose_name="企业",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enterprises.censusbatch",
                                verbose_name="导入批次",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "曾用名",
                        "verbose_name_plural": "曾用名",
                        "ordering": ["enterprise", "-valid_from"],
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                models.F("what"), models.F("value"), name="enterprises_former_value"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="enterprises_namehistory_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CensusBatch",
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
                            "source",
                            models.CharField(
                                choices=[
                                    ("registry", "市场监管"),
                                    ("economy", "经信"),
                                    ("civil_affairs", "民政"),
                                    ("tax", "税务"),
                                    ("statistics", "统计"),
                                    ("commerce", "商务"),
                                    ("township", "乡镇园区填报"),
                                    ("other", "其他"),
                                ],
                                max_length=20,
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "is_partial",
                            models.BooleanField(
                                default=False,
                                help_text="不据此判断本次未见",
                                verbose_name="补充名单",
                            ),
                        ),
                        ("file", models.CharField(max_length=300, verbose_name="存放位置")),
                        ("sha256", models.CharField(max_length=64, verbose_name="校验值")),
                        (
                            "original_name",
                            models.CharField(max_length=200, verbose_name="原文件名"),
                        ),
                        ("size", models.BigIntegerField(verbose_name="字节数")),
                        (
                            "layout",
                            models.JSONField(
                                blank=True, default=dict, verbose_name="工作表和列对应"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "已接收"),
                                    ("parsed", "已读取"),
                                    ("staged", "已暂存"),
                                    ("reconciled", "待核对"),
                                    ("decided", "待写入"),
                                    ("applied", "已写入"),
                                    ("undone", "已撤销"),
                                    ("failed", "未成功"),
                                    ("cancelled", "已取消"),
                                ],
                                default="received",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("error", models.TextField(blank=True, verbose_name="未成功的原因")),
                        (
                            "counts",
                            models.JSONField(blank=True, default=dict, verbose_name="行数核对"),
                        ),
                        (
                            "issue_counts",
                            models.JSONField(blank=True, default=dict, verbose_name="问题数"),
                        ),
                        (
                            "buckets",
                            models.JSONField(blank=True, default=dict, verbose_name="核对结果"),
                        ),
                        (
                            "register_mark",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="核对时的名册状态"
                            ),
                        ),
                        (
                            "needs_reconcile",
                            models.BooleanField(default=False, verbose_name="须重新核对"),
                        ),
                        (
                            "seconds",
                            models.JSONField(blank=True, default=dict, verbose_name="用时(秒)"),
                        ),
                        (
                            "receipt",
                            models.JSONField(blank=True, default=dict, verbose_name="回执"),
                        ),
                        (
                            "undo_receipt",
                            models.JSONField(blank=True, default=dict, verbose_name="撤销回执"),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="上传时间"),
                        ),
                        (
                            "applied_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="写入时间"),
                        ),
                        (
                            "undone_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="撤销时间"),
                        ),
                        (
                            "applied_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="写入人",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                help_text="乡镇园区上报时只涉及本辖区的企业",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.area",
                                verbose_name="填报辖区",
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
                                verbose_name="上传人",
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="撤销人",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="batches",
                                to="enterprises.censusround",
                                verbose_name="普查",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "导入批次",
                        "verbose_name_plural": "导入批次",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(models.F("sha256"), name="enterprises_batch_hash")
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="CensusIssue",
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
                        ("sheet", models.PositiveSmallIntegerField(verbose_name="工作表")),
                        ("row_number", models.PositiveIntegerField(verbose_name="行号")),
                        ("field", models.CharField(blank=True, max_length=40, verbose_name="项目")),
                        (
                            "column",
                            models.CharField(blank=True, max_length=120, verbose_name="列名"),
                        ),
                        ("code", models.CharField(max_length=40, verbose_name="问题")),
                        (
                            "severity",
                            models.CharField(
                                choices=[
                                    ("error", "错误"),
                                    ("warning", "警告"),
                                    ("notice", "提示"),
                                ],
                                max_length=8,
                                verbose_name="程度",
                            ),
                        ),
                        (
                            "value",
                            models.CharField(blank=True, max_length=120, verbose_name="单元格内容"),
                        ),
                        (
                            "other_row",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="相关行号"
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.censusbatch",
                                verbose_name="批次",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "核查问题",
                        "verbose_name_plural": "核查问题",
                        "ordering": ["batch", "sheet", "row_number", "id"],
                        "indexes": [
                            models.Index(
                                models.F("batch"),
                                models.F("sheet"),
                                models.F("row_number"),
                                name="enterprises_issue_row",
                            ),
                            models.Index(
                                models.F("batch"), models.F("code"), name="enterprises_issue_code"
                            ),
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="CensusRound",
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
                        ("reference_date", models.DateField(verbose_name="普查时点")),
                        ("name", models.CharField(max_length=60, verbose_name="名称")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "进行中"), ("closed", "已结束")],
                                default="open",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="开始时间"),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="organizations.area",
                                verbose_name="县",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "普查",
                        "verbose_name_plural": "普查",
                        "ordering": ["-reference_date"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("county"),
                                models.F("reference_date"),
                                name="enterprises_round_once",
                                violation_error_message="该普查时点已有一轮普查",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ColumnMapping",
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
                            "header_signature",
                            models.CharField(max_length=64, verbose_name="表头特征"),
                        ),
                        (
                            "fields",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(blank=True, max_length=40),
                                size=None,
                                verbose_name="列对应",
                            ),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(auto_now=True, verbose_name="更新时间"),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to="organizations.partyorganization",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "列对应记忆",
                        "verbose_name_plural": "列对应记忆",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("unit"),
                                models.F("header_signature"),
                                name="enterprises_mapping_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegisterChange",
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
                            "what",
                            models.CharField(
                                choices=[
                                    ("created", "新增入库"),
                                    ("changed", "更新"),
                                    ("year", "年度记录"),
                                    ("period", "状态时段"),
                                ],
                                max_length=8,
                                verbose_name="类别",
                            ),
                        ),
                        ("before", models.JSONField(blank=True, null=True, verbose_name="变更前")),
                        ("after", models.JSONField(blank=True, null=True, verbose_name="变更后")),
                        (
                            "undone",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "未撤销"),
                                    ("reversed", "已撤销"),
                                    ("kept", "保留后来的修改"),
                                    ("impossible", "不能撤销"),
                                ],
                                max_length=10,
                                verbose_name="撤销结果",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=200, verbose_name="撤销说明"),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="enterprises.censusbatch",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.enterprise",
                                verbose_name="企业",
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.stagedrow",
                                verbose_name="行",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "批次变更",
                        "verbose_name_plural": "批次变更",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                models.F("enterprise"), models.F("id"), name="enterprises_change_of"
                            )
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="RowDecision",
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
                        ("field", models.CharField(blank=True, max_length=40, verbose_name="项目")),
                        (
                            "choice",
                            models.CharField(
                                choices=[
                                    ("adopt", "采用本次"),
                                    ("keep", "保留系统"),
                                    ("later", "稍后"),
                                    ("same_as", "是同一家"),
                                    ("separate", "不是同一家"),
                                    ("confirm", "确认无误"),
                                    ("include", "纳入"),
                                    ("exclude", "不纳入"),
                                    ("deregistered", "已注销"),
                                    ("relocated", "已迁出"),
                                    ("omitted", "名单漏报"),
                                    ("pending", "待核"),
                                ],
                                max_length=14,
                                verbose_name="决定",
                            ),
                        ),
                        (
                            "enterprise_version",
                            models.PositiveIntegerField(null=True, verbose_name="决定时的企业版本"),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="理由"),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(auto_now=True, verbose_name="决定时间"),
                        ),
                        (
                            "absent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.enterprise",
                                verbose_name="未见企业",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.censusbatch",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="决定人",
                            ),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.enterprise",
                                verbose_name="同一企业",
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.stagedrow",
                                verbose_name="行",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "核对决定",
                        "verbose_name_plural": "核对决定",
                        "ordering": ["batch", "id"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("batch"),
                                models.F("row"),
                                models.F("absent"),
                                models.F("field"),
                                name="enterprises_decision_once",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RowOutcome",
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
                            "bucket",
                            models.CharField(
                                choices=[
                                    ("new", "新增"),
                                    ("changed", "有变化"),
                                    ("same", "无变化"),
                                    ("not_seen", "本次未见"),
                                    ("possible_match", "疑似同一企业"),
                                    ("error", "错误"),
                                ],
                                max_length=14,
                                verbose_name="结果",
                            ),
                        ),
                        (
                            "enterprise_version",
                            models.PositiveIntegerField(null=True, verbose_name="核对时的企业版本"),
                        ),
                        (
                            "basis",
                            models.CharField(blank=True, max_length=30, verbose_name="匹配依据"),
                        ),
                        (
                            "candidates",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                default=list,
                                size=None,
                                verbose_name="疑似企业",
                            ),
                        ),
                        (
                            "changed",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                default=list,
                                size=None,
                                verbose_name="自动采用",
                            ),
                        ),
                        (
                            "asked",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                default=list,
                                size=None,
                                verbose_name="须核对",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.censusbatch",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.enterprise",
                                verbose_name="企业",
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.stagedrow",
                                verbose_name="行",
                            ),
                        ),
                        (
                            "repeated",
                            models.BooleanField(default=False, verbose_name="与上次名单相同"),
                        ),
                    ],
                    options={
                        "verbose_name": "核对结果",
                        "verbose_name_plural": "核对结果",
                        "ordering": ["batch", "bucket", "id"],
                        "indexes": [
                            models.Index(
                                models.F("batch"),
                                models.F("bucket"),
                                models.F("id"),
                                name="enterprises_outcome_bucket",
                            )
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SourceRecord",
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
                            "source",
                            models.CharField(
                                choices=[
                                    ("registry", "市场监管"),
                                    ("economy", "经信"),
                                    ("civil_affairs", "民政"),
                                    ("tax", "税务"),
                                    ("statistics", "统计"),
                                    ("commerce", "商务"),
                                    ("township", "乡镇园区填报"),
                                    ("other", "其他"),
                                ],
                                max_length=20,
                                verbose_name="来源",
                            ),
                        ),
                        ("reference_date", models.DateField(verbose_name="普查时点")),
                        ("digest", models.BigIntegerField(verbose_name="内容指纹")),
                        (
                            "batch",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.censusbatch",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="organizations.area",
                                verbose_name="县",
                            ),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="source_records",
                                to="enterprises.enterprise",
                                verbose_name="企业",
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.stagedrow",
                                verbose_name="行",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "来源记录",
                        "verbose_name_plural": "来源记录",
                        "ordering": ["enterprise", "source", "-reference_date", "-id"],
                        "indexes": [
                            models.Index(
                                models.F("county"),
                                models.F("source"),
                                models.F("enterprise"),
                                name="enterprises_source_of",
                            )
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="StagedRow",
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
                            "uscc",
                            models.CharField(
                                blank=True,
                                max_length=18,
                                null=True,
                                verbose_name="统一社会信用代码",
                            ),
                        ),
                        (
                            "registration_number",
                            models.CharField(blank=True, max_length=15, verbose_name="注册号"),
                        ),
                        (
                            "organization_code",
                            models.CharField(blank=True, max_length=9, verbose_name="组织机构代码"),
                        ),
                        ("name", models.CharField(max_length=300, verbose_name="企业名称")),
                        (
                            "legal_representative",
                            models.CharField(blank=True, max_length=120, verbose_name="法定代表人"),
                        ),
                        (
                            "enterprise_type",
                            models.CharField(blank=True, max_length=120, verbose_name="企业类型"),
                        ),
                        (
                            "registered_capital",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=20,
                                null=True,
                                verbose_name="注册资本(元)",
                            ),
                        ),
                        (
                            "capital_currency",
                            models.CharField(blank=True, max_length=12, verbose_name="币种"),
                        ),
                        (
                            "established_on",
                            models.DateField(blank=True, null=True, verbose_name="成立日期"),
                        ),
                        (
                            "approved_on",
                            models.DateField(blank=True, null=True, verbose_name="核准日期"),
                        ),
                        (
                            "registered_address",
                            models.CharField(blank=True, max_length=600, verbose_name="住所"),
                        ),
                        (
                            "business_address",
                            models.CharField(blank=True, max_length=600, verbose_name="经营地址"),
                        ),
                        (
                            "registration_authority",
                            models.CharField(blank=True, max_length=120, verbose_name="登记机关"),
                        ),
                        (
                            "industry_code",
                            models.CharField(blank=True, max_length=8, verbose_name="行业代码"),
                        ),
                        (
                            "industry",
                            models.CharField(blank=True, max_length=120, verbose_name="行业"),
                        ),
                        ("business_scope", models.TextField(blank=True, verbose_name="经营范围")),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=120, verbose_name="联系电话"),
                        ),
                        (
                            "extra",
                            models.JSONField(blank=True, default=dict, verbose_name="其他登记信息"),
                        ),
                        (
                            "name_key",
                            models.CharField(
                                blank=True, db_collation="C", editable=False, max_length=300
                            ),
                        ),
                        (
                            "employee_count",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="从业人员数(人)"
                            ),
                        ),
                        (
                            "annual_revenue",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="年营业收入(元)",
                            ),
                        ),
                        (
                            "member_count",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="党员数(人)"
                            ),
                        ),
                        (
                            "full_member_count",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="正式党员数(人)"
                            ),
                        ),
                        (
                            "is_statistical_scale",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="规模以上(统计口径)"
                            ),
                        ),
                        ("sheet", models.PositiveSmallIntegerField(verbose_name="工作表")),
                        ("row_number", models.PositiveIntegerField(verbose_name="行号")),
                        (
                            "raw",
                            models.TextField(help_text="以 U+001F 分隔", verbose_name="原始单元格"),
                        ),
                        ("digest", models.BigIntegerField(verbose_name="内容指纹")),
                        (
                            "fault",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "无"),
                                    ("confirmable", "可确认的错误"),
                                    ("fatal", "错误"),
                                ],
                                max_length=12,
                                verbose_name="错误",
                            ),
                        ),
                        (
                            "operating_status",
                            models.CharField(
                                blank=True,
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
                            "unit_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("enterprise", "企业法人"),
                                    ("branch", "分支机构"),
                                    ("individual", "个体工商户"),
                                    ("cooperative", "农民专业合作社"),
                                    ("other", "其他单位"),
                                ],
                                max_length=12,
                                verbose_name="单位类别",
                            ),
                        ),
                        (
                            "ownership",
                            models.CharField(
                                blank=True,
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
                            "ownership_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="认定理由"),
                        ),
                        (
                            "area_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="归属理由"),
                        ),
                        (
                            "outside_county",
                            models.BooleanField(default=False, verbose_name="代码和住所均不在本县"),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.censusbatch",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "reporting_area",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="organizations.area",
                                verbose_name="统计辖区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "待核数据",
                        "verbose_name_plural": "待核数据",
                        "ordering": ["batch", "sheet", "row_number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("batch"),
                                models.F("sheet"),
                                models.F("row_number"),
                                name="enterprises_staged_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoverageBatch",
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
                            "scope_path",
                            models.CharField(
                                db_collation="C",
                                help_text="只涉及这一党组织及下级的企业和党组织",
                                max_length=255,
                                verbose_name="数据范围",
                            ),
                        ),
                        (
                            "as_of",
                            models.DateField(help_text="表中情况截至的日期", verbose_name="时点"),
                        ),
                        ("file", models.CharField(max_length=300, verbose_name="存放位置")),
                        ("sha256", models.CharField(max_length=64, verbose_name="校验值")),
                        (
                            "original_name",
                            models.CharField(max_length=200, verbose_name="原文件名"),
                        ),
                        (
                            "form",
                            models.CharField(
                                blank=True,
                                choices=[("ledger", "党建工作台账"), ("short", "覆盖关系简表")],
                                max_length=8,
                                verbose_name="表式",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "已接收"),
                                    ("planned", "待写入"),
                                    ("applied", "已写入"),
                                    ("undone", "已撤销"),
                                    ("failed", "未成功"),
                                ],
                                default="received",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("error", models.TextField(blank=True, verbose_name="未成功的原因")),
                        (
                            "remarks",
                            models.JSONField(blank=True, default=list, verbose_name="读取说明"),
                        ),
                        (
                            "counts",
                            models.JSONField(blank=True, default=dict, verbose_name="核对结果"),
                        ),
                        (
                            "replaces",
                            models.BooleanField(
                                default=False,
                                help_text="与现有覆盖关系不一致的，结束现有关系",
                                verbose_name="以文件为准",
                            ),
                        ),
                        (
                            "receipt",
                            models.JSONField(blank=True, default=dict, verbose_name="回执"),
                        ),
                        (
                            "undo_receipt",
                            models.JSONField(blank=True, default=dict, verbose_name="撤销回执"),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="上传时间"),
                        ),
                        (
                            "applied_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="写入时间"),
                        ),
                        (
                            "undone_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="撤销时间"),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="coverage_batches",
                                to="organizations.area",
                                verbose_name="县",
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
                                verbose_name="上传人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "覆盖情况导入",
                        "verbose_name_plural": "覆盖情况导入",
                        "ordering": ["-id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="CoverageRow",
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
                            "sheet",
                            models.CharField(blank=True, max_length=60, verbose_name="工作表"),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="行号")),
                        (
                            "stated",
                            models.JSONField(
                                default=dict,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="表中内容",
                            ),
                        ),
                        (
                            "problems",
                            models.JSONField(blank=True, default=list, verbose_name="问题"),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("link", "建立关系"),
                                    ("same", "已有相同关系"),
                                    ("facts", "无党组织"),
                                    ("conflict", "与现有关系不一致"),
                                    ("not_found", "企业库没有"),
                                    ("error", "错误"),
                                ],
                                max_length=10,
                                verbose_name="处理",
                            ),
                        ),
                        (
                            "message",
                            models.CharField(blank=True, max_length=300, verbose_name="说明"),
                        ),
                        (
                            "new_organization",
                            models.CharField(blank=True, max_length=120, verbose_name="新建党组织"),
                        ),
                        (
                            "mode",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("single", "单独组建"),
                                    ("joint", "联合组建"),
                                    ("hosted", "依托建"),
                                    ("attached", "挂靠建"),
                                    ("grid", "网格建"),
                                ],
                                max_length=10,
                                verbose_name="组建形式",
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True, verbose_name="起始日期")),
                        (
                            "written",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                editable=False,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="已写入",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="enterprises.coveragebatch",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.enterprise",
                                verbose_name="企业",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "覆盖情况导入行",
                        "verbose_name_plural": "覆盖情况导入行",
                        "ordering": ["batch", "id"],
                        "indexes": [
                            models.Index(
                                models.F("batch"),
                                models.F("outcome"),
                                name="enterprises_coverage_row",
                            )
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="FormationPlan",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("identified", "已识别"),
                                    ("planned", "已计划"),
                                    ("preparing", "筹建"),
                                    ("approved", "已批准"),
                                    ("working", "运行"),
                                    ("closed", "撤并"),
                                ],
                                default="identified",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("full_members", "正式党员达到单独建立人数"),
                                    ("above_scale", "规模以上"),
                                    ("neighbours", "与相邻企业联合组建"),
                                    ("outgrown", "联合组建企业已达单独建立人数"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="列入原因",
                            ),
                        ),
                        (
                            "identified_on",
                            models.DateField(default=core.dates.today, verbose_name="识别日期"),
                        ),
                        (
                            "mode",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("single", "单独组建"),
                                    ("joint", "联合组建"),
                                    ("hosted", "依托建"),
                                    ("attached", "挂靠建"),
                                    ("grid", "网格建"),
                                ],
                                max_length=10,
                                verbose_name="拟采取形式",
                            ),
                        ),
                        (
                            "proposed_name",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="拟建党组织名称"
                            ),
                        ),
                        (
                            "leader",
                            models.CharField(blank=True, max_length=60, verbose_name="责任领导"),
                        ),
                        (
                            "person",
                            models.CharField(blank=True, max_length=60, verbose_name="责任人"),
                        ),
                        (
                            "planned_on",
                            models.DateField(blank=True, null=True, verbose_name="拟建日期"),
                        ),
                        (
                            "obstacle",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("too_few", "正式党员不足三人"),
                                    ("owner", "企业出资人不支持"),
                                    ("superior", "上级党组织未及时指导"),
                                    ("other", "其他原因"),
                                ],
                                max_length=10,
                                verbose_name="未建原因",
                            ),
                        ),
                        (
                            "measures",
                            models.CharField(blank=True, max_length=300, verbose_name="拟采取措施"),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="批准文号"),
                        ),
                        (
                            "remark",
                            models.CharField(blank=True, max_length=200, verbose_name="备注"),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(auto_now=True, verbose_name="更新时间"),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="formation_plans",
                                to="enterprises.enterprise",
                                verbose_name="企业",
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                blank=True,
                                help_text="建成后的覆盖关系",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="enterprises.coveragelink",
                                verbose_name="覆盖关系",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="formation_plans",
                                to="organizations.partyorganization",
                                verbose_name="责任单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "组建计划",
                        "verbose_name_plural": "组建计划",
                        "ordering": ["-identified_on", "-id"],
                        "indexes": [
                            models.Index(
                                models.F("planned_on"),
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ("identified", "planned", "preparing", "approved"),
                                    )
                                ),
                                name="enterprises_formation_due",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("enterprise"),
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ("identified", "planned", "preparing", "approved"),
                                    )
                                ),
                                name="enterprises_formation_open",
                                violation_error_message="该企业已有未完成的组建计划",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("planned", "preparing", "approved")),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("planned_on__isnull", False), ("unit__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="enterprises_formation_planned",
                                violation_error_message="已计划的须有责任单位和拟建日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    models.Q(("document", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="enterprises_formation_approved",
                                violation_error_message="批准成立须有批准文号",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("planned_on__isnull", True),
                                    ("planned_on__gte", models.F("identified_on")),
                                    _connector="OR",
                                ),
                                name="enterprises_formation_in_order",
                                violation_error_message="拟建日期不能早于识别日期",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormationStep",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("identified", "已识别"),
                                    ("planned", "已计划"),
                                    ("preparing", "筹建"),
                                    ("approved", "已批准"),
                                    ("working", "运行"),
                                    ("closed", "撤并"),
                                ],
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="日期")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="说明"),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="文号"),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="办理时间")),
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
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="enterprises.formationplan",
                                verbose_name="组建计划",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "组建进度",
                        "verbose_name_plural": "组建进度",
                        "ordering": ["plan", "on", "id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="EnterpriseClassification",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("building", "楼宇"),
                                    ("market", "专业市场"),
                                    ("grid", "网格"),
                                    ("chain", "产业链"),
                                ],
                                max_length=10,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="原因"),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="classified_enterprises",
                                to="organizations.area",
                                verbose_name="归类",
                            ),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="classifications",
                                to="enterprises.enterprise",
                                verbose_name="企业",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "企业归类",
                        "verbose_name_plural": "企业归类",
                        "ordering": ["enterprise", "kind", "-valid_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="enterprises_enterpriseclassification_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("enterprise", "="),
                                    ("area", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="enterprises_classified_once",
                                violation_error_message="该企业在此时段已归入这里",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("kind", "chain"), _negated=True),
                                expressions=[
                                    ("enterprise", "="),
                                    ("kind", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="enterprises_one_class_of_a_kind",
                                violation_error_message="该企业在此时段已归入另一个同类辖区，请先终止",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ContactPoint",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("county", "县级领导"),
                                    ("department", "部门领导"),
                                    ("township", "乡镇园区领导"),
                                ],
                                max_length=10,
                                verbose_name="领导层级",
                            ),
                        ),
                        ("leader", models.CharField(max_length=60, verbose_name="领导姓名")),
                        ("post", models.CharField(max_length=120, verbose_name="职务")),
                        (
                            "official_order",
                            models.PositiveSmallIntegerField(
                                default=999,
                                help_text="按领导名单的顺序，小的在前",
                                verbose_name="领导排序",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="联系起始日期")),
                        (
                            "valid_to",
                            models.DateField(
                                help_text="自该日起不再联系", verbose_name="联系终止日期"
                            ),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="安排文号"),
                        ),
                        (
                            "end_reason",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="提前终止原因"
                            ),
                        ),
                        (
                            "summary",
                            models.CharField(blank=True, max_length=1000, verbose_name="年终小结"),
                        ),
                        (
                            "summed_up_on",
                            models.DateField(blank=True, null=True, verbose_name="小结日期"),
                        ),
                        (
                            "remark",
                            models.CharField(blank=True, max_length=200, verbose_name="备注"),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact_points",
                                to="enterprises.enterprise",
                                verbose_name="联系企业",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "领导干部联系点",
                        "verbose_name_plural": "领导干部联系点",
                        "ordering": ["-year", "official_order", "leader", "id"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="enterprises_contactpoint_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("enterprise", "="),
                                    ("level", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="enterprises_contact_once",
                                violation_error_message="该企业在此时段已有同一层级的联系领导",
                            ),
                            models.UniqueConstraint(
                                models.F("year"),
                                models.F("enterprise"),
                                models.F("leader"),
                                name="enterprises_contact_pair_once",
                                violation_error_message="这位领导本年度已联系这家企业",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "valid_from__gte",
                                        enterprises.models.contact.NewYearsDay(models.F("year")),
                                    ),
                                    (
                                        "valid_to__lte",
                                        enterprises.models.contact.NewYearsDay(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("year"), "+", models.Value(1)
                                            )
                                        ),
                                    ),
                                ),
                                name="enterprises_contact_in_year",
                                violation_error_message="联系起止日期应在本年度之内",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("summary", ""), ("summed_up_on__isnull", True)),
                                    models.Q(
                                        models.Q(("summary", ""), _negated=True),
                                        ("summed_up_on__gte", models.F("valid_from")),
                                    ),
                                    _connector="OR",
                                ),
                                name="enterprises_contact_summed_up",
                                violation_error_message="年终小结和小结日期应同时填写，日期不能早于联系起始日期",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactVisit",
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
                            "visited_on",
                            models.DateField(default=core.dates.today, verbose_name="走访日期"),
                        ),
                        (
                            "companions",
                            models.CharField(blank=True, max_length=120, verbose_name="陪同人员"),
                        ),
                        ("content", models.CharField(max_length=1000, verbose_name="走访情况")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "contact_point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="enterprises.contactpoint",
                                verbose_name="联系点",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "领导走访",
                        "verbose_name_plural": "领导走访",
                        "ordering": ["-visited_on", "-id"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("contact_point"),
                                models.F("visited_on"),
                                name="enterprises_visit_once_a_day",
                                violation_error_message="这一天的走访已经登记",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnterpriseRequest",
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
                            "source",
                            models.CharField(
                                choices=[
                                    ("visit", "走访"),
                                    ("contact", "联系领导"),
                                    ("instructor", "党建指导员"),
                                    ("hotline", "热线"),
                                    ("meeting", "座谈会"),
                                    ("grid", "网格"),
                                ],
                                max_length=10,
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("finance", "融资"),
                                    ("labour", "用工"),
                                    ("land", "用地厂房"),
                                    ("utilities", "水电气路"),
                                    ("permits", "审批办证"),
                                    ("policy", "税费政策"),
                                    ("market", "市场开拓"),
                                    ("legal", "法律维权"),
                                    ("party", "党建"),
                                    ("other", "其他"),
                                ],
                                max_length=10,
                                verbose_name="类别",
                            ),
                        ),
                        ("title", models.CharField(max_length=100, verbose_name="诉求")),
                        (
                            "content",
                            models.CharField(blank=True, max_length=1000, verbose_name="具体情况"),
                        ),
                        (
                            "raised_by",
                            models.CharField(blank=True, max_length=60, verbose_name="反映人"),
                        ),
                        (
                            "received_on",
                            models.DateField(default=core.dates.today, verbose_name="收到日期"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "待受理"),
                                    ("accepted", "待交办"),
                                    ("assigned", "办理中"),
                                    ("handled", "待答复"),
                                    ("answered", "待企业确认"),
                                    ("confirmed", "待办结"),
                                    ("closed", "已办结"),
                                    ("declined", "不予受理"),
                                ],
                                default="received",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(blank=True, max_length=100, verbose_name="承办单位"),
                        ),
                        (
                            "person",
                            models.CharField(blank=True, max_length=60, verbose_name="承办人"),
                        ),
                        (
                            "due_on",
                            models.DateField(blank=True, null=True, verbose_name="办理期限"),
                        ),
                        (
                            "result",
                            models.CharField(blank=True, max_length=1000, verbose_name="办理结果"),
                        ),
                        (
                            "handled_on",
                            models.DateField(blank=True, null=True, verbose_name="办理日期"),
                        ),
                        (
                            "answer",
                            models.CharField(blank=True, max_length=1000, verbose_name="答复内容"),
                        ),
                        (
                            "answered_on",
                            models.DateField(blank=True, null=True, verbose_name="答复日期"),
                        ),
                        (
                            "satisfaction",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("satisfied", "满意"),
                                    ("fair", "基本满意"),
                                    ("dissatisfied", "不满意"),
                                ],
                                max_length=12,
                                verbose_name="企业评价",
                            ),
                        ),
                        (
                            "confirmed_on",
                            models.DateField(blank=True, null=True, verbose_name="确认日期"),
                        ),
                        (
                            "ended_on",
                            models.DateField(blank=True, null=True, verbose_name="办结日期"),
                        ),
                        (
                            "return_count",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="退回次数"
                            ),
                        ),
                        (
                            "contact_point",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="enterprises.contactpoint",
                                verbose_name="联系点",
                            ),
                        ),
                        (
                            "earlier",
                            models.ForeignKey(
                                blank=True,
                                help_text="同一企业此前反映过的同一问题",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repeats",
                                to="enterprises.enterpriserequest",
                                verbose_name="重复的诉求",
                            ),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="enterprises.enterprise",
                                verbose_name="企业",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="enterprises.contactvisit",
                                verbose_name="领导走访",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "企业诉求",
                        "verbose_name_plural": "企业诉求",
                        "ordering": ["-received_on", "-id"],
                        "indexes": [
                            models.Index(
                                models.F("due_on"),
                                condition=models.Q(
                                    ("state__in", ("closed", "declined")), _negated=True
                                ),
                                name="enterprises_request_due",
                            ),
                            models.Index(
                                fields=["-received_on", "-id"], name="enterprises_request_latest"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("contact_point__isnull", True),
                                    ("source", "contact"),
                                    _connector="OR",
                                ),
                                name="enterprises_request_from_leader",
                                violation_error_message="只有联系领导反映的诉求才对应联系点",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("visit__isnull", True),
                                    ("contact_point__isnull", False),
                                    _connector="OR",
                                ),
                                name="enterprises_request_of_visit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("earlier__isnull", True),
                                    ("earlier__lt", models.F("pk")),
                                    _connector="OR",
                                ),
                                name="enterprises_request_repeats_earlier",
                                violation_error_message="重复的诉求应是此前登记的",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            (
                                                "assigned",
                                                "handled",
                                                "answered",
                                                "confirmed",
                                                "closed",
                                            ),
                                        ),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        models.Q(("unit", ""), _negated=True),
                                        ("due_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="enterprises_request_assigned",
                                violation_error_message="交办的诉求须有承办单位和办理期限",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_on__isnull", True),
                                    ("due_on__gte", models.F("received_on")),
                                    _connector="OR",
                                ),
                                name="enterprises_request_due_later",
                                violation_error_message="办理期限不能早于收到日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            ("handled", "answered", "confirmed", "closed"),
                                        ),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        models.Q(("result", ""), _negated=True),
                                        ("handled_on__gte", models.F("received_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="enterprises_request_handled",
                                violation_error_message="须填写办理结果和日期，日期不能早于收到日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("answered", "confirmed", "closed")),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_on__gte", models.F("handled_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="enterprises_request_answered",
                                violation_error_message="须填写答复内容和日期，日期不能早于办理日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("confirmed", "closed")), _negated=True),
                                    models.Q(
                                        models.Q(("satisfaction", ""), _negated=True),
                                        ("confirmed_on__gte", models.F("answered_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="enterprises_request_confirmed",
                                violation_error_message="须填写企业评价和确认日期，日期不能早于答复日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_on__gte", models.F("confirmed_on")),
                                        ("state", "closed"),
                                    ),
                                    models.Q(
                                        ("ended_on__gte", models.F("received_on")),
                                        ("state", "declined"),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ("closed", "declined")), _negated=True
                                        ),
                                        ("ended_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="enterprises_request_ended",
                                violation_error_message="办结须有日期，不予受理须说明理由",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("satisfaction", "dissatisfied"),
                                        ("state", "closed"),
                                        _negated=True,
                                    ),
                                    ("return_count__gt", 0),
                                    _connector="OR",
                                ),
                                name="enterprises_request_content_or_returned",
                                violation_error_message="企业不满意的诉求，至少退回重办一次才能办结",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequestStep",
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
                        ("act", models.CharField(max_length=30, verbose_name="办理")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "待受理"),
                                    ("accepted", "待交办"),
                                    ("assigned", "办理中"),
                                    ("handled", "待答复"),
                                    ("answered", "待企业确认"),
                                    ("confirmed", "待办结"),
                                    ("closed", "已办结"),
                                    ("declined", "不予受理"),
                                ],
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="日期")),
                        (
                            "unit",
                            models.CharField(blank=True, max_length=100, verbose_name="承办单位"),
                        ),
                        (
                            "due_on",
                            models.DateField(blank=True, null=True, verbose_name="办理期限"),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=1000, verbose_name="内容"),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="办理时间")),
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
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="enterprises.enterpriserequest",
                                verbose_name="企业诉求",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "诉求办理过程",
                        "verbose_name_plural": "诉求办理过程",
                        "ordering": ["request", "id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
