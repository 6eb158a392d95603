"""Planned acts keep what moves when their day has come."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0008_term_follows"),
    ]

    operations = [
        migrations.AddField(
            model_name="organizationchange",
            name="pending",
            field=models.JSONField(blank=True, default=list, verbose_name="到期再办"),
        ),
        migrations.AlterField(
            model_name="organizationchange",
            name="kind",
            field=models.CharField(
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
        migrations.RemoveConstraint(
            model_name="organizationchange", name="organizations_change_document"
        ),
        migrations.AddConstraint(
            model_name="organizationchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("form",)),
                    models.Q(("document", ""), _negated=True),
                    _connector="OR",
                ),
                name="organizations_change_document",
                violation_error_message="请填写批准文号",
            ),
        ),
    ]
