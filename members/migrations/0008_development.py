"""Developing members: dated rules, cases, steps; full members help, committees approve."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import core.validity

RULES = """
CREATE FUNCTION members_check_helper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM members_partymember
                   WHERE id = NEW.member_id AND category = 'full' AND standing = 'active') THEN
        RAISE EXCEPTION '培养联系人和入党介绍人应为在册的正式党员' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'members_helper_full';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER members_helper_full BEFORE INSERT OR UPDATE ON members_developmenthelper
    FOR EACH ROW EXECUTE FUNCTION members_check_helper();
CREATE FUNCTION members_check_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    turning text[] := ARRAY['application', 'activist', 'candidate', 'preview', 'meeting',
                            'approval', 'discussion', 'confirmation'];
    place int := array_position(turning, NEW.code);
BEGIN
    IF NEW.committee_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM organizations_partyorganization
        WHERE id = NEW.committee_id AND nature = 'regular'
          AND kind IN ('committee', 'work_committee', 'local_committee')) THEN
        RAISE EXCEPTION '党支部和党总支没有审批权，应由党委审批' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'members_step_committee';
    END IF;
    IF NEW.occurrence = 1 AND place IS NOT NULL AND EXISTS (
        SELECT 1 FROM members_developmentstep other
        WHERE other.case_id = NEW.case_id AND other.id <> NEW.id AND other.occurrence = 1
          AND (array_position(turning, other.code) < place AND other.done_on > NEW.done_on
               OR array_position(turning, other.code) > place AND other.done_on < NEW.done_on)
    ) THEN
        RAISE EXCEPTION '发展党员各步骤的日期应依次先后' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'members_step_in_order';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER members_step_checked BEFORE INSERT OR UPDATE ON members_developmentstep
    FOR EACH ROW EXECUTE FUNCTION members_check_step();
