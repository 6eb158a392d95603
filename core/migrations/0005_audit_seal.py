"""The chain over the log of actions; its links are only added, like the entries."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

REFUSE = """
CREATE TRIGGER core_seal_append_only BEFORE UPDATE OR DELETE ON core_auditseal
    FOR EACH ROW EXECUTE FUNCTION core_audit_refuse();
CREATE TRIGGER core_seal_not_emptied BEFORE TRUNCATE ON core_auditseal
    FOR EACH STATEMENT EXECUTE FUNCTION core_audit_refuse();
"""
ALLOW = """
DROP TRIGGER core_seal_append_only ON core_auditseal;
DROP TRIGGER core_seal_not_emptied ON core_auditseal;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("core", "0004_job_identity")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                (
                    "seq",
                    models.BigIntegerField(
                        primary_key=True, serialize=False, verbose_name="封存序号"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="校验值")),
                (
                    "sealed_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="封存时间"),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="seal",
                        to="core.auditentry",
                        verbose_name="日志",
                    ),
                ),
            ],
            options={
                "verbose_name": "日志封存",
                "verbose_name_plural": "日志封存",
                "ordering": ["seq"],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
