"""A vote, a publicity and a confirmation are told wholly or not at all."""

import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0010_dues_and_training"),
        ("organizations", "0009_planned_acts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="developmentcase",
            name="members_case_in_order",
        ),
        migrations.RemoveConstraint(
            model_name="developmentstep",
            name="members_step_votes",
        ),
        migrations.RemoveConstraint(
            model_name="developmentstep",
            name="members_step_noes",
        ),
        migrations.RemoveConstraint(
            model_name="developmentstep",
            name="members_step_shown",
        ),
        migrations.AddConstraint(
            model_name="developmentcase",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="developmentstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ayes__isnull", True), ("entitled__isnull", True), ("voters__isnull", True)
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
        ),
        migrations.AddConstraint(
            model_name="developmentstep",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="developmentstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("shown_from__isnull", True), ("shown_to__isnull", True)),
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
        ),
    ]
