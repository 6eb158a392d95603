import uuid
from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import core.dates
import core.fields
import core.schema
import core.validity
import members.spans


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("enterprises", "0005_contacts_and_requests_rules"),
    ]

    operations = [
        core.schema.CreateModels(
            creations=[
                migrations.CreateModel(
                    name="Person",
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
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        (
                            "sex",
                            models.CharField(
                                blank=True,
                                choices=[("male", "男"), ("female", "女")],
                                max_length=6,
                                verbose_name="性别",
                            ),
                        ),
                        (
                            "born_on",
                            models.DateField(blank=True, null=True, verbose_name="出生日期"),
                        ),
                        (
                            "search_key",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=200,
                                verbose_name="拼音检索码",
                            ),
                        ),
                        (
                            "home_organization",
                            models.ForeignKey(
                                help_text="决定谁可以看到这个人",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="persons",
                                to="organizations.partyorganization",
                                verbose_name="所在党组织",
                            ),
                        ),
                        (
                            "position",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="工作单位及职务"
                            ),
                        ),
                        (
                            "citizen_id",
                            core.fields.CitizenIdField(
                                blank=True, null=True, verbose_name="身份证号"
                            ),
                        ),
                        (
                            "citizen_id_index",
                            core.fields.BlindIndexField(
                                db_index=True,
                                editable=False,
                                max_length=64,
                                null=True,
                                of="citizen_id",
                            ),
                        ),
                        (
                            "education",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("postgraduate", "研究生"),
                                    ("bachelor", "大学本科"),
                                    ("college", "大学专科"),
                                    ("secondary", "中专"),
                                    ("high", "高中"),
                                    ("technical", "中技"),
                                    ("junior", "初中及以下"),
                                ],
                                max_length=12,
                                verbose_name="学历",
                            ),
                        ),
                        (
                            "ethnicity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("01", "汉族"),
                                    ("02", "蒙古族"),
                                    ("03", "回族"),
                                    ("04", "藏族"),
                                    ("05", "维吾尔族"),
                                    ("06", "苗族"),
                                    ("07", "彝族"),
                                    ("08", "壮族"),
                                    ("09", "布依族"),
                                    ("10", "朝鲜族"),
                                    ("11", "满族"),
                                    ("12", "侗族"),
                                    ("13", "瑶族"),
                                    ("14", "白族"),
                                    ("15", "土家族"),
                                    ("16", "哈尼族"),
                                    ("17", "哈萨克族"),
                                    ("18", "傣族"),
                                    ("19", "黎族"),
                                    ("20", "傈僳族"),
                                    ("21", "佤族"),
                                    ("22", "畲族"),
                                    ("23", "高山族"),
                                    ("24", "拉祜族"),
                                    ("25", "水族"),
                                    ("26", "东乡族"),
                                    ("27", "纳西族"),
                                    ("28", "景颇族"),
                                    ("29", "柯尔克孜族"),
                                    ("30", "土族"),
                                    ("31", "达斡尔族"),
                                    ("32", "仫佬族"),
                                    ("33", "羌族"),
                                    ("34", "布朗族"),
                                    ("35", "撒拉族"),
                                    ("36", "毛南族"),
                                    ("37", "仡佬族"),
                                    ("38", "锡伯族"),
                                    ("39", "阿昌族"),
                                    ("40", "普米族"),
                                    ("41", "塔吉克族"),
                                    ("42", "怒族"),
                                    ("43", "乌孜别克族"),
                                    ("44", "俄罗斯族"),
                                    ("45", "鄂温克族"),
                                    ("46", "德昂族"),
                                    ("47", "保安族"),
                                    ("48", "裕固族"),
                                    ("49", "京族"),
                                    ("50", "塔塔尔族"),
                                    ("51", "独龙族"),
                                    ("52", "鄂伦春族"),
                                    ("53", "赫哲族"),
                                    ("54", "门巴族"),
                                    ("55", "珞巴族"),
                                    ("56", "基诺族"),
                                    ("97", "其他"),
                                    ("98", "外国血统中国籍人士"),
                                ],
                                max_length=2,
                                verbose_name="民族",
                            ),
                        ),
                        (
                            "home_address",
                            core.fields.EncryptedTextField(
                                blank=True, null=True, verbose_name="家庭住址"
                            ),
                        ),
                        (
                            "is_in_hardship",
                            models.BooleanField(default=False, verbose_name="生活困难"),
                        ),
                        (
                            "is_migrant_worker",
                            models.BooleanField(default=False, verbose_name="是否农民工"),
                        ),
                        (
                            "is_taiwanese",
                            models.BooleanField(default=False, verbose_name="是否台湾省籍"),
                        ),
                        (
                            "job_class",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("owner", "出资人"),
                                    ("senior_manager", "高层管理人员"),
                                    ("manager", "中层管理人员"),
                                    ("professional", "专业技术人员"),
                                    ("front_line", "生产经营一线职工"),
                                    ("service", "工勤技能人员"),
                                    ("retired", "离退休人员"),
                                    ("other", "其他"),
                                ],
                                max_length=14,
                                verbose_name="工作岗位",
                            ),
                        ),
                        (
                            "marital_status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("single", "未婚"),
                                    ("married", "已婚"),
                                    ("widowed", "丧偶"),
                                    ("divorced", "离婚"),
                                    ("unstated", "未说明"),
                                ],
                                max_length=8,
                                verbose_name="婚姻状况",
                            ),
                        ),
                        (
                            "native_place",
                            models.CharField(blank=True, max_length=60, verbose_name="籍贯"),
                        ),
                        (
                            "new_stratum",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("technology", "民营科技企业创业和技术人员"),
                                    ("foreign_firm", "受聘于外资企业的管理技术人员"),
                                    ("self_employed", "个体劳动者"),
                                    ("owner", "私营企业主"),
                                    ("intermediary", "中介组织从业人员"),
                                    ("freelance", "自由职业人员"),
                                ],
                                max_length=13,
                                verbose_name="新社会阶层类型",
                            ),
                        ),
                        (
                            "phone",
                            core.fields.PhoneField(blank=True, null=True, verbose_name="联系电话"),
                        ),
                        (
                            "phone_index",
                            core.fields.BlindIndexField(
                                db_index=True, editable=False, max_length=64, null=True, of="phone"
                            ),
                        ),
                        (
                            "school",
                            models.CharField(blank=True, max_length=100, verbose_name="毕业院校"),
                        ),
                        (
                            "started_work_on",
                            models.DateField(blank=True, null=True, verbose_name="参加工作日期"),
                        ),
                        (
                            "stroke_key",
                            models.CharField(
                                blank=True,
                                db_collation="C",
                                editable=False,
                                max_length=120,
                                verbose_name="笔画排序码",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(blank=True, max_length=60, verbose_name="技术职称"),
                        ),
                        (
                            "uuid",
                            models.UUIDField(
                                db_default=django.contrib.postgres.functions.RandomUUID(),
                                default=uuid.uuid4,
                                editable=False,
                                unique=True,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "人员",
                        "verbose_name_plural": "人员",
                        "ordering": ["search_key", "id"],
                        "indexes": [
                            models.Index(
                                models.F("search_key"),
                                models.F("id"),
                                name="members_person_by_sound",
                            ),
                            models.Index(
                                models.F("stroke_key"),
                                models.F("id"),
                                name="members_person_by_strokes",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("citizen_id_index"),
                                name="members_citizen_id_once",
                                violation_error_message="这个身份证号已经登记在另一人名下",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Instructor",
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
                            "home_unit",
                            models.CharField(max_length=120, verbose_name="工作单位及职务"),
                        ),
                        (
                            "engagement",
                            models.CharField(
                                choices=[("full_time", "专职"), ("part_time", "兼职")],
                                max_length=10,
                                verbose_name="专职兼职",
                            ),
                        ),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instructor",
                                to="members.person",
                                verbose_name="人员",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                blank=True,
                                help_text="凭此账号登录后，可看到今天派驻的企业",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instructor",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                help_text="建议分派时，先派往常驻辖区内的企业",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instructors",
                                to="organizations.area",
                                verbose_name="常驻辖区",
                            ),
                        ),
                        (
                            "left_on",
                            models.DateField(
                                blank=True,
                                help_text="自该日起不再选派",
                                null=True,
                                verbose_name="退出日期",
                            ),
                        ),
                        (
                            "left_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="退出原因"),
                        ),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("county", "县级指导员"),
                                    ("township", "乡镇园区指导员"),
                                    ("liaison", "联络员"),
                                ],
                                max_length=8,
                                verbose_name="驻派等级",
                            ),
                        ),
                        (
                            "sector",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("A", "农、林、牧、渔业"),
                                    ("B", "采矿业"),
                                    ("C", "制造业"),
                                    ("D", "电力、热力、燃气及水生产和供应业"),
                                    ("E", "建筑业"),
                                    ("F", "批发和零售业"),
                                    ("G", "交通运输、仓储和邮政业"),
                                    ("H", "住宿和餐饮业"),
                                    ("I", "信息传输、软件和信息技术服务业"),
                                    ("J", "金融业"),
                                    ("K", "房地产业"),
                                    ("L", "租赁和商务服务业"),
                                    ("M", "科学研究和技术服务业"),
                                    ("N", "水利、环境和公共设施管理业"),
                                    ("O", "居民服务、修理和其他服务业"),
                                    ("P", "教育"),
                                    ("Q", "卫生和社会工作"),
                                    ("R", "文化、体育和娱乐业"),
                                ],
                                max_length=1,
                                verbose_name="熟悉行业",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "党建工作指导员",
                        "verbose_name_plural": "党建工作指导员",
                        "indexes": [],
                        "constraints": [],
                        "ordering": ["person__search_key", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="InstructorAssignment",
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
                        ("valid_from", models.DateField(verbose_name="选派日期")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True,
                                help_text="自该日起不再派驻；留空为长期",
                                null=True,
                                verbose_name="到期日期",
                            ),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instructor_assignments",
                                to="enterprises.enterprise",
                                verbose_name="企业",
                            ),
                        ),
                        (
                            "instructor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="members.instructor",
                                verbose_name="指导员",
                            ),
                        ),
                        (
                            "sender",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="organizations.partyorganization",
                                verbose_name="派出党组织",
                            ),
                        ),
                        (
                            "allowance",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="只由派出单位发放，企业不得支付",
                                max_digits=8,
                                null=True,
                                verbose_name="补助（元/月）",
                            ),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="选派文号"),
                        ),
                        (
                            "end_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="免去原因"),
                        ),
                        (
                            "visit_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="留空按全县规定",
                                null=True,
                                verbose_name="走访间隔（月）",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "指导员选派",
                        "verbose_name_plural": "指导员选派",
                        "ordering": ["enterprise", "-valid_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="members_instructorassignment_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("instructor", "="),
                                    ("enterprise", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="members_assignment_once",
                                violation_error_message="该指导员在此时段已派驻这家企业",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("end_reason", ""), ("valid_to__isnull", False), _connector="OR"
                                ),
                                name="members_assignment_ended",
                                violation_error_message="填写免去原因的，应有到期日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("visit_months__isnull", True),
                                    ("visit_months__range", (1, 12)),
                                    _connector="OR",
                                ),
                                name="members_assignment_rhythm",
                                violation_error_message="走访间隔应在 1 至 12 个月之间",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="LeadershipPost",
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
                        ("valid_from", models.DateField(verbose_name="任职日期")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True,
                                help_text="自该日起不再任职",
                                null=True,
                                verbose_name="离任日期",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("secretary", "书记"),
                                    ("deputy", "副书记"),
                                    ("organization", "组织委员"),
                                    ("publicity", "宣传委员"),
                                    ("discipline", "纪检委员"),
                                    ("member", "委员"),
                                ],
                                max_length=12,
                                verbose_name="党内职务",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("owner", "出资人"),
                                    ("manager", "中层管理人员"),
                                    ("sent", "上级选派"),
                                    ("other", "其他"),
                                ],
                                max_length=8,
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "engagement",
                            models.CharField(
                                choices=[("full_time", "专职"), ("part_time", "兼职")],
                                default="part_time",
                                max_length=10,
                                verbose_name="专职兼职",
                            ),
                        ),
                        (
                            "other_post",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="在企业或单位的职务"
                            ),
                        ),
                        (
                            "is_cross",
                            models.BooleanField(
                                default=False,
                                help_text="党组织班子成员同时进入企业管理层",
                                verbose_name="交叉任职",
                            ),
                        ),
                        (
                            "review_on",
                            models.DateField(blank=True, null=True, verbose_name="政治审查日期"),
                        ),
                        (
                            "review_result",
                            models.CharField(
                                blank=True,
                                choices=[("passed", "合格"), ("failed", "不合格")],
                                max_length=8,
                                verbose_name="政治审查结论",
                            ),
                        ),
                        (
                            "document",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="任职批准文号"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="任职原因"),
                        ),
                        (
                            "end_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="离任原因"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待批准"),
                                    ("in_force", "已生效"),
                                    ("returned", "已退回"),
                                ],
                                default="in_force",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "remark",
                            models.CharField(blank=True, max_length=200, verbose_name="退回原因"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leadership_posts",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="members.person",
                                verbose_name="人员",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="organizations.leadershipterm",
                                verbose_name="届次",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "班子任职",
                        "verbose_name_plural": "班子任职",
                        "ordering": ["organization", "-valid_from", "pk"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="members_leadershippost_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("state", "in_force"), ("kind", "secretary")),
                                expressions=[
                                    ("organization", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="members_secretary_once",
                                violation_error_message="该党组织在此时段已有书记，不能有第二名书记",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("state", "in_force")),
                                expressions=[
                                    ("person", "="),
                                    ("organization", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="members_post_once",
                                violation_error_message="此人在该时段已在这个班子任职",
                            ),
                            models.UniqueConstraint(
                                models.F("organization"),
                                condition=models.Q(("kind", "secretary"), ("state", "proposed")),
                                name="members_secretary_proposed_once",
                                violation_error_message="已有一项书记任职在等待上级批准",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "secretary"), _negated=True),
                                    models.Q(("source", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="members_secretary_source",
                                violation_error_message="书记应填写来源",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("review_on__isnull", True), ("review_result", "")),
                                    models.Q(
                                        ("review_on__isnull", False),
                                        models.Q(("review_result", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_post_review",
                                violation_error_message="政治审查的日期和结论应同时填写",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PostOpinion",
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
                            "body",
                            models.CharField(
                                choices=[
                                    ("work_committee", "两新工委"),
                                    ("superior", "上级党组织"),
                                    ("union", "工会"),
                                    ("youth_league", "共青团"),
                                    ("women", "妇联"),
                                ],
                                max_length=14,
                                verbose_name="征求对象",
                            ),
                        ),
                        ("unit", models.CharField(max_length=100, verbose_name="单位名称")),
                        ("given_on", models.DateField(verbose_name="反馈日期")),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("agrees", "同意"),
                                    ("objects", "不同意"),
                                    ("reserved", "有保留意见"),
                                ],
                                max_length=8,
                                verbose_name="意见",
                            ),
                        ),
                        (
                            "remark",
                            models.CharField(blank=True, max_length=200, verbose_name="说明"),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="opinions",
                                to="members.leadershippost",
                                verbose_name="任职",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "任职征求意见",
                        "verbose_name_plural": "任职征求意见",
                        "ordering": ["post", "body"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("post"),
                                models.F("body"),
                                name="members_opinion_once",
                                violation_error_message="这个单位的意见已经登记",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FirmPayment",
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
                                    ("pay", "领取报酬"),
                                    ("expenses", "报销费用"),
                                    ("gift", "收受礼品礼金"),
                                ],
                                max_length=8,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2, max_digits=10, verbose_name="金额（元）"
                            ),
                        ),
                        ("paid_on", models.DateField(verbose_name="支付日期")),
                        ("found_on", models.DateField(verbose_name="发现日期")),
                        ("source", models.CharField(max_length=200, verbose_name="发现途径")),
                        (
                            "returned_on",
                            models.DateField(blank=True, null=True, verbose_name="退还日期"),
                        ),
                        (
                            "outcome",
                            models.CharField(blank=True, max_length=200, verbose_name="处理结果"),
                        ),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
                                to="members.instructorassignment",
                                verbose_name="选派",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "兼职取酬问题",
                        "verbose_name_plural": "兼职取酬问题",
                        "ordering": ["-found_on", "-pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)),
                                name="members_payment_amount",
                                violation_error_message="金额应大于零",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("found_on__gte", models.F("paid_on")),
                                    models.Q(
                                        ("returned_on__isnull", True),
                                        ("returned_on__gte", models.F("paid_on")),
                                        _connector="OR",
                                    ),
                                ),
                                name="members_payment_in_order",
                                violation_error_message="发现日期和退还日期不能早于支付日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("returned_on__isnull", True),
                                    models.Q(("outcome", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="members_payment_settled",
                                violation_error_message="已退还的，应填写处理结果",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InstructorAssessment",
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
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(2000)],
                                verbose_name="年度",
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("excellent", "优秀"),
                                    ("competent", "称职"),
                                    ("basic", "基本称职"),
                                    ("failed", "不称职"),
                                ],
                                max_length=9,
                                verbose_name="等次",
                            ),
                        ),
                        ("assessed_on", models.DateField(verbose_name="评定日期")),
                        (
                            "opinion",
                            models.CharField(blank=True, max_length=500, verbose_name="考核意见"),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="文号"),
                        ),
                        (
                            "instructor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="members.instructor",
                                verbose_name="指导员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "指导员年度考核",
                        "verbose_name_plural": "指导员年度考核",
                        "ordering": ["instructor", "-year"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("instructor"),
                                models.F("year"),
                                name="members_assessment_once",
                                violation_error_message="该指导员本年度已有考核结果",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("assessed_on__year__gte", models.F("year"))),
                                name="members_assessment_in_order",
                                violation_error_message="评定日期不能早于考核年度",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InstructorVisit",
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
                        ("visited_on", models.DateField(verbose_name="走访日期")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("visit", "上门走访"),
                                    ("talk", "谈心谈话"),
                                    ("remote", "电话或线上联系"),
                                ],
                                default="visit",
                                max_length=6,
                                verbose_name="方式",
                            ),
                        ),
                        (
                            "work",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("policy", "宣传政策"),
                                        ("formation", "指导组建党组织"),
                                        ("members", "查找和联系党员"),
                                        ("development", "培养积极分子"),
                                        ("life", "指导组织生活"),
                                        ("mass", "指导群团组织"),
                                        ("requests", "了解企业诉求"),
                                    ],
                                    max_length=11,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="工作内容",
                            ),
                        ),
                        ("met", models.CharField(blank=True, max_length=60, verbose_name="接待人")),
                        ("findings", models.TextField(max_length=2000, verbose_name="走访情况")),
                        (
                            "next_on",
                            models.DateField(blank=True, null=True, verbose_name="约定下次走访"),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
                        ),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="members.instructorassignment",
                                verbose_name="选派",
                            ),
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
                            "request",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instructor_visits",
                                to="enterprises.enterpriserequest",
                                verbose_name="反映的诉求",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "指导员走访记录",
                        "verbose_name_plural": "指导员走访记录",
                        "ordering": ["-visited_on", "-pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("assignment"),
                                models.F("visited_on"),
                                models.F("kind"),
                                name="members_visit_once",
                                violation_error_message="这一天已有同样方式的记录",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("next_on__isnull", True),
                                    ("next_on__gt", models.F("visited_on")),
                                    _connector="OR",
                                ),
                                name="members_visit_next",
                                violation_error_message="约定下次走访应晚于本次日期",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Employment",
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
                        ("valid_from", models.DateField(verbose_name="入职日期")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True,
                                help_text="自该日起不在此企业",
                                null=True,
                                verbose_name="离职日期",
                            ),
                        ),
                        (
                            "department",
                            models.CharField(blank=True, max_length=60, verbose_name="所在部门"),
                        ),
                        ("post", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                        ("is_on_post", models.BooleanField(default=True, verbose_name="在岗")),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="employments",
                                to="enterprises.enterprise",
                                verbose_name="企业",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="employments",
                                to="members.person",
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "从业关系",
                        "verbose_name_plural": "从业关系",
                        "ordering": ["person", "-valid_from"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="members_employment_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("person", "="),
                                    ("enterprise", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="members_employment_once",
                                violation_error_message="此人在该时段已登记在这家企业",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                        ("valid_from", models.DateField(verbose_name="转入日期")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True,
                                help_text="自该日起不在此处",
                                null=True,
                                verbose_name="转出日期",
                            ),
                        ),
                        (
                            "entry_kind",
                            models.CharField(
                                choices=[
                                    ("developed", "发展党员"),
                                    ("readmitted", "重新入党"),
                                    ("restored", "恢复党籍"),
                                    ("transferred", "转入组织关系"),
                                    ("whole", "整建制转入"),
                                    ("recorded", "其他原因增加（补录）"),
                                ],
                                max_length=12,
                                verbose_name="增加方式",
                            ),
                        ),
                        (
                            "exit_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("expelled", "开除党籍"),
                                    ("withdrawn", "退党除名"),
                                    ("persuaded", "劝退"),
                                    ("refused", "劝而不退除名"),
                                    ("dropped", "自行脱党除名"),
                                    ("cancelled", "取消预备党员资格"),
                                    ("unrecognised", "不予承认"),
                                    ("suspended", "停止党籍"),
                                    ("deceased", "死亡"),
                                    ("transferred", "转出组织关系"),
                                    ("whole", "整建制转出"),
                                    ("other", "其他原因减少"),
                                ],
                                max_length=12,
                                verbose_name="减少方式",
                            ),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="依据文号"),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="减少原因"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="members.partymember",
                                verbose_name="党员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "组织关系",
                        "verbose_name_plural": "组织关系",
                        "ordering": ["member", "-valid_from"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="members_membership_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("member", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="members_membership_once",
                                violation_error_message="同一时段一名党员只能在一个党组织",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("exit_kind", ""), ("valid_to__isnull", True)),
                                    models.Q(
                                        ("valid_to__isnull", False),
                                        models.Q(("exit_kind", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_membership_exit",
                                violation_error_message="转出日期和减少方式应同时填写",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartyMember",
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
                            "category",
                            models.CharField(
                                choices=[("full", "正式党员"), ("probationary", "预备党员")],
                                max_length=12,
                                verbose_name="党员类别",
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("active", "在册"),
                                    ("moved", "已转出"),
                                    ("suspended", "已停止党籍"),
                                    ("left", "已出党"),
                                    ("deceased", "已死亡"),
                                    ("other", "其他"),
                                ],
                                default="active",
                                max_length=10,
                                verbose_name="党籍状态",
                            ),
                        ),
                        (
                            "accepted_on",
                            models.DateField(
                                help_text="支部大会通过接收为预备党员之日", verbose_name="入党时间"
                            ),
                        ),
                        (
                            "confirmed_on",
                            models.DateField(
                                blank=True,
                                help_text="成为正式党员之日，党龄自该日起算",
                                null=True,
                                verbose_name="转正时间",
                            ),
                        ),
                        (
                            "probation_until",
                            models.DateField(blank=True, null=True, verbose_name="预备期满日期"),
                        ),
                        (
                            "archive_unit",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="党员档案所在单位"
                            ),
                        ),
                        (
                            "relation_place",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("here", "本企业"),
                                    ("agency", "人才职介"),
                                    ("former", "原单位或街道社区"),
                                    ("temporary", "临时组织关系"),
                                    ("other", "其他亮身份"),
                                ],
                                max_length=10,
                                verbose_name="组织关系所在",
                            ),
                        ),
                        (
                            "relation_unit",
                            models.CharField(
                                blank=True,
                                help_text="组织关系不在本县非公企业党组织时填写",
                                max_length=120,
                                verbose_name="组织关系所在单位",
                            ),
                        ),
                        (
                            "remark",
                            models.CharField(blank=True, max_length=200, verbose_name="备注"),
                        ),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="party_member",
                                to="members.person",
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "党员",
                        "verbose_name_plural": "党员",
                        "ordering": ["person__search_key", "person_id"],
                        "indexes": [
                            models.Index(
                                models.F("standing"),
                                models.F("category"),
                                name="members_by_standing",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_on__isnull", True),
                                    ("confirmed_on__gte", models.F("accepted_on")),
                                    _connector="OR",
                                ),
                                name="members_confirmed_after",
                                violation_error_message="转正时间不能早于入党时间",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("category", "probationary"), _negated=True),
                                    ("confirmed_on__isnull", True),
                                    _connector="OR",
                                ),
                                name="members_probationary_open",
                                violation_error_message="预备党员没有转正时间；已转正的应登记为正式党员",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("probation_until__isnull", True),
                                    ("probation_until__gt", models.F("accepted_on")),
                                    _connector="OR",
                                ),
                                name="members_probation_after",
                                violation_error_message="预备期满日期应晚于入党时间",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentCase",
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
                            "recommender",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("members", "党员推荐"),
                                    ("youth_league", "共青团推优"),
                                    ("union", "工会推荐"),
                                    ("women", "妇联推荐"),
                                ],
                                max_length=12,
                                verbose_name="推荐方式",
                            ),
                        ),
                        (
                            "recommended_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="推荐（推优）日期"
                            ),
                        ),
                        (
                            "is_backbone",
                            models.BooleanField(
                                default=False,
                                help_text="生产、经营、管理、技术骨干",
                                verbose_name="管理和业务骨干",
                            ),
                        ),
                        (
                            "cultivation",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "—"),
                                    ("backbone", "把骨干培养成党员"),
                                    ("member", "把党员培养成骨干"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="双培",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("applicant", "入党申请人"),
                                    ("activist", "入党积极分子"),
                                    ("candidate", "发展对象"),
                                    ("probationary", "预备党员"),
                                    ("full", "正式党员"),
                                ],
                                editable=False,
                                max_length=12,
                                verbose_name="阶段",
                            ),
                        ),
                        (
                            "accepted_on",
                            models.DateField(
                                blank=True,
                                editable=False,
                                null=True,
                                verbose_name="接收预备党员日期",
                            ),
                        ),
                        (
                            "confirmed_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="转正日期"
                            ),
                        ),
                        ("next_code", models.CharField(blank=True, editable=False, max_length=24)),
                        (
                            "next_from",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="下一步最早"
                            ),
                        ),
                        (
                            "next_by",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="下一步期限"
                            ),
                        ),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="结束日期"),
                        ),
                        (
                            "close_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="终止原因"),
                        ),
                        (
                            "remark",
                            models.CharField(blank=True, max_length=200, verbose_name="备注"),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="developments",
                                to="members.partymember",
                                verbose_name="党员",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="developments",
                                to="organizations.partyorganization",
                                verbose_name="培养党组织",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="developments",
                                to="members.person",
                                verbose_name="姓名",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "发展党员档案",
                        "verbose_name_plural": "发展党员档案",
                        "ordering": ["person__search_key", "pk"],
                        "indexes": [
                            models.Index(
                                models.F("stage"),
                                models.F("next_by"),
                                models.F("id"),
                                name="members_case_by_stage",
                            ),
                            models.Index(
                                models.F("next_by"),
                                condition=models.Q(
                                    ("closed_on__isnull", True), ("next_by__isnull", False)
                                ),
                                name="members_case_due",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("person"),
                                condition=models.Q(("closed_on__isnull", True)),
                                name="members_case_once",
                                violation_error_message="此人已有正在办理的发展档案",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_on__isnull", True),
                                    models.Q(
                                        ("accepted_on__isnull", False),
                                        ("confirmed_on__gt", models.F("accepted_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_case_in_order",
                                violation_error_message="转正日期应晚于接收预备党员日期",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentHelper",
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
                                choices=[("contacts", "培养联系人"), ("sponsors", "入党介绍人")],
                                max_length=8,
                                verbose_name="身份",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="helpers",
                                to="members.developmentcase",
                                verbose_name="档案",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="members.partymember",
                                verbose_name="党员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "培养联系人和入党介绍人",
                        "verbose_name_plural": "培养联系人和入党介绍人",
                        "ordering": ["case", "role", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("case"),
                                models.F("member"),
                                models.F("role"),
                                name="members_helper_once",
                                violation_error_message="同一名党员只登记一次",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentPlan",
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
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(2000)],
                                verbose_name="年度",
                            ),
                        ),
                        ("quota", models.PositiveSmallIntegerField(verbose_name="计划数（名）")),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="下达文号"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="development_plans",
                                to="organizations.partyorganization",
                                verbose_name="党组织",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "发展党员指导性计划",
                        "verbose_name_plural": "发展党员指导性计划",
                        "ordering": ["-year", "organization"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("organization"),
                                models.F("year"),
                                name="members_plan_once",
                                violation_error_message="该党组织本年度的计划已经下达",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentRules",
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
                        ("name", models.CharField(max_length=100, verbose_name="规定名称")),
                        (
                            "document",
                            models.CharField(
                                help_text="发文机关、文号和印发日期",
                                max_length=200,
                                verbose_name="依据文件",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="施行日期")),
                        (
                            "valid_to",
                            models.DateField(blank=True, null=True, verbose_name="停止施行"),
                        ),
                        (
                            "least_age",
                            models.PositiveSmallIntegerField(
                                default=18, verbose_name="申请入党最低年龄（周岁）"
                            ),
                        ),
                        (
                            "youth_age",
                            models.PositiveSmallIntegerField(
                                default=28, verbose_name="一般经团组织推优的年龄（周岁）"
                            ),
                        ),
                        (
                            "training_days",
                            models.DecimalField(
                                decimal_places=1, max_digits=4, verbose_name="集中培训不少于（天）"
                            ),
                        ),
                        (
                            "training_hours",
                            models.PositiveSmallIntegerField(verbose_name="或不少于（学时）"),
                        ),
                        (
                            "least_extension",
                            models.PositiveSmallIntegerField(
                                default=6, verbose_name="延长预备期不少于（月）"
                            ),
                        ),
                        (
                            "most_extension",
                            models.PositiveSmallIntegerField(
                                default=12, verbose_name="延长预备期不超过（月）"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "发展党员规定",
                        "verbose_name_plural": "发展党员规定",
                        "ordering": ["-valid_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="members_developmentrules_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&")
                                ],
                                name="members_rules_once",
                                violation_error_message="同一时段已有一套规定",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("least_extension__lte", models.F("most_extension"))
                                ),
                                name="members_rules_extension",
                                violation_error_message="延长预备期的下限不能高于上限",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentStep",
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
                            models.CharField(editable=False, max_length=24, verbose_name="步骤"),
                        ),
                        (
                            "occurrence",
                            models.PositiveSmallIntegerField(
                                default=1, editable=False, verbose_name="次数"
                            ),
                        ),
                        ("done_on", models.DateField(verbose_name="日期")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("passed", "通过"),
                                    ("failed", "未通过"),
                                    ("extended", "延长预备期"),
                                    ("cancelled", "取消预备党员资格"),
                                ],
                                default="passed",
                                max_length=9,
                                verbose_name="结果",
                            ),
                        ),
                        (
                            "by",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="谈话人、审查人或批准人"
                            ),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="文号"),
                        ),
                        (
                            "entitled",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="有表决权的正式党员"
                            ),
                        ),
                        (
                            "voters",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="含会前书面表决的",
                                null=True,
                                verbose_name="参加表决",
                            ),
                        ),
                        (
                            "ayes",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="赞成"
                            ),
                        ),
                        (
                            "noes",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="反对"
                            ),
                        ),
                        (
                            "days",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=4,
                                null=True,
                                verbose_name="培训天数",
                            ),
                        ),
                        (
                            "hours",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="培训学时"
                            ),
                        ),
                        (
                            "extension",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="延长（月）"
                            ),
                        ),
                        (
                            "shown_from",
                            models.DateField(blank=True, null=True, verbose_name="公示起"),
                        ),
                        (
                            "shown_to",
                            models.DateField(blank=True, null=True, verbose_name="公示止"),
                        ),
                        (
                            "excuse",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="特殊情况说明"
                            ),
                        ),
                        (
                            "papers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="已归入的材料",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="情况")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="members.developmentcase",
                                verbose_name="档案",
                            ),
                        ),
                        (
                            "committee",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.partyorganization",
                                verbose_name="审批党委",
                            ),
                        ),
                        (
                            "recorded_by",
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
                    ],
                    options={
                        "verbose_name": "发展步骤",
                        "verbose_name_plural": "发展步骤",
                        "ordering": ["case", "done_on", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("case"),
                                models.F("code"),
                                models.F("occurrence"),
                                name="members_step_once",
                                violation_error_message="这一步已经登记",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("entitled__isnull", True),
                                    ("outcome", "failed"),
                                    (
                                        "entitled__lt",
                                        django.db.models.expressions.CombinedExpression(
                                            models.Value(2), "*", models.F("ayes")
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_step_majority",
                                violation_error_message="赞成票未超过有表决权的正式党员的半数，不能通过",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("extension__range", (6, 12)), ("outcome", "extended")
                                    ),
                                    models.Q(
                                        models.Q(("outcome", "extended"), _negated=True),
                                        ("extension__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_step_extension",
                                violation_error_message="延长预备期不少于6个月、不超过1年",
                            ),
                            models.UniqueConstraint(
                                models.F("case"),
                                condition=models.Q(("code", "discussion"), ("outcome", "extended")),
                                name="members_extended_once",
                                violation_error_message="预备期只能延长一次",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ayes__isnull", True),
                                        ("entitled__isnull", True),
                                        ("voters__isnull", True),
                                    ),
                                    models.Q(
                                        ("ayes__isnull", False),
                                        ("entitled__gte", models.F("voters")),
                                        ("entitled__isnull", False),
                                        ("voters__gte", models.F("ayes")),
                                        ("voters__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_step_votes",
                                violation_error_message="赞成票不能多于参加表决的人数，参加表决的不能多于有表决权的人数",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("noes__isnull", True),
                                    models.Q(
                                        (
                                            "voters__gte",
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("ayes"), "+", models.F("noes")
                                            ),
                                        ),
                                        ("voters__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_step_noes",
                                violation_error_message="赞成票与反对票之和不能多于参加表决的人数",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("shown_from__isnull", True), ("shown_to__isnull", True)
                                    ),
                                    models.Q(
                                        ("shown_from__isnull", False),
                                        ("shown_to__gte", models.F("shown_from")),
                                        ("shown_to__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_step_shown",
                                violation_error_message="公示的起止日期应同时填写，止日不能早于起日",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StepRule",
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
                            "number",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="序号",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                help_text="各版本的同一步骤用同一标识",
                                max_length=24,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z_]+$", "标识用小写英文字母和下划线"
                                    )
                                ],
                                verbose_name="标识",
                            ),
                        ),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("application", "申请入党"),
                                    ("activist", "入党积极分子的确定和培养教育"),
                                    ("candidate", "发展对象的确定和考察"),
                                    ("admission", "预备党员的接收"),
                                    ("probation", "预备党员的教育考察和转正"),
                                ],
                                max_length=12,
                                verbose_name="阶段",
                            ),
                        ),
                        ("label", models.CharField(max_length=60, verbose_name="步骤")),
                        ("doer", models.CharField(max_length=60, verbose_name="办理人")),
                        (
                            "by_committee",
                            models.BooleanField(default=False, verbose_name="由上级党委办理"),
                        ),
                        (
                            "is_optional",
                            models.BooleanField(default=False, verbose_name="可以没有"),
                        ),
                        (
                            "since",
                            models.CharField(blank=True, max_length=24, verbose_name="起算步骤"),
                        ),
                        (
                            "least_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="不早于（月）"
                            ),
                        ),
                        (
                            "most_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="不迟于（月）"
                            ),
                        ),
                        (
                            "special_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="特殊情况不迟于（月）"
                            ),
                        ),
                        (
                            "every_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="每隔（月）一次",
                            ),
                        ),
                        (
                            "least_people",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="正式党员不少于（名）"
                            ),
                        ),
                        (
                            "most_people",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(9)],
                                verbose_name="正式党员不超过（名）",
                            ),
                        ),
                        ("has_vote", models.BooleanField(default=False, verbose_name="票决")),
                        (
                            "papers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="材料",
                            ),
                        ),
                        ("rule", models.CharField(blank=True, max_length=200, verbose_name="要求")),
                        (
                            "rules",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="members.developmentrules",
                                verbose_name="规定",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "发展步骤规定",
                        "verbose_name_plural": "发展步骤规定",
                        "ordering": ["rules", "number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("rules"),
                                models.F("number"),
                                name="members_rule_number_once",
                                violation_error_message="序号重复",
                            ),
                            models.UniqueConstraint(
                                models.F("rules"),
                                models.F("code"),
                                name="members_rule_code_once",
                                violation_error_message="标识重复",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("least_months__isnull", True),
                                        ("most_months__isnull", True),
                                    ),
                                    models.Q(("since", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="members_rule_counted",
                                violation_error_message="填写期限的，应填写起算步骤",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LostContact",
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
                            "lost_since",
                            models.DateField(
                                help_text="最后一次取得联系之后", verbose_name="失联时间"
                            ),
                        ),
                        (
                            "situation",
                            models.CharField(
                                choices=[
                                    ("1", "外出务工经商"),
                                    ("2", "单位改制或破产"),
                                    ("3", "毕业后去向不明"),
                                    ("4", "工作单位改变"),
                                    ("5", "出国（境）"),
                                    ("6", "居住地改变"),
                                    ("7", "其他"),
                                ],
                                max_length=1,
                                verbose_name="失联情形",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("1", "国有企业"),
                                    ("2", "非公有制企业"),
                                    ("3", "农村"),
                                    ("4", "党政机关"),
                                    ("5", "学校"),
                                    ("6", "其他事业单位"),
                                    ("7", "街道社区"),
                                    ("8", "社会组织"),
                                    ("9", "其他"),
                                ],
                                max_length=1,
                                verbose_name="党组织类别",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("lost", "查找中"),
                                    ("found", "已取得联系"),
                                    ("suspended", "已停止党籍"),
                                    ("restored", "已恢复党籍"),
                                    ("removed", "已除名"),
                                ],
                                default="lost",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "suspended_on",
                            models.DateField(blank=True, null=True, verbose_name="停止党籍日期"),
                        ),
                        (
                            "suspended_by",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="作出停止党籍决定的党组织"
                            ),
                        ),
                        (
                            "suspension_document",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="停止党籍依据"
                            ),
                        ),
                        (
                            "ended_on",
                            models.DateField(blank=True, null=True, verbose_name="办结日期"),
                        ),
                        (
                            "ended_by",
                            models.CharField(blank=True, max_length=120, verbose_name="批准党组织"),
                        ),
                        (
                            "end_document",
                            models.CharField(blank=True, max_length=100, verbose_name="办结依据"),
                        ),
                        (
                            "end_note",
                            models.CharField(blank=True, max_length=200, verbose_name="办结说明"),
                        ),
                        (
                            "remark",
                            models.CharField(blank=True, max_length=200, verbose_name="备注"),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lost_cases",
                                to="members.partymember",
                                verbose_name="党员",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                help_text="失联时组织关系所在的党组织",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lost_cases",
                                to="organizations.partyorganization",
                                verbose_name="所在党组织",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "失联党员",
                        "verbose_name_plural": "失联党员",
                        "ordering": ["-lost_since", "-id"],
                        "indexes": [
                            models.Index(
                                models.F("lost_since"),
                                condition=models.Q(("state__in", ("lost", "suspended"))),
                                name="members_lost_open",
                            ),
                            models.Index(fields=["-lost_since", "-id"], name="members_lost_latest"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("member"),
                                condition=models.Q(("state__in", ("lost", "suspended"))),
                                name="members_lost_once",
                                violation_error_message="该党员已登记失联，请在原登记上办理",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("suspended", "restored", "removed")),
                                        _negated=True,
                                    ),
                                    ("suspended_on__gte", members.spans.Months("lost_since", 6)),
                                    _connector="OR",
                                ),
                                name="members_lost_six_months",
                                violation_error_message="失去联系满六个月才能停止党籍",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("suspended", "restored", "removed")),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        models.Q(("suspended_by", ""), _negated=True),
                                        models.Q(("suspension_document", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_lost_suspended",
                                violation_error_message="停止党籍须写明决定的党组织和依据",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "removed"), _negated=True),
                                    ("ended_on__gte", members.spans.Months("suspended_on", 24)),
                                    _connector="OR",
                                ),
                                name="members_lost_two_years",
                                violation_error_message="停止党籍满两年才能除名",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("removed", "restored")), _negated=True),
                                    models.Q(
                                        models.Q(("ended_by", ""), _negated=True),
                                        models.Q(("end_document", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_lost_decided",
                                violation_error_message="除名、恢复党籍须写明批准的党组织和依据",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_on__isnull", True),
                                        ("state__in", ("lost", "suspended")),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ("lost", "suspended")), _negated=True
                                        ),
                                        ("ended_on__gte", models.F("lost_since")),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_lost_ended",
                                violation_error_message="办结日期不能早于失联时间",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("suspended_on__isnull", True),
                                    ("ended_on__isnull", True),
                                    ("ended_on__gte", models.F("suspended_on")),
                                    _connector="OR",
                                ),
                                name="members_lost_in_order",
                                violation_error_message="办结日期不能早于停止党籍日期",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LostSearch",
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
                        ("on", models.DateField(verbose_name="查找日期")),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("phone", "电话、网络联系"),
                                    ("visit", "上门走访"),
                                    ("family", "亲友询问"),
                                    ("letter", "函询原单位、学校"),
                                    ("police", "公安机关协查"),
                                    ("notice", "公告寻找"),
                                    ("other", "其他"),
                                ],
                                max_length=10,
                                verbose_name="查找方式",
                            ),
                        ),
                        ("by", models.CharField(max_length=60, verbose_name="查找人")),
                        ("result", models.CharField(max_length=300, verbose_name="查找经过和结果")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                        (
                            "actor",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="searches",
                                to="members.lostcontact",
                                verbose_name="失联党员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "查找经过",
                        "verbose_name_plural": "查找经过",
                        "ordering": ["on", "id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="MembershipTransfer",
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
                            "receiving_unit",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="系统外接收党组织"
                            ),
                        ),
                        (
                            "range",
                            models.CharField(
                                choices=[
                                    ("committee", "基层党委内部"),
                                    ("province", "省（区、市）、部门（系统）范围内"),
                                    ("nation", "全国范围内"),
                                ],
                                max_length=10,
                                verbose_name="转接范围",
                            ),
                        ),
                        ("letter", models.CharField(max_length=60, verbose_name="介绍信编号")),
                        (
                            "issued_on",
                            models.DateField(default=core.dates.today, verbose_name="开具日期"),
                        ),
                        (
                            "expires_on",
                            models.DateField(help_text="当日仍有效", verbose_name="有效期至"),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="转接原因"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("issued", "待接收"),
                                    ("accepted", "已接收"),
                                    ("returned", "已退回"),
                                    ("void", "已作废"),
                                ],
                                default="issued",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "answered_on",
                            models.DateField(blank=True, null=True, verbose_name="办结日期"),
                        ),
                        (
                            "answer",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="回执或退回原因"
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers",
                                to="members.partymember",
                                verbose_name="党员",
                            ),
                        ),
                        (
                            "receiver",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers_in",
                                to="organizations.partyorganization",
                                verbose_name="接收党组织",
                            ),
                        ),
                        (
                            "sender",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers_out",
                                to="organizations.partyorganization",
                                verbose_name="转出党组织",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "组织关系转接",
                        "verbose_name_plural": "组织关系转接",
                        "ordering": ["-issued_on", "-id"],
                        "indexes": [
                            models.Index(
                                models.F("expires_on"),
                                condition=models.Q(("state", "issued")),
                                name="members_transfer_due",
                            ),
                            models.Index(
                                fields=["-issued_on", "-id"], name="members_transfer_latest"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("member"),
                                condition=models.Q(("state", "issued")),
                                name="members_transfer_once",
                                violation_error_message="该党员已有一封待接收的介绍信",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("receiver__isnull", False), ("receiving_unit", "")),
                                    models.Q(
                                        ("receiver__isnull", True),
                                        models.Q(("receiving_unit", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_transfer_receiver",
                                violation_error_message="请填写一个接收党组织",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("receiver__isnull", True),
                                    models.Q(("receiver", models.F("sender")), _negated=True),
                                    _connector="OR",
                                ),
                                name="members_transfer_elsewhere",
                                violation_error_message="接收党组织不能是党员现在所在的党组织",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expires_on__gte", models.F("issued_on"))),
                                name="members_transfer_valid",
                                violation_error_message="介绍信有效期不能早于开具日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_on__isnull", True), ("state", "issued")),
                                    models.Q(
                                        models.Q(("state", "issued"), _negated=True),
                                        ("answered_on__gte", models.F("issued_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_transfer_answered",
                                violation_error_message="办结日期不能早于介绍信的开具日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "accepted"), _negated=True),
                                    ("answered_on__lte", models.F("expires_on")),
                                    _connector="OR",
                                ),
                                name="members_transfer_in_time",
                                violation_error_message="介绍信已过有效期，请作废后重新开具",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("returned", "void")), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="members_transfer_told_why",
                                violation_error_message="退回或作废须说明原因",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MobileRecord",
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
                            "uuid",
                            models.UUIDField(
                                db_default=django.contrib.postgres.functions.RandomUUID(),
                                default=uuid.uuid4,
                                editable=False,
                                unique=True,
                            ),
                        ),
                        (
                            "left_on",
                            models.DateField(
                                help_text="不能参加原支部活动之日", verbose_name="流出日期"
                            ),
                        ),
                        (
                            "certificate",
                            models.CharField(blank=True, max_length=40, verbose_name="流动证号"),
                        ),
                        (
                            "former_job",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("farmer", "农牧渔民"),
                                    ("worker", "企业职工"),
                                    ("manager", "企业管理和专业技术人员"),
                                    ("self", "个体劳动者"),
                                    ("student", "学生"),
                                    ("soldier", "退役军人"),
                                    ("retired", "离退休人员"),
                                    ("jobless", "未就业人员"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="原职业",
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("work", "外出务工"),
                                    ("business", "外出经商"),
                                    ("job", "工作单位变动"),
                                    ("study", "外出学习"),
                                    ("unplaced", "毕业未落实单位"),
                                    ("home", "居住地变动"),
                                    ("abroad", "出国（境）"),
                                    ("other", "其他"),
                                ],
                                max_length=10,
                                verbose_name="外出原因",
                            ),
                        ),
                        (
                            "destination",
                            models.CharField(
                                choices=[
                                    ("public", "公有经济控制单位"),
                                    ("private", "私营企业"),
                                    ("overseas", "港澳台商投资企业"),
                                    ("foreign", "外商投资企业"),
                                    ("nonprofit", "民办非企业单位"),
                                    ("household", "个体工商户"),
                                    ("community", "社区"),
                                    ("village", "村"),
                                    ("other", "其他"),
                                    ("unknown", "不掌握流向"),
                                ],
                                max_length=12,
                                verbose_name="流动类型",
                            ),
                        ),
                        (
                            "range",
                            models.CharField(
                                choices=[
                                    ("nation", "跨省（区、市）"),
                                    ("province", "省内跨市"),
                                    ("city", "市内跨县"),
                                    ("county", "县内跨乡镇"),
                                    ("abroad", "出国（境）"),
                                ],
                                max_length=10,
                                verbose_name="流出范围",
                            ),
                        ),
                        (
                            "is_settled",
                            models.BooleanField(
                                default=True,
                                help_text="满六个月应当转接组织关系",
                                verbose_name="外出地点相对固定",
                            ),
                        ),
                        (
                            "origin_unit",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="系统外流出党组织"
                            ),
                        ),
                        (
                            "origin_contact",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="流出党组织联系人"
                            ),
                        ),
                        (
                            "origin_phone",
                            core.fields.PhoneField(
                                blank=True, null=True, verbose_name="流出党组织联系电话"
                            ),
                        ),
                        (
                            "host_unit",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="系统外流入党组织"
                            ),
                        ),
                        (
                            "host_address",
                            models.CharField(blank=True, max_length=200, verbose_name="流入地址"),
                        ),
                        (
                            "host_contact",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="流入党组织联系人"
                            ),
                        ),
                        (
                            "host_phone",
                            core.fields.PhoneField(
                                blank=True, null=True, verbose_name="流入党组织联系电话"
                            ),
                        ),
                        (
                            "received_on",
                            models.DateField(
                                blank=True, help_text="报到之日", null=True, verbose_name="流入时间"
                            ),
                        ),
                        (
                            "refusal",
                            models.CharField(blank=True, max_length=200, verbose_name="拒绝理由"),
                        ),
                        (
                            "contacted_on",
                            models.DateField(blank=True, null=True, verbose_name="最近联系日期"),
                        ),
                        (
                            "contact_note",
                            models.CharField(blank=True, max_length=200, verbose_name="联系情况"),
                        ),
                        (
                            "ended_on",
                            models.DateField(
                                blank=True,
                                help_text="返回、转接或失联之日",
                                null=True,
                                verbose_name="结束日期",
                            ),
                        ),
                        (
                            "end_note",
                            models.CharField(blank=True, max_length=200, verbose_name="结束说明"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("away", "待报到"),
                                    ("received", "已纳入管理"),
                                    ("refused", "未接收"),
                                    ("returned", "已返回"),
                                    ("transferred", "已转组织关系"),
                                    ("lost", "失去联系"),
                                ],
                                default="away",
                                editable=False,
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "host",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mobile_in",
                                to="organizations.partyorganization",
                                verbose_name="流入党组织",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mobile_records",
                                to="members.partymember",
                                verbose_name="党员",
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mobile_out",
                                to="organizations.partyorganization",
                                verbose_name="流出党组织",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "流动党员",
                        "verbose_name_plural": "流动党员",
                        "ordering": ["-left_on", "-id"],
                        "indexes": [
                            models.Index(
                                models.F("left_on"),
                                condition=models.Q(("state__in", ("away", "received", "refused"))),
                                name="members_mobile_open",
                            ),
                            models.Index(fields=["-left_on", "-id"], name="members_mobile_latest"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("member"),
                                condition=models.Q(("state__in", ("away", "received", "refused"))),
                                name="members_mobile_once",
                                violation_error_message="该党员已有未结束的流动登记",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("origin__isnull", False),
                                    ("host__isnull", False),
                                    _connector="OR",
                                ),
                                name="members_mobile_known",
                                violation_error_message="流出、流入党组织至少有一个在系统内",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("origin__isnull", False), ("origin_unit", "")),
                                    models.Q(
                                        ("origin__isnull", True),
                                        models.Q(("origin_unit", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_mobile_origin",
                                violation_error_message="请填写一个流出党组织",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("host__isnull", True), ("host_unit", ""), _connector="OR"
                                ),
                                name="members_mobile_host",
                                violation_error_message="流入党组织只填一个",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("origin__isnull", True),
                                    ("host__isnull", True),
                                    models.Q(("host", models.F("origin")), _negated=True),
                                    _connector="OR",
                                ),
                                name="members_mobile_elsewhere",
                                violation_error_message="流入党组织不能是流出党组织",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "received"), _negated=True),
                                    models.Q(
                                        ("received_on__gte", models.F("left_on")),
                                        models.Q(
                                            ("host__isnull", False),
                                            models.Q(("host_unit", ""), _negated=True),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_mobile_received",
                                violation_error_message="纳入管理须有流入党组织和报到日期，报到不能早于流出",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("refusal", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="members_mobile_refused",
                                violation_error_message="不予接收须说明理由",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_on__isnull", True),
                                        ("state__in", ("away", "received", "refused")),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ("away", "received", "refused")),
                                            _negated=True,
                                        ),
                                        ("ended_on__gte", models.F("left_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_mobile_ended",
                                violation_error_message="结束日期不能早于流出日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("contacted_on__isnull", True),
                                    ("contacted_on__gte", models.F("left_on")),
                                    _connector="OR",
                                ),
                                name="members_mobile_contacted",
                                violation_error_message="联系日期不能早于流出日期",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HiddenMember",
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
                            "uuid",
                            models.UUIDField(
                                db_default=django.contrib.postgres.functions.RandomUUID(),
                                default=uuid.uuid4,
                                editable=False,
                                unique=True,
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pocket", "口袋党员"),
                                    ("hidden", "隐形党员"),
                                    ("empty", "空挂党员"),
                                ],
                                max_length=10,
                                verbose_name="类型",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("organization", "组织找党员"),
                                    ("member", "党员找组织"),
                                    ("census", "普查摸排"),
                                    ("enterprise", "企业用工登记"),
                                    ("visit", "走访"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="发现途径",
                            ),
                        ),
                        (
                            "found_on",
                            models.DateField(default=core.dates.today, verbose_name="发现日期"),
                        ),
                        (
                            "phone",
                            core.fields.PhoneField(blank=True, null=True, verbose_name="联系电话"),
                        ),
                        (
                            "former_unit",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="自述组织关系所在单位"
                            ),
                        ),
                        (
                            "account",
                            models.CharField(blank=True, max_length=300, verbose_name="自述情况"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("found", "待核实"),
                                    ("verified", "已核实，待纳入"),
                                    ("disproved", "核实不是党员"),
                                    ("settled", "已纳入"),
                                ],
                                default="found",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "verified_on",
                            models.DateField(blank=True, null=True, verbose_name="核实日期"),
                        ),
                        (
                            "verified_by",
                            models.CharField(blank=True, max_length=120, verbose_name="核实单位"),
                        ),
                        (
                            "evidence",
                            models.CharField(blank=True, max_length=300, verbose_name="核实依据"),
                        ),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("moved", "转入组织关系"),
                                    ("mobile", "登记为流动党员"),
                                    ("kept", "保留原组织关系"),
                                ],
                                max_length=10,
                                verbose_name="纳入结果",
                            ),
                        ),
                        (
                            "settled_on",
                            models.DateField(blank=True, null=True, verbose_name="纳入日期"),
                        ),
                        (
                            "remark",
                            models.CharField(blank=True, max_length=200, verbose_name="备注"),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hidden_members",
                                to="enterprises.enterprise",
                                verbose_name="从业企业",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="members.partymember",
                                verbose_name="党员",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hidden_members",
                                to="organizations.partyorganization",
                                verbose_name="负责核实的党组织",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "口袋隐形党员",
                        "verbose_name_plural": "口袋隐形党员",
                        "ordering": ["-found_on", "-id"],
                        "indexes": [
                            models.Index(fields=["-found_on", "-id"], name="members_hidden_latest")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "found"),
                                    models.Q(
                                        ("verified_on__gte", models.F("found_on")),
                                        models.Q(("verified_by", ""), _negated=True),
                                        models.Q(("evidence", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_hidden_verified",
                                violation_error_message="须写明核实单位、日期和依据，核实不能早于发现",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "settled"), _negated=True),
                                    models.Q(
                                        ("member__isnull", False),
                                        ("settled_on__gte", models.F("verified_on")),
                                        models.Q(("result", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_hidden_settled",
                                violation_error_message="纳入须有党员、结果和日期，日期不能早于核实",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TalentEntry",
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
                            "background",
                            models.CharField(
                                choices=[
                                    ("retired", "退休党员干部"),
                                    ("restructured", "改制企业干部"),
                                    ("veteran", "复员转业军人"),
                                    ("graduate", "高校毕业生"),
                                    ("backbone", "企业经营管理骨干"),
                                    ("worker", "专职党务工作者"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="人员来源",
                            ),
                        ),
                        (
                            "skills",
                            models.CharField(blank=True, max_length=200, verbose_name="专长"),
                        ),
                        ("entered_on", models.DateField(verbose_name="入库日期")),
                        (
                            "left_on",
                            models.DateField(blank=True, null=True, verbose_name="出库日期"),
                        ),
                        (
                            "left_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="出库原因"),
                        ),
                        (
                            "certificate",
                            models.CharField(blank=True, max_length=100, verbose_name="资格证书"),
                        ),
                        (
                            "certificate_number",
                            models.CharField(blank=True, max_length=60, verbose_name="证书编号"),
                        ),
                        (
                            "certified_on",
                            models.DateField(blank=True, null=True, verbose_name="发证日期"),
                        ),
                        (
                            "certified_until",
                            models.DateField(blank=True, null=True, verbose_name="证书有效期至"),
                        ),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="talent",
                                to="members.person",
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "党务人才库",
                        "verbose_name_plural": "党务人才库",
                        "ordering": ["person__search_key", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_on__isnull", True),
                                    ("left_on__gte", models.F("entered_on")),
                                    _connector="OR",
                                ),
                                name="members_talent_in_order",
                                violation_error_message="出库日期不能早于入库日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("certificate", ""),
                                        ("certificate_number", ""),
                                        ("certified_on__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("certificate", ""), _negated=True),
                                        ("certified_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_talent_certified",
                                violation_error_message="资格证书的名称和发证日期应同时填写",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("certified_until__isnull", True),
                                    models.Q(
                                        ("certified_on__isnull", False),
                                        ("certified_until__gt", models.F("certified_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_talent_certificate_in_order",
                                violation_error_message="证书有效期应晚于发证日期",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TalentPlacement",
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
                                    ("secretary", "党组织书记"),
                                    ("deputy", "副书记"),
                                    ("organizer", "组织员"),
                                    ("instructor", "党建指导员"),
                                    ("worker", "党务工作者"),
                                ],
                                max_length=10,
                                verbose_name="岗位",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="到岗日期")),
                        (
                            "valid_to",
                            models.DateField(blank=True, null=True, verbose_name="离岗日期"),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="文号"),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="members.talententry",
                                verbose_name="人才",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="talents",
                                to="organizations.partyorganization",
                                verbose_name="安排到",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "人才安排",
                        "verbose_name_plural": "人才安排",
                        "ordering": ["entry", "-valid_from"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="members_talentplacement_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("entry", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="members_placement_once",
                                violation_error_message="此人在该时段已安排岗位",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Training",
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
                        ("name", models.CharField(max_length=120, verbose_name="培训班名称")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("province", "省级以上"),
                                    ("city", "市级"),
                                    ("county", "县级"),
                                    ("township", "乡镇街道园区"),
                                    ("branch", "基层党组织"),
                                ],
                                max_length=8,
                                verbose_name="层级",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("secretaries", "党组织书记"),
                                    ("bodies", "班子成员"),
                                    ("workers", "党务工作者"),
                                    ("instructors", "党建指导员"),
                                    ("members", "党员"),
                                    ("other", "其他"),
                                ],
                                max_length=11,
                                verbose_name="培训对象",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="开班日期")),
                        ("ends_on", models.DateField(verbose_name="结业日期")),
                        (
                            "hours",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        Decimal("0.5"), "学时应大于零。"
                                    )
                                ],
                                verbose_name="学时",
                            ),
                        ),
                        (
                            "place",
                            models.CharField(blank=True, max_length=120, verbose_name="地点"),
                        ),
                        (
                            "topics",
                            models.CharField(blank=True, max_length=500, verbose_name="培训内容"),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="通知文号"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="trainings",
                                to="organizations.partyorganization",
                                verbose_name="举办党组织",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "培训班",
                        "verbose_name_plural": "培训班",
                        "ordering": ["-starts_on", "-pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="members_training_in_order",
                                violation_error_message="结业日期不能早于开班日期",
                            ),
                            models.UniqueConstraint(
                                models.F("organization"),
                                models.F("name"),
                                models.F("starts_on"),
                                name="members_training_once",
                                violation_error_message="这一期培训班已经登记",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrainingAttendance",
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
                            "hours",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=5,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        Decimal("0.5"), "学时应大于零。"
                                    )
                                ],
                                verbose_name="学时",
                            ),
                        ),
                        (
                            "certificate",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="结业证书编号"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="trainings",
                                to="members.person",
                                verbose_name="人员",
                            ),
                        ),
                        (
                            "training",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendances",
                                to="members.training",
                                verbose_name="培训班",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "参加培训",
                        "verbose_name_plural": "参加培训",
                        "ordering": ["training", "person"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("training"),
                                models.F("person"),
                                name="members_attendance_once",
                                violation_error_message="此人已登记参加这个培训班",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DuesBase",
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
                            "valid_to",
                            models.DateField(
                                blank=True,
                                help_text="自该日起不再有效",
                                null=True,
                                verbose_name="终止日期",
                            ),
                        ),
                        (
                            "valid_from",
                            models.DateField(
                                help_text="自当月起；年中工资变动的，自变动当月起",
                                verbose_name="起算月份",
                            ),
                        ),
                        (
                            "payer",
                            models.CharField(
                                choices=[
                                    ("wage", "按月领取工资"),
                                    ("annual", "实行年薪制"),
                                    ("unsteady", "没有固定月收入"),
                                    ("retired", "离退休"),
                                    ("farmer", "农民"),
                                    ("relief", "学生、下岗失业、领取救济或低保"),
                                ],
                                default="wage",
                                max_length=8,
                                verbose_name="交纳类别",
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="税后，不含五险一金、年金和住房、交通、通讯等补贴；没有固定月收入的填上季度月均纯收入",
                                max_digits=10,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        Decimal("0"), "金额不能是负数。"
                                    )
                                ],
                                verbose_name="交纳基数（元）",
                            ),
                        ),
                        (
                            "remark",
                            models.CharField(blank=True, max_length=200, verbose_name="备注"),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dues_bases",
                                to="members.partymember",
                                verbose_name="党员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "党费交纳基数",
                        "verbose_name_plural": "党费交纳基数",
                        "ordering": ["member", "-valid_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="members_duesbase_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("member", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="members_dues_base_once",
                                violation_error_message="该月已有交纳基数",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from__day", 1),
                                    models.Q(
                                        ("valid_to__isnull", True),
                                        ("valid_to__day", 1),
                                        _connector="OR",
                                    ),
                                ),
                                name="members_dues_base_monthly",
                                violation_error_message="按月计，应为当月1日",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("amount__isnull", True),
                                        ("payer__in", ("farmer", "relief")),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("payer__in", ("farmer", "relief")), _negated=True
                                        ),
                                        ("amount__gte", 0),
                                        ("amount__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_dues_base_amount",
                                violation_error_message="按收入交纳的应填写交纳基数；农民、学生、失业等定额交纳的不填",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DuesRecord",
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
                        ("month", models.DateField(verbose_name="月份")),
                        (
                            "base",
                            models.DecimalField(
                                decimal_places=2, max_digits=10, null=True, verbose_name="交纳基数"
                            ),
                        ),
                        (
                            "rate",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="交纳比例（%）",
                            ),
                        ),
                        (
                            "due",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                verbose_name="应交（元）",
                            ),
                        ),
                        (
                            "paid",
                            models.DecimalField(
                                decimal_places=2, max_digits=10, verbose_name="实交（元）"
                            ),
                        ),
                        ("paid_on", models.DateField(verbose_name="交纳日期")),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("cash", "现金"),
                                    ("online", "网上交纳"),
                                    ("transfer", "银行转账"),
                                    ("proxy", "委托他人代交"),
                                ],
                                max_length=8,
                                verbose_name="交纳方式",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dues_records",
                                to="members.partymember",
                                verbose_name="党员",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dues_records",
                                to="organizations.partyorganization",
                                verbose_name="党支部",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "党费交纳",
                        "verbose_name_plural": "党费交纳",
                        "ordering": ["member", "month"],
                        "indexes": [
                            models.Index(
                                models.F("organization"),
                                models.F("month"),
                                name="members_dues_by_month",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("member"),
                                models.F("month"),
                                name="members_dues_once",
                                violation_error_message="该党员当月党费已登记",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month__day", 1)),
                                name="members_dues_monthly",
                                violation_error_message="按月计，应为当月1日",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("paid__gt", 0)),
                                name="members_dues_paid",
                                violation_error_message="实交金额应大于零；没有交纳的不登记",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DuesRelief",
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
                        ("valid_from", models.DateField(verbose_name="起始月份")),
                        (
                            "valid_to",
                            models.DateField(
                                help_text="自该月起恢复足额交纳", verbose_name="恢复足额交纳的月份"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("reduced", "少交"), ("waived", "免交")],
                                max_length=8,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="少交的填写批准后每月交纳的数额",
                                max_digits=8,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        Decimal("0"), "金额不能是负数。"
                                    )
                                ],
                                verbose_name="每月交纳（元）",
                            ),
                        ),
                        ("requested_on", models.DateField(verbose_name="本人申请日期")),
                        ("agreed_on", models.DateField(verbose_name="支部讨论日期")),
                        ("reason", models.CharField(max_length=200, verbose_name="申请理由")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待批准"),
                                    ("approved", "已批准"),
                                    ("returned", "已退回"),
                                ],
                                default="proposed",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "approved_on",
                            models.DateField(blank=True, null=True, verbose_name="批准日期"),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="批准文号"),
                        ),
                        (
                            "remark",
                            models.CharField(blank=True, max_length=200, verbose_name="退回原因"),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dues_reliefs",
                                to="members.partymember",
                                verbose_name="党员",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dues_reliefs",
                                to="organizations.partyorganization",
                                verbose_name="党支部",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "少交、免交党费",
                        "verbose_name_plural": "少交、免交党费",
                        "ordering": ["-valid_from", "-pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="members_duesrelief_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("state", "approved")),
                                expressions=[
                                    ("member", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="members_dues_relief_once",
                                violation_error_message="该党员在此期间已批准少交或免交",
                            ),
                            models.UniqueConstraint(
                                models.F("member"),
                                condition=models.Q(("state", "proposed")),
                                name="members_dues_relief_asked_once",
                                violation_error_message="该党员已有一项申请在等待上级批准",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valid_from__day", 1), ("valid_to__day", 1)),
                                name="members_dues_relief_monthly",
                                violation_error_message="按月计，应为当月1日",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount__isnull", True), ("kind", "waived")),
                                    models.Q(
                                        ("amount__gt", 0),
                                        ("amount__isnull", False),
                                        ("kind", "reduced"),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_dues_relief_amount",
                                violation_error_message="少交应填写每月交纳的数额，免交不填",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("agreed_on__gte", models.F("requested_on"))),
                                name="members_dues_relief_asked_first",
                                violation_error_message="支部讨论日期不能早于本人申请日期",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    models.Q(
                                        ("approved_on__gte", models.F("agreed_on")),
                                        ("approved_on__isnull", False),
                                        models.Q(("document", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="members_dues_relief_approved",
                                violation_error_message="批准应有日期和文号，批准日期不能早于支部讨论日期",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ParkOrganizer",
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
                        ("valid_from", models.DateField(verbose_name="任职日期")),
                        (
                            "valid_to",
                            models.DateField(blank=True, null=True, verbose_name="离任日期"),
                        ),
                        (
                            "engagement",
                            models.CharField(
                                choices=[("full_time", "专职"), ("part_time", "兼职")],
                                max_length=10,
                                verbose_name="专职兼职",
                            ),
                        ),
                        (
                            "document",
                            models.CharField(blank=True, max_length=100, verbose_name="任职文号"),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organizers",
                                to="organizations.area",
                                verbose_name="园区",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="park_posts",
                                to="members.person",
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "园区组织员",
                        "verbose_name_plural": "园区组织员",
                        "ordering": ["area", "-valid_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="members_parkorganizer_in_order",
                                violation_error_message="终止日期应晚于起始日期",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("person", "="),
                                    ("area", "="),
                                    (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                                ],
                                name="members_organizer_once",
                                violation_error_message="此人在该时段已是这个园区的组织员",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]
