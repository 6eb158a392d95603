import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.fields
import core.schema
import core.validity


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        core.schema.CreateModels(
            creations=[
                migrations.CreateModel(
                    name="PartyOrganization",
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
                            "code",
                            models.CharField(max_length=32, unique=True, verbose_name="组织代码"),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="党组织名称")),
                        (
                            "short_name",
                            models.CharField(blank=True, max_length=40, verbose_name="简称"),
                        ),
                        (
                            "kind",
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
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "nature",
                            models.CharField(
                                choices=[
                                    ("regular", "正式"),
                                    ("temporary", "临时"),
                                    ("functional", "功能型"),
                                    ("mobile", "流动党员"),
                                ],
                                default="regular",
                                max_length=12,
                                verbose_name="性质",
                            ),
                        ),
                        (
                            "path",
                            models.CharField(
                                db_collation="C",
                                editable=False,
                                max_length=255,
                                unique=True,
                                verbose_name="组织路径",
                            ),
                        ),
                        (
                            "official_order",
                            models.PositiveIntegerField(default=0, verbose_name="排序号"),
                        ),
                        (
                            "established_on",
                            models.DateField(blank=True, null=True, verbose_name="成立日期"),
                        ),
                        (
                            "abolished_on",
                            models.DateField(blank=True, null=True, verbose_name="撤销日期"),
                        ),
                        (
                            "secretary_name",
                            models.CharField(blank=True, max_length=60, verbose_name="书记姓名"),
                        ),
                        (
                            "search_key",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=400,
                                verbose_name="拼音检索码",
                            ),
                        ),
                        (
                            "address",
                            models.CharField(blank=True, max_length=200, verbose_name="详细地址"),
                        ),
                        (
                            "community",
                            models.CharField(blank=True, max_length=60, verbose_name="所属社区"),
                        ),
                        (
                            "contact_name",
                            models.CharField(blank=True, max_length=60, verbose_name="联系人"),
                        ),
                        ("fax", models.CharField(blank=True, max_length=30, verbose_name="传真")),
                        (
                            "phone",
                            models.CharField(
                                blank=True,
                                max_length=60,
                                validators=[core.fields.validate_phones],
                                verbose_name="联系电话",
                            ),
                        ),
                        (
                            "postcode",
                            models.CharField(
                                blank=True,
                                max_length=6,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^\\d{6}$", "邮编应为6位数字"
                                    )
                                ],
                                verbose_name="邮编",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "党组织",
                        "verbose_name_plural": "党组织",
                        "ordering": ["official_order", "code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("abolished_on__isnull", True),
                                    ("established_on__isnull", True),
                                    ("abolished_on__gte", models.F("established_on")),
                                    _connector="OR",
                                ),
                                name="organizations_abolished_after",
                                violation_error_message="撤销日期不能早于成立日期",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Area",
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
                            "code",
                            models.CharField(
                                help_text="县六位、乡镇九位代码",
                                max_length=12,
                                unique=True,
                                verbose_name="编码",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("county", "县"),
                                    ("township", "乡镇"),
                                    ("street", "街道"),
                                    ("park", "园区"),
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
                            "park_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("national", "国家级"),
                                    ("provincial", "省级"),
                                    ("city", "市级"),
                                    ("other", "区级及以下"),
                                ],
                                max_length=10,
                                verbose_name="园区级别",
                            ),
                        ),
                        (
                            "official_order",
                            models.PositiveIntegerField(default=0, verbose_name="排序号"),
                        ),
                        (
                            "keywords",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="地址关键词",
                            ),
                        ),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="撤销日期"),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="organizations.area",
                                verbose_name="所属",
                            ),
                        ),
                        (
                            "committee",
                            models.ForeignKey(
                                help_text="今天的责任党组织；历史见责任时段",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="areas",
                                to="organizations.partyorganization",
                                verbose_name="责任党组织",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "辖区",
                        "verbose_name_plural": "辖区",
                        "ordering": ["official_order", "code"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("parent"),
                                models.F("name"),
                                name="organizations_area_name",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("park_level", ""), ("kind", "park"), _connector="OR"
                                ),
                                name="organizations_level_of_parks",
                                violation_error_message="只有园区填写园区级别",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Placement",
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
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="批准文号"),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="原因"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="child_placements",
                                to="organizations.partyorganization",
                                verbose_name="上级党组织",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "隶属关系",
                        "verbose_name_plural": "隶属关系",
                        "ordering": ["organization", "valid_from"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="organizations_placement_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("organization", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="organizations_placement_once",
                                violation_error_message="该时段已有隶属关系",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent__isnull", True),
                                    models.Q(("organization", models.F("parent")), _negated=True),
                                    _connector="OR",
                                ),
                                name="organizations_placement_other",
                                violation_error_message="上级党组织不能是它自己",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AreaResponsibility",
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
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="responsibilities",
                                to="organizations.area",
                                verbose_name="辖区",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="organizations.partyorganization",
                                verbose_name="责任党组织",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "辖区责任",
                        "verbose_name_plural": "辖区责任",
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="organizations_arearesponsibility_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("area", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="organizations_responsibility_once",
                                violation_error_message="同一时段已有记录",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ChangePart",
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
                                    ("subject", "本组织"),
                                    ("parent", "上级"),
                                    ("former_parent", "原上级"),
                                    ("successor", "承接组织"),
                                    ("source", "并入的组织"),
                                    ("part", "分设的组织"),
                                    ("guide", "指导上级"),
                                ],
                                max_length=14,
                                verbose_name="角色",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="change_parts",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                        (
                            "change",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="organizations.organizationchange",
                                verbose_name="变动",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "变动涉及的党组织",
                        "verbose_name_plural": "变动涉及的党组织",
                        "ordering": ["change", "id"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("change"),
                                models.F("organization"),
                                models.F("role"),
                                name="organizations_change_part_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DualManagement",
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
                        ("document", models.CharField(max_length=100, verbose_name="批准文号")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="原因"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guidances",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                        (
                            "superior",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guided",
                                to="organizations.partyorganization",
                                verbose_name="指导上级",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "双重管理",
                        "verbose_name_plural": "双重管理",
                        "ordering": ["organization", "valid_from"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="organizations_dualmanagement_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("organization", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="organizations_dual_once",
                                violation_error_message="该时段已有指导上级",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("organization", models.F("superior")), _negated=True
                                ),
                                name="organizations_dual_other",
                                violation_error_message="指导上级不能是它自己",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrganizationChange",
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
                                    ("form", "建立"),
                                    ("move", "调整隶属"),
                                    ("merge", "合并"),
                                    ("split", "分设"),
                                    ("rename", "更名"),
                                    ("upgrade", "调整类别"),
                                    ("abolish", "撤销"),
                                    ("restore", "恢复"),
                                    ("guide", "设定双重管理"),
                                    ("unguide", "结束双重管理"),
                                ],
                                max_length=10,
                                verbose_name="变动",
                            ),
                        ),
                        ("effective_on", models.DateField(verbose_name="生效日期")),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="批准文号"),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="原因"),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
                        ),
                        (
                            "before",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="变动前",
                            ),
                        ),
                        (
                            "after",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="变动后",
                            ),
                        ),
                        (
                            "consequences",
                            models.JSONField(
                                blank=True,
                                default=list,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="影响",
                            ),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经办人",
                            ),
                        ),
                        (
                            "pending",
                            models.JSONField(blank=True, default=list, verbose_name="到期再办"),
                        ),
                    ],
                    options={
                        "verbose_name": "党组织变动",
                        "verbose_name_plural": "党组织变动",
                        "ordering": ["-effective_on", "-id"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ("form",)),
                                    models.Q(("document", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="organizations_change_document",
                                violation_error_message="请填写批准文号",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrganizationPeriod",
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
                        ("name", models.CharField(max_length=120, verbose_name="党组织名称")),
                        (
                            "kind",
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
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "nature",
                            models.CharField(
                                choices=[
                                    ("regular", "正式"),
                                    ("temporary", "临时"),
                                    ("functional", "功能型"),
                                    ("mobile", "流动党员"),
                                ],
                                default="regular",
                                max_length=12,
                                verbose_name="性质",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="periods",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "党组织名称与类别时段",
                        "verbose_name_plural": "党组织名称与类别时段",
                        "ordering": ["organization", "valid_from"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="organizations_organizationperiod_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("organization", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="organizations_period_once",
                                violation_error_message="该时段已有名称和类别",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DemonstrationPoint",
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
                        ("title", models.CharField(max_length=100, verbose_name="示范点名称")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("national", "国家级"),
                                    ("provincial", "省级"),
                                    ("city", "市级"),
                                    ("county", "县级"),
                                    ("township", "乡镇（园区）级"),
                                ],
                                max_length=10,
                                verbose_name="级别",
                            ),
                        ),
                        ("awarded_by", models.CharField(max_length=100, verbose_name="命名单位")),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="命名文号"),
                        ),
                        (
                            "is_withdrawn",
                            models.BooleanField(default=False, verbose_name="已撤销命名"),
                        ),
                        (
                            "withdrawal_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="撤销原因"),
                        ),
                        (
                            "withdrawal_document",
                            models.CharField(blank=True, max_length=100, verbose_name="撤销文号"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="demonstration_points",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "示范点",
                        "verbose_name_plural": "示范点",
                        "ordering": ["-valid_from", "id"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="organizations_demonstrationpoint_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("organization", "="),
                                    ("level", "="),
                                    ("title", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="organizations_demonstration_once",
                                violation_error_message="该党组织在此时段已有这一级的同名示范点",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_withdrawn", False),
                                    models.Q(
                                        ("valid_to__isnull", False),
                                        models.Q(("withdrawal_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="organizations_withdrawn_with_reason",
                                violation_error_message="撤销命名须有撤销日期和原因",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="评定年度")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "自评中"),
                                    ("submitted", "待上级评定"),
                                    ("returned", "已退回"),
                                    ("confirmed", "已评定"),
                                    ("withdrawn", "已取消"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "self_score",
                            models.DecimalField(
                                decimal_places=1,
                                editable=False,
                                max_digits=6,
                                null=True,
                                verbose_name="自评得分",
                            ),
                        ),
                        (
                            "score",
                            models.DecimalField(
                                decimal_places=1,
                                editable=False,
                                max_digits=6,
                                null=True,
                                verbose_name="评定得分",
                            ),
                        ),
                        (
                            "stars",
                            models.PositiveSmallIntegerField(
                                editable=False, null=True, verbose_name="星级"
                            ),
                        ),
                        (
                            "is_vetoed",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="一票否决"
                            ),
                        ),
                        (
                            "submitted_on",
                            models.DateField(editable=False, null=True, verbose_name="提交日期"),
                        ),
                        (
                            "confirmed_on",
                            models.DateField(editable=False, null=True, verbose_name="评定日期"),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="评定文号"),
                        ),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True,
                                help_text="自该日起不再有效",
                                null=True,
                                verbose_name="有效期至",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=200,
                                verbose_name="退回或取消原因",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="评定人",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="自评提交人",
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="organizations.ratingscheme",
                                verbose_name="评定办法",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "评定",
                        "verbose_name_plural": "评定",
                        "ordering": ["-year", "-id"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "withdrawn"), _negated=True),
                                fields=("organization", "scheme", "year"),
                                name="organizations_rating_once_a_year",
                                violation_error_message="该党组织本年度已按这个办法开展评定",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("confirmed", "withdrawn")), _negated=True
                                    ),
                                    models.Q(
                                        ("confirmed_by__isnull", False),
                                        ("confirmed_on__isnull", False),
                                        ("score__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="organizations_rating_confirmed_by_someone",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    models.Q(
                                        ("confirmed_by", models.F("submitted_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="organizations_rating_by_two",
                                violation_error_message="自评提交人不能同时作为上级评定人",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("returned", "withdrawn")), _negated=True
                                    ),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="organizations_rating_returned_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    models.Q(
                                        ("confirmed_on__isnull", False),
                                        ("valid_to__gte", models.F("confirmed_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="organizations_rating_in_order",
                                violation_error_message="有效期不能早于评定日期",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RatingCriterion",
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
                        ("place", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("label", models.CharField(max_length=100, verbose_name="标准")),
                        (
                            "detail",
                            models.CharField(blank=True, max_length=300, verbose_name="要求"),
                        ),
                        (
                            "weight",
                            models.DecimalField(
                                decimal_places=1, default=1, max_digits=5, verbose_name="分值"
                            ),
                        ),
                        ("is_veto", models.BooleanField(default=False, verbose_name="一票否决")),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="organizations.ratingscheme",
                                verbose_name="办法",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "评定标准",
                        "verbose_name_plural": "评定标准",
                        "ordering": ["scheme", "place"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("scheme", "place"), name="organizations_criterion_place"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_veto", True), ("weight", 0)),
                                    models.Q(("is_veto", False), ("weight__gt", 0)),
                                    _connector="OR",
                                ),
                                name="organizations_criterion_weight",
                                violation_error_message="计分标准的分值应大于零，一票否决项不计分",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RatingItem",
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
                            "self_score",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=5,
                                null=True,
                                verbose_name="自评分",
                            ),
                        ),
                        (
                            "self_violated",
                            models.BooleanField(default=False, verbose_name="自评触及否决项"),
                        ),
                        (
                            "self_note",
                            models.CharField(blank=True, max_length=200, verbose_name="自评依据"),
                        ),
                        (
                            "score",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=5,
                                null=True,
                                verbose_name="评定分",
                            ),
                        ),
                        ("violated", models.BooleanField(default=False, verbose_name="触及否决项")),
                        (
                            "note",
                            models.CharField(blank=True, max_length=200, verbose_name="评定意见"),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rating_items",
                                to="organizations.ratingcriterion",
                                verbose_name="标准",
                            ),
                        ),
                        (
                            "rating",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="organizations.rating",
                                verbose_name="评定",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "评定项",
                        "verbose_name_plural": "评定项",
                        "ordering": ["criterion__place"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("rating", "criterion"),
                                name="organizations_rating_item_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("self_score__isnull", True),
                                        ("self_score__gte", 0),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("score__isnull", True), ("score__gte", 0), _connector="OR"
                                    ),
                                ),
                                name="organizations_rating_item_not_negative",
                                violation_error_message="得分不能小于零",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RatingScheme",
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
                        ("key", models.SlugField(max_length=30, verbose_name="标识")),
                        (
                            "version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="版本"),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="办法名称")),
                        (
                            "subject",
                            models.CharField(
                                choices=[("site", "阵地"), ("organization", "党组织")],
                                default="organization",
                                max_length=12,
                                verbose_name="对象",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=200, verbose_name="依据"),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        (
                            "star_scores",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DecimalField(decimal_places=1, max_digits=6),
                                blank=True,
                                default=list,
                                help_text="从一星到五星的最低得分，用逗号隔开；不评星级的留空",
                                size=None,
                                verbose_name="星级分数线",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "评定办法",
                        "verbose_name_plural": "评定办法",
                        "ordering": ["key", "-version"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="organizations_ratingscheme_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("key", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="organizations_scheme_once",
                                violation_error_message="该时段已有这个办法的另一版本",
                            ),
                            models.UniqueConstraint(
                                fields=("key", "version"), name="organizations_scheme_version"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("star_scores__len__lte", 5)),
                                name="organizations_scheme_five_stars",
                                violation_error_message="最多设五个星级",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rectification",
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
                            "problem",
                            models.CharField(blank=True, max_length=200, verbose_name="问题"),
                        ),
                        ("responsible", models.CharField(max_length=60, verbose_name="责任人")),
                        ("opened_on", models.DateField(verbose_name="立项日期")),
                        ("due_on", models.DateField(verbose_name="整改期限")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "整改中"),
                                    ("done", "待核验"),
                                    ("verified", "已销号"),
                                ],
                                default="open",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "done_on",
                            models.DateField(blank=True, null=True, verbose_name="完成日期"),
                        ),
                        (
                            "evidence",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="整改情况和依据"
                            ),
                        ),
                        (
                            "verified_on",
                            models.DateField(blank=True, null=True, verbose_name="核验日期"),
                        ),
                        (
                            "return_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="退回原因"
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="organizations.ratingcriterion",
                                verbose_name="未达标准",
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="报送人",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rectifications",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                        (
                            "rating",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rectifications",
                                to="organizations.rating",
                                verbose_name="评定",
                            ),
                        ),
                        (
                            "verified_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="核验人",
                            ),
                        ),
                        (
                            "check_record",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rectifications",
                                to="organizations.sitecheck",
                                verbose_name="阵地检查",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "整改",
                        "verbose_name_plural": "整改",
                        "ordering": ["due_on", "id"],
                        "indexes": [
                            models.Index(
                                models.F("due_on"),
                                condition=models.Q(("state", "open")),
                                name="organizations_rectify_due",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("check_record__isnull", False), ("rating__isnull", True)
                                    ),
                                    models.Q(
                                        ("check_record__isnull", True), ("rating__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="organizations_rectification_of_one",
                            ),
                            models.UniqueConstraint(
                                fields=("check_record", "rating", "criterion"),
                                name="organizations_rectification_once",
                                nulls_distinct=False,
                                violation_error_message="这一项已经列入整改",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gte", models.F("opened_on"))),
                                name="organizations_rectification_due_later",
                                violation_error_message="整改期限不能早于立项日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "open"),
                                    models.Q(
                                        ("done_by__isnull", False),
                                        ("done_on__gte", models.F("opened_on")),
                                        ("done_on__isnull", False),
                                        models.Q(("evidence", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="organizations_rectification_done_with_evidence",
                                violation_error_message="完成整改须写明完成日期和依据",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "verified"), _negated=True),
                                    models.Q(
                                        ("verified_by__isnull", False),
                                        ("verified_on__gte", models.F("done_on")),
                                        models.Q(
                                            ("verified_by", models.F("done_by")), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="organizations_rectification_verified_by_another",
                                violation_error_message="核验人不能是报送人，核验日期不能早于完成日期",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceCentre",
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
                        ("name", models.CharField(max_length=100, verbose_name="服务中心名称")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("county", "县级"),
                                    ("park", "园区"),
                                    ("township", "乡镇（街道）"),
                                    ("community", "村（社区）"),
                                    ("building", "楼宇商圈"),
                                    ("enterprise", "企业"),
                                ],
                                max_length=10,
                                verbose_name="级别",
                            ),
                        ),
                        (
                            "opening_hours",
                            models.CharField(
                                blank=True,
                                help_text="如：周一至周日 8:30—20:30",
                                max_length=100,
                                verbose_name="开放时间",
                            ),
                        ),
                        (
                            "opens_after_hours",
                            models.BooleanField(default=False, verbose_name="八小时外开放"),
                        ),
                        (
                            "opens_on_holidays",
                            models.BooleanField(default=False, verbose_name="节假日开放"),
                        ),
                        (
                            "manager",
                            models.CharField(blank=True, max_length=60, verbose_name="负责人"),
                        ),
                        (
                            "full_time_staff",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="专职人员(名)"
                            ),
                        ),
                        (
                            "part_time_staff",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="兼职人员(名)"
                            ),
                        ),
                        (
                            "services",
                            models.CharField(blank=True, max_length=300, verbose_name="服务项目"),
                        ),
                        (
                            "site",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_centre",
                                to="organizations.site",
                                verbose_name="所在阵地",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "党群服务中心",
                        "verbose_name_plural": "党群服务中心",
                        "ordering": ["name", "id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Site",
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
                        ("name", models.CharField(max_length=100, verbose_name="阵地名称")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("planned", "规划"),
                                    ("building", "在建"),
                                    ("in_use", "已启用"),
                                ],
                                default="in_use",
                                max_length=10,
                                verbose_name="建设情况",
                            ),
                        ),
                        (
                            "address",
                            models.CharField(blank=True, max_length=200, verbose_name="地址"),
                        ),
                        (
                            "square_metres",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=9,
                                null=True,
                                verbose_name="面积(平方米)",
                            ),
                        ),
                        (
                            "rooms",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="功能室(间)"
                            ),
                        ),
                        (
                            "holding",
                            models.CharField(
                                choices=[("own", "单独使用"), ("shared", "共建共享")],
                                default="own",
                                max_length=10,
                                verbose_name="使用方式",
                            ),
                        ),
                        (
                            "shared_with",
                            models.CharField(
                                blank=True,
                                help_text="如工会、共青团、妇联、其他企业党组织",
                                max_length=200,
                                verbose_name="共享单位",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sites",
                                to="organizations.area",
                                verbose_name="辖区",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sites",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "阵地",
                        "verbose_name_plural": "阵地",
                        "ordering": ["name", "id"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="organizations_site_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("organization__isnull", False),
                                    ("area__isnull", False),
                                    _connector="OR",
                                ),
                                name="organizations_site_of_someone",
                                violation_error_message="请选择阵地所属的党组织或辖区",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("square_metres__isnull", True),
                                    ("square_metres__gt", 0),
                                    _connector="OR",
                                ),
                                name="organizations_site_has_room",
                                violation_error_message="面积应大于零",
                            ),
                            models.UniqueConstraint(
                                fields=("organization", "area", "name"),
                                name="organizations_site_named_once",
                                nulls_distinct=False,
                                violation_error_message="这个党组织（辖区）已有同名阵地",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SiteCheck",
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
                        ("checked_on", models.DateField(verbose_name="检查日期")),
                        ("checked_by", models.CharField(max_length=60, verbose_name="检查人")),
                        ("evidence", models.CharField(max_length=300, verbose_name="依据材料")),
                        (
                            "next_check_on",
                            models.DateField(blank=True, null=True, verbose_name="下次检查日期"),
                        ),
                        (
                            "met_count",
                            models.PositiveSmallIntegerField(
                                editable=False, verbose_name="达标项数"
                            ),
                        ),
                        (
                            "item_count",
                            models.PositiveSmallIntegerField(editable=False, verbose_name="总项数"),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="organizations.ratingscheme",
                                verbose_name="检查标准",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="organizations.site",
                                verbose_name="阵地",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "阵地检查",
                        "verbose_name_plural": "阵地检查",
                        "ordering": ["-checked_on", "-id"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("site", "checked_on"),
                                name="organizations_check_once_a_day",
                                violation_error_message="该阵地当天已有检查记录",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("next_check_on__isnull", True),
                                    ("next_check_on__gt", models.F("checked_on")),
                                    _connector="OR",
                                ),
                                name="organizations_next_check_later",
                                violation_error_message="下次检查日期应晚于检查日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("item_count__gt", 0),
                                    ("met_count__lte", models.F("item_count")),
                                ),
                                name="organizations_check_adds_up",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SiteCheckItem",
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
                        ("is_met", models.BooleanField(verbose_name="达标")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        (
                            "check_record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="organizations.sitecheck",
                                verbose_name="检查",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="check_items",
                                to="organizations.ratingcriterion",
                                verbose_name="标准",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "检查项",
                        "verbose_name_plural": "检查项",
                        "ordering": ["criterion__place"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("check_record", "criterion"),
                                name="organizations_check_item_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeadershipTerm",
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
                        ("number", models.PositiveSmallIntegerField(verbose_name="届次")),
                        ("valid_from", models.DateField(verbose_name="当选日期")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True,
                                help_text="下届当选之日",
                                null=True,
                                verbose_name="本届结束",
                            ),
                        ),
                        ("years", models.PositiveSmallIntegerField(verbose_name="任期（年）")),
                        ("expires_on", models.DateField(verbose_name="届满日期")),
                        (
                            "due_from",
                            models.DateField(blank=True, null=True, verbose_name="应换届起始"),
                        ),
                        (
                            "due_on",
                            models.DateField(
                                blank=True,
                                help_text="上届届满日期",
                                null=True,
                                verbose_name="应换届日期",
                            ),
                        ),
                        (
                            "timing_document",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="提前或延期批准文号"
                            ),
                        ),
                        (
                            "extended_to",
                            models.DateField(blank=True, null=True, verbose_name="延期至"),
                        ),
                        (
                            "extension_document",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="延期批准文号"
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("meeting", "党员大会选举"),
                                    ("congress", "党员代表大会选举"),
                                    ("appointed", "上级党组织任命"),
                                ],
                                default="meeting",
                                max_length=10,
                                verbose_name="产生方式",
                            ),
                        ),
                        (
                            "document",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="选举结果批准文号"
                            ),
                        ),
                        (
                            "approved_on",
                            models.DateField(blank=True, null=True, verbose_name="批准日期"),
                        ),
                        (
                            "entitled",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="应到会人数"
                            ),
                        ),
                        (
                            "present",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="实到会人数"
                            ),
                        ),
                        (
                            "ballots",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="收回选票"
                            ),
                        ),
                        (
                            "valid_ballots",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="有效票"
                            ),
                        ),
                        (
                            "candidates",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="候选人数"
                            ),
                        ),
                        (
                            "elected",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="当选委员人数"
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "班子任期",
                        "verbose_name_plural": "班子任期",
                        "ordering": ["organization", "-valid_from"],
                        "abstract": False,
                        "indexes": [
                            models.Index(models.F("expires_on"), name="organizations_term_expiry")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="organizations_leadershipterm_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("organization", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="organizations_term_once",
                                violation_error_message="该时段已有一届班子",
                            ),
                            models.UniqueConstraint(
                                models.F("organization"),
                                models.F("number"),
                                name="organizations_term_number",
                                violation_error_message="该党组织已登记过这一届",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expires_on__gt", models.F("valid_from"))),
                                name="organizations_term_expires_after",
                                violation_error_message="届满日期应晚于当选日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("due_from__isnull", True), ("due_on__isnull", True)),
                                    models.Q(
                                        ("due_from__lte", models.F("due_on")),
                                        ("due_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="organizations_term_due_window",
                                violation_error_message="应换届起始和应换届日期应同时填写，起始不晚于应换届日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_on__isnull", True),
                                    models.Q(("timing_document", ""), _negated=True),
                                    models.Q(
                                        ("valid_from__gte", models.F("due_from")),
                                        ("valid_from__lte", models.F("due_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="organizations_term_timing_approved",
                                violation_error_message="提前或延期换届应有上级批准文号",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("extended_to__isnull", True), ("extension_document", "")
                                    ),
                                    models.Q(
                                        ("extended_to__gt", models.F("expires_on")),
                                        models.Q(("extension_document", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="organizations_term_extension_approved",
                                violation_error_message="延期应有上级批准文号，延期至的日期应晚于届满日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("present__isnull", True),
                                        ("present__lte", models.F("entitled")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("ballots__isnull", True),
                                        ("ballots__lte", models.F("present")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("valid_ballots__isnull", True),
                                        ("valid_ballots__lte", models.F("ballots")),
                                        _connector="OR",
                                    ),
                                ),
                                name="organizations_term_ballots_add_up",
                                violation_error_message="实到会人数不超过应到，选票不超过实到，有效票不超过选票",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TermElection",
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
                                    ("preparing", "办理中"),
                                    ("submitted", "已上报"),
                                    ("returned", "已退回"),
                                    ("approved", "已批复"),
                                    ("held", "已选举待批准"),
                                    ("done", "已完成"),
                                    ("cancelled", "已终止"),
                                ],
                                default="preparing",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("planned_on", models.DateField(verbose_name="拟换届时间")),
                        (
                            "remark",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="退回或终止原因"
                            ),
                        ),
                        (
                            "rounds",
                            models.PositiveSmallIntegerField(default=0, verbose_name="退回次数"),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="开始办理时间"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="elections",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                        (
                            "result",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="election",
                                to="organizations.leadershipterm",
                                verbose_name="新一届",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="elections",
                                to="organizations.leadershipterm",
                                verbose_name="本届",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "换届选举",
                        "verbose_name_plural": "换届选举",
                        "ordering": ["-opened_at"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("organization"),
                                condition=models.Q(
                                    ("state__in", ("done", "cancelled")), _negated=True
                                ),
                                name="organizations_election_open_once",
                                violation_error_message="该党组织的换届正在办理",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("result__isnull", False), ("state__in", ("held", "done"))
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("held", "done")), _negated=True),
                                        ("result__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="organizations_election_result",
                                violation_error_message="选举之后才有新一届班子",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ElectionStep",
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
                                    ("request", "换届请示"),
                                    ("reply", "上级批复"),
                                    ("candidates", "候选人酝酿和公示"),
                                    ("election", "选举大会"),
                                    ("report", "选举结果报批"),
                                    ("confirmation", "选举结果批复、备案"),
                                ],
                                max_length=12,
                                verbose_name="步骤",
                            ),
                        ),
                        ("done_on", models.DateField(verbose_name="日期")),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="文号"),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now=True, verbose_name="登记时间"),
                        ),
                        (
                            "recorded_by",
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
                            "election",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="organizations.termelection",
                                verbose_name="换届选举",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "换届步骤",
                        "verbose_name_plural": "换届步骤",
                        "ordering": ["election", "done_on", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("election"),
                                models.F("kind"),
                                name="organizations_election_step_once",
                                violation_error_message="这一步已经登记",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind__in", ("reply", "confirmation")), _negated=True
                                    ),
                                    models.Q(("document", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="organizations_election_reply_document",
                                violation_error_message="上级批复应有文号",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