"""
NO_RULES = """
DROP TRIGGER members_step_checked ON members_developmentstep;
DROP FUNCTION members_check_step();
DROP TRIGGER members_helper_full ON members_developmenthelper;
DROP FUNCTION members_check_helper();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0007_visits_raise_requests"),
        ("organizations", "0009_planned_acts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DevelopmentCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    models.DateField(blank=True, null=True, verbose_name="推荐（推优）日期"),
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
                        blank=True, editable=False, null=True, verbose_name="接收预备党员日期"
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
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                (
                    "close_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="终止原因"),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="备注")),
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
            },
        ),
        migrations.CreateModel(
            name="DevelopmentHelper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            },
        ),
        migrations.CreateModel(
            name="DevelopmentPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("document", models.CharField(blank=True, max_length=100, verbose_name="下达文号")),
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
            },
        ),
        migrations.CreateModel(
            name="DevelopmentRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="停止施行")),
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
                        expressions=[(core.validity.DateRange("valid_from", "valid_to"), "&&")],
                        name="members_rules_once",
                        violation_error_message="同一时段已有一套规定",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("least_extension__lte", models.F("most_extension"))),
                        name="members_rules_extension",
                        violation_error_message="延长预备期的下限不能高于上限",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DevelopmentStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(editable=False, max_length=24, verbose_name="步骤")),
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
                ("document", models.CharField(blank=True, max_length=100, verbose_name="文号")),
                (
                    "entitled",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="有表决权的正式党员"
                    ),
                ),
                (
                    "voters",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="含会前书面表决的", null=True, verbose_name="参加表决"
                    ),
                ),
                (
                    "ayes",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="赞成"),
                ),
                (
                    "noes",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="反对"),
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
                ("shown_from", models.DateField(blank=True, null=True, verbose_name="公示起")),
                ("shown_to", models.DateField(blank=True, null=True, verbose_name="公示止")),
                (
                    "excuse",
                    models.CharField(blank=True, max_length=200, verbose_name="特殊情况说明"),
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
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
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
            },
        ),
        migrations.CreateModel(
            name="StepRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("by_committee", models.BooleanField(default=False, verbose_name="由上级党委办理")),
                ("is_optional", models.BooleanField(default=False, verbose_name="可以没有")),
                ("since", models.CharField(blank=True, max_length=24, verbose_name="起算步骤")),
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
            },
        ),
        migrations.AddIndex(
            model_name="developmentcase",
            index=models.Index(
                models.F("stage"), models.F("next_by"), models.F("id"), name="members_case_by_stage"
            ),
        ),
        migrations.AddIndex(
            model_name="developmentcase",
            index=models.Index(
                models.F("next_by"),
                condition=models.Q(("closed_on__isnull", True), ("next_by__isnull", False)),
                name="members_case_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="developmentcase",
            constraint=models.UniqueConstraint(
                models.F("person"),
                condition=models.Q(("closed_on__isnull", True)),
                name="members_case_once",
                violation_error_message="此人已有正在办理的发展档案",
            ),
        ),
        migrations.AddConstraint(
            model_name="developmentcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_on__isnull", True),
                    ("confirmed_on__gt", models.F("accepted_on")),
                    _connector="OR",
                ),
                name="members_case_in_order",
                violation_error_message="转正日期应晚于接收预备党员日期",
            ),
        ),
        migrations.AddConstraint(
            model_name="developmenthelper",
            constraint=models.UniqueConstraint(
                models.F("case"),
                models.F("member"),
                models.F("role"),
                name="members_helper_once",
                violation_error_message="同一名党员只登记一次",
            ),
        ),
        migrations.AddConstraint(
            model_name="developmentplan",
            constraint=models.UniqueConstraint(
                models.F("organization"),
                models.F("year"),
                name="members_plan_once",
                violation_error_message="该党组织本年度的计划已经下达",
            ),
        ),
        migrations.AddConstraint(
            model_name="developmentstep",
            constraint=models.UniqueConstraint(
                models.F("case"),
                models.F("code"),
                models.F("occurrence"),
                name="members_step_once",
                violation_error_message="这一步已经登记",
            ),
        ),
        migrations.AddConstraint(
            model_name="developmentstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ayes__isnull", True), ("entitled__isnull", True), ("voters__isnull", True)
                    ),
                    models.Q(
                        ("entitled__gte", models.F("voters")), ("voters__gte", models.F("ayes"))
                    ),
                    _connector="OR",
                ),
                name="members_step_votes",
                violation_error_message="赞成票不能多于参加表决的人数，参加表决的不能多于有表决权的人数",
            ),
        ),
        migrations.AddConstraint(
            model_name="developmentstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("noes__isnull", True),
                    (
                        "voters__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("ayes"), "+", models.F("noes")
                        ),
                    ),
                    _connector="OR",
                ),
                name="members_step_noes",
                violation_error_message="赞成票与反对票之和不能多于参加表决的人数",
            ),
        ),
        migrations.AddConstraint(
            model_name="developmentstep",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="developmentstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("extension__range", (6, 12)), ("outcome", "extended")),
                    models.Q(
                        models.Q(("outcome", "extended"), _negated=True),
                        ("extension__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="members_step_extension",
                violation_error_message="延长预备期不少于6个月、不超过1年",
            ),
        ),
        migrations.AddConstraint(
            model_name="developmentstep",
            constraint=models.UniqueConstraint(
                models.F("case"),
                condition=models.Q(("code", "discussion"), ("outcome", "extended")),
                name="members_extended_once",
                violation_error_message="预备期只能延长一次",
            ),
        ),
        migrations.AddConstraint(
            model_name="developmentstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("shown_from__isnull", True), ("shown_to__isnull", True)),
                    ("shown_to__gte", models.F("shown_from")),
                    _connector="OR",
                ),
                name="members_step_shown",
                violation_error_message="公示的起止日期应同时填写，止日不能早于起日",
            ),
        ),
        migrations.AddConstraint(
            model_name="steprule",
            constraint=models.UniqueConstraint(
                models.F("rules"),
                models.F("number"),
                name="members_rule_number_once",
                violation_error_message="序号重复",
            ),
        ),
        migrations.AddConstraint(
            model_name="steprule",
            constraint=models.UniqueConstraint(
                models.F("rules"),
                models.F("code"),
                name="members_rule_code_once",
                violation_error_message="标识重复",
            ),
        ),
        migrations.AddConstraint(
            model_name="steprule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("least_months__isnull", True), ("most_months__isnull", True)),
                    models.Q(("since", ""), _negated=True),
                    _connector="OR",
                ),
                name="members_rule_counted",
                violation_error_message="填写期限的，应填写起算步骤",
            ),
        ),
        migrations.RunSQL(RULES, NO_RULES),
    ]
