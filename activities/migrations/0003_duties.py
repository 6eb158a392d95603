import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import core.validity


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0002_activity_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="起始日期")),
                (
                    "valid_to",
                    models.DateField(
                        blank=True, help_text="自该日起不再有效", null=True, verbose_name="终止日期"
                    ),
                ),
                (
                    "every",
                    models.PositiveSmallIntegerField(
                        choices=[(12, "每月"), (4, "每季度"), (2, "每半年"), (1, "每年")],
                        verbose_name="周期",
                    ),
                ),
                (
                    "times",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(31),
                        ],
                        verbose_name="至少次数",
                    ),
                ),
                (
                    "applies",
                    models.CharField(
                        choices=[
                            ("branch", "全部党支部"),
                            ("committee", "设支部委员会的党支部"),
                            ("groups", "设党小组的党支部"),
                        ],
                        default="branch",
                        max_length=9,
                        verbose_name="适用范围",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        help_text="不填的为书记参加集中培训。",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="activities.activitykind",
                        verbose_name="活动类型",
                    ),
                ),
            ],
            options={
                "verbose_name": "组织生活应办事项",
                "verbose_name_plural": "组织生活应办事项",
                "ordering": ["kind__official_order", "valid_from"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="activities_duty_in_order",
                        violation_error_message="终止日期应晚于起始日期",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind__isnull", False)),
                        expressions=[
                            ("kind", "="),
                            (core.validity.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="activities_duty_once",
                        violation_error_message="同一时段这类活动已有应办要求。",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind__isnull", True)),
                        expressions=[(core.validity.DateRange("valid_from", "valid_to"), "&&")],
                        name="activities_training_duty_once",
                        violation_error_message="同一时段已有书记培训的要求。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("times__gte", 1)),
                        name="activities_duty_some",
                        violation_error_message="至少次数应大于零。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="activities_duty_source",
                        violation_error_message="应办要求应写明依据。",
                    ),
                ],
            },
        ),
    ]
