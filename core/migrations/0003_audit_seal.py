"""The chain over the log of actions; its links are only added, like the entries."""

from typing import ClassVar

from django.db import migrations

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
    dependencies: ClassVar = [("core", "0002_audit_is_append_only")]
    operations: ClassVar = [
        migrations.RunSQL(REFUSE, ALLOW),
    ]
